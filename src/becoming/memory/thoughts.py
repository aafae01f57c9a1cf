"""What she thought at night: kept, brought up once when it fits, and to be read in her journal."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from sqlalchemy import Row, delete, select, update

from becoming.events import InputError, Thought
from becoming.store import Store
from becoming.store.schema import checkin, ground, thought, turn

FRESH_S = 7 * 86_400.0
"""What was not said by then stays in the journal."""

A_LOT_S = 2 * 3600.0
"""Who has talked so long in a day hears of no thought of hers: more talk never makes more of it."""

_PAUSE_S = 300.0


class Thoughts:
    """Her thoughts, of one life. Raises events.StoreError when the store cannot be used."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, kind: str | None = None) -> list[Thought]:
        """The newest first."""
        query = select(thought).order_by(thought.c.id.desc())
        with self._store.read() as connection:
            rows = connection.execute(query if kind is None else query.where(thought.c.kind == kind))
            return [_thought(row) for row in rows]

    def to_say(self, now: float) -> Thought | None:
        """One she might bring up, unless she brought something up today, or the day has been long already."""
        day = round((now - 86_400) * 1000)
        fresh = select(thought).where(
            thought.c.said.is_(None), thought.c.kind != "journal", thought.c.made >= (now - FRESH_S) * 1000
        )
        with self._store.read() as connection:
            lately = select(thought.c.id).where(thought.c.said >= day)
            asked = select(checkin.c.id).where(checkin.c.why == "asked", checkin.c.closed >= day)
            if connection.execute(lately.union_all(asked)).first():
                return None
            said = connection.execute(select(turn.c.said).where(turn.c.said >= day).order_by(turn.c.said))
            if talked(list(said.scalars())) >= A_LOT_S:
                return None
            row = connection.execute(fresh.order_by(thought.c.id.desc()).limit(1)).first()
        return _thought(row) if row else None

    def said(self, id_: int, at: float) -> None:
        """She has brought it up; she will not again."""
        with self._store.write() as connection:
            unsaid = update(thought).where(thought.c.id == id_, thought.c.said.is_(None))
            connection.execute(unsaid.values(said=round(at * 1000)))

    def let_go(self, id_: int) -> None:
        """The person does not want it kept: it is erased. Raises InputError if there is none of that number."""
        with self._store.write() as connection:
            if not connection.execute(delete(thought).where(thought.c.id == id_)).rowcount:
                raise InputError("That thought is not there any more.")
            connection.execute(delete(ground).where(ground.c.kind == "thought", ground.c.ref == id_))


def talked(said: list[int]) -> float:
    """Seconds of talk: the time between one line and the next, where they belong to one talk."""
    gaps = ((later - earlier) / 1000 for earlier, later in pairwise(said))
    return sum(gap for gap in gaps if gap <= _PAUSE_S)


def _thought(row: Row[Any]) -> Thought:
    return Thought(row.id, row.kind, row.text, row.made / 1000, None if row.said is None else row.said / 1000)
