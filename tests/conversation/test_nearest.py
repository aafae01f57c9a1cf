"""What of the book a model that has room for it reads: what is near, and nothing else of anybody's life."""

from __future__ import annotations

import random

import pytest
from calm import calm
from listed_past import Past
from scripted_model import ScriptedModel

from becoming.care import Guard
from becoming.conversation import Conversation
from becoming.conversation.examples import book
from becoming.conversation.nearest import SHOWN, Nearest
from becoming.events import Being, Feeling, Person
from becoming.memory.recall.embedding import Sentences


@pytest.fixture(scope="module")
def near() -> Nearest:
    made = Nearest(Sentences())
    made.warm()
    return made


def test_what_is_like_it_is_shown_and_the_nearest_last(near):
    shown = near.before("We had to put our old dog down this morning.", "hard")
    assert shown.count("you once said") == SHOWN
    assert "dog" in shown or "cat" in shown
    heard = "I got two yoghurts out of habit. She's been dead since March."
    assert "Cherry" in near.before(heard, "hard") or "yoghurt" in near.before(heard, "hard")


def test_nothing_is_shown_before_the_book_was_read():
    assert Nearest(Sentences()).before("Hi.", "hello") == ""


def test_situations_that_rest_on_a_memory_are_not_shown(near):
    resting = {each.exchanges[0].said for each in book() if each.remembered}
    free = {each.exchanges[0].said for each in book() if not each.remembered}
    shown = near.before("My brother drives a tram.", "reminded")
    assert not [said for said in resting - free if f'"{said}"' in shown]


@pytest.mark.parametrize("room", [True, False])
async def test_they_stand_before_what_is_said_where_there_is_room(near, room):
    model = ScriptedModel(*9 * [" What did you do then?"])
    mind = Conversation(
        model,
        Being("Mira", "", "heart", 0.0),
        Person("Jonas"),
        "You are Mira.",
        Past(),
        Guard(),
        calm(),
        lambda: 1_700_000_000.0,
        random.Random(1),
        lambda text, earlier: Feeling(0.0, 0.0, 0.0),
        near=near if room else None,
    )
    line = "The neighbour cut my hedge again, the whole side of it."
    [_ async for _ in mind.draft(line, "voice")]
    read = [each["content"] for prompt in model.prompts for each in prompt if line in each["content"]]
    assert read
    assert all(("you once said" in each) is room for each in read)
