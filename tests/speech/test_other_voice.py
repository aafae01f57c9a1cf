"""Whom she plays has another voice than hers, which the ear understands as well."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from becoming.events import Part
from becoming.speech.audio import EAR_RATE, VOICE_RATE, Samples
from becoming.speech.engine import Senses

LINE = "And what do I tell the others when they ask me?"


def pitch(sound: Samples) -> float:
    """The median fundamental of the voiced frames, in Hertz, by autocorrelation."""
    found = []
    for start in range(0, len(sound) - 1920, 960):
        frame = sound[start : start + 1920] - sound[start : start + 1920].mean()
        if (frame**2).mean() < 1e-3:
            continue
        close = np.correlate(frame, frame, "full")[len(frame) - 1 :]
        lag = 68 + int(close[68:340].argmax())
        if close[lag] > 0.5 * close[0]:
            found.append(VOICE_RATE / lag)
    return float(np.median(found))


@pytest.mark.parametrize(("whose", "most"), [("male", 0.85), ("female", 0.92)])
def test_another_voice_is_deeper_at_nearly_the_same_pace_and_is_understood(senses: Senses, whose, most):
    hers, theirs = senses.tts(LINE), senses.tts(LINE, Part("Emil", whose))
    assert pitch(theirs) < most * pitch(hers)
    assert len(theirs) == pytest.approx(len(hers), rel=0.2)
    heard = senses.stt(soxr.resample(theirs, VOICE_RATE, EAR_RATE).astype(np.float32))
    assert "what do i tell the others" in heard.lower()
