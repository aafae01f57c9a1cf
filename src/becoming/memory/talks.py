"""Leafing through the talks, the newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from becoming.events import Moment
from becoming.memory.rows import MOMENTS, moment_of
from becoming.store import Store
from becoming.store.schema import turn

PAGE = 60
"""Moments of one page."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk, or the part of it that is on one page; its moments in order."""

    id: int
    moments: tuple[Moment, ...]


class Talks:
    """All that was ever said, to be looked through. Raises events.StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(self, *, before: int | None = None, until: float | None = None) -> list[Talk]:
        """The last moments before the moment `before`, or said before the time `until`; talks in order.

        The first talk of a page may have begun on the page before: both parts have its id.
        """
        query = MOMENTS.order_by(turn.c.id.desc()).limit(PAGE)
        with self._store.read() as connection:
            if until is not None:
                then = select(turn.c.id).where(turn.c.said < round(until * 1000))
                last = connection.execute(
                    then.order_by(turn.c.said.desc(), turn.c.id.desc()).limit(1)
                ).scalar()
                query = query.where(turn.c.id <= (last or 0))
            if before is not None:
                query = query.where(turn.c.id < before)
            return _talks(reversed(connection.execute(query).all()))

    def moments_of(self, talk: int) -> list[int]:
        """The ids of all moments of a talk; none if there is no such talk."""
        with self._store.read() as connection:
            query = select(turn.c.id).where(turn.c.session == talk).order_by(turn.c.id)
            return list(connection.execute(query).scalars())


def _talks(rows: Iterable[Row[Any]]) -> list[Talk]:
    talks: dict[int, list[Moment]] = {}
    for row in rows:
        talks.setdefault(row.session, []).append(moment_of(row))
    return [Talk(id_, tuple(moments)) for id_, moments in talks.items()]
