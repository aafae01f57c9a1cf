"""Questions about how the person felt, answered from what was kept."""

from __future__ import annotations

import pytest

from becoming.events import Feeling
from becoming.memory.feelings.looking_back import understand
from becoming.store import Store
from tests.memory.feeling_life import (
    ANGER,
    JOY,
    NOON,
    NOTHING,
    PERHAPS_JOY,
    RELIEF,
    SADNESS,
    Felt,
)


@pytest.fixture
def felt(store: Store) -> Felt:
    return Felt(store)


@pytest.mark.parametrize(
    ("question", "asks", "kind"),
    [
        ("When was I last this light?", "last", "lightness"),
        ("when was i last happy", "last", "joy"),
        ("When did I last feel calm?", "last", "calm"),
        ("And when was the last time I was sad?", "last", "sadness"),
        ("How long ago was I really happy?", "last", "joy"),
        ("Have you seen me happy?", "ever", "joy"),
        ("have you ever heard me so angry?", "ever", "anger"),
        ("Was I sad last week?", "ever", "sadness"),
        ("Did I sound happy on Tuesday?", "ever", "joy"),
        ("Have I ever been proud of something I did?", None, None),
        ("How was I last week?", "how", None),
        ("How have I been lately?", "how", None),
        ("How have I been?", "how", None),
        ("How was I in March?", "how", None),
        ("How did I feel yesterday?", "how", None),
        ("What was my mood like last week?", "how", None),
        ("When was I sad about work?", "last", "sadness"),
    ],
)
def test_a_question_about_feelings_is_understood(question, asks, kind):
    asked = understand(question, NOON)

    assert (asked and asked.asks, asked and asked.kind and asked.kind.name) == (asks, kind)


@pytest.mark.parametrize(
    "talk",
    [
        "When was I last at the Happy Duck?",
        "How was I supposed to know?",
        "How was my sister last week?",
        "How was last week for you?",
        "Have you seen my light jacket?",
        "When I was happy, I sang.",
        "I was so happy last week.",
        "Are you happy?",
        "When was my sister last happy?",
        "How have I been paying for this?",
        "How do I make her happy?",
        "Was I right?",
        "When did I last tell you about the good soup?",
        "Did I tell you how sad the film was?",
    ],
)
def test_other_talk_is_left_alone(talk):
    assert understand(talk, NOON) is None


def test_the_last_time_is_the_latest_that_was_plain(felt):
    felt.say("We got the flat!", JOY, days_ago=40)
    felt.say("Iris is coming to stay!", JOY, days_ago=12)
    felt.say("The soup was all right.", PERHAPS_JOY, days_ago=2)
    looked = felt.life.looked_back("When was I last happy?")

    assert [each.moment.text for each in looked.found] == ["Iris is coming to stay!", "We got the flat!"]


def test_this_light_looks_before_today(felt):
    felt.say("We got the flat!", RELIEF, days_ago=40)
    felt.say("Everything is easy today.", JOY)

    assert felt.life.looked_back("When was I last this light?").found[0].moment.text == "We got the flat!"
    assert felt.life.looked_back("When was I last happy?").found[0].moment.text.startswith("Everything")


def test_what_is_only_perhaps_so_is_not_found(felt):
    felt.say("The soup was all right.", PERHAPS_JOY, days_ago=2)

    assert felt.life.looked_back("Have you seen me happy?").found == ()


def test_what_the_person_says_in_so_many_words_is_found_where_no_emotion_has_its_name(felt):
    felt.say("I felt so lonely in that canteen.", SADNESS, days_ago=5)
    felt.say("I'm not lonely here.", NOTHING, days_ago=3)

    [only] = felt.life.looked_back("When was I last lonely?").found
    assert only.moment.text == "I felt so lonely in that canteen."


def test_the_feeling_of_somebody_else_is_not_theirs(felt):
    remorse = Feeling(-0.6, 0.4, 0.9, (("remorse", 0.9),))
    felt.say("He said he was sorry, and that he'd change it!", remorse, days_ago=2)
    felt.say("He was sad, and I was sad too.", SADNESS, days_ago=5)

    assert felt.life.looked_back("When was I last guilty?").found == ()
    assert len(felt.life.looked_back("When was I last sad?").found) == 1


def test_the_corrected_value_is_what_is_found(felt):
    felt.say("It was a long evening.", SADNESS)
    felt.say("I wasn't sad, I was tired.", SADNESS)

    assert felt.life.looked_back("Was I sad today?").found == ()
    [only] = felt.life.looked_back("When was I last tired?").found
    assert only.moment.text == "It was a long evening."


def test_only_what_it_was_about_is_found(felt):
    felt.say("My boss took my project away.", SADNESS, days_ago=3)
    felt.say("The geese are gone from the canal.", SADNESS, days_ago=1)
    looked = felt.life.looked_back("When was I sad about my boss?")

    assert [each.moment.text for each in looked.found] == ["My boss took my project away."]


def test_a_week_is_told_by_its_strongest_and_its_other_side(felt):
    for n in range(4):
        felt.say(f"They moved meeting {n}.", ANGER, days_ago=4 + n / 10)
    felt.say("Iris called!", JOY, days_ago=3)
    felt.say("It rained.", NOTHING, days_ago=3)
    looked = felt.life.looked_back("How was I this week?")

    assert looked.mostly[0] == ("angry", 0.8)
    assert {each.word for each in looked.found[:2]} == {"angry", "happy"}
    assert looked.kept == 6


def test_a_time_of_which_nothing_is_kept_is_told_from_one_without_plain_feelings(felt):
    felt.say("It rained.", NOTHING, days_ago=1)

    assert felt.life.looked_back("How was I yesterday?").kept == 1
    assert felt.life.looked_back("How was I in March?").kept == 0
