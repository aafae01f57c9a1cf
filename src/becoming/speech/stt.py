"""Speech to text: Moonshine tiny (MIT), the English model inside its wheel."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Protocol

import moonshine_voice
from moonshine_voice import ModelArch, Transcriber
from moonshine_voice.errors import MoonshineError

from becoming.events import InputError
from becoming.speech.audio import EAR_RATE, Samples


class Stt(Protocol):
    """Anything that turns one stretch of speech into words."""

    def __call__(self, samples: Samples) -> str:
        """The transcript of mono samples at EAR_RATE; empty when there are no words."""


class MoonshineStt:
    """Moonshine over one growing stretch of speech: 35 ms for each second of audio here.

    Its own voice activity detection is off: the engine has already cut the stretch. It is called
    again and again on the growing stretch, so a partial is simply the transcript so far.
    """

    def __init__(self) -> None:
        folder = Path(moonshine_voice.__file__).parent / "assets" / "tiny-en"
        self._transcriber = Transcriber(folder, ModelArch.TINY, options={"vad_threshold": "0.0"})
        self._lock = threading.Lock()  # the native handle is not for two threads at once

    def __call__(self, samples: Samples) -> str:
        """Blocking; raises InputError when the engine below refuses the audio."""
        if len(samples) < EAR_RATE // 10:
            return ""
        try:
            with self._lock:
                found = self._transcriber.transcribe_without_streaming(samples.tolist(), EAR_RATE)
        except MoonshineError as error:
            raise InputError(
                f"I could not make words of that sound ({error}); please say it again."
            ) from error
        return tidy(" ".join(line.text.strip() for line in found.lines))


def tidy(text: str) -> str:
    """Take out what a small recogniser adds: stuttered loops and doubled full stops."""
    text = re.sub(r"\b(\w+(?:[ ,]+\w+){0,4}?)(?:[ ,]+\1\b){3,}", r"\1", text, flags=re.IGNORECASE)
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", text)
