from __future__ import annotations

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from becoming.events import Lesson
from becoming.memory import Memory
from becoming.memory.beliefs.holding import Beliefs
from becoming.memory.beliefs.learning import Learning
from becoming.store import Store
from becoming.store.schema import belief, evidence

NOON = 1_793_448_000.0


def lesson(quote: str, about: str = "you") -> Lesson:
    return Lesson(about, "fact", "lives_in", "Denver", "you live in Denver", quote, "lives_in")


@pytest.fixture
def beliefs(store: Store) -> Beliefs:
    return Beliefs(store)


@pytest.mark.parametrize(
    ("role", "via", "quote"),
    [
        ("person", "voice", "I live in Dallas"),
        ("her", "voice", "I live in Denver"),
        ("person", "book", "I live in Denver"),
        ("person", "tool", "I live in Denver"),
    ],
)
def test_the_database_itself_refuses_what_the_person_did_not_say(memory: Memory, beliefs, role, via, quote):
    moment = memory.record(role, "I live in Denver, she said.", NOON, via)
    with pytest.raises(IntegrityError, match="evidence must quote the person"):
        beliefs.hold(lesson(quote), moment)

    assert beliefs.history() == []  # and nothing half-written stays


def test_the_database_itself_allows_one_truth_at_a_time(memory, beliefs, store):
    beliefs.hold(lesson("I live in Denver"), memory.record("person", "I live in Denver.", NOON))
    row = {
        "about": 1,
        "kind": "fact",
        "slot": "lives_in",
        "relation": "lives_in",
        "value": "Oslo",
        "text": "you live in Oslo",
    }
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.execute(insert(belief).values(**row, confidence=1, author="model", learned=0))


def test_a_belief_the_person_wrote_themself_stands_without_words(memory, beliefs):
    held = beliefs.hold(lesson("I live in Denver"), memory.record("person", "I live in Denver.", NOON))
    new = beliefs.correct(held, "Oslo", "you live in Oslo", NOON + 60)

    assert [one.text for one in beliefs.current()] == ["you live in Oslo"]
    assert beliefs.how_known(new.id) == []
    assert beliefs.history()[0].superseded_by == new.id


def test_what_is_taken_back_on_a_page_is_no_longer_held_and_can_still_be_looked_at(memory, store, beliefs):
    Learning(store).hear(memory.record("person", "I live in Denver.", NOON))
    [held] = beliefs.current()
    beliefs.take_back(held.id, NOON + 60)
    Learning(store).catch_up()

    assert beliefs.current() == []
    assert [(one.value, one.unlearned) for one in beliefs.history()] == [("Denver", NOON + 60)]


def test_evidence_without_a_moment_there_is_none(memory, beliefs, store):
    held = beliefs.hold(lesson("I live in Denver"), memory.record("person", "I live in Denver.", NOON))
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.execute(insert(evidence).values(belief=held.id, turn=99, stance=1, quote="I"))
