"""What she brings up of her own accord: a plan that is over, once, at a fitting hour; a thought of hers, once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert

from becoming.care import Guard
from becoming.conversation import Conversation
from becoming.events import Being, Feeling, Person, Reply, Thought
from becoming.memory import Life
from becoming.memory.recall.embedding import Words
from becoming.store import Store
from becoming.store.schema import checkin, thought
from tests.conversation.calm import calm
from tests.conversation.listed_past import LastTalk, Past
from tests.conversation.scripted_model import ScriptedModel
from tests.memory.plans import HELD_OUT, PLANS
from tests.sleep.conftest import Clock, by_letters
from tests.store.computers import DesktopKeyring, keyring_is

SAID = datetime(2023, 11, 16, 20, 0)
HOURS = (7, 10, 13, 18, 23)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("home") / "people" / "first"
    with keyring_is(DesktopKeyring()):
        store = Store.open(folder)
        yield store
        store.close()


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.now = SAID.timestamp()
    return clock


@pytest.fixture
def life(opened: Store, clock: Clock) -> Life:
    with opened.write() as connection:
        connection.execute(delete(checkin))
        connection.execute(delete(thought))
    return Life(opened, by_letters, Words(), clock, lambda: 0)


def talk(past, clock) -> Conversation:
    return Conversation(
        ScriptedModel(*["What is new?"] * 2_000), Being("Mira", "", "heart", 0.0), Person("Jonas"), "You are Mira.",
        past=past, guard=Guard(), care=calm(clock), clock=clock, rng=random.Random(1), perceive=lambda text, earlier: Feeling(0, 0, 0),
    )  # fmt: skip


async def hello(talk: Conversation, clock: Clock) -> str:
    said = " ".join([clause.text async for clause in talk.greet()])
    await talk.greeted(Reply(said, clock()))
    await talk.close()
    return said


async def asks(life: Life, clock: Clock, days: int = 9) -> list[datetime]:
    """When she asked, somebody coming in five times a day."""
    asked, now = [], SAID
    conversation = talk(life, clock)
    for hour in range(24 * days):
        now = SAID + timedelta(hours=hour)
        if now.hour in HOURS:
            clock.now = now.timestamp()
            said = await hello(conversation, clock)
            if "how was it?" in said or "what came of it?" in said:
                asked.append(now)
    return asked


async def test_of_twenty_plans_she_asks_afterwards_once_and_never_in_quiet_hours(life, clock, opened):
    right, before, twice, quiet = 0, 0, 0, 0
    for line, day, hour in PLANS:
        with opened.write() as connection:
            connection.execute(delete(checkin))
        clock.now = SAID.timestamp()
        life.learn(life.record("person", line, clock()), "")
        asked = await asks(life, clock)
        over = datetime(2023, 11, day, hour)
        right += len(asked) == 1 and asked[0] >= over
        before += any(at < over for at in asked)
        twice += len(asked) > 1
        quiet += any(at.hour < 8 or at.hour >= 22 for at in asked)
    assert (before, twice, quiet) == (0, 0, 0)
    assert right / len(PLANS) >= 0.9


async def test_she_asks_in_the_persons_own_words_and_with_the_day(life, clock):
    life.learn(life.record("person", "I'm meeting someone on Saturday.", clock()), "")
    clock.now = datetime(2023, 11, 19, 10).timestamp()

    said = await hello(talk(life, clock), clock)

    assert said.endswith('On Thursday you told me: "I\'m meeting someone on Saturday." So, how was it?')


@pytest.mark.parametrize(
    "later",
    [
        "The interview went really well.",
        "They cancelled the interview, by the way.",
        "My interview is on 30 November.",
    ],
)
async def test_what_was_told_called_off_or_moved_is_not_asked_about(life, clock, later):
    life.learn(life.record("person", "I've got a job interview tomorrow at ten.", clock()), "")
    clock.now = datetime(2023, 11, 17, 11, 30).timestamp()
    life.learn(life.record("person", later, clock()), "")

    assert await asks(life, clock, days=6) == []


async def test_what_was_not_heard_to_its_end_is_asked_another_time(life, clock):
    life.learn(life.record("person", "My exam is on Monday morning.", clock()), "")
    clock.now = datetime(2023, 11, 20, 14).timestamp()
    conversation = talk(life, clock)
    assert "how was it" in " ".join([clause.text async for clause in conversation.greet()])
    await conversation.greeted(Reply("Good afternoon, Jonas. On Thursday", clock(), interrupted=True))

    assert "how was it" in await hello(conversation, clock)
    assert "how was it" not in await hello(conversation, clock)


async def test_what_she_was_asked_never_to_mention_is_not_asked_about(life, clock):
    life.learn(life.record("person", "The court hearing is on Monday morning.", clock()), "")
    life.learn(life.record("person", "Please never mention the hearing again.", clock() + 5), "")

    assert await asks(life, clock, days=6) == []


@pytest.mark.parametrize("hellos", [1, 5, 40])
async def test_however_often_somebody_comes_in_she_brings_up_one_thing_a_day_at_most(
    life, clock, opened, hellos
):
    for line, _, _ in [*PLANS, *HELD_OUT]:
        life.learn(life.record("person", line, clock()), "")
        with opened.write() as connection:
            connection.execute(
                insert(thought).values(kind="dream", text="A thought.", made=round(clock() * 1000))
            )
    clock.now = datetime(2023, 11, 20, 10).timestamp()
    conversation = talk(life, clock)

    said = [await hello(conversation, clock) for _ in range(hellos)]

    assert sum("how was it?" in each or "came of it?" in each or "A thought." in each for each in said) == 1


async def test_a_thought_is_brought_up_once_and_not_where_it_hurts(clock):
    dream = Thought(
        1, "dream", 'While you were away I put two things side by side: "a door" and "a boat."', 0.0
    )
    past = Past(due=dream)
    conversation = talk(past, clock)
    past.last = LastTalk(
        clock() - 80_000, [past.record("person", "My father died on Sunday.", clock() - 80_000)]
    )
    assert "side by side" not in await hello(conversation, clock)
    past.last = LastTalk(clock() - 80_000, [past.record("person", "I planted beans.", clock() - 80_000)])

    assert "side by side" in await hello(conversation, clock)
    assert "side by side" not in await hello(conversation, clock)
    assert past.brought_up == [dream]
