"""The voice of a person for tests; never the voice she speaks with.

Two mouths. *espeak-ng* says any text, clearly but like a machine: good for what words are heard,
useless for the melody of speech (smart-turn takes every second of its questions for unfinished).
*Recordings* in `said/` sound like people, so that the end of a turn can be heard in them; they are
a fixed set of phrases, made by `tests.audio.record`.

Everything is mono float32 in -1..1 at 16 kHz unless a name says otherwise. What espeak-ng says is
kept in `~/.cache/becoming-tests`, so that a second run costs nothing; noise comes from a seed, so
that a test hears the same thing every time.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

Audio = NDArray[np.float32]

RATE = 16_000
FRAME = RATE // 100
"""Samples in the 10 ms by which `voiced_end` looks."""

LOUD = 0.5
"""Peak of everything spoken here (-6 dBFS), about what a browser's gain control gives."""

CACHE = Path("~/.cache/becoming-tests").expanduser()
SAID = Path(__file__).parent / "said"
RECORDED = ("bella", "michael", "emma", "fenrir")
"""The voices of the recordings: two women (American, British) and two men."""

PAUSE = re.compile(r"<\s*(\d+(?:\.\d+)?)\s*s?\s*>")


def speak(text: str, *, voice: str = "en-us+f3", rate: int = 150) -> Audio:
    """Say `text`, with thinking pauses where it holds marks such as `<1.2 s>`.

    "I just… <1.2 s> I don't know…" is two phrases with exactly 1.2 s of digital silence between
    their voiced parts; a phrase before a pause is spoken with the pitch of somebody who will go on.

    Args:
        text: English, with pauses in seconds between angle brackets.
        voice: one of `RECORDED`, or an espeak-ng voice and variant (`espeak-ng --voices=variant`).
        rate: words a minute, roughly.

    Returns:
        The samples, beginning and ending with voice, their peak at `LOUD`.

    Raises:
        RuntimeError: espeak-ng is not installed, or nobody recorded these words in that voice.
    """
    said = [
        silence(part) if isinstance(part, float) else at_peak(_phrase(part, voice, rate), LOUD)
        for part in phrases(text)
    ]
    return join(*said)


def phrases(text: str) -> list[str | float]:
    """What is said in one go and, between, the seconds of each pause: ["I just,", 1.2, "I don't know…"]."""
    parts = PAUSE.split(text)
    return [
        float(part) if index % 2 else part.strip() if index == len(parts) - 1 else _unfinished(part)
        for index, part in enumerate(parts)
    ]


def recording(phrase: str, voice: str, rate: int) -> Path:
    """The file in which a phrase is recorded, whether or not it exists."""
    words = "-".join(re.findall(r"[a-z']+", phrase.lower())[:6]).replace("'", "")
    key = hashlib.sha256(f"{voice}|{rate}|{phrase}".encode()).hexdigest()[:6]
    return SAID / f"{voice}-{words}-{key}.wav"


def mm_hm() -> Audio:
    """The sound of somebody listening, in the one voice of espeak-ng in which Moonshine hears "Mm-hmm"."""
    return speak("Mm-hmm.", rate=145)


def cough(seed: int = 0) -> Audio:
    """Two bursts of noise with a throat's formants: loud and short, 0.45 s together, and no word."""
    random = np.random.default_rng(seed)
    bursts = []
    for seconds, level in ((0.22, 1.0), (0.16, 0.7)):
        noise = random.standard_normal(int(seconds * RATE)).astype(np.float32)
        spectrum = np.fft.rfft(noise)
        hertz = np.fft.rfftfreq(noise.size, 1 / RATE)
        throat = np.exp(-(((hertz - 550) / 300) ** 2)) + np.exp(-(((hertz - 1600) / 700) ** 2))
        time = np.arange(noise.size) / RATE
        shape = (1 - np.exp(-time / 0.006)) * np.exp(-time / (seconds / 3))
        bursts.append(at_peak(np.fft.irfft(spectrum * throat, noise.size) * shape, level))
    return at_peak(np.concatenate([bursts[0], silence(0.07), bursts[1]]), LOUD)


def silence(seconds: float) -> Audio:
    """Digital silence."""
    return np.zeros(round(seconds * RATE), np.float32)


def room(seconds: float, *, dbfs: float = -70.0, seed: int = 0) -> Audio:
    """The noise of a quiet room: pink, `dbfs` its RMS."""
    count = round(seconds * RATE)
    if not count:
        return silence(0)
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    white = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    pink = np.fft.irfft(white / np.sqrt(np.maximum(hertz, 20.0)), count)
    level = 10 ** (dbfs / 20) / np.sqrt(np.mean(pink**2))
    return np.asarray(pink * level, np.float32)


def in_room(audio: Audio, *, snr: float, seed: int = 0) -> Audio:
    """The same audio over the noise of a room that is `snr` dB below its voiced parts."""
    loud = 20 * np.log10(_rms_of_voice(audio))
    return _clipped(audio + room(audio.size / RATE, dbfs=float(loud - snr), seed=seed))


def over(audio: Audio, other: Audio, *, at: float) -> Audio:
    """Both at once: `other` begins `at` seconds into `audio`; the longer one gives the length."""
    start = round(at * RATE)
    mixed = np.zeros(max(audio.size, start + other.size), np.float32)
    mixed[: audio.size] += audio
    mixed[start : start + other.size] += other
    return _clipped(mixed)


