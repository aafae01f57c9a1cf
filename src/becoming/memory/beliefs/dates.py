"""Days that lie ahead, as they are said: "on Friday", "the day after tomorrow at three", "3 May".

Resolved against the clock, in the computer's own time zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "january february march april may june july august september october november december".split()
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()

_WEEKDAY = "|".join(f"{day}|{day[:3]}" for day in WEEKDAYS)
_MONTH = "|".join(f"{month}|{month[:3]}" for month in MONTHS)
_DAY = r"(?:the )?(?P<day>\d{1,2}(?:st|nd|rd|th)?|" + "|".join(_ORDINALS) + ")"
_COUNT = r"(?P<count>\d{1,2}|an?|" + "|".join(_NUMBERS) + ")"
_PART = r"(?: (?P<part>morning|afternoon|evening|night))?"
_FORMS = [
    rf"(?P<near>today|tonight|tomorrow|the day after tomorrow|this (?:morning|afternoon|evening)){_PART}",
    rf"(?P<next>next |this |this coming )?(?P<weekday>{_WEEKDAY}){_PART}",
    rf"in {_COUNT} (?P<unit>day|week|month)s?",
    rf"{_COUNT} (?P<unit>day|week|month)s? from (?:now|today)",
    rf"{_DAY} (?:of )?(?P<month>{_MONTH})",
    rf"(?P<month>{_MONTH}) {_DAY}",
    rf"the (?P<only>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})",
]
_TIME = re.compile(
    r",? (?:at )?(?P<hour>\d{1,2}|" + "|".join(_NUMBERS) + r")(?::(?P<minute>\d\d))?"
    r"(?:(?= ?(?:am|pm|a\.m\.|p\.m\.|o'clock))| ?(?!\w)) ?(?P<half>am|pm|a\.m\.|p\.m\.|o'clock)?",
    re.IGNORECASE,
)
_DATES = [re.compile(rf"(?:on |by )?(?:{form})(?!\w)", re.IGNORECASE) for form in _FORMS]
_YEAR = re.compile(r",? (?P<year>(?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Day:
    """A day, perhaps with a time of day; `length` of the text was it."""

    day: date
    clock: time | None
    length: int

    @property
    def value(self) -> str:
        """As a belief keeps it: 2026-11-02, or 2026-11-02T15:00."""
        return self.day.isoformat() + (f"T{self.clock:%H:%M}" if self.clock else "")

    @property
    def words(self) -> str:
        """As she says it: Monday 2 November at 15:00."""
        said = f"{self.day:%A} {self.day.day} {self.day:%B}"
        return said + (f" at {self.clock:%H:%M}" if self.clock else "")

    @property
    def at(self) -> float:
        """Unix seconds of its beginning."""
        return datetime.combine(self.day, self.clock or time()).timestamp()


def upcoming(text: str, at: float) -> Day | None:
    """The day that `text` begins with, the first such on or after the day of `at`; None if it is none."""
    today = datetime.fromtimestamp(at).date()
    for form in _DATES:
        match = form.match(text)
        if match is None:
            continue
        day = _resolve(match.groupdict(), today)
        if day is None:
            return None
        clock = _TIME.match(text, match.end())
        read = _clock(clock) if clock else None
        return Day(day, read, clock.end() if clock and read else match.end())
    return None


def day_of_year(text: str) -> tuple[str, int] | None:
    """A birthday: "3 May", with the year where it was said, and the length of what said it."""
    for form in _DATES[4:6]:
        match = form.match(text)
        if match:
            month, number = _month(match["month"]), _ordinal(match["day"])
            year = _YEAR.match(text, match.end())
            end = year.end() if year else match.end()
            words = f"{number} {MONTHS[month - 1].title()}" + (f" {year['year']}" if year else "")
            return (words, end) if 1 <= number <= 31 else None
    return None


def _resolve(found: dict[str, Any], today: date) -> date | None:
    if near := found.get("near"):
        ahead = {"tomorrow": 1, "the day after tomorrow": 2}.get(near.lower(), 0)
        return today + timedelta(ahead)
    if weekday := found.get("weekday"):
        wanted = [day[:3] for day in WEEKDAYS].index(weekday.lower()[:3])
        if (found.get("next") or "").lower() == "next ":
            return today - timedelta(today.weekday()) + timedelta(7 + wanted)
        return today + timedelta((wanted - today.weekday() - 1) % 7 + 1)
    if count := found.get("count"):
        return today + timedelta(_number(count) * {"day": 1, "week": 7, "month": 30}[found["unit"].lower()])
    try:
        if only := found.get("only"):
            day = today.replace(day=_ordinal(only))
            return day if day >= today else (day.replace(day=1) + timedelta(32)).replace(day=day.day)
        day = date(today.year, _month(found["month"]), _ordinal(found["day"]))
        return day if day >= today else day.replace(year=today.year + 1)
    except ValueError:  # there is no 31 June
        return None


def _clock(match: re.Match[str]) -> time | None:
    hour, half = _number(match["hour"]), (match["half"] or "").lower()
    minute = int(match["minute"] or 0)
    if half.startswith("p") or (not half.startswith("a") and 1 <= hour <= 7):
        hour += 12 if hour < 12 else 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _number(word: str) -> int:
    word = word.lower()
    return int(word) if word.isdigit() else 1 if word in ("a", "an") else _NUMBERS.index(word) + 1


def _ordinal(word: str) -> int:
    word = word.lower()
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else int(re.match(r"\d+", word)[0])  # type: ignore[index]


def _month(word: str) -> int:
    return [month[:3] for month in MONTHS].index(word.lower()[:3]) + 1
