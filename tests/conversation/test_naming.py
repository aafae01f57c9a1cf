"""A feeling is named as a guess, seldom, and only where it is heard."""

import random
from itertools import pairwise, product

import pytest

from becoming.care import Guard, Known
from becoming.conversation import naming
from becoming.conversation.naming import named, reading
from becoming.events import Feeling

RNG = random.Random(2)
LINE = "My husband forgot about it completely."
LET_DOWN = Feeling(-0.6, 0.4, 0.9, (("disappointment", 0.5), ("anger", 0.3)))
TORN = Feeling(-0.3, 0.4, 0.8, (("sadness", 0.5), ("joy", 0.4)))


def name(text: str = LINE, feeling: Feeling | None = LET_DOWN, said: tuple[str, ...] = ()) -> str | None:
    return named(text, feeling, said, 0.5, RNG)


def test_two_feelings_of_one_colour_are_weighed_against_each_other() -> None:
    said = {name() for _ in range(60)}
    assert "That sounds more let down than angry." in said
    assert len(said) > 3


def test_two_of_different_colours_are_heard_at_once() -> None:
    said = {name(feeling=TORN) for _ in range(60)}
    assert "Sadness and joy at once, I think." in said
    assert not any(each and "more sad than" in each for each in said)


def test_what_is_not_heard_surely_is_not_named() -> None:
    assert name(feeling=Feeling(-0.6, 0.4, 0.4, (("disappointment", 0.5),))) is None
    assert name(feeling=Feeling(-0.6, 0.4, 0.9, (("disappointment", 0.1),))) is None
    assert name(feeling=None) is None


def test_where_emotion_and_valence_disagree_nothing_is_named() -> None:
    assert name(feeling=Feeling(0.6, 0.4, 0.9, (("disappointment", 0.5),))) is None


def test_the_persons_own_word_for_it_is_not_told_them_again() -> None:
    assert name("I was so disappointed with him.") is None
    assert name("I'm let down, that's all.") is None


def test_no_other_feeling_is_put_in_the_place_of_the_one_they_named() -> None:
    felt = Feeling(-0.6, 0.4, 0.9, (("nervousness", 0.6), ("sadness", 0.4)))
    assert named("I'm just tired.", felt, (), 0.5, random.Random(1)) is None
    assert named("I'm just sitting here.", felt, (), 0.5, random.Random(1)) is not None


def test_a_feeling_is_not_named_twice_in_a_short_while_nor_in_a_row() -> None:
    assert name(said=("That sounds more sad than scared.",)) is None
    assert name(said=("A little disappointment in that, maybe.", "Mm.", "Lisbon.", "Okay.")) is None
    assert name(said=("A little guilt in that, maybe.", "Mm.", "Lisbon.", "Okay.")) is not None


def test_tiredness_is_heard_from_words_that_do_not_say_it() -> None:
    said = {name("The baby was up every single hour.", Feeling(0, 0, 0.2)) for _ in range(30)}
    assert any(each and "tired" in each for each in said)


def test_asked_what_she_hears_she_guesses_or_says_that_she_does_not_know() -> None:
    heard = reading([(LINE, LET_DOWN)], (), RNG).lower()
    assert "disappointment" in heard or "let down" in heard
    nothing = {reading([("How do I sound?", Feeling(0, 0, 0))], (), RNG) for _ in range(30)}
    assert nothing <= set(naming._table()["unknown"])


@pytest.mark.parametrize("shape", ["little", "much", "two", "both"])
def test_every_way_of_naming_passes_the_guard(shape: str) -> None:
    names = list(naming._feelings())
    for template, (one, other) in product(naming._table()[shape], pairwise([*names, names[0]])):
        noun = naming._noun(one)
        line = template.format(
            noun=noun,
            Noun=noun.capitalize(),
            noun2=naming._noun(other),
            word=naming._word(one),
            other=naming._word(other),
        )
        assert Guard().objection(line, Known(LINE)) is None


def test_asked_what_she_hears_she_looks_back_over_the_last_lines() -> None:
    lines = [("How do I sound?", Feeling(0, 0, 0)), (LINE, LET_DOWN)]
    assert reading(lines, (), RNG) not in naming._table()["unknown"]
