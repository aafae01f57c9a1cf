"""What rests on nothing that was said is not claimed."""

import pytest

from becoming.care.claims import unsupported
from becoming.care.known import Known

KNOWN = Known(
    "My sister moved to Lisbon in March.",
    heard=["I baked plum cake for eleven people.", "Dana is coming on Thursday."],
    said=["Who ate the last piece?"],
    person="Jonas",
    being="Mira",
)


@pytest.mark.parametrize(
    "line",
    [
        "You told me about your trip to Rome.",
        "Last week you were so tired.",
        "Remember when we talked about the boat?",
        "I remember your wedding.",
        "You said you hate her.",
        "Yesterday you sounded happier.",
        "As you said, the bicycle was red.",
        "I liked hearing about the boat.",
        "We talked about that before.",
    ],
)
def test_a_shared_past_nobody_knows_of_is_found(line: str) -> None:
    assert unsupported(line, KNOWN)


@pytest.mark.parametrize(
    "line",
    [
        "You told me about the plum cake.",
        "You baked a plum cake, you said.",
        "I liked hearing about the cake.",
        "You said your sister moved.",
        "You haven't told me about your brother.",
        "I don't remember anything about that.",
        "What did you say to her?",
    ],
)
def test_what_was_really_said_may_be_named(line: str) -> None:
    assert unsupported(line, KNOWN) is None


@pytest.mark.parametrize("line", ["And what does Paul say?", "So she's in Madrid now.", "Sarah called you."])
def test_a_name_nobody_said_is_found(line: str) -> None:
    assert unsupported(line, KNOWN)


@pytest.mark.parametrize(
    "line", ["And what does Dana say?", "Lisbon. What's she doing there?", "Who says, Jonas?"]
)
def test_a_name_that_was_said_may_be_said(line: str) -> None:
    assert unsupported(line, KNOWN) is None


@pytest.mark.parametrize(
    "line", ["Ten people is a lot.", "In April, then.", "On Sunday?", "That was 12 years ago."]
)
def test_a_number_or_a_day_nobody_said_is_found(line: str) -> None:
    assert unsupported(line, KNOWN)


@pytest.mark.parametrize(
    "line", ["Eleven people.", "11 of them?", "On Thursday. Is she alone?", "In March, you said."]
)
def test_a_number_or_a_day_that_was_said_may_be_said(line: str) -> None:
    assert unsupported(line, KNOWN) is None


def test_a_relative_nobody_mentioned_is_found() -> None:
    assert unsupported("What does your wife think?", KNOWN)
    assert unsupported("What does your sister think?", KNOWN) is None


def test_he_is_wrong_where_only_a_sister_was_spoken_of() -> None:
    assert unsupported("And what did he say?", KNOWN)
    assert unsupported("And what did she say?", KNOWN) is None


def test_a_question_about_the_world_may_be_answered_with_names_and_numbers() -> None:
    world = Known("Who was first on the moon?", facts=True)
    assert unsupported("Neil Armstrong, in July 1969.", world) is None


def test_facts_do_not_allow_a_shared_past() -> None:
    assert unsupported("You told me about Rome.", Known("Who was first on the moon?", facts=True))
