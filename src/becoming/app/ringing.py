"""What is due rings: said as soon as nobody speaks, shown on every open page, pushed to the phones that were switched on.

It is written down as ringing before anybody hears of it, and as heard only when it was; so what a crash, an empty room
or a sleeping computer cut off is told with the next greeting.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from becoming.events import BecomingError, Clause, Reply
from becoming.speech.engine import Engine
from becoming.tools import reminders
from becoming.tools.push import Phones
from becoming.tools.reminders import Reminder, Reminders

log = logging.getLogger(__name__)
LOOKS_EVERY_S, VOICE_EVERY_S, TRIES = 1.0, 0.3, 3
PUSHED = 200
"""Characters of it that a phone shows."""


@dataclass
class Ringing:
    """The bell of one house. `quiet`: she must not begin to speak now; `held`: what matters more is being talked of."""

    reminders: Reminders
    phones: Phones
    clock: Callable[[], float]
    heard: Callable[[], Awaitable[None]]
    """Told when it was said aloud."""
    quiet: Callable[[], bool] = lambda: False
    held: Callable[[], bool] = lambda: False
    pages: set[Callable[[], None]] = field(default_factory=set)
    """Told whenever what rings is another."""
    unsaid: dict[int, int] = field(default_factory=dict)
    """What is to be said aloud, and how often that was tried."""
    _saying: dict[int, str] = field(default_factory=dict)
    _begins: str = ""
    _voices: list[Engine] = field(default_factory=list)
    _pushing: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        """Until it is cancelled."""
        await self._look(awake=False)
        while True:
            await asyncio.sleep(LOOKS_EVERY_S)
            if self.clock() >= self.reminders.next_due:
                try:
                    await self._look()
                except BecomingError as error:
                    log.warning("%s", error)
                    await asyncio.sleep(30)

    async def _look(self, awake: bool = True) -> None:
        rung = await asyncio.to_thread(self.reminders.ring)
        found = rung if awake else await asyncio.to_thread(self.reminders.open)
        self.unsaid |= {it.id: 0 for it in found if not it.heard}
        for it in found:
            if not (it.pushed or it.late or self.clock() - it.due > reminders.LATE_S):
                task = asyncio.create_task(self._push(it))
                self._pushing.add(task)
                task.add_done_callback(self._pushing.discard)
        if found:
            self.changed()

    async def _push(self, it: Reminder) -> None:
        told = {"id": it.id, "text": reminders.rings(it)[:PUSHED]}

        def still() -> bool:
            return any(each.id == it.id and each.rang == it.rang for each in self.reminders.open())

        with suppress(BecomingError):
            await self.phones.ring(str(it.id), told, still)
            await asyncio.to_thread(self.reminders.mark, it.id, pushed=True)

    def close(self) -> None:
        """Push nothing any more."""
        for task in self._pushing:
            task.cancel()

    # ── on the pages ────────────────────────────────────────────────────────────────────────

    def cards(self) -> list[dict[str, Any]]:
        """What rings, for a page; `chimes` while it is new."""
        now, rang = self.clock(), self.reminders.open()
        new = {it.id for it in rang if not (it.heard or it.late) and now - it.rang < 60}
        return [{"id": it.id, "text": reminders.rings(it), "chimes": it.id in new} for it in rang]

    async def done(self, id_: int) -> None:
        """A tap: it is done."""
        await asyncio.to_thread(self.reminders.drop, id_)
        self.changed()

    async def later(self, id_: int) -> None:
        """A tap: in ten minutes once more."""
        await asyncio.to_thread(self.reminders.later, id_)
        self.changed()

    def changed(self) -> None:
        """Tell the pages."""
        for tell in list(self.pages):
            tell()

    # ── aloud ───────────────────────────────────────────────────────────────────────────────

    async def voice(self, engine: Engine) -> None:
        """Say what rings through this connection, where it is the one that was opened last; until it is cancelled."""
        self._voices.append(engine)
        try:
            while True:
                await asyncio.sleep(VOICE_EVERY_S)
                if not self.unsaid or self._voices[-1] is not engine or not engine.free or self.held():
                    continue
                if any(await asyncio.to_thread(self.due)):
                    await engine.say(self.say(), self._said)
        finally:
            self._voices.remove(engine)

    def due(self, came_in: bool = False) -> tuple[list[Reminder], list[Reminder]]:
        """What is to be said now, and what is late: not in quiet hours, unless somebody has just come in."""
        here = [it for it in self.reminders.open() if not it.heard and (came_in or it.id in self.unsaid)]
        late = [it for it in here if it.late or self.clock() - it.due > reminders.LATE_S]
        return [it for it in here if it not in late], [] if self.quiet() and not came_in else late

    async def say(self, *, came_in: bool = False) -> AsyncIterator[Clause]:
        """All of it in a breath or two."""
        new, late = await asyncio.to_thread(self.due, came_in)
        now = self.clock()
        more = {it.id: "more" for it in late[reminders.TOLD :]}
        self._saying = {it.id: reminders.rings(it)[:-1] for it in new} | {it.id: reminders.label(it, now) for it in late} | more  # fmt: skip
        tried = {id_: self.unsaid.get(id_, 0) + 1 for id_ in self._saying}
        self.unsaid = {id_: count for id_, count in (self.unsaid | tried).items() if count < TRIES}
        lines = [*map(reminders.rings, new), *([reminders.missed(late, now)] if late else [])]
        self._begins = lines[0][:15] if lines else ""
        for line in lines:
            yield Clause(line)

    async def said(self, said: Reply | None) -> Reply | None:
        """What of it was heard is noted; what the reply was besides comes back."""
        text, saying, begins = said.text if said else "", self._saying, self._begins
        self._saying, self._begins = {}, ""
        if heard := [id_ for id_, words in saying.items() if words in text]:
            await asyncio.to_thread(self.reminders.mark, *heard, heard=True)
            self.unsaid = {id_: count for id_, count in self.unsaid.items() if id_ not in heard}
            await self.heard()
            self.changed()
        rest = text.partition(begins)[0].strip() if begins else text
        return replace(said, text=rest) if said and rest else None

    async def _said(self, said: Reply | None) -> None:
        await self.said(said)
