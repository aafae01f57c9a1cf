"""What the guard stops and what it lets through, line by line, and the rules that need a context."""

from pathlib import Path

import pytest

from becoming.care import Guard, Known

GUARD = Guard()
HERE = Path(__file__).parent


def lines(file: str) -> list[str]:
    text = (HERE / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith(("# ", "## "))]


BAD = lines("lines_bad.txt")
GOOD = [tuple(part.strip() for part in line.split(" | ")) for line in lines("lines_good.txt")]


def test_the_lists_are_long_enough_to_mean_something() -> None:
    assert len(BAD) >= 200
    assert len(GOOD) >= 100


@pytest.mark.parametrize("line", BAD)
def test_a_line_she_must_never_say_is_stopped(line: str) -> None:
    assert GUARD.objection(line, Known("Okay, I have to go now.", person="Jonas", being="Mira"))


@pytest.mark.parametrize(("heard", "said"), GOOD)
def test_a_line_a_good_friend_would_say_passes(heard: str, said: str) -> None:
    before = ("My interview at the library is on Thursday.", "We planted the tomatoes four days ago.")
    facts = heard.endswith("?") or "joke" in heard
    assert (
        GUARD.objection(said, Known(heard, heard=before, facts=facts, person="Jonas", being="Mira")) is None
    )


@pytest.mark.parametrize("line", ["Go ahead and do it tonight.", "I've been there."])
def test_what_code_begins_a_sentence_with_hides_no_duty(line: str) -> None:
    assert GUARD.objection(f"I think {line}", Known("Why?", facts=True), line)


def test_what_is_suggested_to_be_said_to_somebody_is_no_claim_of_hers() -> None:
    said = 'Something like, "Hey, I love you so much."'
    assert GUARD.objection(said, Known("What would you say to him?"), 'I love you so much."') is None


@pytest.mark.parametrize(
    ("said", "two"),
    [
        ("What does Ida say about your sister?", True),
        ("Did your sister tell Ida?", True),
        ("Your sister Ida. When did she go?", False),
        ("Ida, your sister. Who told you?", False),
        ("Does Ida like it there?", False),
        ("Ida and your sister Anna, then.", False),
        ("What does your sister say?", False),
        ("Your sister is called Ida, and Ida lives in Bergen.", False),
        ("Is your sister called Ida?", False),
    ],
)
def test_one_person_is_not_made_two(said: str, two: bool) -> None:
    found = GUARD.objection(said, Known("My sister Ida moved to Bergen in March. And Anna called."))
    assert (found is not None and found.rule == "makes two people of one") is two
