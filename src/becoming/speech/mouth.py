"""One reply on its way to the ear: paced, ducked, held, cut, and what of it was really heard."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import numpy as np

from becoming.events import ReplyAudio, ReplyText, SpeechEvent
from becoming.speech.audio import VOICE_RATE, Samples, to_pcm16

_CHUNK = VOICE_RATE * 40 // 1000
_LEAD_S = 0.35
"""How far ahead of the ear audio is sent: enough for a jittery Wi-Fi, little enough to be cut."""
_BETWEEN_S = 0.12
"""The breath between two clauses of one reply."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A clause and its sound; `part` names whom she plays."""

    text: str
    sound: Samples
    part: str = ""


class Mouth:
    """Speaks one reply. Make a new one for each; `speak` returns when it is over or cut."""

    def __init__(self, reply: int, emit: Callable[[SpeechEvent], None]) -> None:
        self.reply = reply
        self._emit = emit
        self._sent = 0  # samples sent
        self._started = 0.0  # clock time at which sample `_origin` reached the ear
        self._origin = 0
        self._first_at = 0.0
        self._reported: tuple[int, float] | None = None  # (samples heard, when), from the listener
        self._clauses: list[tuple[str, int, int]] = []  # text, first sample, sample after the last
        self._go = asyncio.Event()
        self._go.set()
        self._sound: list[Samples] = []
        self.was_cut = False
        """Whether the reply was stopped before its end."""
        self.ended_at = 0.0
        """Monotonic time at which the reply was over; 0 while it is not."""

    # ── speaking ────────────────────────────────────────────────────────────────────────────

    async def speak(self, pieces: AsyncIterator[Spoken]) -> None:
        """Send every piece at the pace of the ear; returns when the last one has been heard."""
        self.ended_at = 0.0
        try:
            async for piece in pieces:
                if self.was_cut:
                    return
                await self._send(piece)
            await self._until_heard()
        finally:
            self.ended_at = time.monotonic()

    async def _send(self, piece: Spoken) -> None:
        sound = piece.sound
        if self._clauses:
            sound = np.concatenate((np.zeros(int(_BETWEEN_S * VOICE_RATE), np.float32), sound))
        if self.heard_samples() >= self._sent:  # nothing is playing: the ear starts now
            self._started, self._origin = time.monotonic(), self._sent
            self._first_at = self._first_at or self._started
        self._clauses.append((piece.text, self._sent, self._sent + len(sound)))
        self._emit(ReplyText(self.reply, piece.text, time.monotonic(), piece.part))
        for start in range(0, len(sound), _CHUNK):
            await self._pace()
            if self.was_cut:
                return
            chunk = sound[start : start + _CHUNK]
            self._sound.append(chunk)
            self._sent += len(chunk)
            self._emit(ReplyAudio(self.reply, to_pcm16(chunk), time.monotonic()))

    async def _pace(self) -> None:
        await self._go.wait()
        ahead = (self._sent - self.heard_samples()) / VOICE_RATE - _LEAD_S
        if ahead > 0:
            await asyncio.sleep(ahead)
            await self._go.wait()

    async def _until_heard(self) -> None:
        while not self.was_cut and (left := self._sent - self.heard_samples()) > 0:
            await self._go.wait()
            await asyncio.sleep(min(0.2, left / VOICE_RATE + 0.005))

    # ── what the listener says of it ────────────────────────────────────────────────────────

    def played(self, ms: float) -> None:
        """The listener reports how much of this reply has really come out of the loudspeaker."""
        heard = min(self._sent, max(0, int(ms * VOICE_RATE / 1000)))
        self._reported = (heard, time.monotonic())

    def heard_samples(self) -> int:
        """Samples that have reached the ear: reported, else by the clock."""
        return min(self._sent, self._cursor())

    def _cursor(self) -> int:
        """Where the ear would be if there were always more to hear."""
        if not self._sent:
            return 0
        now = time.monotonic() if self._go.is_set() else self._held_at
        heard, at = self._reported or (0, 0.0)
        if self._origin >= heard:  # the first piece, or one after a gap, is counted from its start
            heard, at = (self._origin, self._started) if self._origin > heard or not at else (heard, at)
        return heard + int(max(0.0, now - at) * VOICE_RATE)

    @property
    def sounding_s(self) -> float:
        """Seconds since the first sound of this reply."""
        return time.monotonic() - self._first_at if self._sent else 0.0

    def line(self, seconds: float) -> Samples:
        """What her loudspeaker did in the last `seconds`, up to now, silence included."""
        count, cursor = int(seconds * VOICE_RATE), self._cursor()
        sound = np.concatenate(self._sound) if self._sound else np.zeros(0, np.float32)
        after = np.zeros(min(count, max(0, cursor - len(sound))), np.float32)
        played = np.concatenate((sound[: min(cursor, len(sound))], after))[-count:]
        return np.concatenate((np.zeros(count - len(played), np.float32), played))

    # ── overlap ─────────────────────────────────────────────────────────────────────────────

    def hold(self) -> None:
        """Send nothing more until `go_on`; what is under way still comes out. Holding twice is holding once."""
        if self._go.is_set():
            self._held_at = time.monotonic() + _LEAD_S
            self._go.clear()

    def go_on(self) -> None:
        """Go on where she was."""
        if not self._go.is_set():
            now = time.monotonic()
            pause = max(0.0, now - self._held_at)
            self._started += pause
            if self._reported:
                self._reported = (self._reported[0], self._reported[1] + pause)
            self._go.set()

    def cut(self) -> None:
        """Stop for good. What was heard until now stays known."""
        self._heard_at_cut = self.heard_samples()
        self.was_cut = True
        self._go.set()

    # ── what was said ───────────────────────────────────────────────────────────────────────

    @property
    def intended(self) -> str:
        """All that has been handed to the voice so far."""
        return " ".join(text for text, _, _ in self._clauses)

    @property
    def left_ms(self) -> float:
        """Sound already sent that the ear has not heard yet."""
        return (self._sent - self.heard_samples()) * 1000 / VOICE_RATE

    def heard_text(self) -> str:
        """The words that reached the ear, to the word."""
        heard = self._heard_at_cut if self.was_cut else self.heard_samples()
        parts = []
        for text, first, after in self._clauses:
            if heard >= after - VOICE_RATE // 10:
                parts.append(text)
                continue
            share = (heard - first) / max(1, after - first)
            words = text.split()
            count = int(share * len(words))
            if count > 0:
                parts.append(" ".join(words[:count]))
            break
        return " ".join(parts)
