"""She claims no feeling of the past that nobody knows of."""

from __future__ import annotations

import pytest

from becoming.store import Store
from tests.memory.feeling_life import JOY, PERHAPS_JOY, SADNESS, Felt

CLAIMS = [
    "You were so happy in March.",
    "You were happy.",
    "I remember how happy you were.",
    "I've never seen you this happy.",
    "You sound happier than last week.",
    "You used to be so happy.",
    "You felt really happy last week, didn't you?",
    "It's good. You seemed happy on Tuesday.",
    "You've been happy lately.",
    "You haven't been this happy in a while.",
    "I've seen you feel joy.",
    "You seem happier than before.",
    "You are more cheerful than last time.",
    "Remember how glad you were in spring?",
]


@pytest.fixture
def felt(store: Store) -> Felt:
    return Felt(store)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_made_up_feeling_is_refused(felt, claim):
    felt.say("It rained.", SADNESS, days_ago=2)
    felt.say("The soup was all right.", PERHAPS_JOY, days_ago=2)

    assert felt.life.unsayable(claim, ["I had soup today."])


@pytest.mark.parametrize(
    "line",
    [
        "You sound happy.",
        "Are you happy with it?",
        "What made you happy there?",
        "Were you happy back then?",
        "That must have been a good day.",
        "I hope you'll be happy there.",
        "You were at the lock.",
        "That sounds sad.",
        "You were looking for your light jacket.",
    ],
)
def test_what_claims_nothing_may_be_said(felt, line):
    assert felt.life.unsayable(line, ["I had soup today."]) is None


def test_what_the_person_said_may_be_said_back(felt):
    heard = ["I was so happy last week.", "We went to the sea."]

    assert felt.life.unsayable("You were so happy last week.", heard) is None
    assert felt.life.unsayable("You were happy.", heard) is None
    assert felt.life.unsayable("You were so happy in March.", heard)


def test_what_they_tell_right_now_may_be_said_back_in_another_word_of_the_same_kind(felt):
    heard = ["He hung up on me, I felt awful."]

    assert felt.life.unsayable("You were sad.", heard) is None
    assert felt.life.unsayable("You were glad.", heard)
    assert felt.life.unsayable("You were sad last week too.", heard)


def test_what_is_kept_may_be_said_of_its_time_only(felt):
    felt.say("We got the flat!", JOY, days_ago=6)

    assert felt.life.unsayable("You sounded happy last Sunday.", []) is None
    assert felt.life.unsayable("You were so happy in March.", [])
    assert felt.life.unsayable("You were so sad last Sunday.", [])
