"""Recall with the real embeddings: what comes to mind, and why."""

from __future__ import annotations

import numpy as np
import pytest
from sqlalchemy import delete

from becoming.memory import Memory
from becoming.memory.recall.embedding import Sentences, Words
from becoming.memory.recall.search import Recall
from becoming.store.schema import turn

DAY = 86_400.0
BEGAN = 1_793_448_000.0
TALKS = [
    ["My sister Iris paints birds.", "What kind of birds?", "Herons, mostly. She sold one last spring."],
    ["Work was awful today.", "What happened?", "My boss cancelled the harbour project again."],
    ["We buried my grandfather's dog.", "I'm sorry. What was he called?", "Biscuit. He was fifteen."],
    ["Since I learned to say no I'm less stressed.", "That is a good skill to have."],
]
NOW = BEGAN + len(TALKS) * DAY
sentences = Sentences()


@pytest.fixture
def lived(store) -> Memory:
    memory = Memory(store, sentences)
    for day, talk in enumerate(TALKS):
        memory.begin_session(BEGAN + day * DAY)
        for n, line in enumerate(talk):
            memory.record("her" if n % 2 else "person", line, BEGAN + day * DAY + n)
    return memory


@pytest.fixture
def recall(lived, store) -> Recall:
    return Recall(store, sentences)


def test_what_shares_no_word_comes_to_mind(recall):
    assert TALKS[3][0] in texts(recall, "I agreed to volunteer again and now I'm overwhelmed")


def test_a_question_brings_what_it_asks_for_with_a_reason(recall):
    best = recall.search("who paints?", NOW)[0]
    assert best.moment.text == TALKS[0][0]
    assert 'the words "paints"' in best.reason
    assert [moment.text for moment in best.around] == TALKS[0][1:]
    assert 0 < best.score <= 1


def test_a_time_brings_what_was_said_then(recall):
    best = recall.search("what did I tell you yesterday?", NOW)[0]
    assert best.moment.text == TALKS[3][0]
    assert "said yesterday" in best.reason


def test_who_said_it_counts(recall):
    assert recall.search("what did you ask me about birds?", NOW)[0].moment.role == "her"


def test_nothing_comes_to_mind_where_there_is_nothing(recall):
    assert recall.search("you know, I mean, well", NOW) == []
    assert recall.search("", NOW) == []


def test_only_what_was_recorded_before_when_asked(recall, lived):
    first = lived.recent(100)[0].id
    found = recall.search("birds painted by my sister", NOW, limit=20, before=first + 2)
    assert {each.moment.id for each in found} <= {first, first + 1}


def test_what_is_recorded_now_is_found_now(recall, lived):
    recall.search("birds", NOW)
    kept = lived.record("person", "The lighthouse keeper waved at me.", NOW)
    assert recall.search("who waved from the lighthouse?", NOW)[0].moment == kept


def test_what_was_forgotten_does_not_come_back_even_before_the_index_is_told(recall, lived, store):
    best = recall.search("who paints?", NOW)[0].moment
    with store.write() as connection:
        connection.execute(delete(turn).where(turn.c.id == best.id))
    assert best.text not in texts(recall, "who paints?")

    recall.forget([best.id])
    assert best.text not in texts(recall, "who paints?")


def test_a_moment_without_a_vector_gets_one_when_there_is_time(store):
    bare = Memory(store)
    kept = bare.record("person", "Since I learned to say no I'm less stressed.", BEGAN)
    recall = Recall(store, sentences)
    recall.search("overwhelmed", NOW)

    assert recall.catch_up() == 1
    assert recall.catch_up() == 0
    assert recall.search("I volunteered too much and feel overwhelmed", NOW)[0].moment == kept


def test_no_more_text_than_the_budget_but_for_the_first(recall):
    assert len(recall.search("birds and dogs and work", NOW, limit=10, tokens=1)) == 1


def test_the_same_meaning_is_near_and_the_same_text_the_same():
    rows = sentences(["I am worn out", "I am very tired", "The harbour is closed", ""])
    assert rows[0] @ rows[1] > 0.5 > rows[0] @ rows[2]
    assert not rows[3].any()
    assert np.allclose(rows[0], sentences(["I am worn out"])[0])


def test_words_are_averaged_and_unknown_ones_are_nothing():
    rows = Words()(["the dog barked", "a puppy barks", "tax forms", "of the and"])
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    assert not rows[3].any()
    assert np.allclose(np.linalg.norm(rows[:3], axis=1), 1, atol=1e-5)


def texts(recall: Recall, text: str) -> list[str]:
    return [each.moment.text for each in recall.search(text, NOW)]
