"""A closed-mouth "mm-hm", which no text-to-speech makes: harmonics of a voice behind shut lips."""

from __future__ import annotations

import numpy as np

from tests.audio.voice import RATE, Audio

_HARMONICS = (1.0, 0.5, 0.18, 0.06, 0.03, 0.02)


def hum() -> Audio:
    """Two syllables, falling then rising, 0.62 s; Moonshine hears "Mm-hmm" in it."""
    first, breath, second = (int(seconds * RATE) for seconds in (0.22, 0.10, 0.30))
    total = first + breath + second
    points = [0, first / total, (first + breath) / total, 1]
    phase = 2 * np.pi * np.cumsum(np.interp(np.linspace(0, 1, total), points, [165, 150, 175, 185])) / RATE
    voice = sum(level * np.sin(number * phase) for number, level in enumerate(_HARMONICS, start=1))
    lips = np.concatenate((np.sqrt(np.hanning(first)), np.zeros(breath), np.sqrt(np.hanning(second))))
    air = np.random.default_rng(0).standard_normal(breath) * 0.03 * np.hanning(breath)
    sound = voice * lips + np.concatenate((np.zeros(first), air, np.zeros(second)))
    return np.asarray(0.4 * sound / np.abs(sound).max(), np.float32)
