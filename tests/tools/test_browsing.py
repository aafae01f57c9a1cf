"""Going through a list by ear, in many words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from becoming.tools.browsing import Browsing, Item, meant, number

LIST = Browsing(
    [
        Item("Anna asks about Saturday", "Anna Weber"),
        Item("The clinic writes about Tuesday", "Riverside Clinic"),
        Item("Tom writes about the red boat", "Tom Berg"),
        Item("Shop News writes about offers", "Shop News", "newsletter"),
        Item("Mia asks about her dog", "Mia"),
    ]
)


def at(place: int) -> Browsing:
    return replace(LIST, at=place)


@pytest.mark.parametrize(
    "words",
    [
        "next",
        "Next.",
        "the next one, please",
        "Okay, next",
        "skip",
        "skip it",
        "skip this one",
        "go to the next one",
        "um, next one",
        "And the next mail?",
    ],
)
def test_next_goes_one_further(words):
    step = at(0).hear(words)
    assert (step.kind, step.at, step.said) == ("item", 1, "The clinic writes about Tuesday.")


@pytest.mark.parametrize(
    "words",
    [
        "back",
        "go back",
        "Back, please.",
        "the one before",
        "the previous one",
        "previous",
        "no, go back one",
        "the one before that",
    ],
)
def test_back_goes_one_before(words):
    assert at(2).hear(words).at == 1


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("the second", 1),
        ("the second one", 1),
        ("The second one, please.", 1),
        ("number two", 1),
        ("number one", 0),
        ("the first one", 0),
        ("take the third", 2),
        ("the last", 4),
        ("the last one", 4),
        ("the one from Anna", 0),
        ("the one from Anna Weber", 0),
        ("give me the one from the clinic", 1),
        ("the mail from Tom", 2),
        ("the one about the boat", 2),
        ("the one about boats", 2),
        ("the one with the dog", 4),
        ("the newsletter", 3),
        ("the one before the newsletter", 2),
        ("the one after the newsletter", 4),
        ("What about the one from Mia?", 4),
        ("let's hear the one about Saturday", 0),
    ],
)
def test_one_is_named_by_its_place_its_sender_or_what_it_is_about(words, place):
    step = LIST.hear(words)
    assert (step.kind, step.at) == ("item", place)
    assert step.said == f"{LIST.items[place].label}."


@pytest.mark.parametrize(
    "words", ["stop", "Stop.", "that's enough", "that's all, thanks", "never mind", "okay, stop", "I'm done"]
)
def test_stop_ends_it(words):
    assert at(1).hear(words).kind == "stop"


@pytest.mark.parametrize(
    "words", ["again", "say that again", "Repeat that, please.", "once more", "what was that?", "come again?"]
)
def test_again_says_the_same(words):
    assert at(2).hear(words).said == "Tom writes about the red boat."


@pytest.mark.parametrize("words", ["how many", "How many are there?", "how many are left", "how many more?"])
def test_how_many_counts_and_moves_nowhere(words):
    step = at(1).hear(words)
    assert (step.at, step.said) == (1, "Five, three still to come.")


def test_a_breath_holds_three_labels_and_the_number_of_the_rest():
    many = Browsing([Item(f"Letter {count}") for count in range(12)])
    step = many.hear("what are they?")
    assert step.said == "Letter 0; Letter 1; Letter 2; and nine more."
    assert replace(many, at=step.at).hear("more").said.startswith("Letter 3;")
    assert replace(many, at=10).hear("go on").said == "Letter 11."


def test_beyond_the_ends_she_says_so_and_stays():
    assert (at(4).hear("next").kind, at(4).hear("next").at) == ("none", 4)
    assert at(4).hear("next").said == "That was the last."
    assert at(0).hear("back").said == "There is none before it."
    assert LIST.hear("the ninth one").at == -1
    assert Browsing([]).hear("next").said == "There is none."


def test_one_that_is_not_there_is_not_guessed():
    step = at(1).hear("the one from Susan")
    assert (step.kind, step.at, step.said) == ("none", 1, "I don't see one like that.")


@pytest.mark.parametrize(
    "words",
    [
        "I'm going back to Berlin next week",
        "my back hurts",
        "the dog is sick",
        "What's next for you?",
        "I want to stop smoking",
        "I have two sisters",
        "the last time I saw her she cried",
        "you know how many people that is",
        "I never mind the rain",
        "the one thing I regret is leaving",
        "Next to the church there's a bakery",
        "yes",
        "Hello",
        "",
    ],
)
def test_other_talk_is_left_alone(words):
    assert at(1).hear(words) is None


def test_words_are_bared_and_numbers_said():
    assert meant("Okay, could you go to the Second one, please?") == "the second one"
    assert [number(0), number(4), number(12), number(2000)] == ["None", "Four", "Twelve", "2,000"]
