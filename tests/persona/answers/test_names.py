"""What somebody wants to be called, in all the ways people say it and microphones hear it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becoming.persona.answers.names import LONGEST_NAME, Hint, called, corrected, hint


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Theo", "Theo"),
        ("Theo.", "Theo"),
        ("theo", "Theo"),
        ("THEO", "Theo"),
        ("you can call me Theo", "Theo"),
        ("You can call me Theo, please.", "Theo"),
        ("call me theo please", "Theo"),
        ("I'm Theodore but everybody says Theo", "Theo"),
        ("i'm theodore but everybody says theo", "Theo"),
        ("My name is Theodore, but my friends call me Teddy.", "Teddy"),
        ("my name's theo", "Theo"),
        ("my name’s Theo", "Theo"),
        ("my names theo", "Theo"),
        ("Um, well, just Theo.", "Theo"),
        ("Theo is fine", "Theo"),
        ("theo is fine", "Theo"),
        ("hi i'm theo and i like cats", "Theo"),
        ("Theodore, Theo for short", "Theo"),
        ("Theo, short for Theodore", "Theo"),
        ("I go by T.J.", "T.J."),
        ("tj", "TJ"),
        ("T-H-E-O", "Theo"),
        ("it's Theo, T H E O", "Theo"),
        ("Don't call me Theodore. Call me Theo.", "Theo"),
        ("mary anne", "Mary Anne"),
        ("Mary-Jane", "Mary-Jane"),
        ("mary-jane", "Mary-Jane"),
        ("o'brien", "O'Brien"),
        ("It's McKay", "McKay"),
        ("Dr. Smith", "Dr. Smith"),
        ("Zoë", "Zoë"),
        ("王伟", "王伟"),
        ("Theo 🙂", "Theo"),
        ("😀 I'm Theo 😀", "Theo"),
        ("This is Priya speaking", "Priya"),
        ("oh hello, it's Marguerite", "Marguerite"),
        ("They call me Captain", "Captain"),
        ("\tTheo\n\n", "Theo"),
        ('I am theodore but every body says "theo".', "Theo"),
        ("T. H. E. O.", "Theo"),
    ],
)
def test_the_name_is_found_in_what_was_said(text, name):
    assert called(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "none of your business",
        "None of your business!",
        "I'd rather not say",
        "no",
        "skip",
        "I don't want to tell you",
        "I'm not telling you",
        "call me whatever you like",
        "it doesn't matter",
        "you choose",
        "I don't know",
    ],
)
def test_somebody_who_would_rather_not_say_is_left_without_a_name(text):
    assert called(text) == ""


@pytest.mark.parametrize(
    "text", ["", "   ", "🙂🙂", "...", "12345", "what", "i'm tired", "the thing is that i was just here"]
)
def test_what_holds_no_name_is_not_taken_for_one(text):
    assert called(text) is None


@given(st.text(max_size=300))
def test_whatever_is_said_the_name_stays_short_and_readable(text):
    name = called(text)
    assert name is None or len(name) <= LONGEST_NAME
    assert name is None or name == name.strip()


def test_ten_thousand_letters_make_no_name_of_ten_thousand_letters():
    assert len(called("theo " * 2000) or "") <= LONGEST_NAME
    assert len(called("x" * 10_000) or "") <= LONGEST_NAME


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("no, it's Theo with T-H", "Theo"),
        ("No it's Theo", "Theo"),
        ("no, I'm Theo", "Theo"),
        ("Theo, not Cleo", "Theo"),
        ("it's theo not cleo", "Theo"),
        ("That's not my name. It's Theo.", "Theo"),
        ("my name is Theo", "Theo"),
        ("call me Theo", "Theo"),
        ("I said Theo", "Theo"),
        ("you got my name wrong, it's Theo", "Theo"),
        ("Sorry, it's Theo.", "Theo"),
        ("it's spelled T-H-E-O", "Theo"),
        ("T. H. E. O.", "Theo"),
        ("It's T-H-E-O.", "Theo"),
    ],
)
def test_a_correction_of_the_name_is_heard(text, name):
    assert corrected(text, "Cleo") == name


@pytest.mark.parametrize(
    "text", ["that's not my name", "That isn't my name!", "you got my name wrong", "wrong name"]
)
def test_a_wrong_name_without_the_right_one_is_heard_too(text):
    assert corrected(text, "Cleo") == ""


@pytest.mark.parametrize(
    "text",
    [
        "I'm tired",
        "I am so lonely these days",
        "it's complicated",
        "no",
        "no, I just want someone to talk to",
        "the first one",
        "Sorry, I don't know",
        "a voice with warmth",
        "I'd like one with a low tone",
        "I was diagnosed with A D H D last year",
        "U.S.A. politics, to be honest",
        "They call me names at work and I can't take it any more, that's why I came here today",
        "",
    ],
)
def test_other_answers_are_no_correction(text):
    assert corrected(text, "Cleo") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it's Theo with T-H", Hint("th", True)),
        ("Kathryn with a K", Hint("k", True)),
        ("Jon without an h", Hint("h", False)),
        ("Philip with two l's", Hint("ll", True)),
        ("it's Sarah with an age", Hint("h", True)),
        ("I came with a friend", None),
        ("with a bit of luck", None),
    ],
)
def test_a_hint_at_the_spelling_is_understood(text, expected):
    assert hint(text) == expected
