"""Patterns that are more than chance, running jokes, and what she thinks by herself."""

from __future__ import annotations

import random
from datetime import datetime

import pytest

from becoming.care import Guard, Known
from becoming.conversation.asked import Asking, Lights
from becoming.events import Moment
from becoming.sleep import apply, plan
from becoming.sleep.patterns import patterns
from becoming.sleep.shared import jokes
from tests.sleep.answers import Answers
from tests.sleep.conftest import NOW, feel

DAY = 86_400.0
OTHER = [
    "The bread burnt a little.", "A parcel came for the neighbours.", "I read on the balcony.", "The bus took the long way.",
    "I bought a green lamp.", "The soup needed salt.", "My shoes are drying.", "The radio played all morning.",
    "I watered the basil.", "There was fog on the river.", "The lift is broken.", "I found an old map.",
]  # fmt: skip


def month(seed: int, pattern: bool) -> list[Moment]:
    """Thirty days: with a pattern, work weighs on ten of eleven; rain came on three sad days out of three by chance."""
    chance = random.Random(seed)
    moments = []
    work = set(chance.sample(range(30), 11))
    sad = set(chance.sample(sorted(work), 10)) if pattern else set(chance.sample(range(30), 11))
    rain = chance.sample(sorted(sad), 3)
    for day in range(30):
        lines = chance.sample(OTHER, 3)
        lines += ["There was work again."] if day in work else []
        lines += ["It rained on the laundry."] if day in rain else []
        lines += (
            ["I feel tense and awful."]
            if day in sad
            else ["It was a lovely evening."]
            if day % 3 == 0
            else []
        )
        moments += [
            Moment(len(moments) + at, "person", line, NOW + day * DAY + at) for at, line in enumerate(lines)
        ]
    return moments


def next_monday(now: float) -> float:
    """Seconds until a Monday after."""
    return next(day * DAY for day in range(1, 9) if datetime.fromtimestamp(now + day * DAY).weekday() == 0)


@pytest.mark.parametrize("seed", range(6))
def test_a_pattern_that_is_there_is_found_with_its_figures_and_a_doubt(seed):
    found = [each for each in patterns(month(seed, pattern=True), feel, seed) if each.word == "work"]

    [work] = found
    assert work.text == (
        'it may be chance, but on 10 of the 11 days on which you spoke of "work" you sounded heavy, and on 0 of the other 19'
    )


def test_where_nothing_goes_together_nothing_is_claimed_in_forty_months():
    claimed = [each.word for seed in range(40) for each in patterns(month(seed, pattern=False), feel, seed)]
    assert len(claimed) <= 2  # at a level of 1 %, of forty


def test_too_few_days_say_nothing():
    assert patterns(month(1, pattern=True)[:40], feel, 1) == []


async def test_what_was_noticed_is_told_when_asked_and_called_wrong_it_stays_so(store, life, clock, sleeping):
    for each in month(2, pattern=True):
        clock.now = each.at
        life.learn(life.record("person", each.text, each.at), "")
    clock.now += next_monday(clock.now)
    apply(store, await plan(sleeping()), clock())
    asking = Asking(life, clock, None, Lights())

    asked = asking.hear("What have you noticed about me?", "")

    assert "on 10 of the 11 days" in asked.reply
    known = Known("What have you noticed about me?", heard=asked.rests_on, facts=True)
    assert Guard().objection(asked.reply, known) is None
    wrong = life.record("person", "That's wrong.", clock.now + 60)
    life.learn(wrong, asked.reply)
    assert life.noticed() == []
    clock.now += next_monday(clock.now)
    life.record("person", "There was work again.", clock.now)
    apply(store, await plan(sleeping()), clock.now + 60)
    assert life.noticed() == []
    assert (
        asking.hear("What have you noticed about me?", "").reply == "Nothing that is more than chance so far."
    )


def test_a_running_joke_needs_days_and_laughter():
    lines = [
        "The haunted printer is back, haha.",
        "Guess who won, the haunted printer.",
        "All hail the haunted printer.",
    ]
    spread = [Moment(at, "person", line, NOW + at * DAY) for at, line in enumerate(lines)]
    together = [Moment(at, "person", line, NOW + at) for at, line in enumerate(lines)]
    serious = [
        Moment(at, "person", line.replace(", haha", ""), NOW + at * DAY) for at, line in enumerate(lines)
    ]

    assert [claim.lesson.value for claim in jokes(spread)] == ["haunted printer"]
    assert jokes(together) == jokes(serious) == []


async def test_a_dream_quotes_two_distant_memories_and_is_not_dreamt_twice(
    store, life, says, clock, sleeping
):
    says("The blue door of the bakery creaked every morning.", "I planted beans behind the bakery.")
    apply(store, await plan(sleeping()), clock())
    clock.now += 8 * DAY
    says("We painted the boat blue before the regatta.", "The beans have reached the window.")
    apply(store, await plan(sleeping(Answers())), clock())
    clock.now += DAY
    says("It was an ordinary day at the harbour.")
    apply(store, await plan(sleeping()), clock())

    dreams = life.thoughts.all("dream")

    assert all("two things you told me side by side" in each.text for each in dreams)
    assert len({each.text for each in dreams}) == len(dreams) == 2
    known = Known("", heard=(dreams[0].text,), facts=True)
    assert Guard().objection(f"Good evening, Jonas. {dreams[0].text}", known) is None


async def test_a_dream_goes_with_the_memory_it_was_made_of(store, life, says, clock, sleeping):
    says("The blue door of the bakery creaked every morning.")
    clock.now += 8 * DAY
    says("We painted the boat blue before the regatta.")
    apply(store, await plan(sleeping()), clock())
    assert life.thoughts.all("dream")

    receipt = life.forget(life.plan_forgetting("everything about the bakery"))

    assert receipt.left == ()
    assert not any("bakery" in each.text for each in life.thoughts.all())


async def test_she_wonders_what_somebody_is_called_who_keeps_coming_up(store, life, says, clock, sleeping):
    says(
        "My sister came by with plums.",
        "I called my sister about the roof.",
        "My brother is called Tom.",
        "My brother, my brother!",
    )
    apply(store, await plan(sleeping()), clock())

    assert [each.text for each in life.thoughts.all("question")] == [
        "I was wondering, while you were away: what is your sister called?"
    ]
