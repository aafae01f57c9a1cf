"""What is never written: everything while off the record, and what the person asked her not to keep."""

from __future__ import annotations

from sqlalchemy import Connection, delete, exists, select

from becoming.memory.forgetting import topics
from becoming.store.schema import belief, note
from becoming.store.sql import upsert

KEEP_NOTHING_ABOUT = "keep_nothing_about"
"""The relation of a rule that forbids keeping anything about its value."""

_OFF = "off_the_record"


def is_off(connection: Connection) -> bool:
    """Whether they are off the record; it survives a restart."""
    return bool(connection.execute(select(exists().where(note.c.key == _OFF))).scalar())


def go_off(connection: Connection, off: bool) -> None:
    """From now on nothing is written, or it is again."""
    if off:
        new = upsert(connection, note).values(key=_OFF, value=True)
        connection.execute(new.on_conflict_do_nothing(index_elements=["key"]))
    else:
        connection.execute(delete(note).where(note.c.key == _OFF))


def is_unwritten(connection: Connection, words: str) -> bool:
    """Whether `words` must not be kept."""
    if is_off(connection):
        return True
    rules = select(belief.c.value).where(
        belief.c.relation == KEEP_NOTHING_ABOUT, belief.c.unlearned.is_(None), belief.c.true_to.is_(None)
    )
    patterns = (topics.about(topic) for topic in connection.execute(rules).scalars())
    return any(pattern is not None and pattern.search(words) for pattern in patterns)
