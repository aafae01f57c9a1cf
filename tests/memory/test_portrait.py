"""The page about the person: lines of what is held, in their words what she carries of it."""

from __future__ import annotations

import pytest

from becoming.conversation.prompt import Day
from becoming.events import InputError
from becoming.memory import Life
from becoming.memory.recall.embedding import Words
from tests.sleep.conftest import NOW, by_letters


@pytest.fixture
def life(store) -> Life:
    return Life(store, by_letters, Words(), lambda: NOW, lambda: 0)


def says(life: Life, *lines: str) -> None:
    for number, line in enumerate(lines):
        life.learn(life.record("person", line, NOW + 60 * number), "")


def told(life: Life) -> list[tuple[str, str]]:
    return [(line.part, line.text) for line in life.portrait()]


def test_it_says_who_they_are_who_is_theirs_what_is_open_dear_and_to_be_kept_away_from(life):
    says(life, "My exam is on Friday.", "I like chess.", "My sister is called Iris.", "I live in Porto.",
         "Please never mention my boss.")  # fmt: skip

    assert told(life) == [
        ("who you are", "you live in Porto"),
        ("your people", "your sister is called Iris"),
        ("what is open", "your exam is on Friday 17 November"),
        ("what is dear", "you like chess"),
        ("what I keep away from", "you asked never to hear of boss"),
    ]


def test_she_carries_the_persons_own_words_and_nothing_she_is_to_keep_away_from(life):
    says(life, "My exam is on Friday.", "I live in Porto.", "Please never mention my boss.")

    assert life.carried() == ["I live in Porto."]


def test_what_she_carries_fits_a_budget_and_comes_after_what_lies_on_the_disk(life):
    says(life, *[f"My cousin Tara{number} lives in Oslo." for number in range(80)], "I live in Porto.")
    frozen = [{"role": "system", "content": "You are Mira."}]

    carried = life.carried()

    assert carried[0] == "I live in Porto."
    assert sum(len(words.split()) for words in carried) <= 120
    day = Day(frozen, carried)
    assert day.frozen == frozen
    assert day.name == Day(frozen).name
    assert "I live in Porto." in day.messages()[1]["content"]
    assert Day(frozen).messages() == frozen


def test_what_is_put_right_or_forgotten_is_so_in_the_portrait(life):
    says(life, "I live in Porto.", "My sister is called Iris.")
    life.put_right(life.portrait()[0].belief, "Braga")
    life.forget(life.plan_forgetting("everything about my sister"))

    assert told(life) == [("who you are", "you live in Braga")]
    assert life.carried() == ["you live in Braga."]


def test_what_the_person_writes_into_it_is_theirs_and_carried(life):
    life.tell("I write with my left hand.")

    assert life.carried() == ["I write with my left hand."]
    assert life.beliefs.current()[0].text == "I write with my left hand."
    with pytest.raises(InputError, match="one sentence"):
        life.tell("  ")
