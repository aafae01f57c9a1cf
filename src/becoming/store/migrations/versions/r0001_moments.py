"""What happened: talks, who took part, what was said, and its full-text index."""

import sqlalchemy as sa
from alembic import op

from becoming.store.migrations import run_on_postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables. The two who talk are there from the start; their names come with birth."""
    kinds = "kind IN ('user', 'self', 'person', 'place', 'thing', 'book')"
    beings = op.create_table(
        "being",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, sa.CheckConstraint(kinds), nullable=False),
        sa.UniqueConstraint("name", "kind"),
    )
    for kind in ("user", "self"):  # one by one, so that they are 1 and 2
        op.bulk_insert(beings, [{"name": "", "kind": kind}])
    op.create_table(
        "session",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("began", sa.BigInteger, nullable=False),
        sa.Column("ended", sa.BigInteger),
    )
    via = "via IN ('voice', 'text', 'book', 'tool')"  # the last two are never evidence about the person
    op.create_table(
        "turn",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("session", sa.Integer, sa.ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
        sa.Column("speaker", sa.Integer, sa.ForeignKey("being.id"), nullable=False),
        sa.Column("said", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("via", sa.Text, sa.CheckConstraint(via), nullable=False),
        sa.Column("interrupted", sa.Boolean, nullable=False),
    )
    op.create_index("turn_time", "turn", ["said"])
    op.create_index("turn_session", "turn", ["session", "id"])
    if not run_on_postgresql(op.get_bind(), "r0001_postgresql.sql"):
        op.execute(
            "CREATE VIRTUAL TABLE turn_fts USING fts5"
            "(own, near, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
