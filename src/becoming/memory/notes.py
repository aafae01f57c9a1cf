"""What is settled (her birth, a consent, how far a night has got): one JSON value under a key."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, select

from becoming.store.schema import note
from becoming.store.sql import upsert


def get(connection: Connection, key: str) -> Any:
    """The value kept under that key, as `json.loads` would give it; None if there is none."""
    return connection.execute(select(note.c.value).where(note.c.key == key)).scalar()


def put(connection: Connection, key: str, value: Any) -> None:
    """Keep a value under a key, replacing the one before."""
    new = upsert(connection, note).values(key=key, value=value)
    renewed = {"value": new.excluded.value}
    connection.execute(new.on_conflict_do_update(index_elements=["key"], set_=renewed))


def drop(connection: Connection, key: str) -> None:
    """Keep nothing under that key any more."""
    connection.execute(delete(note).where(note.c.key == key))
