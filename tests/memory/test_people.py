from __future__ import annotations

import pytest
from sqlalchemy import text as sql

from becoming.memory import Memory, people
from becoming.memory.beliefs.learning import Learning
from becoming.store import Store

NOON = 1_793_448_000.0


@pytest.fixture
def say(memory: Memory, store: Store):
    learning, clock = Learning(store), iter(range(1000))

    def say(text: str, role="person") -> int:
        moment = memory.record(role, text, NOON + next(clock))
        learning.hear(moment)
        return moment.id

    return say


def mentioned(store: Store, id_: int) -> set[str]:
    query = sql("SELECT b.name FROM mention m JOIN being b ON b.id = m.being WHERE m.turn = :id")
    with store.read() as connection:
        return set(connection.execute(query, {"id": id_}).scalars())


def names(store: Store) -> list[tuple[str, ...]]:
    with store.read() as connection:
        return [known.aliases for known in people.everybody(connection)]


def test_who_is_known_is_noted_in_every_line_that_speaks_of_them(say, store):
    first = say("My sister Iris called.")
    by_name, by_kinship = say("Iris is fine."), say("My little sister is fine.")
    hers = say("How is your sister?", "her")

    assert [mentioned(store, id_) for id_ in (first, by_name, by_kinship, hers)] == [{"Iris"}] * 4
    assert mentioned(store, say("It rained.")) == set()


def test_lines_from_before_the_name_was_explained_count_too(say, store):
    early = say("Then Jonas came in.")
    assert mentioned(store, early) == set()
    say("Jonas is my brother.")

    assert mentioned(store, early) == {"Jonas"}


def test_a_name_within_a_word_is_nobody(say, store):
    say("My brother is called Tom.")
    assert mentioned(store, say("I bought tomatoes tomorrow.")) == set()


def test_a_name_that_is_a_word_too_needs_its_capital(say, store):
    say("My sister is called Hope.")
    assert mentioned(store, say("I hope it works.")) == set()
    assert mentioned(store, say("I told Hope about it.")) == {"Hope"}


def test_two_words_for_one_kinship_are_one_being(say, store):
    say("My mum lives in Oslo.")
    say("My mother is called Edith.")

    assert names(store) == [("edith", "my mother")]
    assert mentioned(store, say("My mom is well.")) == {"Edith"}


def test_two_who_turn_out_to_be_one_are_joined_with_all_that_is_known(say, store):
    say("My boss is allergic to nuts.")
    say("Karen lives in Oslo.")
    say("Karen is my boss.")

    assert names(store) == [("karen", "my boss")]


def test_a_kinship_put_right_goes_with_the_being(say, store):
    say("My sister is called Robin.")
    say("No, my brother, not my sister.")

    assert names(store) == [("my brother", "robin")]
