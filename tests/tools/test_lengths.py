"""Lengths of time, as they are said and as she says them."""

from __future__ import annotations

import pytest

from becoming.tools import lengths


@pytest.mark.parametrize(
    ("said", "minutes", "told"),
    [
        ("in twenty minutes", 20, "20 minutes"),
        ("in 20 minutes", 20, "20 minutes"),
        ("in half an hour", 30, "half an hour"),
        ("in an hour and a half", 90, "an hour and a half"),
        ("in two and a half hours", 150, "two hours and 30 minutes"),
        ("in an hour and twenty minutes", 80, "an hour and 20 minutes"),
        ("in three quarters of an hour", 45, "45 minutes"),
        ("in a quarter of an hour", 15, "a quarter of an hour"),
        ("after twenty five minutes", 25, "25 minutes"),
        ("ten minutes from now", 10, "ten minutes"),
        ("in a minute", 1, "a minute"),
        ("in ninety seconds", 1.5, "90 seconds"),
        ("in an hour's time", 60, "an hour"),
        ("in a couple of hours", 120, "two hours"),
    ],
)
def test_how_long_is_understood_and_said_back(said, minutes, told):
    assert lengths.soon(said) == (minutes * 60, "")
    assert lengths.told(minutes * 60) == told


@pytest.mark.parametrize(
    "said", ["in the morning", "in a minute way", "at ten", "half past ten", "in Paris", "for ten minutes"]
)
def test_what_is_no_time_from_now_is_none(said):
    found = lengths.soon(said)
    assert found is None or found[1]


def test_the_words_around_it_stay():
    assert lengths.soon("in ten minutes tell me to turn off the oven") == (
        600,
        "tell me to turn off the oven",
    )
