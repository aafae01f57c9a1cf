"""When something is to be, as it is said on a Wednesday at nine."""

from __future__ import annotations

from datetime import datetime

import pytest

from becoming.memory.beliefs.dates import upcoming
from becoming.tools.calendar.when import when

NOW = datetime(2026, 11, 25, 9, 0)


@pytest.mark.parametrize(
    ("said", "begins", "ends", "rest"),
    [
        ("dinner with tom on friday at eight", "27 20:00", "27 21:00", "dinner with tom"),
        ("tomorrow", "26 00:00", "27 00:00", ""),
        ("this week", "25 00:00", "30 00:00", ""),
        ("tomorrow evening", "26 18:00", "26 23:00", ""),
        ("lunch on monday from half past twelve to two", "30 12:30", "30 14:00", "lunch"),
        ("tomorrow at quarter to nine", "26 08:45", "26 09:45", ""),
        ("a call today at 14 30 for half an hour", "25 14:30", "25 15:00", "a call"),
        ("the day after tomorrow at 7.15 a.m", "27 07:15", "27 08:15", ""),
        ("breakfast on sunday at eight", "29 08:00", "29 09:00", "breakfast"),
        ("from nine to five on monday", "30 09:00", "30 17:00", ""),
        ("gym tomorrow at 6 am for two hours", "26 06:00", "26 08:00", "gym"),
        ("at noon tomorrow", "26 12:00", "26 13:00", ""),
        ("at eight thirty tomorrow", "26 08:30", "26 09:30", ""),
        ("the vet on the thirtieth at ten", "30 10:00", "30 11:00", "the vet"),
        ("parents' evening on thursday at seven o'clock", "26 19:00", "26 20:00", "parents' evening"),
        ("this weekend", "28 00:00", "30 00:00", ""),
        ("tonight", "25 18:00", "25 23:00", ""),
    ],
)
def test_days_times_and_lengths_are_read_wherever_they_stand(said, begins, ends, rest):
    it = when(said, NOW, upcoming)
    assert (f"{it.begins:%d %H:%M}", f"{it.ends:%d %H:%M}", it.rest) == (begins, ends, rest)


@pytest.mark.parametrize("said", ["move the chairs", "i like her", "what a day", "at home"])
def test_where_no_day_is_said_there_is_none(said):
    it = when(said, NOW, upcoming)
    assert not it.said
    assert it.clock is None
    assert it.rest == said
