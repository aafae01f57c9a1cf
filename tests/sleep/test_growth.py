"""She changes by small steps with reasons; each can be taken back; two lives lead to two beings."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from becoming.care import Guard
from becoming.conversation import Conversation
from becoming.conversation.manner import manner
from becoming.conversation.stance import Seen
from becoming.events import Being, Feeling, InputError, Person
from becoming.persona.growing import FURTHEST, Growing, told
from becoming.sleep import apply, plan
from tests.conversation.calm import calm
from tests.conversation.listed_past import Past
from tests.conversation.scripted_model import ScriptedModel

BORN = {"playful": 0.5, "direct": 0.5, "curious": 0.5, "warm": 0.6, "wordy": 0.5, "dreamy": 0.5}
FUNNY = [
    "Haha, the cat is in the piano again.",
    "That's hilarious, you made me laugh.",
    "Good one, I did not see that coming.",
]
HEAVY = [
    "The funeral is over and the grief is not.",
    "I cried at my desk, I miss her so.",
    "It was a lonely Sunday, so lonely.",
]


@pytest.fixture
def asleep(sleeping):
    return lambda: replace(sleeping(), being=Being("Mira", "", "heart", 0.0, BORN))


async def night(asleep, store, clock):
    clock.now += 8 * 3600
    planned = await plan(asleep())
    apply(store, planned, clock())
    clock.now += 8 * 3600
    return planned


async def test_twice_asked_for_fewer_questions_she_asks_fewer_and_says_since_when(store, says, clock, asleep):
    says("You ask so many questions.")
    await night(asleep, store, clock)
    assert Growing(store).changes() == []
    says("Not another question, please.")
    await night(asleep, store, clock)

    [change] = Growing(store).changes()

    assert told(change) == "Since 15 November I ask fewer questions, because you said twice that I ask a lot."
    before, after = (
        Conversation(
            ScriptedModel(), Being("Mira", "", "heart", 0.0, traits), Person("Jonas"), "", Past(), guard=Guard(),
            care=calm(), clock=clock, rng=random.Random(1), perceive=lambda text, earlier: Feeling(0, 0, 0),
        )
        for traits in (BORN, Growing(store).traits(BORN))
    )  # fmt: skip
    seen, said = Seen("The bakery has moved to the corner."), ["It has moved, then.", "Where is it now?"]
    asked = [manner("ask").may_ask(said, each._understanding._asks(seen)) for each in (before, after)]
    assert asked == [True, False]


async def test_what_was_a_reason_once_is_none_again_and_a_step_is_small(store, says, clock, asleep):
    says(*FUNNY)
    await night(asleep, store, clock)
    once = Growing(store).traits(BORN)
    says("Nothing else happened on this long day.")
    await night(asleep, store, clock)

    assert Growing(store).traits(BORN) == once
    assert 0 < once["playful"] - BORN["playful"] <= 0.05


async def test_however_long_it_goes_on_she_stays_within_her_bounds(store, says, clock, asleep):
    for _ in range(14):
        says(*FUNNY)
        await night(asleep, store, clock)

    grown = Growing(store).traits(BORN)

    assert grown["playful"] == pytest.approx(BORN["playful"] + FURTHEST)
    assert (
        sum(change.step for change in Growing(store).changes() if change.name == "playful") <= FURTHEST + 1e-6
    )


async def test_two_lives_make_two_beings_and_the_same_life_the_same(
    tmp_path, store, life, says, clock, asleep
):
    for _ in range(5):
        says(*FUNNY)
        await night(asleep, store, clock)
    funny = Growing(store).traits(BORN)
    life.forget(life.plan_forgetting("everything"))
    assert Growing(store).changes() == []
    for _ in range(5):
        says(*HEAVY, *HEAVY)
        await night(asleep, store, clock)
    heavy = Growing(store).traits(BORN)
    life.forget(life.plan_forgetting("everything"))
    for _ in range(5):
        says(*FUNNY)
        await night(asleep, store, clock)

    assert Growing(store).traits(BORN) == funny
    assert funny["playful"] - heavy["playful"] > 0.15


async def test_a_change_can_be_taken_back_and_does_not_come_again(store, says, clock, asleep):
    says("You ask so many questions.", "Not another question, please.")
    await night(asleep, store, clock)
    diary = Growing(store)
    diary.undo(diary.changes()[0].id, clock())

    says("It was a quiet day, all in all.")
    await night(asleep, store, clock)

    assert diary.traits(BORN) == BORN
    with pytest.raises(InputError, match="becoming growth"):
        diary.undo(diary.changes()[0].id, clock())


async def test_who_forgets_the_reason_takes_the_change_with_it(store, life, says, clock, asleep):
    says("You ask so many questions.", "Not another question, please.")
    await night(asleep, store, clock)

    life.forget(life.forgetting.plan([1, 2], clock()))

    assert Growing(store).changes() == []


async def test_with_growth_switched_off_nothing_about_her_changes(store, says, clock, sleeping):
    says("You ask so many questions.", "Not another question, please.")
    clock.now += 8 * 3600

    planned = await plan(sleeping(grows=False))

    assert planned.growth == ()
