"""What she is asked to keep to: read as it is said, kept as a rule, and obeyed at its hours."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest

from becoming.events import InputError
from becoming.memory.beliefs.hours import within
from becoming.memory.beliefs.learning import lessons

EVENING = datetime(2023, 11, 15, 19, 0)  # a Wednesday


@pytest.mark.parametrize(
    ("said", "relation", "value"),
    [
        ("Please don't call me dear.", "never_call", "dear"),
        ("Don't talk about work after nine.", "not_then", "work"),
        ("Please don't bring up Daniel today.", "not_then", "Daniel"),
        ("Don't ask me about my mother in the evenings.", "not_then", "mother"),
        ("Please don't ever mention Daniel again.", "never_mention", "Daniel"),
        ("No jokes today.", "without", "jokes"),
        ("Stop joking.", "without", "jokes"),
        ("Stop asking me so many questions.", "without", "questions"),
        ("No advice today.", "without", "advice"),
        ("Stop telling me to call people.", "without", "steps towards people"),
        ("I don't feel safe with Tom.", "unsafe", "unsafe"),
    ],
)
def test_a_boundary_is_understood_as_it_is_said(said, relation, value):
    assert [(each.relation, each.value, each.kind) for each in lessons(said, "", time.time())] == [
        (relation, value, "rule")
    ]


@pytest.mark.parametrize(
    "said",
    [
        "No joke, she did it.",
        "No questions asked, they took it back.",
        "They said no jokes today.",
        "Did I say no jokes today?",
    ],
)
def test_what_only_sounds_like_one_is_none(said):
    assert lessons(said, "", time.time()) == []


@pytest.mark.parametrize(
    ("words", "later", "holds"),
    [
        ("work after nine", timedelta(hours=1), False),
        ("work after nine", timedelta(hours=3), True),
        ("work after nine", timedelta(hours=7), True),
        ("work after nine", timedelta(hours=13), False),
        ("work before nine", timedelta(hours=13), True),
        ("work before nine", timedelta(hours=15), False),
        ("jokes today", timedelta(hours=4), True),
        ("jokes today", timedelta(hours=8), True),
        ("jokes today", timedelta(hours=12), False),
        ("mother in the evenings", timedelta(hours=24), True),
        ("mother in the evenings", timedelta(hours=18), False),
        ("work at weekends", timedelta(days=3), True),
        ("work at weekends", timedelta(days=1), False),
        ("work on Mondays", timedelta(days=5), True),
        ("work on Mondays", timedelta(days=4), False),
        ("jokes this week", timedelta(days=4), True),
        ("jokes this week", timedelta(days=5), False),
        ("jokes", timedelta(days=400), True),
    ],
)
def test_it_holds_at_its_hours_and_no_others(words, later, holds):
    told = EVENING.timestamp()
    assert within(f"you asked for no {words}", told, (EVENING + later).timestamp()) is holds


@pytest.mark.parametrize(
    ("asked", "broken", "fine"),
    [
        ("Don't call me dear.", "Good evening, dear.", "Good evening."),
        ("Don't talk about work today.", "How was work?", "How was the walk?"),
        ("No questions today.", "Where were you?", "Go on."),
        ("No advice today.", "You should sleep on it.", "That's a lot."),
    ],
)
def test_what_would_break_one_is_not_said(life, clock, asked, broken, fine):
    life.learn(life.record("person", asked, clock.now), "")
    assert life.unsayable(broken)
    assert life.unsayable(fine) is None


def test_a_day_later_today_is_over(life, clock):
    life.learn(life.record("person", "No jokes today.", clock.now), "")
    assert life.left() == {"jokes"}
    clock.now += 86_400
    assert life.left() == frozenset()


def test_it_is_taken_back_by_voice(life, clock):
    life.learn(life.record("person", "Please never mention Daniel.", clock.now), "")
    assert life.unsayable("And Daniel?")
    life.learn(life.record("person", "You can talk about Daniel again.", clock.now + 5), "")
    assert life.unsayable("And Daniel?") is None


def test_one_that_is_written_on_the_page_holds_and_nonsense_is_refused(life):
    assert life.keep_to("Don't talk about work after nine").text == "you asked not to hear of work after nine"
    with pytest.raises(InputError, match="No jokes today"):
        life.keep_to("be nice")
