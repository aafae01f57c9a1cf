from __future__ import annotations

import pytest

from becoming.memory import Memory
from becoming.memory.beliefs.correcting import Corrected, correction
from becoming.memory.beliefs.holding import Beliefs
from becoming.memory.beliefs.learning import Learning
from becoming.store import Store

SATURDAY = 1_793_448_000.0


@pytest.fixture
def talk(memory: Memory, store: Store):
    learning, clock = Learning(store), iter(range(10_000))

    def say(text: str, before: str = ""):
        if before:
            memory.record("her", before, SATURDAY + next(clock) * 60)
        return learning.hear(memory.record("person", text, SATURDAY + next(clock) * 60), before)

    return say


@pytest.fixture
def beliefs(store: Store) -> Beliefs:
    return Beliefs(store)


@pytest.fixture
def corrected(store: Store) -> Corrected:
    return Corrected(store)


def held(beliefs: Beliefs) -> list[str]:
    return [belief.text for belief in beliefs.current()]


CASES = [
    (["I grew up in Dallas."], "No, that was Denver, not Dallas.", ["you come from Denver"]),
    (["I live in Dallas."], "Sorry, I live in Denver, not Dallas.", ["you live in Denver"]),
    (["I live in Dallas."], "No, not Dallas. Denver.", ["you live in Denver"]),
    (["I live in Dallas."], "It's not Dallas, it's Denver.", ["you live in Denver"]),
    (["I live in Dallas."], "I meant Denver.", ["you live in Denver"]),
    (["My sister is called Irene."], "Her name is Iris, not Irene.", ["your sister is called Iris"]),
    (["My sister is called Irene."], "No, Iris, not Irene!", ["your sister is called Iris"]),
    (["My sister is called Irene."], "Wait, I said Iris, not Irene.", ["your sister is called Iris"]),
    (["My sister is called Iris."], "No, my brother, not my sister.", ["your brother is called Iris"]),
    (["My interview is on Friday."], "I meant Thursday.", ["your interview is on Thursday 5 November"]),
    (
        ["My interview is on Friday."],
        "No, it's on Thursday, not Friday.",
        ["your interview is on Thursday 5 November"],
    ),
    (
        ["I'm allergic to walnuts."],
        "No, I'm allergic to peanuts, not walnuts.",
        ["you are allergic to peanuts"],
    ),
    (["I work at Siemens."], "Oh, sorry, it's Philips, not Siemens.", ["you work at Philips"]),
    (["I hate parsley."], "I meant cilantro.", ["you don't like cilantro"]),
]


@pytest.mark.parametrize(("said", "correcting", "after"), CASES, ids=[case[1] for case in CASES])
def test_put_right_at_once(talk, beliefs, said, correcting, after):
    for line in said:
        talk(line)
    [old] = beliefs.current()
    ended, new = talk(correcting)

    assert held(beliefs) == after
    assert (ended.id, ended.current, ended.superseded_by) == (old.id, False, new.id)
    assert ended.unlearned == new.learned  # it never was so: taken back, not over
    assert [evidence.against for evidence in beliefs.how_known(old.id)] == [False, True]
    assert [evidence.quote for evidence in beliefs.how_known(new.id)] == [correcting]


def test_what_she_just_said_is_what_is_meant(talk, beliefs):
    talk("I live in Dallas.")
    talk("My sister lives in Dallas.")
    talk("My interview is on Friday.")

    talk("No, it's Thursday.", "So your interview is on Friday?")
    assert "your interview is on Thursday 5 November" in held(beliefs)


def test_what_she_has_wrong_is_taken_back_even_without_the_right_thing(talk, beliefs):
    talk("I live in Dallas.")
    [ended] = talk("That's not true.", "You live in Dallas, after all.")

    assert held(beliefs) == []
    assert (ended.value, ended.unlearned is not None, ended.superseded_by) == ("Dallas", True, None)


@pytest.mark.parametrize(
    "line",
    [
        "I meant well.",
        "No, that was fun, not hard.",
        "No, thanks.",
        "Not Austin, Boston.",
        "No, I meant Thursday, not Monday.",
        "Was it Denver, not Dallas?",
        "That's not true.",
        "I wanted tea, not coffee.",
    ],
)
def test_what_puts_nothing_right_changes_nothing(talk, beliefs, line):
    talk("I live in Dallas.")
    talk("My interview is on Friday.")
    talk("I hate parsley.")
    before = held(beliefs)
    talk("The weather is nice.")
    for _ in range(4):
        talk("It is still nice.")

    assert talk(line) == []
    assert held(beliefs) == before


def test_what_is_held_of_her_bears_her_right_name(talk, beliefs):
    talk("My sister is called Irene.")
    talk("Irene lives in Oslo.")
    talk("Her name is Iris, not Irene.")

    assert held(beliefs) == ["Iris lives in Oslo", "your sister is called Iris"]
    assert [belief.text for belief in beliefs.current("Iris")] == ["Iris lives in Oslo"]


def test_a_corrected_fact_is_never_current_again_unless_it_is_said_anew(talk, beliefs):
    talk("I live in Dallas.")
    talk("No, Denver, not Dallas.")
    talk("I live in Denver.")
    assert held(beliefs) == ["you live in Denver"]
    assert [belief.value for belief in beliefs.history("you", "lives_in")] == ["Dallas", "Denver"]

    talk("I moved back to Dallas.")
    assert held(beliefs) == ["you live in Dallas"]


@pytest.mark.parametrize(
    ("said", "sentence", "stale"),
    [
        (["I live in Dallas.", "I moved to Denver."], "How is life in Dallas?", "Dallas"),
        (["I live in Dallas.", "I moved to Denver."], "You live in Dallas, right?", "Dallas"),
        (["I live in Dallas.", "I moved to Denver."], "You used to live in Dallas.", None),
        (["I live in Dallas.", "I moved to Denver."], "How is life in Denver?", None),
        (["My sister is called Irene.", "Her name is Iris, not Irene."], "How is Irene today?", "Irene"),
        (["My sister is called Irene.", "Her name is Iris, not Irene."], "How is Iris today?", None),
        (
            ["My sister is called Irene.", "Her name is Iris, not Irene.", "Irene is my boss."],
            "How is Irene?",
            None,
        ),
        (
            ["My interview is on Friday.", "I meant Thursday."],
            "Good luck with the interview on Friday!",
            "2026-11-06",
        ),
        (["My interview is on Friday.", "I meant Thursday."], "What are you doing on Friday?", None),
        (["I hate olives.", "I love olives."], "You hate olives, so no salad.", "olives"),
        (["I hate olives.", "I love olives."], "Olives would go well with it.", None),
        (["I work at Siemens.", "I quit my job."], "How is the job at Siemens?", "Siemens"),
        ([], "How is life in Dallas?", None),
    ],
)
def test_a_sentence_of_hers_that_says_what_is_over_is_seen(talk, corrected, said, sentence, stale):
    for line in said:
        talk(line)
    found = corrected.stale(sentence)

    assert (found.value if found else None) == stale


@pytest.mark.parametrize(
    "text", ["", " ", "no", "not", "no, not", "I meant", "no, x, not y", "No, " * 500, "that's wrong" * 90]
)
def test_whatever_is_said_reading_it_as_a_correction_never_fails(text):
    correction(text)
