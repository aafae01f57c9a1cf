"""When something is to be, as it is said: "Friday at eight", "this week", "tomorrow evening", "from two to four".

Whole days are read by `upcoming`, which the memory has for what people say lies ahead. Times are the computer's own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import Any

from becoming.tools import lengths
from becoming.tools.browsing import NUMBERS

_SAID = tomllib.loads(resources.files(__package__).joinpath("when.toml").read_text("utf-8"))
_CLOCKS = [
    re.compile(rf"(?<!\S){it.format(**_SAID)}(?!\S)".replace("{{", "{"))
    for it in _SAID.pop("clocks").values()
]
_SPANS = {kind: re.compile(rf"(?<!\S){it}(?!\S)") for kind, it in _SAID.pop("spans").items()}
_WORDS = {kind: re.compile(rf"(?<!\w){it}(?!\S)") for kind, it in _SAID.pop("words").items()}
_ORDINALS = _SAID.pop("ordinals")
_FAR = {"half": 30, "a quarter": 15, "quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty five": 25}
_MINUTES = _FAR | {"oh five": 5, "fifteen": 15, "thirty": 30, "forty": 40, "forty five": 45, "fifty": 50}
PARTS = {"morning": (8, 12), "afternoon": (12, 18), "evening": (18, 23), "night": (18, 24)}
DAY = timedelta(days=1)


Upcoming = Callable[[str, float], Any]
"""The `day` that a text begins with, seen from a Unix time, and the `length` of what says so; None where it begins with none."""


@dataclass(frozen=True, slots=True)
class When:
    """From the first day on, so many days; perhaps a part of each, a time and a length. `rest` are the words left over, `said`
    whether a day was named at all; `sure` whether the half of the day was."""

    first: date
    days: int = 1
    part: str = ""
    clock: time | None = None
    length: timedelta | None = None
    rest: str = ""
    said: bool = False
    sure: bool = True
    kind: str = ""

    @property
    def begins(self) -> datetime:
        """When it begins."""
        hour = PARTS[self.part][0] if self.part and not self.clock else 0
        return datetime.combine(self.first, self.clock or time(hour))

    @property
    def ends(self) -> datetime:
        """When it is over: an hour after a time, unless said; else the end of the part, or of the days."""
        if self.clock:
            return self.begins + (self.length or timedelta(hours=1))
        last = datetime.combine(self.first, time()) + self.days * DAY
        return last - DAY + timedelta(hours=PARTS[self.part][1]) if self.part else last


def when(said: str, now: datetime, upcoming: Upcoming) -> When:
    """What these words say of days and times, in whatever order they stand."""
    said = re.sub("|".join(_ORDINALS), lambda it: _ORDINALS[it[0]], said)
    rest, clock, until, sure, length = said, None, None, True, _WORDS["length"].search(said)
    if length:
        rest = _without(rest, length)
    for form in _CLOCKS:
        while found := form.search(rest):
            at, certain = _clock(found.groupdict(), said)
            if at is None:
                break
            if clock is not None and until is None:
                until = at
            elif clock is None:
                clock, sure = at, certain
            rest = _without(rest, found)
    if clock and until and until < clock:
        clock, until = (until, clock) if sure else (clock, until.replace(hour=(until.hour + 12) % 24))
    first, days, rest, kind = _days(rest, now, upcoming)
    part = _WORDS["part"].search(rest)
    rest = _without(rest, part) if part else rest
    part = part or _WORDS["of_day"].search(said) or _WORDS["part"].search(said)
    which = part["part"] if part else "evening" if "tonight" in said else ""
    spent = timedelta(seconds=lengths.seconds(length[0])) if length else None
    if clock and until:
        spent = (datetime.combine(now, until) - datetime.combine(now, clock)) % DAY
    return When(first or now.date(), days, which, clock, spent, rest, first is not None, sure, kind)


def _days(rest: str, now: datetime, upcoming: Upcoming) -> tuple[date | None, int, str, str]:
    """The first day, how many, what is left of the words, and "week" or the like where such a span was named."""
    today = now.date()
    for kind, form in _SPANS.items():
        if not (found := form.search(rest)):
            continue
        it, left = found.groupdict(), _without(rest, found)
        later = "next" in (it.get("which") or "")
        monday = today - timedelta(today.weekday()) + timedelta(7 * later)
        if kind == "week":
            if (one := _day(left, now, upcoming))[0]:  # "on Wednesday next week"
                return monday + timedelta(one[0].weekday()), 1, one[1], ""
            return max(monday, today), 7 if later else 7 - today.weekday(), left, kind
        if kind == "weekend":
            first = max(monday + timedelta(5), today)
            return first, 2 if first.weekday() == 5 else 1, left, kind
        if kind == "days":
            return today, _number(it["count"]), left, kind
        first = (today.replace(day=1) + timedelta(32)).replace(day=1) if later else today
        return first, ((first.replace(day=1) + timedelta(32)).replace(day=1) - first).days, left, kind
    day, left = _day(rest, now, upcoming)
    return day, 1, left, ""


def _day(rest: str, now: datetime, upcoming: Upcoming) -> tuple[date | None, str]:
    """The first day that is named, and the words without it."""
    for start in [0, *(it.end() for it in re.finditer(" ", rest))]:
        if day := upcoming(rest[start:], now.timestamp()):
            return day.day, " ".join((rest[:start] + rest[start + day.length :]).split())
    return None, rest


def _clock(it: dict[str, str | None], said: str) -> tuple[time | None, bool]:
    """The time, and whether it was said which half of the day."""
    if name := it.get("name"):
        return time(0 if name == "midnight" else 12), True
    hour, half = _number(it["hour"] or ""), it.get("half") or ""
    minute = it.get("minute") or ""
    minutes = int(minute) if minute.isdigit() else _MINUTES.get(minute, 0)
    if far := it.get("far"):
        minutes = _MINUTES[far]
        if it["side"] in ("to", "before"):
            hour, minutes = hour - 1, 60 - minutes
    late = half[:1] == "p" or "afternoon" in half or "evening" in half or "night" in half
    early = half[:1] == "a" or "morning" in half
    sure = late or early or hour > 12
    if not sure:
        evening = bool(_WORDS["late"].search(said)) and hour >= 5
        late = evening or (hour <= 7 and not _WORDS["early"].search(said))
    hour = hour % 12 + 12 * late if hour <= 12 and (late or early or hour < 12) else hour
    return (time(hour, minutes), sure) if hour < 24 and minutes < 60 else (None, False)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS.index(word)


def _without(text: str, found: re.Match[str]) -> str:
    return " ".join((text[: found.start()] + text[found.end() :]).split())
