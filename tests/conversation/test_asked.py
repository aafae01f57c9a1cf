"""What is asked of her memory, in a talk: forgetting after a yes, off the record, where she has it from."""

from __future__ import annotations

import random
import time

import pytest
from calm import calm
from listed_past import Past
from scripted_model import ScriptedModel

from becoming.care import Guard
from becoming.conversation import Conversation
from becoming.conversation.telling import said_when
from becoming.events import Being, Belief, Evidence, Feeling, Lesson, Loss, Moment, Person, Reply, Utterance

NOW = 1_700_000_000.0
DAY = 86_400.0


class Talk:
    """Says a line, hears the reply, and settles both, as the engine does."""

    def __init__(self, past: Past, *samples: str) -> None:
        self.past, self.model = past, ScriptedModel(*samples)
        self.mind = Conversation(
            self.model,
            Being("Mira", "", "heart", 0.0),
            Person("Jonas"),
            "You are Mira.",
            past,
            Guard(),
            calm(),
            lambda: NOW,
            random.Random(1),
            lambda text, earlier: Feeling(0.0, 0.0, 0.0),
        )

    async def say(self, text: str, heard: bool = True) -> str:
        said = " ".join([clause.text async for clause in self.mind.draft(text, "voice")])
        await self.mind.settle(Utterance(text, NOW), Reply(said, NOW) if heard else None)
        return said


@pytest.fixture
def work() -> Past:
    told = Moment(1, "person", "My work bores me.", NOW - DAY)
    return Past(moments=[told], loss=Loss("work", moments=(told,)))


async def test_nothing_is_forgotten_without_a_yes(work):
    talk = Talk(work, *9 * [" What did you do then?"])
    offered = await talk.say("Forget what I told you about work.")
    assert "one line" in offered
    assert "yes" in offered
    assert work.forgotten == []
    await talk.say("Well, the dog is sick.")
    await talk.say("Yes.")
    assert work.forgotten == []
    await talk.mind.close()


async def test_after_a_yes_it_is_gone_from_the_prompt_and_she_says_so_once(work):
    talk = Talk(work, *9 * [" What did you do then?"])
    await talk.say("Please forget what I told you about work.")
    await talk.say("Yes, please.")
    assert work.forgotten == [work.loss]
    assert "gone" in await talk.say("Good morning.")
    assert "gone" not in await talk.say("The dog is sick.")
    assert "bores" not in str(talk.model.prompts[-1])
    await talk.mind.close()


async def test_a_no_keeps_it(work):
    talk = Talk(work)
    await talk.say("Forget what I said about work.")
    assert await talk.say("No, wait.") == "Then I'll keep it."
    assert work.forgotten == []
    await talk.mind.close()


async def test_a_yes_that_was_not_answered_to_forgets_nothing(work):
    talk = Talk(work)
    await talk.say("Forget what I said about work.")
    await talk.say("Yes.", heard=False)
    assert work.forgotten == []
    await talk.mind.close()


async def test_the_wish_to_forget_is_not_itself_remembered(work):
    talk = Talk(work)
    await talk.say("Forget what I said about work.")
    assert [each.text for each in work.moments] == ["My work bores me."]
    await talk.mind.close()


@pytest.mark.parametrize(
    "idiom", ["Forget it.", "Forget about it.", "I forgot my keys.", "Don't forget to breathe."]
)
async def test_an_idiom_forgets_nothing(work, idiom):
    talk = Talk(work, *3 * [" What did you do then?"])
    assert "Gone for good" not in await talk.say(idiom)
    await talk.mind.close()


async def test_off_the_record_lasts_until_she_is_told_otherwise():
    past = Past()
    talk = Talk(past, *6 * [" What did you do then?"])
    assert "Off the record" in await talk.say("This is off the record.")
    assert past.off
    await talk.say("I took the money.")
    assert past.off
    await talk.say("Okay, back on the record.")
    assert not past.off
    await talk.mind.close()


async def test_asked_how_she_knows_she_says_when_and_in_which_words():
    told = Moment(4, "person", "My sister is called Iris.", NOW - DAY)
    sister = Belief(
        9, "you", "fact", "sister", "Iris", "your sister is called Iris", "sister's name", 0.9, NOW - DAY
    )
    talk = Talk(Past(held=(sister,), evidence=(Evidence(told, "My sister is called Iris."),)))
    assert await talk.say("What's my sister called?") == "Your sister is called Iris."
    assert await talk.say("How do you know that?") == 'You told me yesterday: "My sister is called Iris."'
    await talk.mind.close()


async def test_a_rule_is_acknowledged_in_a_sentence():
    rule = Lesson(
        "you",
        "rule",
        "never_mention",
        "Vera",
        "you asked never to hear of Vera",
        "don't ever mention Vera again",
    )
    talk = Talk(Past(taught=(rule,)))
    assert await talk.say("Don't ever mention Vera again.") == "I won't bring it up again."
    await talk.mind.close()


async def test_what_must_not_be_said_is_not_said():
    talk = Talk(Past(forbidden="Dallas"), " What did you do in Dallas?", *4 * [" What did you bring home?"])
    assert "Dallas" not in await talk.say("I was in Dallas and Denver for a week, for work.")
    await talk.mind.close()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0.001, "just now"),
        (0.1, "earlier today"),
        (1, "yesterday"),
        (3, "on Saturday"),
        (30, "on the 15th of October"),
        (400, "in October 2022"),
    ],
)
def test_a_time_is_said_as_people_say_it(days, said):
    now = time.mktime((2023, 11, 14, 22, 0, 0, 0, 0, -1))
    assert said_when(now - days * DAY, now) == said


async def test_she_is_reminded_of_another_day_once_and_not_where_it_hurts():
    past = Past(recalled=("I learned to say no this week.",), likely=0.8)
    talk = Talk(past, *40 * [" Is that still so for you?"])
    assert "I learned" not in await talk.say("I'm so sad and lonely tonight.")
    assert 'you told me: "I learned to say no this week."' in await talk.say(
        "I volunteered for the whole fair."
    )
    for line in ("The fair is on the hill.", "There will be goats and a band.", "My aunt bakes for it.") * 3:
        assert "I learned" not in await talk.say(line)
    await talk.mind.close()


async def test_what_is_only_a_little_alike_is_not_raised():
    talk = Talk(
        Past(recalled=("I learned to say no this week.",), likely=0.4), *3 * [" Who else is at the fair?"]
    )
    assert "I learned" not in await talk.say("I volunteered for the whole fair.")
    await talk.mind.close()
