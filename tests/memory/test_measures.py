"""The measures: scored as their authors say, kept in one place, taken away one by one."""

from __future__ import annotations

import pytest

from becoming.events import InputError
from becoming.memory.measures import instruments


def test_loneliness_is_three_to_nine_and_wellbeing_nought_to_a_hundred(life):
    keep = life.measures.answer
    assert [keep("ucla3", [0, 0, 0]).score, keep("ucla3", [2, 2, 2]).score] == [3, 9]
    assert [
        keep("who5", [0] * 5).score,
        keep("who5", [5] * 5).score,
        keep("who5", [2, 1, 3, 0, 4]).score,
    ] == [100, 0, 60]


@pytest.mark.parametrize(
    ("kind", "answers"), [("ucla3", [0, 0]), ("ucla3", [0, 0, 3]), ("who5", [-1] * 5), ("phq9", [0] * 9)]
)
def test_what_is_no_whole_answer_is_refused_and_nothing_kept(life, kind, answers):
    with pytest.raises(InputError, match="nothing was kept"):
        life.measures.answer(kind, answers)
    assert life.measures.all() == []


def test_a_week_counted_again_is_put_right(life, clock):
    monday = life.company.weeks(2)[0][0]
    life.measures.count(monday, 3)
    life.measures.count(monday, 5)
    assert [each.score for each in life.measures.all()] == [5]
    with pytest.raises(InputError, match="not begun"):
        life.measures.count(clock.now + 86_400 * 8, 1)


def test_an_entry_is_taken_away_and_everything_goes_with_everything(life):
    kept = life.measures.answer("ucla3", [1, 1, 1])
    life.measures.take_away("ucla3", kept.at)
    assert life.measures.all() == []
    life.measures.answer("ucla3", [1, 1, 1])
    life.forget(life.plan_forgetting("everything"))
    assert life.measures.all() == []


def test_every_instrument_names_its_source():
    assert all(each["source"] and each["items"] for each in instruments().values())