def join(*pieces: Audio) -> Audio:
    """One after the other."""
    return np.concatenate(pieces)


def voiced_start(audio: Audio) -> int:
    """The sample at which the first voiced 10 ms begin; 0 in silence."""
    voiced = _voiced(audio)
    return int(voiced[0]) * FRAME if voiced.size else 0


def voiced_end(audio: Audio) -> int:
    """The sample after the last voiced 10 ms; 0 in silence.

    10 ms are voiced when their RMS is above -40 dB of the loudest 10 ms of the same audio. This is
    the moment from which a voice-to-voice latency counts.
    """
    voiced = _voiced(audio)
    return min((int(voiced[-1]) + 1) * FRAME, audio.size) if voiced.size else 0


def trimmed(audio: Audio) -> Audio:
    """The audio from its first voiced sample to its last."""
    return audio[voiced_start(audio) : voiced_end(audio)]


def at_peak(audio: NDArray[np.floating], peak: float) -> Audio:
    """The audio scaled so that its loudest sample is `peak`; silence stays silence."""
    loudest = float(np.abs(audio).max(initial=0))
    return (audio * (peak / loudest)).astype(np.float32) if loudest else audio.astype(np.float32)


def resampled(audio: Audio, rate: int) -> Audio:
    """The same sound at another sample rate, for example 8,000 (a telephone) or 24,000 (the wire)."""
    return np.asarray(soxr.resample(audio, RATE, rate), np.float32)


def stereo(left: Audio, right: Audio | None = None) -> Audio:
    """Two channels, shape (samples, 2); the same on both when only one is given."""
    return np.stack([left, left if right is None else right], axis=1)


def pcm16(audio: Audio) -> bytes:
    """16-bit little-endian PCM; channels, if any, interleaved."""
    return (np.clip(audio, -1, 1) * 32767).astype("<i2").tobytes()


def write_wav(path: Path, audio: Audio, rate: int = RATE) -> Path:
    """A 16-bit WAV file of mono (samples,) or stereo (samples, 2) audio; returns its path."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1 if audio.ndim == 1 else audio.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm16(audio))
    return path


def read_wav(path: Path) -> tuple[Audio, int]:
    """A 16-bit WAV's first channel and its sample rate."""
    with wave.open(str(path), "rb") as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        first = samples[:: file.getnchannels()].astype(np.float32)
        return first / np.float32(32768), file.getframerate()


def _clipped(audio: Audio) -> Audio:
    return np.clip(audio, np.float32(-1), np.float32(1)).astype(np.float32)


def _unfinished(phrase: str) -> str:
    """A comma makes a voice end a phrase on the pitch of "there is more to come"."""
    return phrase.strip().rstrip(".…,?! ") + ","


def _voiced(audio: Audio) -> NDArray[np.intp]:
    """The numbers of the voiced 10 ms frames (a last incomplete frame is one too)."""
    whole = np.pad(audio, (0, -audio.size % FRAME)).reshape(-1, FRAME)
    loudness = np.sqrt(np.mean(whole.astype(np.float64) ** 2, axis=1))
    return np.flatnonzero(loudness > loudness.max(initial=0) * 10 ** (-40 / 20))


def _rms_of_voice(audio: Audio) -> float:
    voiced = _voiced(audio)
    if not voiced.size:
        raise ValueError("silence has no signal-to-noise ratio")
    whole = np.pad(audio, (0, -audio.size % FRAME)).reshape(-1, FRAME)
    return float(np.sqrt(np.mean(whole[voiced] ** 2)))


def _phrase(text: str, voice: str, rate: int) -> Audio:
    """One phrase from its first voiced sample to its last."""
    if voice not in RECORDED:
        return trimmed(_espeak(text, voice, rate))
    path = recording(text, voice, rate)
    if not path.exists():
        raise RuntimeError(f"{voice} never said {text!r} at {rate}: add it to tests/audio/record.py")
    return trimmed(read_wav(path)[0])


def _espeak(text: str, voice: str, rate: int) -> Audio:
    """What espeak-ng makes of one phrase, resampled to 16 kHz, from the cache if it was said before."""
    key = hashlib.sha256(f"{voice}|{rate}|{text}".encode()).hexdigest()[:24]
    kept = CACHE / f"{key}.wav"
    if not kept.exists():
        program = shutil.which("espeak-ng")
        if program is None:
            raise RuntimeError("espeak-ng is missing; install it: apt-get install espeak-ng")
        command: Sequence[str] = [program, "-v", voice, "-s", str(rate), "--stdout", text]
        made = subprocess.run(command, check=True, capture_output=True).stdout
        CACHE.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(f".{hashlib.sha256(made).hexdigest()[:8]}.part")
        write_wav(unfinished, _from_stream(made))
        unfinished.replace(kept)
    return read_wav(kept)[0]


def _from_stream(made: bytes) -> Audio:
    """A WAV that was streamed: its header claims more samples than there are, so the data is cut by hand."""
    rate = int.from_bytes(made[24:28], "little")
    data = made[made.index(b"data") + 8 :]
    samples = np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.float32) / 32768
    return np.asarray(soxr.resample(samples, rate, RATE), np.float32)
