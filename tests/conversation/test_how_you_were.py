"""How the person was, asked in a talk and answered by code: over a real memory, the model saying nothing."""

from __future__ import annotations

import random

import pytest
from calm import calm
from scripted_model import ScriptedModel

from becoming.care import Guard
from becoming.conversation import Conversation
from becoming.events import Being, Feeling, Person, Reply, Utterance
from becoming.store import Store
from tests.memory.feeling_life import ANGER, JOY, NOTHING, SADNESS, Felt
from tests.store.computers import DesktopKeyring, keyring_is


class Talk:
    """Says a line, hears the reply, and settles both."""

    def __init__(self, felt: Felt, *samples: str) -> None:
        self.felt, self.model = felt, ScriptedModel(*samples)
        self.mind = Conversation(
            self.model,
            Being("Mira", "", "heart", 0.0),
            Person("Jonas"),
            "You are Mira.",
            felt.life,
            Guard(),
            calm(),
            lambda: felt.now,
            random.Random(1),
            lambda text, earlier: self.feeling,
        )
        self.feeling = NOTHING

    async def say(self, text: str, feeling: Feeling = NOTHING) -> str:
        self.felt.now, self.feeling = self.felt.now + 30, feeling
        said = " ".join([clause.text async for clause in self.mind.draft(text, "voice")])
        await self.mind.settle(Utterance(text, self.felt.now), Reply(said, self.felt.now + 5))
        return said


@pytest.fixture
def felt(tmp_path):
    with keyring_is(DesktopKeyring()):
        store = Store.open(tmp_path / "first")
        yield Felt(store)
        store.close()


async def test_she_says_when_they_were_last_happy_with_the_day_and_the_words(felt):
    felt.say("We got the flat!", JOY, days_ago=100)
    talk = Talk(felt)

    answer = await talk.say("When was I last happy?")
    assert (
        answer == 'On the 23rd of July you sounded happy, as far as words tell. You said: "We got the flat!"'
    )
    await talk.mind.close()


async def test_she_has_heard_them_happy_only_when_it_is_so(felt):
    talk = Talk(felt)
    felt.say("The soup was all right.", NOTHING, days_ago=3)
    assert (await talk.say("Have you seen me happy?")).startswith("I don't know.")
    felt.say("We got the flat!", JOY, days_ago=2)
    answer = await talk.say("Have you seen me happy?")
    assert answer == 'I\'ve heard you happy, as far as words tell. On Thursday you said: "We got the flat!"'
    await talk.mind.close()


async def test_of_a_time_of_which_nothing_is_kept_she_does_not_know(felt):
    talk = Talk(felt)

    assert await talk.say("How was I in March?") == "I have nothing of yours from March, so I don't know."
    await talk.mind.close()


async def test_a_week_is_told_in_one_breath(felt):
    for n in range(4):
        felt.say(f"They moved the meeting to {n + 4} o'clock.", ANGER, days_ago=4 + n / 10)
    felt.say("Iris called!", JOY, days_ago=3)
    talk = Talk(felt)

    answer = await talk.say("How was I this week?")
    assert answer.startswith("Mostly angry, as far as words tell. On Tuesday you said:")
    assert answer.endswith("And happy on Wednesday.")
    await talk.mind.close()


async def test_put_right_by_voice_it_is_told_right_from_the_next_turn(felt):
    felt.say("It was a long evening.", SADNESS, days_ago=2)
    talk = Talk(felt)

    assert "sounded sad" in await talk.say("When was I last sad?")
    assert await talk.say("I wasn't sad, I was tired.") == "Tired, not sad. I had that wrong."
    assert (await talk.say("When was I last sad?")).startswith("I don't know.")
    answer = await talk.say("When was I last tired?")
    assert answer == 'On Thursday, by your own word. You had said: "It was a long evening."'
    await talk.mind.close()


async def test_a_question_about_joy_is_no_joy(felt):
    talk = Talk(felt)

    await talk.say("When was I last happy?", JOY)
    assert (await talk.say("Have you ever seen me happy?", JOY)).startswith("I don't know.")
    await talk.mind.close()


async def test_what_she_was_asked_never_to_mention_is_not_quoted(felt):
    felt.say("My friend Daniel came by!", JOY, days_ago=2)
    felt.say("The geese are back!", JOY, days_ago=9)
    felt.say("Please don't ever mention Daniel again.")
    talk = Talk(felt)

    assert "The geese are back!" in await talk.say("When was I last happy?")
    await talk.mind.close()


async def test_the_model_cannot_make_up_a_feeling_of_the_past(felt):
    felt.say("It rained all day.", NOTHING, days_ago=2)
    talk = Talk(felt, *9 * [" You were so happy last week."])

    answer = await talk.say("I went to the market and bought a melon.")
    assert "happy" not in answer
    await talk.mind.close()


async def test_the_model_may_say_back_what_was_said(felt):
    talk = Talk(felt, *9 * [" You were proud of the melon."])

    answer = await talk.say("I carried it home by myself, and I was so proud of that melon.")
    assert answer
    await talk.mind.close()


async def test_who_asks_for_one_feeling_and_finds_another_hears_which(felt):
    felt.say("The review is tomorrow.", Feeling(-0.5, 0.7, 0.9, (("nervousness", 0.9),)), days_ago=2)
    talk = Talk(felt)

    assert "you sounded anxious" in await talk.say("When was I last stressed?")
    await talk.mind.close()


async def test_two_moments_are_no_mostly(felt):
    felt.say("Iris called!", JOY, days_ago=3)
    felt.say("They moved the meeting.", ANGER, days_ago=2)
    talk = Talk(felt)

    answer = await talk.say("How was I this week?")
    assert "ostly" not in answer
    assert answer.endswith("More I can't tell.")
    await talk.mind.close()
