"""Hours at which something holds, as they are said: "after nine", "in the evenings", "on Sundays", "today"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

EVENING, NIGHT_OVER = 18, 4
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_PARTS = {"morning": (4, 12), "afternoon": (12, 18), "evening": (EVENING, 28), "night": (21, 29)}

HOURS = (
    r"(?P<hours>(?:after|before|past) (?:\d{1,2}|" + "|".join([*_NUMBERS, "noon", "midnight", "work"]) + r")(?::\d\d)?(?: ?(?:am|pm|o'clock))?"
    r"(?: (?:in the (?:morning|evening)|at night))?|in the (?:mornings?|afternoons?|evenings?)|at nights?|(?:at|on) (?:the )?weekends?|"
    r"on (?:" + "|".join(_WEEKDAYS) + r")s?|today|tonight|this (?:morning|afternoon|evening|week))"
)  # fmt: skip
"""How a time of the day or the week is said."""


def within(words: str, told: float, now: float) -> bool:
    """Whether it is `now` one of the hours that `words`, said at the time `told`, end with; true where they name none."""
    named = re.search(rf"\b{HOURS}$", words, re.IGNORECASE)
    if not named:
        return True
    hours, clock, said = named["hours"].lower(), datetime.fromtimestamp(now), datetime.fromtimestamp(told)
    hour, day = clock.hour, _day(clock)
    late = hour + 24 if hour < NIGHT_OVER + 1 else hour  # one in the morning belongs to the night before
    if "week" in hours and "weekend" not in hours:
        return clock.isocalendar()[:2] == said.isocalendar()[:2]
    if "weekend" in hours:
        return day.weekday() >= 5
    if weekday := next((name for name in _WEEKDAYS if name in hours), ""):
        return _WEEKDAYS[day.weekday()] == weekday
    if hours.startswith(("today", "tonight", "this ")) and day != _day(said):
        return False
    if found := re.match(r"(after|before|past) (\w+)", hours):
        return _beyond(found[1], found[2], hours, late)
    part = next(
        (span for name, span in _PARTS.items() if name in hours and not hours.startswith("tonight")), None
    )
    return part is None or part[0] <= late < part[1] or part[0] <= hour < part[1]


def _beyond(which: str, word: str, hours: str, late: int) -> bool:
    named = {"noon": 12, "midnight": 24, "work": EVENING}.get(word)
    at = named or (int(word) if word.isdigit() else _NUMBERS.index(word) + 1)
    morning = "am" in hours or "morning" in hours
    if not named and at <= 12 and not morning and (which != "before" or "pm" in hours or "evening" in hours):
        at = at % 12 + 12  # "after nine" is said of the evening, "before nine" of the morning
    return late < at if which == "before" else late >= at


def _day(clock: datetime) -> datetime:
    """The day that an hour belongs to, as people say it."""
    return (clock - timedelta(hours=NIGHT_OVER)).replace(hour=0, minute=0, second=0, microsecond=0)
