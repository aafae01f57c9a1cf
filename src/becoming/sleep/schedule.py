"""When she sleeps: a nap after a quiet quarter of an hour, a night once a day, never while somebody talks.

A plain task and a transaction do here what a workflow engine was meant for: planning writes nothing, so it can
be broken off at any word and begun again, and `apply` happens whole or not at all, so there is no step to
resume at. (DBOS 3.4 was tried: one second of imports more at every start, 40 ms a step, and a second,
unencrypted SQLite file beside the encrypted one.)
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import func, select

from becoming.events import BecomingError
from becoming.sleep.apply import apply, mark
from becoming.sleep.night import Kind, Night
from becoming.sleep.plan import Sleeping, plan
from becoming.store import Store
from becoming.store.schema import night, turn

QUIET_S = 15 * 60.0
NIGHT_HOUR = 4
LOOKS_EVERY_S = 60.0
_log = logging.getLogger(__name__)


def due(now: float, quiet_s: float, last_night: float, *, new: bool) -> Kind | None:
    """What kind of sleep is due at Unix time `now`, after so many quiet seconds; `new`: something was said since.

    The night is due from four in the morning on, at the first quiet quarter of an hour: a computer that was off
    then makes up for it. Times are of the computer's own time zone.
    """
    if quiet_s < QUIET_S:
        return None
    clock = datetime.fromtimestamp(now)
    four = clock.replace(hour=NIGHT_HOUR, minute=0, second=0, microsecond=0)
    if four > clock:
        four -= timedelta(days=1)
    if last_night < four.timestamp():
        return "night"
    return "nap" if new else None


class Sleeper:
    """Sees to it that she sleeps. `stir` is called whenever somebody is there."""

    def __init__(
        self,
        sleeping: Callable[[], Sleeping | None],
        clock: Callable[[], float],
        woken: Callable[[Night], Awaitable[None]],
    ) -> None:
        """`sleeping` says whose night it is (None: not born yet); `woken` is told of a night that was kept."""
        self._sleeping, self._clock, self._woken = sleeping, clock, woken
        self._stirred = clock()
        self._one = asyncio.Lock()
        self._planning: asyncio.Task[Night] | None = None

    def stir(self) -> None:
        """Somebody speaks or comes in: a night that is being planned is broken off; nothing of it was written."""
        self._stirred = self._clock()
        if self._planning:
            self._planning.cancel()

    @property
    def quiet_s(self) -> float:
        """Seconds since somebody was there."""
        return self._clock() - self._stirred

    async def run(self) -> None:
        """Look once a minute whether it is time; for ever."""
        while True:
            await asyncio.sleep(LOOKS_EVERY_S)
            try:
                await self.look()
            except BecomingError as error:
                _log.warning("the night was not kept: %s", error)

    async def look(self) -> Night | None:
        """Sleep if it is time; the night that was kept."""
        sleeping = self._sleeping()
        if sleeping is None:
            return None
        now = self._clock()
        last, new = await asyncio.to_thread(_state, sleeping.store, sleeping.being.born)
        kind = due(now, self.quiet_s, last, new=new)
        return await self.sleep(sleeping, kind) if kind else None

    async def sleep(self, sleeping: Sleeping, kind: Kind) -> Night | None:
        """Plan and apply; None if somebody came or nothing was to be done. A second caller waits for the first."""
        async with self._one:
            self._planning = asyncio.create_task(plan(sleeping, kind))
            try:
                planned = await self._planning
            except asyncio.CancelledError:
                if (task := asyncio.current_task()) and task.cancelling():
                    raise
                return None
            finally:
                planning, self._planning = self._planning, None
                planning.cancel()
                with suppress(asyncio.CancelledError, BecomingError):
                    await planning
            kept = await asyncio.to_thread(apply, sleeping.store, planned, self._clock())
        if kept:
            await self._woken(planned)
        return planned if kept else None


def _state(store: Store, born: float) -> tuple[float, bool]:
    """When the last night began (her birth, before the first), and whether anything was said since she slept."""
    with store.read() as connection:
        last = connection.execute(select(func.max(night.c.began)).where(night.c.kind == "night")).scalar()
        newest = connection.execute(select(func.max(turn.c.id))).scalar() or 0
        return (last / 1000 if last else born), newest > mark(connection)
