"""What a sound over her voice is taken for."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from becoming.speech.audio import EAR_RATE, VOICE_RATE
from becoming.speech.overlap import echo_likeness, is_echo, is_nod, judge
from tests.audio.voice import speak

HERS = "There was a house with a blue door at the end of the road."


def judged(text: str, *, voiced_ms: float = 900, ended: bool = False, likeness: float = 0.2) -> str:
    return judge(text, hers=HERS, voiced_ms=voiced_ms, ended=ended, likeness=likeness, names=("Iris",))


@pytest.mark.parametrize("text", ["Mm-hmm.", "Yeah.", "Right, okay.", "Uh-huh", "Oh wow."])
def test_nods_do_not_take_the_floor(text: str):
    assert is_nod(text)
    assert judged(text, voiced_ms=400, ended=True) == "nod"


@pytest.mark.parametrize(
    "text", ["Stop.", "Wait, wait.", "No, listen", "Iris,", "I want to ask you something"]
)
def test_words_take_the_floor_before_they_are_over(text: str):
    assert judged(text) == "words"


@pytest.mark.parametrize("text", ["a blue door at the", "house with a blue door", "the end of the road"])
def test_her_own_words_coming_back_are_an_echo(text: str):
    assert is_echo(text, HERS)
    assert judged(text, ended=True) == "echo"


def test_common_words_alone_are_not_taken_for_an_echo():
    assert not is_echo("what was the end of that", HERS.replace("the end of", "an end to"))


def test_a_cough_is_noise():
    assert judged("", voiced_ms=200, ended=True) == "noise"


def test_her_voice_through_a_room_is_likened_and_another_voice_is_not():
    hers = speak("There was a house with a blue door at the end of the road.")
    other = speak("I would like to ask you something now please, wait.", voice="en-gb")
    voice = soxr.resample(hers, EAR_RATE, VOICE_RATE).astype(np.float32)
    voice = np.concatenate((np.zeros(VOICE_RATE, np.float32), voice))
    end = 2 * EAR_RATE
    delayed = np.concatenate((np.zeros(EAR_RATE // 5, np.float32), hers * 0.2))[EAR_RATE // 2 : end]
    sounded = voice[: VOICE_RATE + 2 * VOICE_RATE]
    rng = np.random.default_rng(0)
    noisy = delayed + (rng.standard_normal(len(delayed)) * 1e-3).astype(np.float32)
    assert echo_likeness(noisy, sounded) > 0.85
    assert echo_likeness(other[EAR_RATE // 2 : end], sounded) < 0.7
