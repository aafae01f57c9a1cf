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
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    column,
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
)

note = Table(
    "note",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSON(none_as_null=False), nullable=False),
)

turn_fts = table("turn_fts", column("rowid", Integer), column("own", Text), column("near", Text))
