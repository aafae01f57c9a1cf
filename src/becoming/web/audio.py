"""Audio of the wire: what a client may send, made into the samples of the ears."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import numpy as np

from becoming.events import InputError
from becoming.speech.audio import VOICE_RATE, Resampler, Samples, from_pcm16

_RATES = (8_000, 16_000, 22_050, 24_000, 44_100, 48_000)
_TELEPHONE = 8_000


def _mu_law() -> Samples:
    """The 256 values of G.711 µ-law (ITU-T G.711) as samples."""
    code = ~np.arange(256, dtype=np.uint8)
    sign, exponent, mantissa = code & 0x80, (code >> 4) & 7, code & 0x0F
    size = (((mantissa.astype(np.int32) << 3) + 0x84) << exponent) - 0x84
    return (np.where(sign, -size, size) / 32768.0).astype(np.float32)


def _a_law() -> Samples:
    """The 256 values of G.711 A-law as samples."""
    code = np.arange(256, dtype=np.uint8) ^ 0x55
    sign, exponent, mantissa = code & 0x80, (code >> 4) & 7, (code & 0x0F).astype(np.int32)
    low, high = (mantissa << 4) + 8, ((mantissa << 4) + 0x108) << np.maximum(exponent.astype(int) - 1, 0)
    size = np.where(exponent == 0, low, high)
    return (np.where(sign, size, -size) / 32768.0).astype(np.float32)


_LAWS = {"audio/pcmu": _mu_law(), "audio/pcma": _a_law()}


class AudioIn:
    """One client's stream of base64 audio, in the format it has announced (PCM16 at 24 kHz if none)."""

    def __init__(self, kind: str = "audio/pcm", rate: int = VOICE_RATE) -> None:
        self.kind, self.rate = kind, rate
        self._resample = Resampler(rate)
        self._odd = b""

    @classmethod
    def of(cls, announced: Any) -> AudioIn:
        """From `session.audio.input.format`, or the older `input_audio_format` string.

        Raises InputError for a format that is not understood.
        """
        if isinstance(announced, str):
            announced = {
                "type": {"g711_ulaw": "audio/pcmu", "g711_alaw": "audio/pcma"}.get(announced, "audio/pcm")
            }
        if not isinstance(announced, dict):
            raise InputError("The audio format must be an object with a type, such as audio/pcm.")
        kind = announced.get("type", "audio/pcm")
        if not isinstance(kind, str):
            raise InputError("The type of an audio format is a string, such as audio/pcm.")
        rate = announced.get("rate") or (_TELEPHONE if kind in _LAWS else VOICE_RATE)
        if kind not in ("audio/pcm", *_LAWS) or rate not in _RATES or (kind in _LAWS and rate != _TELEPHONE):
            raise InputError(
                f"Audio of type {str(kind)[:40]!r} at {str(rate)[:12]} Hz is not understood here; send "
                f"audio/pcm (mono, 16 bit) at one of {', '.join(map(str, _RATES))} Hz, or audio/pcmu, or "
                "audio/pcma."
            )
        return cls(kind, rate)

    def __call__(self, encoded: Any) -> Samples:
        """Base64 to samples at EAR_RATE. Raises InputError when it is not base64."""
        if not isinstance(encoded, str):
            raise InputError("The audio must be a string of base64.")
        try:
            data = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError) as error:
            raise InputError("The audio is not valid base64; nothing of it was heard.") from error
        if self.kind in _LAWS:
            return self._resample(_LAWS[self.kind][np.frombuffer(data, np.uint8)])
        data = self._odd + data
        self._odd = data[len(data) // 2 * 2 :]  # half a sample waits for its other half
        return self._resample(from_pcm16(data))


def encode(pcm: bytes) -> str:
    """PCM16 bytes as the wire carries them."""
    return base64.b64encode(pcm).decode("ascii")
