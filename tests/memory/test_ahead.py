"""Plans in talk: noticed, with when they are certainly over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from becoming.memory.ahead import ahead
from tests.memory.plans import HELD_OUT, NO_PLANS, PLANS

SAID = datetime(2023, 11, 16, 20, 0)


@pytest.mark.parametrize(("line", "day", "hour"), PLANS)
def test_a_plan_is_noticed_and_never_taken_to_be_over_too_early(line, day, hour):
    found = ahead(line, SAID.timestamp())
    assert found is not None
    assert found.quote == line.rstrip(".")
    over = datetime(2023, 11, day, hour)
    assert over <= datetime.fromtimestamp(found.over) <= over + timedelta(hours=26)


@pytest.mark.parametrize("line", NO_PLANS)
def test_what_is_past_asked_denied_or_a_habit_is_no_plan(line):
    assert ahead(line, SAID.timestamp()) is None


def test_of_plans_never_looked_at_while_this_was_made_most_are_noticed_and_none_too_early():
    noticed, early = 0, []
    for line, day, hour in HELD_OUT:
        found = ahead(line, SAID.timestamp())
        noticed += found is not None
        if found and datetime.fromtimestamp(found.over) < datetime(2023, 11, day, hour):
            early.append(line)
    assert early == []
    assert noticed / len(HELD_OUT) >= 0.9
