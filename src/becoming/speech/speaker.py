"""Her turn: a draft on its way out, settled when it is over, and owned up to when it fails."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable

from becoming.events import BecomingError, Fault, Reply, ReplyEnded, ReplyStarted, SpeechEvent, Stage
from becoming.speech.draft import Draft
from becoming.speech.mouth import Mouth, Spoken
from becoming.speech.tts import Tts

log = logging.getLogger(__name__)

UNEXPECTED = BecomingError("Something broke on my side just now; please say that again.")
_ECHO_TAIL_S = 0.6
_LATELY = 600

Settle = Callable[[Reply | None], Awaitable[None]]


class Speaker:
    """Speaks one draft after another for one connection."""

    def __init__(self, tts: Tts, emit: Callable[[SpeechEvent], None]) -> None:
        self._tts, self._emit = tts, emit
        self._replies = 0
        self._draft: Draft | None = None
        self._task: asyncio.Task[None] | None = None
        self.mouth: Mouth | None = None
        """The reply that is being spoken, or the last one."""
        self.lately = ""
        """What she said in her last replies, for echoes that arrive late."""

    @property
    def busy(self) -> bool:
        """Whether a reply is under way."""
        return self._task is not None and not self._task.done()

    @property
    def sounding(self) -> bool:
        """Whether she is speaking, or so lately that her echo may still be in the room."""
        mouth = self.mouth
        return mouth is not None and (not mouth.ended_at or time.monotonic() - mouth.ended_at < _ECHO_TAIL_S)

    def begin(self, draft: Draft, turn: int, settle: Settle, spoken_until: float = 0.0) -> None:
        """Speak a draft. `settle` gets what of it was heard; `spoken_until`: when their voice ended."""
        self._replies += 1
        self._draft = draft
        self.mouth = Mouth(self._replies, self._measured(draft, turn, spoken_until))
        self._task = asyncio.create_task(self._speak(draft, self.mouth, turn, settle), name="speak")

    def played(self, reply: int, ms: float) -> None:
        """The listener has heard this much of a reply."""
        if self.mouth and self.mouth.reply == reply:
            self.mouth.played(ms)

    async def done(self) -> None:
        """Wait until the reply is over and settled."""
        if self._task:
            await asyncio.wait([self._task])

    async def stop(self) -> None:
        """Be silent now; returns when what was heard is settled."""
        if self.mouth and not self.mouth.ended_at:
            self.mouth.cut()
        if self._draft:
            await self._draft.drop()
        await self.done()

    async def _speak(self, draft: Draft, mouth: Mouth, turn: int, settle: Settle) -> None:
        at = time.time()
        self._emit(ReplyStarted(turn, mouth.reply, time.monotonic()))
        try:
            await mouth.speak(draft.pieces())
            await draft.drop()
            text = mouth.heard_text()
            said = Reply(text, at, "voice", mouth.intended, mouth.was_cut) if text or mouth.was_cut else None
            # Settled before the listener is told: who has seen the end of a reply finds it remembered.
            try:
                await settle(said)
            finally:
                if draft.fault:
                    await self._own_up(mouth, draft.fault)
        except BecomingError as error:
            await self._own_up(mouth, error)
        except Exception:  # the edge of the task
            log.exception("speaking failed")
            self.fault(UNEXPECTED)
        finally:
            self.lately = f"{self.lately} {mouth.intended}"[-_LATELY:]
            self._draft = None
            self._emit(ReplyEnded(mouth.reply, mouth.heard_text(), mouth.was_cut, time.monotonic()))

    async def _own_up(self, mouth: Mouth, error: BecomingError) -> None:
        """Say in her own voice that something went wrong, and tell the listener's screen."""
        self.fault(error)
        if error.spoken and not mouth.was_cut:
            await mouth.speak(_one(Spoken(error.spoken, self._tts(error.spoken))))

    def fault(self, error: BecomingError) -> None:
        """Tell the listener what went wrong."""
        self._emit(Fault(type(error).__name__, str(error), time.monotonic()))

    def _measured(self, draft: Draft, turn: int, spoken_until: float) -> Callable[[SpeechEvent], None]:
        """The emitter, with the stages of the turn measured at the first sound of the reply."""
        first = spoken_until > 0

        def emit(event: SpeechEvent) -> None:
            nonlocal first
            if first:
                first = False
                now = time.monotonic()
                since = max(spoken_until, draft.begun)
                self._emit(Stage(turn, "llm", max(0.0, draft.first_clause_at - since) * 1000))
                self._emit(Stage(turn, "tts", (draft.first_sound_at - draft.first_clause_at) * 1000))
                self._emit(Stage(turn, "voice_to_voice", (now - spoken_until) * 1000))
            self._emit(event)

        return emit


async def _one(piece: Spoken) -> AsyncIterator[Spoken]:
    yield piece
