"""The sound card of this computer as a microphone and a loudspeaker (PortAudio through sounddevice)."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Self

import numpy as np

from becoming.events import BecomingError
from becoming.speech.audio import EAR_RATE, VOICE_RATE, Samples, from_pcm16

_BLOCK = EAR_RATE // 50


class NoSoundCard(BecomingError):
    """There is no microphone or no loudspeaker; she can still be written to."""


def usable() -> str | None:
    """Why local voice cannot be had, as a sentence; None when it can."""
    try:
        import sounddevice  # PortAudio is not everywhere, and missing it must not stop a text talk
    except OSError:
        return "PortAudio is not installed (on Debian and Ubuntu: apt install libportaudio2)."
    try:
        sounddevice.check_input_settings(samplerate=EAR_RATE, channels=1)
        sounddevice.check_output_settings(samplerate=VOICE_RATE, channels=1)
    except (ValueError, sounddevice.PortAudioError) as error:
        return f"No microphone or loudspeaker was found ({error})."
    return None


class Card:
    """A full-duplex stream: `hear` is called with each 20 ms, `play` queues her voice."""

    def __init__(self, hear: Callable[[Samples], None]) -> None:
        """`hear` runs on the event loop that opens the card."""
        self._hear = hear
        self._loop = asyncio.get_running_loop()
        self._queue: deque[Samples] = deque()
        self._lock = threading.Lock()
        self._gain = self._wanted = 1.0
        self._streams: list[Any] = []

    def __enter__(self) -> Self:
        if why := usable():
            raise NoSoundCard(f"{why} Write to her instead, or use the page on a device that has one.")
        import sounddevice

        self._streams = [
            sounddevice.InputStream(
                EAR_RATE, _BLOCK, channels=1, dtype="float32", latency="low", callback=self._on_input
            ),
            sounddevice.OutputStream(
                VOICE_RATE, channels=1, dtype="float32", latency="low", callback=self._on_output
            ),
        ]
        for stream in self._streams:
            stream.start()
        return self

    def __exit__(self, *error: object) -> None:
        for stream in self._streams:
            stream.close()

    def play(self, pcm: bytes) -> None:
        """Queue PCM16 at VOICE_RATE."""
        with self._lock:
            self._queue.append(from_pcm16(pcm))

    def drop(self) -> None:
        """Silence, now."""
        with self._lock:
            self._queue.clear()

    def gain(self, value: float) -> None:
        """Loudness of what comes from now on, ramped within one block."""
        self._wanted = value

    def _on_input(self, data: Any, frames: int, time: Any, status: Any) -> None:
        samples = np.array(data[:, 0], dtype=np.float32)
        self._loop.call_soon_threadsafe(self._hear, samples)

    def _on_output(self, out: Any, frames: int, time: Any, status: Any) -> None:
        filled = 0
        with self._lock:
            while self._queue and filled < frames:
                head = self._queue.popleft()
                part = head[: frames - filled]
                out[filled : filled + len(part), 0] = part
                filled += len(part)
                if len(part) < len(head):
                    self._queue.appendleft(head[len(part) :])
        out[filled:, 0] = 0
        out[:, 0] *= np.linspace(self._gain, self._wanted, frames, dtype=np.float32)
        self._gain = self._wanted
