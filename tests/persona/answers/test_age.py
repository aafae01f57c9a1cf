"""Adults only: what counts as an answer to "are you eighteen or older?"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becoming.persona.answers.age import adult

YEAR = 2026


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "Yes.",
        "yeah i am",
        "yep, thirty four",
        "I'm 34",
        "i am forty-one years old",
        "of course",
        "over 18",
        "18 or older, yes",
        "18+",
        "eighteen",
        "nineteen",
        "no I'm not a kid, I'm 52",
        "I'm not under eighteen",
        "I'm not a minor",
        "born in 1990",
        "1971",
        "I have 2 kids and I'm 40",
        "adult",
        "Sure, why do you ask? I'm sixty.",
    ],
)
def test_an_adult_is_let_in(text):
    assert adult(text, YEAR) is True


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "No.",
        "nope",
        "I'm 17",
        "i'm seventeen",
        "sixteen",
        "yes I'm fifteen",
        "12",
        "not yet",
        "under eighteen",
        "I'm a teenager",
        "i'm just a kid",
        "almost eighteen",
        "I'm 12 but my dad is 40",
        "born in 2012",
        "I'm not 18",
        "I am not an adult",
    ],
)
def test_somebody_under_eighteen_is_not(text):
    assert adult(text, YEAR) is False


@pytest.mark.parametrize("text", ["", "what?", "hello", "🙂", "purple", "2008", "who are you"])
def test_an_answer_that_leaves_it_open_decides_nothing(text):
    assert adult(text, YEAR) is None


@given(st.text(max_size=200))
def test_no_answer_raises(text):
    assert adult(text, YEAR) in (True, False, None)


def test_ten_thousand_letters_are_an_answer_too():
    assert adult("a" * 10_000, YEAR) is None
