"""Text to speech: Hibari (Apache-2.0), 24 kHz, about sixty times faster than real time here."""

from __future__ import annotations

import threading
from typing import Protocol

import numpy as np
from hibari import Hibari
from hibari.voices import VOICES, voice_path

from becoming.speech.audio import Samples, trim_start


class Tts(Protocol):
    """Anything that speaks one clause."""

    def __call__(self, text: str) -> Samples:
        """Mono samples at VOICE_RATE; empty for text without sound."""
        ...


class HibariTts:
    """One voice of hers. Blocking, safe to call from several threads."""

    def __init__(self, voice: str = "heart", speed: float = 1.0) -> None:
        """`voice` must be one of `voices()`; others are not on this machine."""
        self._tts = Hibari(voice=voice if voice in voices() else "heart")
        self._speed = speed
        self._lock = threading.Lock()
        self("Mm.")  # the first call loads the lexicon (0.4 s); do it before somebody waits

    def __call__(self, text: str) -> Samples:
        """Speak one clause, without the silence before its first sound."""
        with self._lock:
            sound = self._tts(text, speed=self._speed)
        return trim_start(np.asarray(sound, dtype=np.float32))


def voices() -> list[str]:
    """The voices that are on this machine already (nothing is downloaded)."""
    found = []
    for name in VOICES:
        try:
            voice_path(name, download_missing=False)
        except FileNotFoundError:
            continue
        found.append(str(name))
    return found
