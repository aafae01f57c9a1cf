"""Text to speech: Hibari (Apache-2.0), 24 kHz, about sixty times faster than real time here."""

from __future__ import annotations

import threading
from typing import Literal, Protocol

import numpy as np
from hibari import Hibari
from hibari.voices import VOICES, voice_path

from becoming.events import Part, Voice
from becoming.speech.audio import Samples, trim_start


class Tts(Protocol):
    """Anything that speaks one clause."""

    pace: float
    """How fast, 1 being as the voice was recorded."""

    def __call__(self, text: str, part: Part | None = None) -> Samples:
        """Mono samples at VOICE_RATE; empty for text without sound. Whom she plays has another voice than hers."""


LIKE = {"female": {"male": 0.78, "female": 0.86}, "male": {"male": 0.86, "female": 1.25}}
"""How much lower or higher than hers another voice is, where hers is the only one here."""


class HibariTts:
    """One voice of hers. Blocking, safe to call from several threads.

    The first call loads a lexicon (0.4 s): make it before somebody waits.
    """

    def __init__(self, voice: str = "heart") -> None:
        """`voice` must be one of `voices()`; others are not on this machine."""
        here = {each.key: each for each in voices()}
        self._voice = here.get(voice, here["heart"])
        self._tts = Hibari(voice=self._voice.key)
        self._others = {each.gender: each.key for each in here.values() if each.key != self._voice.key}
        self._loaded: dict[str, Hibari] = {}
        self._lock = threading.Lock()
        self.pace = 1.0

    def __call__(self, text: str, part: Part | None = None) -> Samples:
        """Speak one clause, without the silence before its first sound."""
        with self._lock:
            sound = self._tts(text, speed=self.pace) if part is None else self._as(text, part)
        return trim_start(np.asarray(sound, dtype=np.float32))

    def _as(self, text: str, part: Part) -> Samples:
        """In a voice that is not hers: another one that is here, else her own, deeper or higher, at the same pace."""
        if key := self._others.get(part.voice):
            if key not in self._loaded:
                self._loaded[key] = Hibari(voice=key)
            other: Samples = np.asarray(self._loaded[key](text, speed=self.pace), dtype=np.float32)
            return other
        pitch = LIKE[self._voice.gender][part.voice]
        sound = self._tts(text, speed=self.pace / pitch)
        at = np.arange(0, len(sound), pitch)
        shifted: Samples = np.interp(at, np.arange(len(sound)), sound).astype(np.float32)
        return shifted


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
