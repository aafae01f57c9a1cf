"""When she sleeps. The clock is set by hand."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from becoming.sleep.schedule import Sleeper, due
from tests.sleep.answers import Answers

EVENING = datetime(2026, 11, 2, 22, 0).timestamp()
HOUR = 3600.0


def at(day: int, hour: int, minute: int = 0) -> float:
    return datetime(2026, 11, day, hour, minute).timestamp()


@pytest.mark.parametrize(
    ("now", "quiet", "last_night", "new", "kind"),
    [
        (at(2, 22), 20 * 60, at(2, 4, 20), True, "nap"),
        (at(2, 22), 20 * 60, at(2, 4, 20), False, None),
        (at(2, 22), 14 * 60, at(2, 4, 20), True, None),
        (at(3, 4, 1), 6 * HOUR, at(2, 4, 20), False, "night"),
        (at(3, 3, 59), 6 * HOUR, at(2, 4, 20), False, None),
        (at(3, 4, 30), 60, at(2, 4, 20), True, None),  # somebody talks through the night
        (at(3, 11), 16 * 60, at(1, 4, 20), False, "night"),  # the computer was off at four
        (at(3, 12), 20 * 60, at(3, 11), True, "nap"),
    ],
)
def test_a_nap_in_a_quiet_quarter_of_an_hour_and_one_night_a_day(now, quiet, last_night, new, kind):
    assert due(now, quiet, last_night, new=new) == kind


async def nothing(night) -> None:
    pass


async def test_she_sleeps_in_the_quiet_and_only_once(says, clock, sleeping):
    says("I keep bees on the roof of the library.")
    asleep = sleeping(Answers())
    sleeper = Sleeper(lambda: asleep, clock, nothing)
    clock.now += 10 * 60
    assert await sleeper.look() is None
    clock.now += 10 * 60

    first = await sleeper.look()

    assert first is not None
    assert await sleeper.look() is None


class Slow(Answers):
    """Answers only when the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.go = asyncio.Event(), asyncio.Event()

    async def stream(self, messages, **more):
        self.reached.set()
        await self.go.wait()
        async for delta in super().stream(messages, **more):
            yield delta


async def test_who_speaks_breaks_the_night_off_and_it_is_slept_later(says, clock, sleeping):
    says("I keep bees on the roof of the library.")
    model = Slow()
    asleep = sleeping(model)
    sleeper = Sleeper(lambda: asleep, clock, nothing)
    clock.now += 20 * 60
    looking = asyncio.create_task(sleeper.look())
    await model.reached.wait()

    sleeper.stir()

    assert await looking is None
    model.go.set()
    clock.now += 20 * 60
    assert await sleeper.look() is not None


async def test_of_two_nights_at_once_one_waits_and_finds_it_done(says, clock, sleeping):
    says("I keep bees on the roof of the library.")
    model = Slow()
    asleep = sleeping(model)
    sleeper = Sleeper(lambda: asleep, clock, nothing)
    both = [asyncio.create_task(sleeper.sleep(asleep, "night")) for _ in range(2)]
    await model.reached.wait()
    clock.now += 60
    model.go.set()

    nights = await asyncio.gather(*both)

    assert [kept is not None for kept in nights] == [True, False]
    assert len(model.asked) == 1
