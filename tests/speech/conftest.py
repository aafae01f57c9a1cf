"""The real ears and mouth, loaded once; the mind is scripted, so that a test knows what she says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
import soxr

from becoming.events import ReplyAudio, SpeechEvent
from becoming.speech.audio import EAR_RATE, VOICE_RATE, Samples, from_pcm16
from becoming.speech.engine import Engine, Senses
from becoming.testing import ScriptedMind, play


@dataclass
class Talk:
    """An engine, its scripted mind and everything it did."""

    senses: Senses
    mind: ScriptedMind
    backchannels: bool = False
    stirred: Callable[[Samples], float | None] | None = None
    events: list[SpeechEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.engine = Engine(
            self.senses, self.mind, self._emit, backchannels=self.backchannels, stirred=self.stirred
        )
        self.line = np.zeros(VOICE_RATE * 60, np.float32)
        self._end = 0
        self._began = asyncio.get_running_loop().time()

    def _emit(self, event: SpeechEvent) -> None:
        self.events.append(event)
        if isinstance(event, ReplyAudio):
            sound = from_pcm16(event.pcm)
            now = asyncio.get_running_loop().time() - self._began
            start = max(self._end, int(now * VOICE_RATE))
            self.line[start : start + len(sound)] = sound
            self._end = start + len(sound)

    def of(self, kind: type) -> list:
        return [event for event in self.events if isinstance(event, kind)]

    async def hear(self, audio: Samples) -> None:
        """The microphone, in real time, with the hiss of a quiet room."""
        hiss = np.random.default_rng(0).standard_normal(len(audio)) * 1e-4
        await play((audio + hiss).astype(np.float32), self.engine.hear)

    async def hear_with_echo(self, audio: Samples, *, delay_s: float, gain: float) -> None:
        """The microphone of a loudspeaker phone: her own voice comes back into it."""
        delay = int(delay_s * VOICE_RATE)
        number = 0

        def hear(packet: Samples) -> None:
            nonlocal number
            at = int((asyncio.get_running_loop().time() - self._began) * VOICE_RATE) - delay
            heard = self.line[max(0, at) : max(0, at) + VOICE_RATE // 50]
            back = soxr.resample(heard, VOICE_RATE, EAR_RATE)[: len(packet)]
            packet = packet.copy()
            packet[: len(back)] += back * np.float32(gain)
            number += 1
            self.engine.hear(packet)

        hiss = np.random.default_rng(0).standard_normal(len(audio)) * 1e-4
        await play((audio + hiss).astype(np.float32), hear)


@pytest.fixture
async def talk(senses: Senses):
    made: list[Talk] = []

    def begin(
        *lines: list[str], away_after: int | None = None, backchannels: bool = False, stirred=None
    ) -> Talk:
        made.append(Talk(senses, ScriptedMind(lines, away_after), backchannels, stirred))
        return made[-1]

    yield begin
    for each in made:
        await each.engine.close()
