"""A person with a microphone and a loudspeaker, who measures how long she is kept waiting.

The client speaks the OpenAI Realtime API's events over a WebSocket, sends its microphone in real
time (20 ms packets, with a room's noise between the words), and plays what it receives on the
clock of a loudspeaker: a chunk sounds when it arrives, or when what came before it has been played.

*Voice-to-voice* is the time from the last voiced sample that went in (`voiced_end` of the
utterance) to the first sample that comes out louder than -40 dBFS.
"""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bench.voice.utterances import Utterance
from tests.audio.voice import Audio, pcm16, resampled, room, voiced_end

PACKET = 0.02
"""Seconds of microphone in one packet."""

AUDIBLE = 10 ** (-40 / 20)
"""A sample louder than -40 dBFS is heard."""

SPEAKER_RATE = 24_000
REPORTS_EVERY = 10
"""Packets between two reports of what the ear has really heard, as the page sends them."""

ROOM_DBFS = -70.0
PATIENCE = 10.0
"""Seconds after which somebody who was not answered gives up."""

LISTENS = 6.0
"""Seconds of an answer after which the person has heard enough and stops it."""

QUIET = 1.0
"""Seconds of silence between the end of an answer and the next utterance."""


@dataclass(frozen=True)
class Exchange:
    """One utterance and what became of it.

    Attributes:
        voice_to_voice_ms: None when nothing was heard within `PATIENCE`, or when `cut_off`.
        leading_silence_ms: how much of that was silence at the beginning of the answer's own audio.
        cut_off: something of the answer was heard before the person was done.
        premature: the turn was taken to be over before the person was done, whether or not it was heard.
        stages: the server's own figures in milliseconds, by name, of the answer that was heard.
    """

    utterance: Utterance
    voice_to_voice_ms: float | None
    leading_silence_ms: float | None
    cut_off: bool
    premature: bool
    heard: str
    said: str
    stages: dict[str, float]


@dataclass(frozen=True)
class Chunk:
    """Queued sound: of which reply, when its first sample sounds (monotonic seconds), its samples."""

    item: str
    start: float
    samples: NDArray[np.float32]

    def sounded(self, now: float) -> NDArray[np.float32]:
        """The part of it that has been heard by `now`."""
        return self.samples[: max(0, round((now - self.start) * SPEAKER_RATE))]


@dataclass
class Loudspeaker:
    """What was played, and when."""

    chunks: list[Chunk] = field(default_factory=list)
    free_at: float = 0.0

    def play(self, pcm: bytes, item: str, now: float) -> None:
        """Queue PCM16 at 24 kHz: it sounds at once, or after what is still sounding."""
        samples = np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)
        start = max(now, self.free_at)
        self.chunks.append(Chunk(item, start, samples))
        self.free_at = start + samples.size / SPEAKER_RATE

    def stop(self, now: float) -> None:
        """Drop whatever has not sounded yet."""
        cut = [Chunk(chunk.item, chunk.start, chunk.sounded(now)) for chunk in self.chunks]
        self.chunks = [chunk for chunk in cut if chunk.samples.size]
        self.free_at = min(self.free_at, now)

    def first_after(self, moment: float, level: float = AUDIBLE) -> float | None:
        """When the first sample louder than `level` at or after `moment` sounds; None if there is none."""
        for chunk in self.chunks:
            loud = np.flatnonzero(np.abs(chunk.samples) > level) / SPEAKER_RATE + chunk.start
            later = loud[loud >= moment]
            if later.size:
                return float(later[0])
        return None

    def progress(self, now: float) -> tuple[str, int] | None:
        """The reply that sounds now and how many milliseconds of it have been heard."""
        if not self.chunks or self.free_at <= now:
            return None
        item = self.chunks[-1].item
        heard = sum(chunk.sounded(now).size for chunk in self.chunks if chunk.item == item)
        return item, heard * 1000 // SPEAKER_RATE


