"""Reminders by voice in a talk: read back in a breath, kept at once, taken back, told, put off."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest
from scripted_model import ScriptedModel
from talking import Talking

from becoming.conversation.hands import Hands
from becoming.conversation.hands.notes import NotesByEar
from becoming.conversation.hands.reminders import RemindersByEar
from becoming.memory.beliefs.dates import upcoming
from becoming.tools import reminders
from becoming.tools.approval import Approvals
from becoming.tools.notebook import Notebook
from becoming.tools.reminders import Reminders


def at(hour: int, minute: int = 0, day: int = 25) -> datetime:
    """Of November 2026; the 25th is a Wednesday."""
    return datetime(2026, 11, day, hour, minute)


AT_THREE = at(15)


class Talk(Talking):
    """With reminders and notes for hands; each line takes a second."""

    def __init__(self, now: datetime = AT_THREE, samples: tuple[str, ...] = ()) -> None:
        notes: dict[str, Any] = {}
        get, put, clock = notes.get, notes.__setitem__, lambda: self.now
        self.notes = notes
        self.approvals = Approvals(get, put, clock)
        self.reminders, self.notebook = Reminders(get, put, clock), Notebook(get, put)
        reminding = RemindersByEar(self.approvals.did, clock, reminders=self.reminders, upcoming=upcoming)
        noting = NotesByEar(self.approvals.did, clock, notebook=self.notebook, upcoming=upcoming)
        self.hands = Hands([reminding, noting], self.approvals)
        super().__init__(ScriptedModel(*samples), now.timestamp(), self.hands)

    async def say(self, text: str, until: str = "") -> str:
        self.now += 1
        return await super().say(text, until)

    async def undone(self) -> None:
        await asyncio.to_thread(self.approvals._thread.submit(lambda: None).result)

    @property
    def ahead(self) -> list[tuple[str, datetime]]:
        """What there is, to the minute."""
        return [
            (it.words or it.kind, datetime.fromtimestamp(it.due).replace(second=0))
            for it in self.reminders.ahead()
        ]


@pytest.mark.parametrize(
    ("words", "told", "due"),
    [
        ("Remind me at six to call mum.", "At six: Call mum.", at(18)),
        ("Remind me to call my mum at six.", "At six: Call your mum.", at(18)),
        ("In twenty minutes tell me to take the bread out.", "In 20 minutes: Take the bread out.", at(15, 20)),
        ("Tell me in twenty minutes to take the bread out.", "In 20 minutes: Take the bread out.", at(15, 20)),
        ("Every Monday at nine, remind me to water the plants.", "Every Monday at nine: Water the plants.", at(9, 0, 30)),
        ("Wake me at seven.", "Tomorrow at seven in the morning, I'll wake you.", at(7, 0, 26)),
        ("Set a timer for ten minutes.", "Ten minutes, from now.", at(15, 10)),
        ("I have to ring Siobhan at six, can you remind me?", "At six: Ring Siobhan.", at(18)),
        ("Remind me on Sunday evening that Tom's flight leaves at seven on Monday.",
         "On Sunday at seven: Tom's flight leaves at seven on Monday.", at(19, 0, 29)),
        ("Remind me tomorrow to call Anna at six.", "Tomorrow at six: Call Anna.", at(18, 0, 26)),
        ("Remind me to call Anna at six about the party.", "At six: Call Anna about the party.", at(18)),
        ("Can you wake me up in half an hour, please?", "In half an hour, I'll wake you.", at(15, 30)),
        ("Set an alarm for six thirty.", "Tomorrow at half past six in the morning, I'll wake you.", at(6, 30, 26)),
        ("Remind me on weekdays at 8:30 to take the bins out.", "Every weekday at half past eight: Take the bins out.", at(8, 30, 26)),
        ("Don't let me forget to feed the cat at five.", "At five: Feed the cat.", at(17)),
        ("Remind me on Friday to pay the rent.", "On Friday at nine: Pay the rent.", at(9, 0, 27)),
    ],
)  # fmt: skip
async def test_it_is_read_back_in_a_breath_and_kept(words, told, due):
    talk = Talk()
    assert await talk.say(words) == told
    [(_, kept)] = talk.ahead
    assert kept == due


@pytest.mark.parametrize(
    ("now", "words", "told", "due"),
    [
        (at(19), "Remind me at six to call mum.", "Tomorrow at six: Call mum.", at(18, 0, 26)),
        (at(7), "Remind me at six to call mum.", "At six: Call mum.", at(18)),
        (at(4), "Remind me at six to call mum.", "At six in the morning: Call mum.", at(6)),
        (at(14), "Remind me at nine to call mum.", "At nine in the evening: Call mum.", at(21)),
        (at(22), "Remind me at nine to call mum.", "Tomorrow at nine: Call mum.", at(9, 0, 26)),
        (at(23, 30), "Remind me at one to call mum.", "Tomorrow at one in the morning: Call mum.", at(1, 0, 26)),
        (at(19), "Remind me at six in the morning to run.", "Tomorrow at six in the morning: Run.", at(6, 0, 26)),
        (at(15), "Remind me at 2 pm to eat.", "Tomorrow at two: Eat.", at(14, 0, 26)),
        (at(20, 30), "Remind me tonight to lock the door.", "At nine in the evening: Lock the door.", at(21)),
        (at(9), "Wake me at ten.", "At ten, I'll wake you.", at(10)),
    ],
)  # fmt: skip
async def test_an_hour_that_is_over_means_the_next_that_makes_sense(now, words, told, due):
    talk = Talk(now)
    assert await talk.say(words) == told
    assert talk.ahead[0][1] == due


async def test_nothing_is_kept_before_it_was_said_and_only_once_after():
    talk = Talk()
    for text in ("Remind me at six", "Remind me at six to call", "Remind me at six to call mum."):
        await talk.mind.partial(text)
        async for _ in talk.mind.draft(text, "voice"):
            pass
    assert talk.notes == {}
    await talk.say("Remind me at six to call mum.")
    assert talk.ahead == [("call mum", at(18))]
    assert [moment for moment in talk.past.moments if moment.role == "person"] == []


async def test_it_is_taken_back_for_a_minute():
    for words in ("No, not that.", "Undo that."):
        talk = Talk()
        await talk.say("Remind me at six to call mum.")
        assert await talk.say(words) == "I'm taking it back."
        await talk.undone()
        assert talk.ahead == []
    talk = Talk()
    await talk.say("Remind me at six to call mum.")
    talk.now += 61
    assert talk.hands.hear("Undo that.") is None


async def test_another_time_right_after_is_a_correction():
    talk = Talk()
    await talk.say("Remind me at six to call mum.")
    assert await talk.say("No, at seven.") == "At seven: Call mum."
    assert talk.ahead == [("call mum", at(19))]
    assert await talk.say("Make it tomorrow at eight.") == "Tomorrow at eight: Call mum."
    assert talk.ahead == [("call mum", at(8, 0, 26))]
    await talk.say("Undo that.")
    await talk.undone()
    assert talk.ahead == [("call mum", at(19))]


async def test_a_time_that_was_not_said_is_asked_for():
    talk = Talk(samples=9 * (" What did you do then?",))
    assert await talk.say("Remind me to buy stamps.") == "When shall I remind you?"
    assert talk.ahead == []
    assert await talk.say("Tomorrow at nine.") == "Tomorrow at nine: Buy stamps."
    assert await talk.say("Set a timer.") == "For how long?"
    assert await talk.say("Ten minutes.") == "Ten minutes, from now."
    assert await talk.say("Remind me to buy bread.") == "When shall I remind you?"
    await talk.say("My sister came to dinner yesterday.")
    assert talk.hands.hear("At nine.") is None
    assert talk.ahead == [("timer", at(15, 10)), ("buy stamps", at(9, 0, 26))]


async def test_what_she_cannot_repeat_she_says():
    talk = Talk()
    told = "I can ring every day, or on certain weekdays. Nothing else yet."
    for words in ("every other day", "every month", "every two hours"):
        assert await talk.say(f"Remind me {words} to smile.") == told
    assert talk.ahead == []


async def test_they_are_told_three_in_a_breath_and_gone_through():
    talk = Talk()
    assert await talk.say("What have you got to remind me of?") == "Nothing."
    for hour, what in ((4, "eat"), (5, "run"), (6, "call mum"), (9, "sleep")):
        await talk.say(f"Remind me at {hour} to {what}.")
    told = await talk.say("What have you got to remind me of?")
    assert told == "Four. At four, eat; at five, run; at six, call mum; and one more."
    assert await talk.say("More.") == "at nine in the evening, sleep."
    assert await talk.say("Cancel the second one.") == "All right, I won't remind you: run."
    assert await talk.say("Have I got any reminders for tomorrow?") == "Nothing."
    assert await talk.say("When are you going to remind me about mum?") == "At six, call mum."
    assert await talk.say("Did I set a reminder for the bins?") == "No, I have none like that."


@pytest.mark.parametrize(
    ("words", "told", "left"),
    [
        ("Forget the one about mum.", "All right, I won't remind you: call your mum.", ["pay the rent", "timer", "alarm"]),
        ("Cancel the six o'clock one.", "All right, I won't remind you: call your mum.", ["pay the rent", "timer", "alarm"]),
        ("You don't need to remind me about the rent anymore.", "All right, I won't remind you: pay the rent.", ["call your mum", "timer", "alarm"]),
        ("Delete the reminder for Friday.", "All right, I won't remind you: pay the rent.", ["call your mum", "timer", "alarm"]),
        ("Stop the timer.", "All right, the timer is off.", ["call your mum", "pay the rent", "alarm"]),
        ("You needn't wake me after all.", "All right, I won't wake you.", ["call your mum", "pay the rent", "timer"]),
        ("Forget all my reminders.", "All right, all two are gone.", ["timer", "alarm"]),
        ("Cancel the reminder.", "Which one? At six, call your mum; on Friday at nine, pay the rent.", ["call your mum", "pay the rent", "timer", "alarm"]),
        ("Cancel the alarm at one.", "There is no alarm like that.", ["call your mum", "pay the rent", "timer", "alarm"]),
        ("Forget the reminder about the dentist.", "There is no reminder like that.", ["call your mum", "pay the rent", "timer", "alarm"]),
    ],
)  # fmt: skip
async def test_one_is_let_go_by_what_it_is_about_or_when_it_is(words, told, left):
    talk = Talk()
    for each in (
        "Remind me at six to call my mum.",
        "Remind me on Friday to pay the rent.",
        "Set a timer for ten minutes.",
        "Wake me at seven.",
    ):
        await talk.say(each)
    assert await talk.say(words) == told
    assert sorted(each for each, _ in talk.ahead) == sorted(left)
    assert talk.past.forgotten == []


async def test_what_was_let_go_comes_back():
    talk = Talk()
    await talk.say("Remind me at six to call my mum.")
    before = talk.reminders.all()
    await talk.say("Cancel all my reminders.")
    assert talk.ahead == []
    await talk.say("Undo that.")
    await talk.undone()
    assert talk.reminders.all() == before


@pytest.mark.parametrize(
    ("words", "told", "due"),
    [
        ("Snooze ten minutes.", "In ten minutes, then.", at(18, 10)),
        ("Snooze.", "In ten minutes, then.", at(18, 10)),
        ("Later.", "In ten minutes, then.", at(18, 10)),
        ("Remind me again in half an hour.", "In half an hour, then.", at(18, 30)),
        ("Five more minutes.", "In five minutes, then.", at(18, 5)),
        ("Remind me again at seven.", "In an hour, then.", at(19)),
    ],
)
async def test_what_rang_is_put_off(words, told, due):
    talk = Talk()
    await talk.say("Remind me at six to call mum.")
    talk.now = at(18).timestamp()
    talk.reminders.ring()
    talk.now -= 1  # saying takes a second
    assert await talk.say(words) == told
    assert talk.ahead == [("call mum", due)]


async def test_what_rang_is_done_but_not_after_other_talk():
    talk = Talk(samples=9 * (" What did you do then?",))
    await talk.say("Remind me at six to call mum.")
    talk.now = at(18).timestamp()
    talk.reminders.ring()
    await talk.say("My sister came to dinner yesterday.")
    assert talk.hands.hear("Done.") is None
    assert talk.hands.hear("Later.") is None
    [it] = talk.reminders.open()
    talk.reminders.later(it.id, 60)
    talk.now += 60
    talk.reminders.ring()
    assert await talk.say("I did it.") == "Good."
    assert talk.reminders.all() == []


async def test_a_new_one_while_another_rings_is_a_new_one():
    talk = Talk()
    await talk.say("Remind me at six to call mum.")
    talk.now = at(18).timestamp()
    talk.reminders.ring()
    assert await talk.say("Remind me in ten minutes to buy bread.") == "In ten minutes: Buy bread."
    assert [it.words for it in talk.reminders.all()] == ["call mum", "buy bread"]


async def test_how_long_is_left_of_a_timer():
    talk = Talk()
    assert await talk.say("How long is left on the timer?") == "There is no timer."
    await talk.say("Set a timer for six minutes for the eggs.")
    talk.now += 119
    assert await talk.say("How long is left on the timer?") == "Four minutes left."


@pytest.mark.parametrize(
    "words",
    ["You remind me of my first teacher.", "Remind me why I ever liked him.", "That reminds me of the summer in Split.", "I wake up at four every night.",
     "My alarm didn't go off.", "The timer on the oven has been broken since March.", "I don't need anybody to remind me of that day.",
     "Tell me about your day.", "Tell me to stop whining.", "Cancel culture is tiring.", "I forgot the one about mum.", "Done.", "Later.", "At six.",
     "Stop.", "I couldn't put it down.", "Wake up, little Susie is a song.", "Wait, let me think.", "In ten minutes I have to leave."],
)  # fmt: skip
async def test_what_is_only_said_is_no_request(words):
    talk = Talk()
    talk.reminders.add(reminders.Reminder("call mum", at(20).timestamp()))
    assert talk.hands.hear(words) is None


async def test_a_note_is_kept_as_it_was_said_and_read_back():
    talk = Talk()
    assert (
        await talk.say("Make a note: the plumber comes on Monday.") == "Noted: The plumber comes on Monday."
    )
    assert (
        await talk.say("Note down that my knee hurts on Tuesdays.") == "Noted: Your knee hurts on Tuesdays."
    )
    assert (
        await talk.say("What are my notes?")
        == "Two. Your knee hurts on Tuesdays; The plumber comes on Monday."
    )
    assert await talk.say("Read me the note about the plumber.") == "The plumber comes on Monday."
    assert await talk.say("What was the last note I made?") == "Your knee hurts on Tuesdays."
    assert (
        await talk.say("Look in my notes for the wifi password.") == "I find no note about the wifi password."
    )
    assert await talk.say("Delete the note about the plumber.") == "It's gone."
    assert [it.words for it in talk.notebook.all()] == ["My knee hurts on Tuesdays"]
    await talk.say("Undo that.")
    await talk.undone()
    assert len(talk.notebook.all()) == 2
    talk.now += 86_400
    assert (
        await talk.say("What did I note yesterday?")
        == "Two. Your knee hurts on Tuesdays; The plumber comes on Monday."
    )


async def test_a_list_is_filled_read_and_crossed_out():
    talk = Talk()
    assert await talk.say("What's on my shopping list?") == "Your shopping list is empty."
    assert await talk.say("Put milk on my shopping list.") == "Milk, on your shopping list."
    assert (
        await talk.say("Add eggs, bread and some butter to the list.")
        == "Eggs, bread and butter, on your shopping list."
    )
    assert await talk.say("Put the tent on my packing list.") == "The tent, on your packing list."
    assert await talk.say("What's on my shopping list?") == "Milk, eggs, bread and butter."
    assert await talk.say("Cross out milk.") == "Milk, crossed out."
    assert await talk.say("Take the eggs off my shopping list.") == "Eggs, crossed out."
    assert talk.hands.hear("Cross out cheese.") is None
    assert await talk.say("Take cheese off my shopping list.") == "There is no cheese on your shopping list."
    assert await talk.say("What's on my shopping list?") == "Bread and butter."
    assert await talk.say("Clear my shopping list.") == "Your shopping list is empty now."
    assert [it.words for it in talk.notebook.all("packing")] == ["the tent"]
    await talk.say("No, not that.")
    await talk.undone()
    assert [it.words for it in talk.notebook.all("shopping")] == ["bread", "butter"]


async def test_a_long_list_is_read_in_breaths():
    talk = Talk()
    await talk.say("Put " + ", ".join(f"thing{n}" for n in range(9)) + " and salt on my shopping list.")
    told = await talk.say("What's on my shopping list?")
    assert told == "Thing0, thing1, thing2, thing3, thing4, thing5 and thing6, and three more."
    assert await talk.say("More.") == "thing7; thing8; salt."


async def test_what_was_written_down_stands_in_the_notes_alone():
    talk = Talk(samples=9 * (" What did you do then?",))
    await talk.say("Make a note: the quetzal password is zebrafish.")
    assert "zebrafish" in await talk.say("Read me the note about the quetzal.")
    await talk.say("My sister came to dinner yesterday.")
    await asyncio.sleep(0)
    seen = str([talk.model.prompts, talk.model.prefilled, talk.past.moments, talk.mind.today])
    assert "zebrafish" not in seen
