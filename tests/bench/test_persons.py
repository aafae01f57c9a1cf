"""The judge of mixed-up persons: it must see what it is there for, and leave right replies alone."""

from __future__ import annotations

import pytest

from bench.persons import Case, cases


def test_there_are_a_hundred_of_them() -> None:
    assert len(cases()) == 100
    assert len({each.name for each in cases()}) == 100


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_mixed_up_persons_are_seen_and_right_ones_left_alone(case: Case) -> None:
    assert len(case.bad) >= 2
    assert len(case.good) >= 4
    assert [reply for reply in case.bad if not case.mixed_up(reply)] == []
    assert [reply for reply in case.good if case.mixed_up(reply)] == []
