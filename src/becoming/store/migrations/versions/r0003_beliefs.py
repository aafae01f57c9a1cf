"""What a memory is made of besides turns: people, vectors, beliefs with their evidence, what was read."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from becoming.store.migrations import run_on_postgresql

revision = "0003"
down_revision = "0002"

PORTER = "porter unicode61 remove_diacritics 2"


def upgrade() -> None:
    """Create the tables. Every belief rests on evidence, and the database itself checks that it is verbatim."""
    with op.batch_alter_table("turn") as turn:
        turn.add_column(sa.Column("valence", sa.Float, nullable=False, server_default="0"))
        turn.add_column(sa.Column("arousal", sa.Float, nullable=False, server_default="0"))
        turn.add_column(sa.Column("stability", sa.Float, nullable=False, server_default="3"))
        turn.add_column(sa.Column("seen", sa.BigInteger))
        turn.add_column(sa.Column("uses", sa.Integer, nullable=False, server_default="0"))
    _people()
    _beliefs()
    _reading()
    op.create_table(
        "vector",
        _of_turn(primary_key=True),
        sa.Column("model", sa.Integer, nullable=False),
        sa.Column("v", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("op", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("ref", sa.Integer, nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("digest", sa.LargeBinary),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER turn_gone AFTER DELETE ON turn BEGIN DELETE FROM turn_fts WHERE rowid = old.id; END"
        )


def _of_turn(**more: Any) -> sa.Column[int]:
    return sa.Column("turn", sa.Integer, sa.ForeignKey("turn.id", ondelete="CASCADE"), nullable=False, **more)


def _of_being(name: str = "being", **more: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey("being.id", ondelete="CASCADE"), nullable=False, **more)


def _people() -> None:
    op.create_table("alias", sa.Column("name", sa.Text, primary_key=True), _of_being())
    op.create_table("mention", _of_being(primary_key=True), _of_turn(primary_key=True))
    op.create_index("mention_turn", "mention", ["turn"])


def _beliefs() -> None:
    kinds = "kind IN ('fact', 'preference', 'plan', 'promise', 'rule', 'reflection', 'self')"
    op.create_table(
        "belief",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_being("about"),
        sa.Column("kind", sa.Text, sa.CheckConstraint(kinds), nullable=False),
        sa.Column("slot", sa.Text),  # NULL: additive; else at most one is true at a time
        sa.Column(
            "relation", sa.Text, nullable=False
        ),  # lives_in, likes, sister: with `value` what `text` says
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("pinned", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column(
            "author", sa.Text, sa.CheckConstraint("author IN ('rule', 'model', 'user')"), nullable=False
        ),
        sa.Column("true_from", sa.BigInteger),
        sa.Column("true_to", sa.BigInteger),
        sa.Column("learned", sa.BigInteger, nullable=False),
        sa.Column("unlearned", sa.BigInteger),
        sa.Column("superseded_by", sa.Integer, sa.ForeignKey("belief.id", ondelete="SET NULL")),
    )
    now = "slot IS NOT NULL AND unlearned IS NULL AND true_to IS NULL"
    op.create_index(
        "one_truth",
        "belief",
        ["about", "slot"],
        unique=True,
        sqlite_where=sa.text(now),
        postgresql_where=sa.text(now),
    )
    held = sa.text("unlearned IS NULL")
    op.create_index("belief_now", "belief", ["about", "kind"], sqlite_where=held, postgresql_where=held)
    op.create_table(
        "evidence",
        sa.Column("belief", sa.Integer, sa.ForeignKey("belief.id", ondelete="CASCADE"), primary_key=True),
        _of_turn(primary_key=True),
        sa.Column("stance", sa.Integer, sa.CheckConstraint("stance IN (-1, 1)"), nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
    )
    op.create_index("evidence_turn", "evidence", ["turn"])
    if not run_on_postgresql(op.get_bind(), "r0003_postgresql_beliefs.sql"):
        _beliefs_on_sqlite()


def _beliefs_on_sqlite() -> None:
    op.execute(
        f"CREATE VIRTUAL TABLE belief_fts USING fts5(text, content = 'belief', content_rowid = 'id', tokenize = '{PORTER}')"
    )
    remove = "INSERT INTO belief_fts(belief_fts, rowid, text) VALUES ('delete', old.id, old.text);"
    add = "INSERT INTO belief_fts(rowid, text) VALUES (new.id, new.text);"
    op.execute(f"CREATE TRIGGER belief_added AFTER INSERT ON belief BEGIN {add} END")
    op.execute(f"CREATE TRIGGER belief_gone AFTER DELETE ON belief BEGIN {remove} END")
    op.execute(f"CREATE TRIGGER belief_changed AFTER UPDATE OF text ON belief BEGIN {remove} {add} END")
    # A quote is verbatim, and about the person only what the person said (no book, no tool) counts.
    op.execute("""
        CREATE TRIGGER evidence_honest BEFORE INSERT ON evidence WHEN
          NOT EXISTS (SELECT 1 FROM turn WHERE id = new.turn AND instr(text, new.quote) > 0) OR
          EXISTS (SELECT 1 FROM belief b JOIN being a ON a.id = b.about JOIN turn t ON t.id = new.turn
                  JOIN being s ON s.id = t.speaker
                  WHERE b.id = new.belief AND a.kind = 'user' AND (s.kind <> 'user' OR t.via IN ('book', 'tool')))
        BEGIN SELECT RAISE(ABORT, 'evidence must quote the person'); END""")
    # A belief that nothing said supports any more is none; one the person wrote themself stands.
    op.execute("""
        CREATE TRIGGER evidence_gone AFTER DELETE ON evidence WHEN
          NOT EXISTS (SELECT 1 FROM evidence WHERE belief = old.belief AND stance = 1)
        BEGIN DELETE FROM belief WHERE id = old.belief AND author <> 'user'; END""")


def _reading() -> None:
    op.create_table(
        "book",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),  # text, pdf, epub, mbox, whatsapp, telegram
        sa.Column("digest", sa.LargeBinary, nullable=False, unique=True),  # SHA-256 of the file: read once
        sa.Column("read", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("book", sa.Integer, sa.ForeignKey("book.id", ondelete="CASCADE"), nullable=False),
        sa.Column("place", sa.Text, nullable=False),  # "page 12", "Chapter 3", "3 May 2024, Anna"
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("passage_book", "passage", ["book", "id"])
    # One blob a book: its passages' vectors in order, as the whole of it is compared at once.
    op.create_table(
        "book_vectors",
        sa.Column("book", sa.Integer, sa.ForeignKey("book.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("model", sa.Integer, nullable=False),
        sa.Column("v", sa.LargeBinary, nullable=False),
    )
    if run_on_postgresql(op.get_bind(), "r0003_postgresql_reading.sql"):
        return
    op.execute(
        f"CREATE VIRTUAL TABLE passage_fts USING fts5(text, content = 'passage', content_rowid = 'id', tokenize = '{PORTER}')"
    )
    op.execute("""
        CREATE TRIGGER passage_gone AFTER DELETE ON passage BEGIN
          INSERT INTO passage_fts(passage_fts, rowid, text) VALUES ('delete', old.id, old.text); END""")
