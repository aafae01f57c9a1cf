"""The labels of bench.listening, on lines anybody would label alike."""

import pytest

from bench import support_labels as labels

HEARD = "My boss tore my presentation apart in front of the whole team."


@pytest.mark.parametrize(
    "reply",
    [
        "In front of the whole team.",
        "So you felt ashamed.",
        "It sounds like you're hurt.",
        "More ashamed than angry, I'd guess.",
        "Your boss tore it apart.",
    ],
)
def test_a_reflection_gives_back_what_was_said_or_felt(reply: str) -> None:
    assert labels.reflection(reply, HEARD)


@pytest.mark.parametrize(
    "reply",
    ["Mm.", "What did you say?", "I like tea.", "Have you tried talking to your boss?", "Nice weather."],
)
def test_what_gives_nothing_back_is_none(reply: str) -> None:
    assert not labels.reflection(reply, HEARD)


@pytest.mark.parametrize(
    "reply",
    [
        "You should rest.",
        "Have you tried yoga?",
        "Maybe talk to him.",
        "I'd sleep on it.",
        "It might help to write it down.",
    ],
)
def test_advice_says_what_to_do(reply: str) -> None:
    assert labels.advice(reply)


@pytest.mark.parametrize(
    "reply", ["I'd guess it hurt.", "What did you do?", "He called you.", "I still come out at eight."]
)
def test_what_says_nothing_of_what_to_do_is_no_advice(reply: str) -> None:
    assert not labels.advice(reply)


def test_a_question_asks() -> None:
    assert labels.question("Kind of right. Who saw it?")
    assert not labels.question("Kind of right.")
