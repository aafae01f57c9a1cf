from __future__ import annotations

import pytest

from becoming.memory.beliefs.knowing import Knowing
from becoming.memory.beliefs.learning import Learning

LIFE = (
    "My sister is called Iris.",
    "I live in Porto.",
    "Iris lives in Denver.",
    "I hate cilantro.",
    "I work at Nordwind.",
    "I am allergic to penicillin.",
    "My dog's name is Rex.",
    "I am married.",
    "My brother is called Sam.",
    "Sam works at the harbour.",
)


@pytest.fixture
def knowing(store, memory) -> Knowing:
    learning = Learning(store)
    for number, line in enumerate(LIFE):
        learning.hear(memory.record("person", line, 1_000_000.0 + number))
    return Knowing(store)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("What's my sister called?", "Iris"),
        ("Do you remember my sister's name?", "Iris"),
        ("Who is Iris?", "sister"),
        ("Where do I live?", "Porto"),
        ("Where does my sister live?", "Denver"),
        ("Where does Iris live?", "Denver"),
        ("What do I hate?", "cilantro"),
        ("Do I like cilantro?", "don't like"),
        ("Where do I work?", "Nordwind"),
        ("What am I allergic to?", "penicillin"),
        ("What's my dog called?", "Rex"),
        ("Am I married?", "married"),
        ("Where does my brother work?", "harbour"),
        ("What is my brother's name?", "Sam"),
    ],
)
def test_a_question_about_this_life_is_answered_from_what_was_said(knowing, question, word):
    found = knowing.answers(question)
    assert found, question
    assert word.casefold() in found[0].text.casefold()


@pytest.mark.parametrize(
    "question",
    [
        "What's my mother called?",
        "Where does my brother live?",
        "How old am I?",
        "Do I like coffee?",
        "What should I do?",
        "How is my sister?",
        "When is my birthday?",
        "What is the capital of Portugal?",
        "Why am I like this?",
        "Is Iris married?",
    ],
)
def test_what_was_never_said_is_not_answered(knowing, question):
    assert knowing.answers(question) == []


def test_asked_what_she_knows_of_somebody_she_tells_of_them_alone(knowing):
    told = knowing.answers("What do you know about Iris?")
    assert {each.about for each in told} <= {"you", "Iris", "sister"}
    assert all("Iris" in f"{each.text} {each.about}" for each in told)


def test_the_city_before_is_told_only_when_asked_for_it(store, memory):
    learning = Learning(store)
    for number, line in enumerate(("I live in Dallas.", "I moved to Denver.")):
        learning.hear(memory.record("person", line, 1_000_000.0 + number))
    knowing = Knowing(store)
    assert [each.value for each in knowing.answers("Where do I live?")] == ["Denver"]
    assert [each.value for each in knowing.answers("Where did I live before?")] == ["Dallas"]
