"""How somebody sounds is listened to with their consent alone, and says how stirred they are: no more."""

from __future__ import annotations

import numpy as np
import pytest

from becoming.feelings import voice
from becoming.feelings.voice import RATE, Sounding, measure


class Notes(dict):
    """The notes of a memory, in a dict."""

    def put(self, key, value):
        self[key] = value


def speech(hertz: float, loud: float = 0.1, syllables: float = 4.0, seconds: float = 2.0, seed: int = 0):
    """A voice of harmonics that opens and closes so many times a second, with a little breath."""
    chance = np.random.default_rng(seed)
    t = np.arange(int(seconds * RATE)) / RATE
    phase = 2 * np.pi * hertz * (t + 0.001 * np.sin(2 * np.pi * 3 * t))
    tone = sum(np.sin(n * phase) / n for n in range(1, 8))
    mouth = np.clip(np.sin(2 * np.pi * syllables * t / 2) ** 2, 0.02, 1)
    return (loud * tone * mouth + 0.0005 * chance.normal(size=len(t))).astype(np.float32)


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def sounding(notes: Notes) -> Sounding:
    return Sounding(notes.get, notes.put, lambda: 1_700_000_000.0)


@pytest.fixture
def acquainted(sounding: Sounding) -> Sounding:
    sounding.consent(True)
    for seed in range(12):
        sounding.stirred(speech(120 + 2 * (seed % 4), 0.08 + 0.01 * (seed % 3), seed=seed))
    return sounding


def test_without_consent_nothing_of_a_voice_is_computed(sounding, notes, monkeypatch):
    def never(samples):
        raise AssertionError("an acoustic feature was computed")

    monkeypatch.setattr(voice, "measure", never)
    assert sounding.state() == {"given": False, "at": None}
    assert sounding.stirred(speech(120)) is None
    sounding.consent(True)
    with pytest.raises(AssertionError):
        sounding.stirred(speech(120))
    sounding.consent(False)
    assert sounding.stirred(speech(120)) is None


def test_the_consent_is_kept_with_its_time_and_taking_it_back_forgets_how_they_sound(acquainted, notes):
    assert notes["voice_feelings"] == {"given": True, "at": 1_700_000_000.0}
    assert notes["voice_usual"]["heard"] == 12
    acquainted.consent(False)
    assert notes["voice_feelings"]["given"] is False
    assert notes["voice_usual"] is None


def test_nothing_is_said_before_she_knows_how_they_always_sound(sounding):
    sounding.consent(True)
    assert sounding.stirred(speech(120)) is None


def test_louder_higher_and_faster_is_more_stirred_than_always(acquainted):
    usual = acquainted.stirred(speech(123, 0.09))
    raised = acquainted.stirred(speech(180, 0.3, syllables=6))
    flat = acquainted.stirred(speech(105, 0.03, syllables=2.5))
    assert flat < usual - 0.1
    assert raised > usual + 0.1


def test_what_is_usual_for_one_is_not_for_another(notes):
    shrill = Sounding(notes.get, notes.put, lambda: 0.0)
    shrill.consent(True)
    for seed in range(12):
        shrill.stirred(speech(240 + 4 * (seed % 4), 0.3, syllables=6, seed=seed))
    assert shrill.stirred(speech(240, 0.3, syllables=6)) < 0.5


@pytest.mark.parametrize("hertz", [80.0, 120.0, 200.0, 320.0])
def test_the_pitch_is_right_within_half_a_semitone(hertz):
    sound = measure(speech(hertz))
    assert sound.pitch == pytest.approx(12 * np.log2(hertz / 55), abs=0.5)


def test_syllables_and_pauses_are_counted():
    assert measure(speech(120, syllables=4)).rate == pytest.approx(4, abs=0.8)
    still = np.zeros(RATE, np.float32)
    assert measure(np.concatenate([speech(120), still, speech(120)])).pauses > 0.15


@pytest.mark.parametrize(
    "samples", [np.zeros(RATE * 2, np.float32), np.zeros(100, np.float32), np.zeros(0, np.float32)]
)
def test_silence_says_nothing(samples):
    assert measure(samples) is None


def test_noise_says_nothing():
    assert measure(np.random.default_rng(0).normal(0, 0.1, RATE * 2).astype(np.float32)) is None


def test_a_real_voice_made_louder_and_higher_is_more_stirred(sounding):
    """Hibari's voice saying eight lines as usual, then one of them as it is and once raised."""
    import soxr

    from becoming.speech.tts import HibariTts

    tts = HibariTts()
    lines = ["We had soup for lunch.", "The train was late.", "I called my sister.", "It rained all day.",
             "She lives near the station.", "We painted the door.", "I was at the market.", "He reads a lot.",
             "Then we went home."]  # fmt: skip
    said = [soxr.resample(tts(line), 24_000, RATE).astype(np.float32) for line in lines]
    sounding.consent(True)
    for samples in said:
        sounding.stirred(samples)
    usual = sounding.stirred(said[0])
    raised = soxr.resample(said[0], RATE, RATE / 2 ** (4 / 12)).astype(np.float32) * 2
    assert sounding.stirred(raised) > usual + 0.1
