from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from becoming.memory import Memory
from becoming.memory.recall.words import MOST, STOP_WORDS, telling_words

TALKS = [
    ["My sister Iris paints birds.", "What kind of birds?", "Herons, mostly. She sold one last spring."],
    ["Work was awful today.", "What happened?", "My boss cancelled the harbour project again."],
    ["I finally slept well.", "How long?", "Nine hours, like a stone."],
    ["We buried my grandfather's dog.", "I'm sorry. What was he called?", "Biscuit. He was fifteen."],
]


@pytest.fixture
def lived(memory: Memory) -> Memory:
    at = 1_793_448_000.0
    for talk in TALKS:
        memory.begin_session(at)
        for n, line in enumerate(talk):
            memory.record("her" if n % 2 else "person", line, at + n)
        at += 86_400
    return memory


def best(memory: Memory, text: str) -> str | None:
    found = memory.recall(text)
    return found[0].text if found else None


def test_a_word_brings_back_the_moment_it_was_said_in(lived):
    assert best(lived, "Do you remember what Biscuit was?") == "Biscuit. He was fifteen."


def test_another_form_of_the_word_does_too(lived):
    assert best(lived, "she loves painting") == "My sister Iris paints birds."


def test_diacritics_and_case_do_not_matter(lived):
    assert best(lived, "HÉRONS") == "Herons, mostly. She sold one last spring."


def test_the_words_around_a_moment_help_to_find_it(lived):
    found = [moment.text for moment in lived.recall("the dog's age: was he fifteen? grandfather", limit=4)]
    assert set(found) == set(TALKS[3])


def test_its_own_words_count_for_more_than_those_around_it(lived):
    assert best(lived, "birds") != "Herons, mostly. She sold one last spring."
    assert best(lived, "boss") == TALKS[1][2]


def test_words_around_do_not_cross_from_one_talk_into_the_next(lived):
    assert {moment.text for moment in lived.recall("harbour", limit=10)} == set(TALKS[1])


def test_no_more_than_asked_for(lived):
    assert len(lived.recall("birds boss stone dog", limit=2)) == 2


def test_what_was_never_mentioned_brings_nothing_back(lived):
    assert lived.recall("the submarine in Valparaíso") == []


@pytest.mark.parametrize("text", ["", "   ", "you know, I mean, well", "don't you?", "…!?", "🦆"])
def test_words_that_say_nothing_bring_nothing_back(lived, text):
    assert lived.recall(text) == []


def test_only_moments_before_the_given_one_when_asked(lived):
    herons = lived.recall("herons")[0]
    assert herons not in lived.recall("herons", before=herons.id)
    assert herons in lived.recall("herons", before=herons.id + 1)


def test_of_a_monologue_the_latest_words_count(lived):
    long = " ".join(f"word{n}" for n in range(5000)) + " and then my grandfather"
    assert best(lived, long) == TALKS[3][0]
    assert len(telling_words(long)) == MOST


def test_stop_words_are_as_the_index_splits_words():
    assert all(word.isalnum() and word == word.lower() for word in STOP_WORDS)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters() | st.sampled_from('"*^:(){}+-\0'), max_size=60))
@example('"')
@example("own: birds NEAR(dog boss)")
@example("birds) OR (dog")
@example("dog* AND NOT -boss")
@example("'; DROP TABLE turn; --")
@example("\ud800\0 birds\u0301")
def test_recall_never_fails_whatever_is_said(lived, text):
    assert isinstance(lived.recall(text), list)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="latin-1"), min_size=1, max_size=60))
def test_whatever_was_said_is_found_by_its_own_words(lived, text):
    if telling_words(text):
        kept = lived.record("person", text, 1.0)
        assert kept.text in {moment.text for moment in lived.recall(text, limit=1000)}