class Person:
    """One conversation over one connection; use as `async with Person.at(url) as person`."""

    def __init__(self, socket: ClientConnection, microphone_rate: int) -> None:
        self._socket = socket
        self._rate = microphone_rate
        self._speaker = Loudspeaker()
        self._packets: list[bytes] = []
        self._noise = self._in_packets(room(10.0, dbfs=ROOM_DBFS))
        self._started = time.monotonic()
        self._sent = 0
        self._ready = asyncio.Event()
        self._sound = asyncio.Event()
        self._over = asyncio.Event()
        self._committed: list[float] = []
        self._stages: dict[str, float] = {}
        self._heard: list[str] = []
        self._said: list[str] = []

    @classmethod
    @asynccontextmanager
    async def at(cls, url: str, microphone_rate: int = 24_000) -> AsyncIterator[Person]:
        """Connect, and keep microphone and loudspeaker running until the block is left."""
        async with connect(url, max_size=None) as socket:
            person = cls(socket, microphone_rate)
            tasks = [asyncio.create_task(person._microphone()), asyncio.create_task(person._listen())]
            try:
                async with asyncio.timeout(60):
                    await person._ready.wait()
                await person.quiet()
                yield person
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def say(self, utterance: Utterance) -> Exchange:
        """Say it, wait for the answer, hear it out (or enough of it), and be quiet for a moment."""
        self._committed.clear()
        self._stages = {}
        self._heard.clear()
        self._said.clear()
        self._speaker.chunks.clear()
        audio = utterance.audio()
        begun = self._speak(audio)
        done = begun + voiced_end(audio) / 16_000
        answered = await self._first_sound(done)
        first = self._speaker.first_after(begun)
        cut_off = first is not None and first < done
        received = self._speaker.first_after(done, level=-1.0)
        if answered is not None:
            await self._hear_out(answered + LISTENS)
        await self.quiet()
        return Exchange(
            utterance,
            voice_to_voice_ms=None if answered is None or cut_off else (answered - done) * 1000,
            leading_silence_ms=None if not (answered and received) else (answered - received) * 1000,
            cut_off=cut_off,
            premature=any(moment < done for moment in self._committed),
            heard=" ".join(self._heard),
            said=" ".join(self._said).strip(),
            stages=self._stages,
        )

    async def _hear_out(self, enough: float) -> None:
        """Until the answer is over, or stopped at the moment `enough`."""
        try:
            async with asyncio.timeout(enough - time.monotonic()):
                await self._over.wait()
        except TimeoutError:
            await self._send({"type": "response.cancel"})
            self._speaker.stop(time.monotonic())

    async def quiet(self) -> None:
        """Wait until nothing was played for `QUIET` seconds (an opening greeting ends, too)."""
        quiet_from = time.monotonic()
        while (moment := quiet_from + QUIET) > time.monotonic():
            await asyncio.sleep(moment - time.monotonic())
            quiet_from = max(quiet_from, self._speaker.free_at)

    def _speak(self, audio: Audio) -> float:
        """Put speech on the microphone; returns when its first sample is captured."""
        hiss = room(audio.size / 16_000, dbfs=ROOM_DBFS, seed=1)
        self._packets = self._in_packets(audio + hiss)
        return self._started + self._sent * PACKET

    async def _first_sound(self, done: float) -> float | None:
        """When an answer is first heard after the person was done; None after `PATIENCE`."""
        while (left := done + PATIENCE - time.monotonic()) > 0:
            self._sound.clear()
            if (moment := self._speaker.first_after(done)) is not None:
                return moment
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._sound.wait()
        return None

    def _in_packets(self, audio: Audio) -> list[bytes]:
        at_rate = audio if self._rate == 16_000 else resampled(audio, self._rate)
        size = round(self._rate * PACKET)
        padded = np.pad(at_rate, (0, -at_rate.size % size))
        return [pcm16(packet) for packet in padded.reshape(-1, size)]

    async def _microphone(self) -> None:
        """Send a packet when the 20 ms in it are over, as a sound card does."""
        while True:
            due = self._started + (self._sent + 1) * PACKET
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            pcm = self._packets.pop(0) if self._packets else self._noise[self._sent % len(self._noise)]
            self._sent += 1
            await self._send({"type": "input_audio_buffer.append", "audio": base64.b64encode(pcm).decode()})
            if self._sent % REPORTS_EVERY == 0 and (playing := self._speaker.progress(time.monotonic())):
                await self._send({"type": "becoming.played", "item_id": playing[0], "audio_ms": playing[1]})

    async def _send(self, event: dict[str, object]) -> None:
        await self._socket.send(json.dumps(event))

    async def _listen(self) -> None:
        with suppress(ConnectionClosed):
            async for message in self._socket:
                self._on(json.loads(message), time.monotonic())

    def _on(self, event: dict[str, object], now: float) -> None:
        match event["type"]:
            case "session.created":
                self._ready.set()
            case "response.output_audio.delta":
                pcm = base64.b64decode(str(event["delta"]))
                self._speaker.play(pcm, str(event.get("item_id", "")), now)
                self._over.clear()
                self._sound.set()
            case "response.done":
                self._over.set()
                if _status(event) == "cancelled":
                    self._speaker.stop(now)
            case "input_audio_buffer.committed":
                self._committed.append(now)
            case "becoming.stage":
                self._stages[str(event["name"])] = float(str(event["ms"]))
            case "conversation.item.input_audio_transcription.completed":
                self._heard.append(str(event["transcript"]))
            case "response.output_audio_transcript.done":
                self._said.append(str(event["transcript"]))


def _status(event: dict[str, object]) -> str:
    response = event.get("response")
    return str(response.get("status", "")) if isinstance(response, dict) else ""
