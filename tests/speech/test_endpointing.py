"""Whether the words are finished: how English turns end, and how they break off."""

from __future__ import annotations

import numpy as np
import pytest

from becoming.speech.endpointing import SmartTurn, completeness, log_mel, verdict
from tests.audio.voice import speak
from tests.models import model_file


@pytest.mark.parametrize(
    "text",
    [
        "What is the capital of France?",
        "Yes.",
        "No, I don't.",
        "I went to the market.",
        "My sister is getting married on Saturday.",
        "Yes, it is.",
        "I think so.",
        "That's what she said.",
        "I hope so.",
        "Because I was tired, and it was late.",
        "What was it that we talked about",
        "I don't know if I still love her.",
    ],
)
def test_whole_sentences_are_whole(text: str):
    assert completeness(text) >= 0.8
    assert verdict(text, 0.9).wait_ms <= 400


@pytest.mark.parametrize(
    "text",
    ["I just,", "I just.", "And then my", "I went to the", "because", "Because my mother", "It's", "I was thinking that maybe,",
     "Um", "So I said to her that I", "If you", "I don't know if", "If I read you a poem,", "When you get home,"],
)  # fmt: skip
def test_broken_off_words_are_waited_for(text: str):
    assert completeness(text) < 0.5
    assert verdict(text, 0.9).wait_ms >= 900


def test_a_question_is_answered_soonest_and_its_melody_is_waited_for():
    assert verdict("Are you there?", 0.9).wait_ms < verdict("You are there.", 0.9).wait_ms
    assert verdict("Are you there?", None).wait_ms > 300


def test_hello_is_given_a_moment_to_go_on():
    assert 300 < verdict("Hello,", 0.9).wait_ms < 600


@pytest.mark.parametrize("text", ["Well.", "Maybe.", "Okay, so", "I don't know."])
def test_who_looks_for_the_beginning_is_given_time(text: str):
    assert verdict(text, 0.9).wait_ms >= 1200


def test_an_open_melody_after_whole_words_is_given_more_time():
    assert verdict("I saw the sea.", 0.1).wait_ms > 1.3 * verdict("I saw the sea.", 0.9).wait_ms


def test_the_features_have_whispers_shape_and_range():
    features = log_mel(np.random.default_rng(0).standard_normal(128_000).astype(np.float32))
    assert features.shape == (80, 800)
    assert features.dtype == np.float32
    assert -1.5 <= features.min() <= features.max() <= 2.5


def test_smart_turn_hears_the_difference_between_an_end_and_a_middle():
    melody = SmartTurn(model_file("smart-turn-v3.2-cpu.onnx"))
    whole = speak("My sister is getting married on Saturday.")
    assert melody(whole) > 0.5
    assert melody(whole[: len(whole) // 2]) < melody(whole)
