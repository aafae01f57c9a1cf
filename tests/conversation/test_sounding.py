"""Asking her to listen to how one sounds, and to stop: kept when it was answered, and never assumed."""

from __future__ import annotations

import random

import pytest
from calm import calm
from listed_past import Past
from scripted_model import ScriptedModel

from becoming.care import Guard
from becoming.conversation import Conversation
from becoming.events import Being, Feeling, Person, Reply, Utterance

FELT = Feeling(-0.4, 0.2, 0.7, (("sadness", 0.6),))


def talking(listen=None) -> tuple[Conversation, Past]:
    past = Past()
    talk = Conversation(
        ScriptedModel(*9 * [" What did you do then?"]),
        Being("Mira", "", "heart", 0.0),
        Person("Jonas"),
        "You are Mira.",
        past,
        guard=Guard(),
        care=calm(),
        clock=lambda: 300.0,
        rng=random.Random(3),
        perceive=lambda text, earlier: FELT,
        listen=listen,
    )
    return talk, past


async def say(talk: Conversation, text: str) -> str:
    said = " ".join([clause.text async for clause in talk.draft(text, "voice")])
    await talk.settle(Utterance(text, 300.0), Reply(said, 301.0))
    return said


@pytest.mark.parametrize(
    "text",
    [
        "You may listen to how I sound.",
        "You can also listen to my voice.",
        "Please pay attention to my tone.",
    ],
)
async def test_she_may_listen_from_the_moment_it_is_said(text):
    kept: list[bool] = []
    talk, _ = talking(kept.append)
    assert "how you sound" in await say(talk, text)
    assert kept == [True]
    await talk.close()


@pytest.mark.parametrize(
    "text",
    [
        "Stop listening to how I sound.",
        "Don't listen to my voice, please.",
        "Stop paying attention to my tone.",
    ],
)
async def test_she_stops_when_she_is_told(text):
    kept: list[bool] = []
    talk, _ = talking(kept.append)
    assert "only to your words" in await say(talk, text)
    assert kept == [False]
    await talk.close()


@pytest.mark.parametrize(
    "text",
    ["I like to listen to music.", "My voice is gone today.", "She says I should listen to her voice."],
)
async def test_nothing_else_is_a_consent(text):
    kept: list[bool] = []
    talk, _ = talking(kept.append)
    await say(talk, text)
    assert kept == []
    await talk.close()


async def test_nothing_is_kept_by_a_draft_that_was_never_heard():
    kept: list[bool] = []
    talk, _ = talking(kept.append)
    assert [clause async for clause in talk.draft("You may listen to how I sound.", "voice")]
    assert kept == []
    await talk.close()


async def test_without_that_part_she_says_that_she_goes_by_words():
    talk, _ = talking()
    assert "only go by your words" in await say(talk, "You may listen to how I sound.")
    await talk.close()


async def test_the_sound_of_a_voice_is_half_of_the_arousal_and_nothing_of_the_emotion():
    talk, past = talking()
    await talk.settle(Utterance("She left.", 300.0, arousal=0.8), None)
    await talk.settle(Utterance("She left.", 310.0), None)
    assert past.felt[1] == Feeling(-0.4, 0.5, 0.7, (("sadness", 0.6),), "voice")
    assert past.felt[2] == FELT
    await talk.close()
