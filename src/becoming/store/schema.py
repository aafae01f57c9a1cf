"""The tables as they are today; how they came to be is in `migrations/`.

Times are integer milliseconds UTC. `turn_fts` is the full-text index, SQLite's own kind of table: its
row has the id of the turn, `own` is the words of the turn, `near` those of up to two turns before
and after it in the same talk.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    column,
    false,
    table,
)

metadata = MetaData()

being = Table(
    "being",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("began", BigInteger, nullable=False),
    Column("ended", BigInteger),
)

turn = Table(
    "turn",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session", ForeignKey("session.id"), nullable=False),
    Column("speaker", ForeignKey("being.id"), nullable=False),
    Column("said", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("via", Text, nullable=False),
    Column("interrupted", Boolean, nullable=False),
    Column("valence", Float, nullable=False, server_default="0"),  # -1..1
    Column("arousal", Float, nullable=False, server_default="0"),  # 0..1
    Column("stability", Float, nullable=False, server_default="3"),  # days until half is faded
    Column("seen", BigInteger),  # when it last came to mind
    Column("uses", Integer, nullable=False, server_default="0"),  # how often
)

alias = Table(
    "alias",
    metadata,
    Column("name", Text, primary_key=True),  # in lower case
    Column("being", ForeignKey("being.id"), nullable=False),
)

mention = Table(
    "mention",
    metadata,
    Column("being", ForeignKey("being.id"), primary_key=True),
    Column("turn", ForeignKey("turn.id"), primary_key=True),
)

vector = Table(
    "vector",
    metadata,
    Column("turn", ForeignKey("turn.id"), primary_key=True),
    Column("model", Integer, nullable=False),
    Column("v", LargeBinary, nullable=False),
)

belief = Table(
    "belief",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("about", ForeignKey("being.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("slot", Text),  # None: additive; else one is true at a time
    Column("relation", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("pinned", Boolean, nullable=False, server_default=false()),
    Column("author", Text, nullable=False),  # rule, model or user
    Column("true_from", BigInteger),
    Column("true_to", BigInteger),
    Column("learned", BigInteger, nullable=False),
    Column("unlearned", BigInteger),
    Column("superseded_by", ForeignKey("belief.id")),
)

evidence = Table(
    "evidence",
    metadata,
    Column("belief", ForeignKey("belief.id"), primary_key=True),
    Column("turn", ForeignKey("turn.id"), primary_key=True),
    Column("stance", Integer, nullable=False),  # 1 speaks for it, -1 against
    Column("quote", Text, nullable=False),
)

feeling = Table(
    "feeling",
    metadata,
    Column("turn", ForeignKey("turn.id"), primary_key=True),
    Column("source", Text, primary_key=True),  # words, voice, or person: their own word
    Column("valence", Float, nullable=False),  # as in events.Feeling
    Column("arousal", Float, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("told", ForeignKey("turn.id")),  # where the person said so; None: perceived, or by hand
)

emotion = Table(
    "emotion",
    metadata,
    Column("turn", Integer, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("intensity", Float, nullable=False),
    ForeignKeyConstraint(["turn", "source"], ["feeling.turn", "feeling.source"]),
)

ledger = Table(
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("op", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("ref", Integer, nullable=False),
    Column("why", Text),
    Column("digest", LargeBinary),  # ids and digests only: a diary of change holds no words of it
)

book = Table(
    "book",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("read", BigInteger, nullable=False),
)

passage = Table(
    "passage",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("book", ForeignKey("book.id"), nullable=False),
    Column("place", Text, nullable=False),
    Column("text", Text, nullable=False),
)

book_vectors = Table(
    "book_vectors",
    metadata,
    Column("book", ForeignKey("book.id"), primary_key=True),
    Column("model", Integer, nullable=False),
    Column("v", LargeBinary, nullable=False),
)

night = Table(
    "night",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),  # nap or night
    Column("began", BigInteger, nullable=False),
    Column("ended", BigInteger, nullable=False),
    Column("moments", Integer, nullable=False),
    Column("tokens", Integer, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("night", ForeignKey("night.id"), nullable=False),
    Column("turn", ForeignKey("turn.id")),
    Column("what", Text, nullable=False),  # what was proposed and dropped
    Column("why", Text, nullable=False),
)

trait = Table(
    "trait",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("step", Float, nullable=False),
    Column("because", Text, nullable=False),
    Column("undone", BigInteger),
)

thought = Table(
    "thought",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),  # journal, dream or question
    Column("text", Text, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("said", BigInteger),
)

ground = Table(
    "ground",  # the moments that a trait's change or a thought rests on
    metadata,
    Column("kind", Text, primary_key=True),  # trait or thought
    Column("ref", Integer, primary_key=True),
    Column("turn", ForeignKey("turn.id"), primary_key=True),
)

checkin = Table(
    "checkin",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("turn", ForeignKey("turn.id"), nullable=False, unique=True),
    Column("quote", Text, nullable=False),
    Column("asks", Text, nullable=False),
    Column("begins", BigInteger, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("closed", BigInteger),
    Column("why", Text),  # asked, told, cancelled or moved
)

note = Table(
    "note",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSON(none_as_null=False), nullable=False),
)

NEAR_WEIGHT = 0.3
"""What a word of `near` counts, beside one of `own`."""

turn_fts = table("turn_fts", column("rowid", Integer), column("own", Text), column("near", Text))
