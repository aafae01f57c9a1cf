"""How stirred somebody sounds, against how they always sound. Only with their consent; delete this file and
the rest works without it.

It says arousal and nothing else: which emotion a voice carries is guessed right for some half of natural
speech, while loudness and pitch rise with arousal in every study of it (Juslin & Scherer 2005; the features
are those of the minimal set of Eyben et al. 2016 that can be had without a model). Nothing of the sound is kept but five
running means and variances.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]

CONSENT, USUAL = "voice_feelings", "voice_usual"
"""The notes that hold the consent (given, at) and how the person always sounds."""

RATE = 16_000
WINDOW, HOP = 1024, 320  # 64 ms, 20 ms
LOWEST_HZ, HIGHEST_HZ = 65.0, 400.0
PERIODIC = 0.2
"""YIN's threshold: below it a frame has a pitch (de Cheveigné & Kawahara 2002 use 0.1 to 0.2)."""

SPEECH_DB, FAINT_DB = 25.0, -60.0
"""Speech is within so much of the loudest frames, and above the second anyway."""

SYLLABLE_DB = 2.0
SHORTEST_S = 0.8
ACQUAINTED = 8
"""Utterances after which she knows how the person always sounds."""

REMEMBERS = 200
"""So many utterances make up how they always sound; older ones fade."""

WEIGHTS = {"loudness": 0.35, "pitch": 0.3, "melody": 0.1, "rate": 0.15, "pauses": -0.1}
LEAST_SPREAD = {"loudness": 2.0, "pitch": 1.0, "melody": 0.5, "rate": 0.5, "pauses": 0.05}
USUAL_AROUSAL, PER_SPREAD = 0.35, 0.25


@dataclass(frozen=True, slots=True)
class Sound:
    """One utterance. Loudness in dB, pitch in semitones above 55 Hz, melody the spread of it, rate in
    syllables a second of speech, pauses as a share of the time."""

    loudness: float
    pitch: float
    melody: float
    rate: float
    pauses: float


def measure(samples: Samples) -> Sound | None:
    """The features of an utterance at 16 kHz; None where too little of it is voice. 30 ms for 8 s."""
    if len(samples) < max(SHORTEST_S * RATE, WINDOW):
        return None
    frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float64), WINDOW)[::HOP]
    loudness = 10 * np.log10(np.square(frames).mean(axis=1) + 1e-10)
    speech = loudness > max(float(np.percentile(loudness, 95)) - SPEECH_DB, FAINT_DB)
    hertz = np.zeros(len(frames))
    hertz[speech] = pitches(frames[speech])
    voiced = hertz > 0
    if voiced.sum() * HOP < SHORTEST_S * RATE / 4:
        return None
    semitones = 12 * np.log2(hertz[voiced] / 55)
    spoken = np.flatnonzero(speech)
    during = slice(spoken[0], spoken[-1] + 1)
    return Sound(
        loudness=float(loudness[speech].mean()),
        pitch=float(np.median(semitones)),
        melody=float(semitones.std()),
        rate=_syllables(loudness, voiced) / (speech.sum() * HOP / RATE),
        pauses=float(1 - speech[during].mean()),
    )


def pitches(frames: Floats) -> Floats:
    """(n,) Hz of each frame, 0 where it has none, by YIN (de Cheveigné & Kawahara 2002, steps 1 to 4)."""
    longest, shortest = int(RATE / LOWEST_HZ), int(RATE / HIGHEST_HZ)
    half = WINDOW - longest
    spectrum = np.fft.rfft(frames, 2 * WINDOW)
    first = np.fft.rfft(frames[:, :half], 2 * WINDOW)
    correlation = np.fft.irfft(spectrum * first.conj())[:, : longest + 1]
    power = np.cumsum(np.pad(np.square(frames), ((0, 0), (1, 0))), axis=1)
    lags = np.arange(longest + 1)
    energy = power[:, lags + half] - power[:, lags]
    difference = np.maximum(energy[:, :1] + energy - 2 * correlation, 0)
    mean = np.cumsum(difference[:, 1:], axis=1) / lags[1:]
    normal = np.ones_like(difference)
    normal[:, 1:] = difference[:, 1:] / np.maximum(mean, 1e-12)
    found = normal[:, shortest:longest]
    dips = (found < PERIODIC) & (found <= normal[:, shortest + 1 : longest + 1])
    lag = dips.argmax(axis=1) + shortest
    return np.where(dips.any(axis=1), RATE / lag, 0.0)


def _syllables(loudness: Floats, voiced: npt.NDArray[np.bool_]) -> int:
    """Peaks of loudness in voiced frames with a dip before them (de Jong & Wempe 2009)."""
    smooth = np.convolve(np.pad(loudness, 2, "edge"), np.full(5, 0.2), "valid")
    count, lowest, highest = 0, smooth[0], -np.inf
    for level, has_pitch in zip(smooth, voiced, strict=True):
        lowest = min(lowest, level)
        if level > highest and level - lowest >= SYLLABLE_DB and has_pitch:
            highest = level
        elif highest - level >= SYLLABLE_DB:
            count, lowest, highest = count + 1, level, -np.inf
    return count + bool(np.isfinite(highest))


class Sounding:
    """Listens to how one person sounds, once they have said that she may."""

    def __init__(
        self, get: Callable[[str], Any], put: Callable[[str, Any], None], clock: Callable[[], float]
    ) -> None:
        """`get` and `put` read and keep a note of the person's memory."""
        self._get, self._put, self._clock = get, put, clock

    def state(self) -> Mapping[str, Any]:
        """Whether the person has consented (`given`), and when they last decided (`at`, None: never)."""
        return self._get(CONSENT) or {"given": False, "at": None}

    def consent(self, given: bool) -> None:
        """The person decides. Taken back, how they always sound is forgotten at once."""
        self._put(CONSENT, {"given": given, "at": self._clock()})
        if not given:
            self._put(USUAL, None)

    def stirred(self, samples: Samples) -> float | None:
        """The arousal (0 to 1) of an utterance at 16 kHz against how they always sound, which it becomes part of.

        None without consent, in which case nothing is computed; and until she is acquainted.
        """
        if not self.state()["given"]:
            return None
        sound = measure(samples)
        if sound is None:
            return None
        usual = self._get(USUAL) or {"heard": 0, "mean": asdict(sound), "variance": {}}
        arousal = _against(sound, usual) if usual["heard"] >= ACQUAINTED else None
        self._put(USUAL, _with(sound, usual))
        return arousal


def _against(sound: Sound, usual: Mapping[str, Any]) -> float:
    away = 0.0
    for name, weight in WEIGHTS.items():
        spread = max(usual["variance"].get(name, 0.0) ** 0.5, LEAST_SPREAD[name])
        away += weight * float(np.clip((getattr(sound, name) - usual["mean"][name]) / spread, -3, 3))
    return float(np.clip(USUAL_AROUSAL + PER_SPREAD * away, 0, 1))


def _with(sound: Sound, usual: Mapping[str, Any]) -> dict[str, Any]:
    """Running means and variances (Welford 1962), the oldest fading."""
    heard = min(usual["heard"] + 1, REMEMBERS)
    mean, variance = dict(usual["mean"]), dict(usual["variance"])
    for name, value in asdict(sound).items():
        off = value - mean[name]
        mean[name] += off / heard
        variance[name] = (1 - 1 / heard) * (variance.get(name, 0.0) + off * off / heard)
    return {"heard": heard, "mean": mean, "variance": variance}
