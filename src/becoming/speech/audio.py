"""Sound as numbers: float32 mono in -1..1 inside, PCM16 little-endian on the wire."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import soxr

Samples = npt.NDArray[np.float32]

EAR_RATE = 16_000
"""Hz; what VAD, endpointing and STT hear."""
VOICE_RATE = 24_000
"""Hz; what TTS makes and the wire carries."""
FRAME = 512
"""Samples of one VAD frame at EAR_RATE: 32 ms."""
FRAME_MS = 1000 * FRAME / EAR_RATE


def from_pcm16(data: bytes) -> Samples:
    """PCM16 little-endian mono to samples. An odd byte at the end is dropped."""
    return np.frombuffer(data, "<i2", len(data) // 2).astype(np.float32) / 32768.0


def to_pcm16(samples: Samples) -> bytes:
    """Samples to PCM16 little-endian; what is too loud is clipped, what is not a number is silence."""
    clean = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
    return (np.clip(clean, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()


class Resampler:
    """A stream at one rate in, at EAR_RATE out (soxr, state kept between calls)."""

    def __init__(self, rate: int) -> None:
        self._stream = soxr.ResampleStream(rate, EAR_RATE, 1, dtype="float32", quality="QQ")
        self._same = rate == EAR_RATE

    def __call__(self, samples: Samples) -> Samples:
        """The next samples of the stream; a few may be held back for the next call."""
        if self._same or not len(samples):
            return samples
        return np.asarray(self._stream.resample_chunk(samples), dtype=np.float32)


def trim_start(samples: Samples) -> Samples:
    """Cut the silence a synthesizer puts before the first sound, but for 10 ms: it would be heard as hesitation."""
    loud = np.flatnonzero(np.abs(samples) > 10 ** (-46.0 / 20))
    if not len(loud):
        return samples
    return samples[max(0, int(loud[0]) - VOICE_RATE // 100) :]


def envelope(samples: Samples, hop: int) -> Samples:
    """Root-mean-square level of each `hop` samples; shape (len(samples) // hop,)."""
    frames = samples[: len(samples) // hop * hop].reshape(-1, hop)
    return np.sqrt(np.mean(frames * frames, axis=1, dtype=np.float32) + 1e-12)
