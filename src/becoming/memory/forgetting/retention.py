"""What is never written: everything while off the record, and what the person asked her not to keep."""

from __future__ import annotations

from sqlalchemy import Connection, select

from becoming.memory import notes
from becoming.memory.forgetting import topics
from becoming.store.schema import belief

KEEP_NOTHING_ABOUT = "keep_nothing_about"
"""The relation of a rule that forbids keeping anything about its value."""

OFF = "off_the_record"
"""The note that is there while nothing is to be written; it survives a restart."""


def is_unwritten(connection: Connection, words: str) -> bool:
    """Whether `words` must not be kept."""
    if notes.get(connection, OFF):
        return True
    rules = select(belief.c.value).where(
        belief.c.relation == KEEP_NOTHING_ABOUT, belief.c.unlearned.is_(None), belief.c.true_to.is_(None)
    )
    patterns = (topics.about(topic) for topic in connection.execute(rules).scalars())
    return any(pattern is not None and pattern.search(words) for pattern in patterns)
