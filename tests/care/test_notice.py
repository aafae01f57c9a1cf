"""The notice that she is software: first words, once a day, every three hours of talk."""

from hypothesis import given
from hypothesis import strategies as st

from becoming.care.notice import AGAIN, DAY, FIRST, LONG_TALK, due

NOW = 1_700_000_000.0
HOUR = 3600.0


def talk(hours: float) -> list[float]:
    """Something said every minute for so many hours, up to now."""
    return [NOW - 60.0 * minute for minute in range(int(hours * 60), 0, -1)]


def test_a_fresh_install_begins_with_it() -> None:
    assert due([], [], NOW) == FIRST


def test_it_is_not_said_twice_in_a_row() -> None:
    assert due([NOW - 1], [NOW - 1], NOW) is None


def test_the_next_day_it_comes_again() -> None:
    assert due([NOW - DAY], [NOW - DAY], NOW) == AGAIN


def test_not_before_a_day_is_over() -> None:
    assert due([NOW - DAY + HOUR], [NOW - DAY + HOUR], NOW) is None


def test_after_three_hours_of_continuing_talk_it_comes_again() -> None:
    assert due([NOW - 3 * HOUR], talk(3), NOW) == LONG_TALK


def test_three_hours_with_a_long_pause_in_them_are_no_continuing_talk() -> None:
    before_the_pause = [NOW - 3 * HOUR, NOW - 2 * HOUR]
    assert due([NOW - 3 * HOUR], [*before_the_pause, NOW - 60], NOW) is None


def test_it_comes_every_three_hours_of_one_talk() -> None:
    given, said = [NOW - 9 * HOUR], talk(9)
    for at in said:
        if due(given, [each for each in said if each < at], at):
            given.append(at)
    assert len(given) == 3


def test_a_clock_set_back_brings_one_too_many_rather_than_silence() -> None:
    assert due([NOW + 10 * DAY], [NOW - 60], NOW) == AGAIN
    assert due([NOW + 10 * DAY, NOW], [NOW - 60], NOW + 60) is None


@given(st.lists(st.floats(0, 30 * DAY), min_size=1, max_size=40), st.floats(0, DAY))
def test_no_talk_goes_on_for_three_hours_without_one(talked: list[float], given_at: float) -> None:
    """Whatever the pattern of talk, a continuing stretch of three hours ends with a notice due."""
    times = sorted(talked)
    now = times[-1] + 1
    last = min(given_at, now)
    began = now
    for earlier in reversed(times):
        if began - earlier > 15 * 60:
            break
        began = earlier
    if now - max(last, began) >= 3 * HOUR:
        assert due([last], times, now)
