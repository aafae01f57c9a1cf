"""Her first words of a talk."""

import time
from dataclasses import dataclass

import pytest

from becoming.conversation import greeting, telling
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
    return greeting.plan(Person("Jonas"), before, MORNING)


def test_the_first_meeting_claims_no_past() -> None:
    first = plan(None)
    assert "Jonas" in first.opening
    assert not first.about


@pytest.mark.parametrize(("hours", "when"), [(3.0, "Earlier"), (20.0, "Yesterday"), (24 * 7.0, "Last time")])
def test_she_knows_when_they_last_talked_and_about_what(hours: float, when: str) -> None:
    told = "you told me: your interview at the library is on Thursday."
    assert plan(hours).opening == f"Good morning, Jonas. {when} {told}"


def test_yesterday_is_yesterday_also_where_a_day_had_twenty_three_hours(monkeypatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        ended, now = (time.mktime((2026, 3, *at, 0, 0, 0, -1)) for at in ((29, 15, 0), (30, 0, 20)))
        said = Past(ended, past(1).moments)
        assert "Yesterday you told me" in greeting.plan(Person("Jonas"), said, now).opening
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_was_said_from_a_name_on_keeps_its_capital() -> None:
    ended = MORNING - 3 * HOUR
    before = Past(ended, [Moment(1, "person", "Dana is driving my kids to Lisbon.", ended)])
    assert greeting.plan(Person("Jonas"), before, MORNING).opening.endswith(
        "Dana is driving your kids to Lisbon."
    )


@pytest.mark.parametrize(
    "line", ["Good night, see you tomorrow then.", "Remind me to call my dad.", "I should go to sleep."]
)
def test_a_goodbye_or_a_request_is_nothing_to_come_back_to(line: str) -> None:
    ended = MORNING - 3 * HOUR
    assert not greeting.plan(Person("Jonas"), Past(ended, [Moment(1, "person", line, ended)]), MORNING).about


def test_who_has_lost_the_thread_is_given_it_back() -> None:
    heard = ["I'm afraid she has a whole new life now.", "Hm.", "What was I saying?"]
    assert telling.lost_the_thread("What were we talking about?")
    assert not telling.lost_the_thread("What were we talking about yesterday?")
    assert greeting.thread(heard) == heard[0]
    assert greeting.thread(["Hi."]) is None


def test_a_break_of_minutes_is_no_new_meeting() -> None:
    assert plan(0.2).opening == "There you are."


@pytest.mark.parametrize("hours", [3.0, 24 * 7.0, 24 * 90.0])
def test_no_absence_is_counted_as_a_lack(hours: float) -> None:
    text = plan(hours).opening.lower()
    assert not any(
        word in text for word in ("missed", "long", "finally", "where were", "days", "weeks", "again")
    )
