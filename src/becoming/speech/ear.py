"""One microphone: frames in; onsets, pauses and the transcript so far out."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from concurrent.futures import Executor

import numpy as np

from becoming.speech.audio import EAR_RATE, FRAME, FRAME_MS, Samples
from becoming.speech.stt import Stt
from becoming.speech.vad import Vad

_ON, _OFF = 0.5, 0.35
_ONSET_FRAMES = 2
_PREROLL_FRAMES = 7
_MELODY_FRAMES = 250
_LATELY_FRAMES = 48
_DEAF_S = 1.0
_LATE_S = 0.2
_LONGEST_SEGMENT_S = 6.0
_SEGMENT_PAUSE_MS = 160.0


class Ear:
    """Cuts the stream into stretches of speech and keeps the transcript of the present one.

    Time is counted in samples heard, so a late packet does not look like a silence. `beat` is set
    at every frame; whoever waits for something to happen waits for it.
    """

    def __init__(self, vad: Vad, stt: Stt, worker: Executor) -> None:
        self._vad, self._stt, self._worker = vad, stt, worker
        self._rest = np.zeros(0, np.float32)
        self._before: deque[Samples] = deque(maxlen=_PREROLL_FRAMES)
        self._frames: list[Samples] = []
        self._melody: deque[Samples] = deque(maxlen=_MELODY_FRAMES)
        self._lately: deque[Samples] = deque(maxlen=_LATELY_FRAMES)
        self._streak = 0
        self._segment_text = ""
        self._covered = 0
        self.beat = asyncio.Event()
        self.speaking = False
        """Whether a stretch of speech is open (from onset until `close`)."""
        self.position = 0
        """Samples heard since the beginning of the stream."""
        self.silence_ms = 0.0
        """Silence at the end of the open stretch."""
        self.voiced_ms = 0.0
        """Voice within the open stretch."""
        self.voice_at = 0.0
        """Monotonic time at which the last voiced frame arrived."""
        self.text = ""
        """The transcript of the open stretch so far."""
        self.cost_ms = 0.0
        """How long the last transcription took: a slow machine makes fewer of them."""

    # ── frames ──────────────────────────────────────────────────────────────────────────────

    def hear(self, samples: Samples) -> None:
        """Mono samples at EAR_RATE, any number of them."""
        data = np.concatenate((self._rest, samples)) if len(self._rest) else samples
        whole = len(data) // FRAME * FRAME
        for start in range(0, whole, FRAME):
            self._frame(np.ascontiguousarray(data[start : start + FRAME], dtype=np.float32))
        self._rest = data[whole:]
        if whole:
            self.beat.set()

    def _frame(self, frame: Samples) -> None:
        self.position += FRAME
        self._lately.append(frame)
        p = self._vad(frame)
        if not self.speaking:
            self._before.append(frame)
            self._streak = self._streak + 1 if p >= _ON else 0
            if self._streak >= _ONSET_FRAMES:
                self._open()
            return
        self._frames.append(frame)
        self._melody.append(frame)
        if p >= (_ON if self.silence_ms else _OFF):
            self.voiced_ms += FRAME_MS
            self.silence_ms = 0.0
            self.voice_at = time.monotonic()
        else:
            self.silence_ms += FRAME_MS

    def _open(self) -> None:
        self.speaking = True
        self._frames = list(self._before)
        self._before.clear()
        self._melody.clear()
        self._melody.extend(self._frames)
        self.voiced_ms, self.silence_ms = self._streak * FRAME_MS, 0.0
        self.voice_at = time.monotonic()
        self._streak = self._covered = 0
        self.text = self._segment_text = ""

    def close(self) -> None:
        """The open stretch is over (a turn ended, or a cough passed)."""
        self.speaking = False
        self._frames, self._streak, self._covered = [], 0, 0
        self.silence_ms = self.voiced_ms = 0.0

    async def next_beat(self) -> None:
        """Wait for the next frame. A microphone that falls silent in mid-turn is heard as silence."""
        self.beat.clear()
        if not self.speaking:
            await self.beat.wait()
            return
        # A loop that was held up finds the timer and the packets due at once: these are let in first.
        if not await self._beats(_DEAF_S) and not await self._beats(_LATE_S):
            self.hear(np.zeros(int(_DEAF_S * EAR_RATE), np.float32))

    async def _beats(self, patience_s: float) -> bool:
        try:
            await asyncio.wait_for(self.beat.wait(), patience_s)
        except TimeoutError:
            return False
        return True

    # ── words ───────────────────────────────────────────────────────────────────────────────

    @property
    def sound(self) -> Samples:
        """The open stretch (its present segment), from a little before its onset."""
        return np.concatenate(self._frames) if self._frames else np.zeros(0, np.float32)

    @property
    def melody(self) -> Samples:
        """The last 8 s of the open stretch, whatever its segments."""
        return np.concatenate(self._melody) if self._melody else np.zeros(0, np.float32)

    @property
    def lately(self) -> Samples:
        """The last second and a half, speech or not."""
        return np.concatenate(self._lately) if self._lately else np.zeros(0, np.float32)

    @property
    def uncovered_ms(self) -> float:
        """How much of the stretch the transcript does not know yet."""
        return (len(self._frames) - self._covered) * FRAME_MS

    @property
    def knows_all(self) -> bool:
        """Whether the transcript covers every voiced frame."""
        return self._covered > 0 and self.uncovered_ms <= self.silence_ms

    async def transcribe(self) -> str:
        """Bring `text` up to date with what has been heard; returns it.

        A long stretch is cut at a pause into segments, so that the cost stays bounded.
        """
        frames, sound = self._frames, self.sound
        count = len(frames)
        pausing = self.silence_ms >= _SEGMENT_PAUSE_MS
        loop = asyncio.get_running_loop()
        began = time.monotonic()
        words = await loop.run_in_executor(self._worker, self._stt, sound)
        self.cost_ms = (time.monotonic() - began) * 1000
        if frames is not self._frames:
            return self.text  # closed meanwhile
        self._covered = count
        self.text = f"{self._segment_text} {words}".strip()
        if len(sound) >= _LONGEST_SEGMENT_S * EAR_RATE / 2 and (
            pausing or len(sound) >= 2 * _LONGEST_SEGMENT_S * EAR_RATE
        ):
            self._segment_text = self.text
            self._frames = frames[count - _PREROLL_FRAMES // 2 :] if pausing else frames[count:]
            self._covered = len(self._frames)
        return self.text
