"""What she will ask about, once, when it is over: plans noticed in talk, and what became of the asking.

Nothing here grows with use: a plan is asked about once or never, and of several that are due only the oldest
is given out, a day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from becoming.events import Checkin, InputError, Moment
from becoming.memory import contacts
from becoming.memory.ahead import MORNING, Ahead, ahead, telling
from becoming.store import Store
from becoming.store.schema import checkin, ledger, turn

EVENING = 21
"""From here to MORNING nothing falls due."""

STANDS_S, STEP_STANDS_S = 7 * 86_400.0, 14 * 86_400.0
"""After a week nobody needs to be asked any more; about a step of which she said that she would ask, after two."""

_CANCELLED = re.compile(
    r"\b(?:cancel\w*|called off|not (?:going|happening|coming)|isn't happening|fell through|off now)\b", re.I
)
_OPEN = select(checkin, turn.c.said).join(turn, turn.c.id == checkin.c.turn).where(checkin.c.closed.is_(None))


class Checkins:
    """Plans and the asking about them. Raises events.StoreError when the store cannot be used."""

    def __init__(self, store: Store, quiet: Callable[[], tuple[int, int]] = lambda: (22, 8)) -> None:
        """`quiet` says from which hour to which she asks nothing of her own accord, in the computer's time zone."""
        self._store, self._quiet = store, quiet

    def notice(self, moment: Moment) -> None:
        """Hear what a moment says of plans: a new one, one that is off, one that is already told about."""
        if moment.id == 0 or moment.role != "person" or moment.via in ("book", "tool"):
            return
        plan = ahead(moment.text, moment.at)
        with self._store.read() as connection:
            closing = _closing(connection, moment, plan)
        if not (plan or closing):
            return
        with self._store.write() as connection:
            for id_, why in closing.items():
                _close(connection, id_, moment.at, why)
            if plan:
                _add(connection, moment.id, plan)

    def mean_to_ask(self, moment: Moment, plan: Ahead) -> None:
        """Ask about a plan the person named a day for, in a moment that is kept, in the words of `plan.asks`; not
        about what the moment alone would say of it."""
        with self._store.write() as connection:
            connection.execute(delete(checkin).where(checkin.c.turn == moment.id))
            _add(connection, moment.id, plan)

    def due(self, now: float) -> Checkin | None:
        """What to ask about at this hour: at most one a day, and none in quiet hours."""
        clock = datetime.fromtimestamp(now)
        if self.is_quiet(clock.hour):
            return None
        today = round(clock.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)
        asked = select(func.count()).where(checkin.c.why == "asked", checkin.c.closed >= today)
        ripe = _OPEN.where(checkin.c.due <= now * 1000, checkin.c.due >= (now - STEP_STANDS_S) * 1000)
        with self._store.read() as connection:
            if connection.execute(asked).scalar():
                return None
            steps, rows = agreed_in(connection), connection.execute(ripe.order_by(checkin.c.due)).all()
        # What she said she would ask comes first, and stands longer.
        promised = [row for row in rows if row.turn in steps]
        lately = (row for row in rows if row.due >= (now - STANDS_S) * 1000)
        row = promised[0] if promised else next(lately, None)
        return _checkin(row) if row else None

    def asked(self, id_: int, at: float) -> None:
        """She has asked; she will not again."""
        with self._store.write() as connection:
            _close(connection, id_, at, "asked")

    def drop(self, id_: int, at: float) -> None:
        """The person does not want to be asked about it. Raises InputError if it is not open."""
        with self._store.write() as connection:
            if not _close(connection, id_, at, "dropped"):
                raise InputError("She does not mean to ask about that any more.")

    def ahead(self) -> list[Checkin]:
        """All that she still means to ask about, the next first."""
        with self._store.read() as connection:
            return [_checkin(row) for row in connection.execute(_OPEN.order_by(checkin.c.due))]

    def is_quiet(self, hour: int) -> bool:
        """Whether she asks nothing at this hour."""
        start, end = self._quiet()
        return start <= hour < end if start <= end else hour >= start or hour < end


def agreed_in(connection: Connection) -> set[int]:
    """The moments in which the person agreed to a step towards somebody (`bridges.py`)."""
    agreed = select(ledger.c.why).where(ledger.c.kind == "bridge", ledger.c.op == "agreed")
    return {int(moment) for moment in connection.execute(agreed).scalars()}


def fitting(over: float) -> float:
    """The first fitting hour to ask, from when it is over."""
    clock = datetime.fromtimestamp(over)
    morning = clock.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if clock.hour >= EVENING:
        morning += timedelta(days=1)
    return max(over, morning.timestamp())


def _closing(connection: Connection, moment: Moment, plan: Ahead | None) -> dict[int, str]:
    """The plans that need not be asked about any more, and why."""
    said = telling(moment.text)
    found = {}
    steps = agreed_in(connection)
    for row in connection.execute(_OPEN).all():
        if row.turn in steps:  # towards somebody: told of once they were met
            if row.begins <= moment.at * 1000 and telling(row.asks) & said and contacts.told(moment.text):
                found[row.id] = "told"
            continue
        if not telling(row.quote) & said:
            continue
        if row.begins <= moment.at * 1000:
            found[row.id] = "told"
        elif _CANCELLED.search(moment.text):
            found[row.id] = "cancelled"
        elif plan:
            found[row.id] = "moved"
    return found


def _add(connection: Connection, moment: int, plan: Ahead) -> None:
    times = {"begins": round(plan.begins * 1000), "due": round(fitting(plan.over) * 1000)}
    there = select(checkin.c.id).where(checkin.c.turn == moment)
    if connection.execute(there).first() is None:
        connection.execute(insert(checkin).values(turn=moment, quote=plan.quote, asks=plan.asks, **times))


def _close(connection: Connection, id_: int, at: float, why: str) -> bool:
    """Whether it was open."""
    still = update(checkin).where(checkin.c.id == id_, checkin.c.closed.is_(None))
    return connection.execute(still.values(closed=round(at * 1000), why=why)).rowcount > 0


def _checkin(row: Row[Any]) -> Checkin:
    return Checkin(row.id, row.quote, row.asks, row.said / 1000, row.begins / 1000, row.due / 1000)
