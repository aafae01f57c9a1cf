"""Text to speech: Hibari (Apache-2.0), 24 kHz, about sixty times faster than real time here."""

from __future__ import annotations

import threading
from typing import Literal, Protocol

import numpy as np
from hibari import Hibari
from hibari.voices import VOICES, voice_path

from becoming.events import Voice
from becoming.speech.audio import Samples, trim_start


class Tts(Protocol):
    """Anything that speaks one clause."""

    pace: float
    """How fast, 1 being as the voice was recorded."""

    def __call__(self, text: str) -> Samples:
        """Mono samples at VOICE_RATE; empty for text without sound."""


class HibariTts:
    """One voice of hers. Blocking, safe to call from several threads.

    The first call loads a lexicon (0.4 s): make it before somebody waits.
    """

    def __init__(self, voice: str = "heart") -> None:
        """`voice` must be one of `voices()`; others are not on this machine."""
        self._tts = Hibari(voice=voice if voice in {v.key for v in voices()} else "heart")
        self._lock = threading.Lock()
        self.pace = 1.0

    def __call__(self, text: str) -> Samples:
        """Speak one clause, without the silence before its first sound."""
        with self._lock:
            sound = self._tts(text, speed=self.pace)
        return trim_start(np.asarray(sound, dtype=np.float32))


def voices() -> list[Voice]:
    """The voices that can be used without fetching anything; the packaged one first."""
    found = []
    for name, facts in VOICES.items():
        try:
            voice_path(name, download_missing=False)
        except FileNotFoundError:
            continue
        whose: Literal["female", "male"] = "male" if facts["gender"] == "male" else "female"
        label = f"{name.title()}, {'a man' if whose == 'male' else 'a woman'} ({facts['accent']})"
        found.append(Voice(str(name), label, whose))
    return found
