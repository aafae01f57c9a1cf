"""Her first words of a talk."""

import random
import time
from dataclasses import dataclass

import pytest

from becoming.conversation import greeting
from becoming.events import Moment, Person

MORNING = time.mktime((2026, 5, 4, 9, 0, 0, 0, 0, -1))
HOUR = 3600.0


@dataclass(frozen=True)
class Past:
    ended: float
    moments: list[Moment]


def past(hours_ago: float) -> Past:
    ended = MORNING - hours_ago * HOUR
    said = ("My interview at the library is on Thursday.", "Yeah.")
    return Past(ended, [Moment(at, "person", text, ended) for at, text in enumerate(said)])


def plan(hours_ago: float | None) -> greeting.Greeting:
    before = None if hours_ago is None else past(hours_ago)
    return greeting.plan(Person("Jonas"), before, MORNING, random.Random(1))


def test_the_first_meeting_claims_no_past() -> None:
    first = plan(None)
    assert "Jonas" in first.opening
    assert "you said" not in first.opening


@pytest.mark.parametrize(
    ("hours", "when"), [(3.0, "earlier today"), (20.0, "yesterday"), (24 * 7.0, "last time")]
)
def test_she_knows_when_they_last_talked_and_about_what(hours: float, when: str) -> None:
    planned = plan(hours)
    assert when in planned.opening.lower()
    assert "interview" in planned.opening


@pytest.mark.parametrize("hours", [3.0, 24 * 7.0, 24 * 90.0])
def test_no_absence_is_counted_as_a_lack(hours: float) -> None:
    planned = plan(hours)
    text = f"{planned.direction} {planned.opening}".lower()
    assert not any(
        word in text for word in ("missed", "long time", "finally", "where were", "days", "weeks", "again?")
    )
