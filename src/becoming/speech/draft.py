"""A reply in the making: clauses and their sound, begun before it is certain that it is wanted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from contextlib import suppress

from becoming.events import BecomingError, Clause
from becoming.speech.mouth import Spoken
from becoming.speech.overlap import words_of
from becoming.speech.tts import Tts


class Draft:
    """Runs a clause stream and speaks each clause into memory, ahead of the mouth.

    Nothing of it is heard or remembered until somebody iterates `pieces`. Dropping it stops the
    model at once.
    """

    def __init__(self, text: str, clauses: AsyncIterator[Clause], tts: Tts, worker: Executor) -> None:
        self.text = text
        self.begun = time.monotonic()
        self.first_clause_at = self.first_sound_at = 0.0
        self.fault: BecomingError | None = None
        self._clauses, self._tts, self._worker = clauses, tts, worker
        self._ready: asyncio.Queue[Spoken | None] = asyncio.Queue(maxsize=8)
        self._task = asyncio.create_task(self._make(), name="draft")

    def answers(self, text: str) -> bool:
        """Whether this draft was made for these words (case and punctuation aside)."""
        return words_of(text) == words_of(self.text)

    async def _make(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            async for clause in self._clauses:
                self.first_clause_at = self.first_clause_at or time.monotonic()
                sound = await loop.run_in_executor(self._worker, self._tts, clause.text, clause.part)
                self.first_sound_at = self.first_sound_at or time.monotonic()
                await self._ready.put(Spoken(clause.text, sound, clause.part.name if clause.part else ""))
        except BecomingError as error:
            self.fault = error
        finally:
            with suppress(asyncio.QueueFull):
                self._ready.put_nowait(None)

    async def pieces(self) -> AsyncIterator[Spoken]:
        """The reply, piece by piece; ends early when it failed (`fault` then says why)."""
        while True:
            if self._task.done() and self._ready.empty():
                return
            piece = await self._ready.get()
            if piece is None:
                return
            yield piece

    async def drop(self) -> None:
        """Stop the model and the voice."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        aclose = getattr(self._clauses, "aclose", None)
        if aclose is not None:
            await aclose()
