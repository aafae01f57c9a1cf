"""Which voice, and what about her name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becoming.persona.answers.choices import Verdict, picked, verdict

LABELS, GENDERS = ["Heart", "Emma", "Michael"], ["female", "female", "male"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Emma", 1),
        ("emma's voice please", 1),
        ("I like Michael.", 2),
        ("the first one", 0),
        ("the second one", 1),
        ("number 3", 2),
        ("the last", 2),
        ("a man's voice", 2),
        ("female", 0),
        ("a woman", 0),
        ("you choose", 0),
        ("I don't care", 0),
        ("heart 🙂", 0),
    ],
)
def test_a_voice_is_chosen_by_name_place_or_kind(text, place):
    assert picked(text, LABELS, GENDERS) == place


@pytest.mark.parametrize("text", ["", "purple", "what do they sound like", "🙂"])
def test_an_unclear_choice_is_none(text):
    assert picked(text, LABELS, GENDERS) is None


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "Yes, please.",
        "I like it",
        "that's lovely",
        "ok",
        "hello Iris",
        "Iris it is",
        "Iris",
        "why not",
        "I don't mind",
        "no preference",
        "No objections.",
        "not bad at all",
        "I love Iris",
        "nice to meet you",
        "suits you",
    ],
)
def test_she_may_keep_her_name(text):
    assert verdict(text, "Iris") == Verdict("keep")


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "another name",
        "another one please",
        "something else",
        "I don't like it",
        "hmm, no",
        "something shorter",
        "not that one",
        "try again",
        "can you choose a different one",
        "I'd like another one",
        "I'd like something softer",
    ],
)
def test_another_name_may_be_asked_for(text):
    assert verdict(text, "Iris") == Verdict("another")


@pytest.mark.parametrize(
    "text",
    [
        "please be called Nora",
        "Please be called nora",
        "how about Nora?",
        "what about nora",
        "No, Nora.",
        "Nora",
        "nora.",
        "I'd like you to be Nora",
        "can I call you Nora",
        "I'd prefer Nora",
        "your name is Nora",
        "let's say Nora",
        "I don't like it, I'd rather call you Nora",
    ],
)
def test_a_name_of_the_persons_own_choosing_is_heard(text):
    assert verdict(text, "Iris") == Verdict("call", "Nora")


@pytest.mark.parametrize(
    ("text", "kind"), [("why?", "why"), ("but why", "why"), ("what does it mean?", "meaning")]
)
def test_a_question_about_the_name_is_a_question(text, kind):
    assert verdict(text, "Iris").kind == kind


@pytest.mark.parametrize("text", ["", "hmm", "🙂", "I'm not sure", "I don't know", "maybe"])
def test_an_unclear_answer_is_unclear(text):
    assert verdict(text, "Iris").kind == "unclear"


@given(st.text(max_size=200))
def test_no_answer_raises(text):
    assert verdict(text, "Iris").kind in ("keep", "another", "call", "why", "meaning", "unclear")
    assert picked(text, LABELS, GENDERS) in (None, 0, 1, 2)
