"""A walk among strangers: one detail, one question, marked as imagined, and nothing of it recorded or believed."""

from __future__ import annotations

import json
import time

import pytest
from calm import calm, hears
from scripted_model import ScriptedModel
from talking import Talking

from becoming.care import Caring, strangers
from becoming.conversation import files
from becoming.conversation.hands import Hands
from becoming.conversation.hands.walk import HOLDS_S, Walk
from becoming.events import Danger
from becoming.tools.approval import Approvals

UMBRELLA = "There's a man with a red umbrella, feeding pigeons."
GRANNY = " his grandmother, who was never on time."


class Talk(Talking):
    """With a walk for her only hand."""

    def __init__(self, *samples: str, care: Caring | None = None, away: int | None = None) -> None:
        notes: dict[str, object] = {}
        self.walk = Walk(lambda: self.now)
        hands = Hands([self.walk], Approvals(notes.get, notes.__setitem__, lambda: self.now))
        super().__init__(ScriptedModel(*samples, away=away), time.time(), hands, care)


async def test_she_imagines_one_detail_and_asks_one_question() -> None:
    talk = Talk(GRANNY)
    assert await talk.say("Let's look at people.") == "Gladly. Who's there? Tell me one thing you see."
    assert await talk.say(UMBRELLA) == (
        "A red umbrella. I imagine he got the red umbrella from his grandmother, who was never on time. "
        "What would he never lend to anybody?"
    )


async def test_a_stranger_may_be_described_without_asking_for_a_walk() -> None:
    assert "I imagine he got the red umbrella from" in await Talk(GRANNY).say(UMBRELLA)


@pytest.mark.parametrize(
    "words",
    ["Let's people-watch.", "Can we look at people together?", "watch people with me", "Come on a walk with me", "Walk with me, please.", "let's look at strangers"],
)  # fmt: skip
async def test_it_is_asked_for_in_many_words(words: str) -> None:
    assert (await Talk().say(words)).startswith("Gladly.")


@pytest.mark.parametrize(
    "words",
    ["There's a man at work who bullies me.", "There's a woman at the climbing gym I'd like to talk to.", "There's a man following me.",
     "I see my brother with a new girlfriend.", "There's a guy with a grudge against us.", "I went for a walk with my dog.", "Enough.", "He was feeding pigeons."],
)  # fmt: skip
def test_what_is_about_their_own_life_is_no_walk(words: str) -> None:
    assert Walk(time.time).hear(words.lower().strip("."), words) is None


async def test_nothing_of_it_is_recorded_believed_or_told_to_the_talks_own_prompt() -> None:
    talk = Talk(GRANNY, " dinner at six sharp.", *9 * [" What did you do then?"])
    await talk.say("Let's look at people.")
    await talk.say(UMBRELLA)
    await talk.say("His wife, I think.")
    await talk.say("That's enough.")
    await talk.say("My sister came to dinner yesterday.")
    kept = str(
        [talk.past.moments, talk.mind.today.heard, talk.mind.today.said, talk.mind.today.day.messages()]
    )
    for words in ("umbrella", "pigeons", "grandmother", "His wife"):
        assert words not in kept
    assert [each.text for each in talk.past.moments if each.role == "person"] == [
        "My sister came to dinner yesterday."
    ]
    assert talk.walk.told == []


async def test_their_own_life_in_between_is_heard_as_ever_and_the_walk_goes_on() -> None:
    talk = Talk(GRANNY, *3 * [" What was he like back then?"], " a paper boat.")
    await talk.say(UMBRELLA)
    await talk.say("My father had an umbrella like that.")
    assert talk.past.moments[0].text == "My father had an umbrella like that."
    talk.model.samples = [" a paper boat."]
    assert "I imagine" in await talk.say("Here comes a girl in yellow boots.")


@pytest.mark.parametrize(
    "sample",
    [
        " Syria, where he was born.",
        " the mosque he prays in.",
        " his boyfriend of ten years.",
        " rehab last spring.",
    ],
)
async def test_a_model_that_guesses_at_what_nobody_sees_is_not_heard(sample: str) -> None:
    said = await Talk(sample, sample).say(UMBRELLA)
    assert "I imagine the red umbrella was a present" in said
    assert strangers.assumes(said) is None


async def test_the_model_is_never_told_more_than_the_walk_and_is_told_what_not_to_guess() -> None:
    talk = Talk(GRANNY)
    await talk.say(UMBRELLA)
    (prompt,) = talk.model.prompts
    assert "never guess" in prompt[0]["content"]
    assert "You are Mira" not in json.dumps(prompt)
    assert prompt[-1] == {"role": "assistant", "content": "I imagine he got the red umbrella from"}


async def test_a_model_that_is_away_stops_no_walk() -> None:
    assert "I imagine the red umbrella was a present" in await Talk(GRANNY, away=0).say(UMBRELLA)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Who is that?", "Who that is I don't know"),
        ("He's probably an immigrant.", "That one can't see from outside"),
        ("There's a man lying on the ground.", "That one isn't for imagining."),
        ("There's a woman crying on a bench.", "Then I imagine nothing about her."),
    ],
)
async def test_who_it_is_what_nobody_sees_and_who_needs_help_are_not_imagined(line: str, said: str) -> None:
    talk = Talk(GRANNY)
    await talk.say(UMBRELLA)
    assert said in await talk.say(line)


async def test_enough_ends_it_and_says_that_it_was_made_up() -> None:
    talk = Talk(GRANNY)
    await talk.say(UMBRELLA)
    assert "made up" in await talk.say("That's enough.")
    assert talk.walk.hear("he has a dog", "He has a dog.") is None


async def test_after_a_while_it_is_over_by_itself() -> None:
    talk = Talk(GRANNY)
    await talk.say(UMBRELLA)
    talk.now += HOLDS_S + 1
    assert talk.walk.hear("he whistles", "He whistles.") is None


async def test_somebody_in_danger_is_answered_before_any_stranger() -> None:
    care = Caring(
        hears(("want to die", Danger("emergency", "self_harm"))), type(calm().records._notes)(), time.time
    )
    assert "imagine" not in await Talk(care=care).say(f"{UMBRELLA} I want to die.")


def test_every_detail_is_marked_and_guesses_nothing() -> None:
    guard_free = {"they": "he", "them": "him", "their": "his", "thing": "red umbrella"}
    for detail in files.table("hands/walk.toml")["detail"]:
        for line in (*detail["instead"], f"{detail['lead']} it.", detail["ask"]):
            assert strangers.objection(line.format(**guard_free), UMBRELLA) is None, line
