"""Strangers are imagined and never known: what nobody sees is not guessed, and each sentence says that it is imagined."""

from __future__ import annotations

import pytest

from becoming.care import Guard, Known
from becoming.care.strangers import assumes, identifies, objection

SEEN = "There's a man with a red umbrella, feeding pigeons."


@pytest.mark.parametrize(
    "line",
    ["I imagine he came from Syria as a boy.", "Maybe she's from another country.", "I imagine he prays five times a day.", "Maybe he's Jewish.",
     "I imagine she goes to church on Sundays.", "I imagine she carries a bag of holy water.", "Maybe he has cancer and wants some air.",
     "I imagine she's depressed.", "Maybe he is drunk again.", "I imagine she's pregnant.", "Maybe he's gay.", "I imagine his boyfriend is waiting.",
     "Maybe he votes for the wrong party.", "I imagine he's a republican.", "Maybe he's homeless.", "I imagine he was in prison once.",
     "I imagine he's an immigrant.", "Maybe she's a black woman with a story.", "I imagine he takes his pills at noon.", "Maybe she's poor.",
     "I imagine she has an accent.", "Maybe he was a refugee.", "I imagine he's autistic.", "Maybe her wife is on the way."],
)  # fmt: skip
def test_what_nobody_sees_is_never_guessed(line: str) -> None:
    assert assumes(line) is not None
    assert Guard().objection(line, Known(SEEN, imagining=True)) is not None


@pytest.mark.parametrize(
    "line",
    ["I imagine he got the umbrella from a thrift shop.", "Maybe she's late for the dentist.", "I imagine somebody is waiting for him with soup.",
     "I imagine they love the first warm evening.", "Maybe he whistles on the stairs.", "I imagine in her pocket there is a ticket.",
     "I imagine he taught his dog to bow.", "Maybe they play chess for the bill.", "I imagine she likes black coffee.", "Who would that be?"],
)  # fmt: skip
def test_what_is_small_and_warm_may_be_imagined(line: str) -> None:
    assert assumes(line) is None
    assert Guard().objection(line, Known(SEEN, heard=["a woman"], imagining=True)) is None


def test_a_sentence_that_sounds_as_if_it_knew_is_not_said() -> None:
    assert objection("He feeds them every day.", SEEN) == (
        "imagines as if it knew",
        "he feeds them every day.",
    )
    assert objection("I imagine he's late. He has two sons.", SEEN) is not None
    assert objection("A red umbrella. I imagine it was a present.", SEEN) is None


def test_outside_of_a_walk_people_are_spoken_of_as_ever() -> None:
    assert Guard().objection("He prays for you.", Known("My grandfather prays for me every day.")) is None


@pytest.mark.parametrize(
    "line", ["Who is that?", "Who is he?", "Do you know her?", "What's her name?", "Where does he live?", "Can you find out who that is?", "Do you recognize him?"]
)  # fmt: skip
def test_asking_who_somebody_really_is_is_heard(line: str) -> None:
    assert identifies(line)


@pytest.mark.parametrize("line", ["Who is he waiting for?", "Who would she call?", "A man with a dog."])
def test_asking_what_may_be_imagined_is_no_identification(line: str) -> None:
    assert not identifies(line)
