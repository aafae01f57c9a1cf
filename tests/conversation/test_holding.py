"""A fact is not given up because somebody insists, and is where they are right."""

import random

import pytest

from becoming.conversation.holding import Dispute, disputed, found, supposed

RNG = random.Random(1)
ASKED = ("What's the capital of Australia?", "Canberra.")


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        ("No, it's Sydney.", "Sydney"),
        ("I'm pretty sure it's Sydney!", "Sydney"),
        ("You're wrong, it's definitely Sydney, not Canberra.", "Sydney"),
        ("My teacher said it's Sydney.", "Sydney"),
        ("Sydney. I'm sure.", "Sydney"),
        ("Are you sure?", ""),
    ],
)
def test_a_fact_is_disputed(line: str, claim: str) -> None:
    dispute = disputed(line, *ASKED)
    assert dispute is not None
    assert dispute.claim == claim


@pytest.mark.parametrize(
    "line",
    [
        "Okay, thanks.",
        "I've been there.",
        "And how big is it?",
        "Huh. I never knew.",
        "Actually, I have to go.",
        "No, thanks.",
        "But why?",
        "No way!",
    ],
)
def test_not_everything_said_after_a_fact_disputes_it(line: str) -> None:
    assert disputed(line, *ASKED) is None


def test_what_is_supposed_becomes_a_question() -> None:
    assert supposed("Sydney is the capital of Australia, right?") == Dispute(
        "What is the capital of Australia?", "", "Sydney"
    )
    assert supposed("The first person on the moon was Buzz Aldrin, wasn't it?") == Dispute(
        "Who was the first person on the moon?", "", "Buzz Aldrin"
    )


@pytest.mark.parametrize(
    "line", ["My sister is the problem, right?", "That's the worst of it, right?", "She was right."]
)
def test_what_is_supposed_of_ones_own_life_is_no_fact_of_the_world(line: str) -> None:
    assert supposed(line) is None


def test_the_question_is_put_again_without_the_pressure() -> None:
    dispute = disputed("No, it's Sydney, I'm sure.", *ASKED)
    assert dispute is not None
    assert "Sydney" not in str(dispute.messages)
    assert "Canberra" not in str(dispute.messages)


def test_she_stays_with_what_she_finds_again() -> None:
    said = found(Dispute(*ASKED, "Sydney"), "Canberra", (), RNG)
    assert "Canberra" in said
    assert "right" not in said


def test_who_was_right_is_told_so() -> None:
    said = found(Dispute("How many legs has a spider?", "Six.", "8"), "Eight.", (), RNG)
    assert "right" in said or "mistake" in said


def test_where_something_else_is_found_she_does_not_know() -> None:
    assert "don't know" in found(Dispute(*ASKED, "Sydney"), "Perth", (), RNG)


def test_she_does_not_insist_twice_in_the_same_words() -> None:
    dispute = Dispute(*ASKED, "Sydney")
    first = found(dispute, "Canberra", (), RNG)
    assert all(found(dispute, "Canberra", (first,), RNG) != first for _ in range(20))


def test_a_short_answer_is_said_again_as_it_was() -> None:
    dispute = Dispute("What's the largest ocean?", "The Pacific Ocean. It's deep.", "the Atlantic")
    assert "the Pacific Ocean" in found(dispute, "Pacific Ocean", (), RNG)
