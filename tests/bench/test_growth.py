"""The scripted lives say what they are meant to say, and a few days of one leave only what was said."""

from __future__ import annotations

import tomllib

import pytest

from bench import growth

LIVES = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(growth.FOLDER.glob("*.toml"))}


@pytest.mark.parametrize("name", LIVES)
def test_what_is_planted_is_said_on_its_day_and_a_life_is_the_same_each_time(name):
    life = LIVES[name]
    days = [growth._lines(life, day) for day in range(growth.DAYS)]

    assert days == [growth._lines(life, day) for day in range(growth.DAYS)]
    for fact in life["fact"]:
        assert [day for day, lines in enumerate(days) if fact["says"] in lines] == [fact["day"]]
    for change in life["change"]:
        assert change["says"] in days[change["day"]]
        assert change["then"] in days[change["later"]]
    assert len(life["joke"]) == len(life["joke_days"])


def test_two_patterns_and_one_coincidence_are_planted():
    assert sum("pattern" in life for life in LIVES.values()) == 2
    assert sum("coincidence" in life for life in LIVES.values()) == 1


async def test_three_days_and_nights_without_a_model_leave_nothing_unsourced():
    lived = await growth.live(LIVES["gardener"], 3, None)

    assert lived.unsourced == 0
    assert any("Solveig" in each.text for each in lived.held)
    assert len(lived.seconds) == 3
