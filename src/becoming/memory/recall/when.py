"""When something was, as a person says it: "last Tuesday", "in spring", "two weeks ago", "before the divorce".

For looking back, in the time zone of the computer. (`dateparser` was tried: it gives instants where we
need spans, knows no seasons or weekends, takes "may", "sat" and "sun" for dates, and its import alone
takes half a second.) Days that lie ahead are the business of `dates.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from becoming.memory.beliefs.dates import MONTHS, WEEKDAYS

DAY = timedelta(days=1)
LATELY = timedelta(days=30)

_SEASONS = {
    "spring": 3,
    "summer": 6,
    "autumn": 9,
    "fall": 9,
    "winter": 12,
}  # as in the north; three months each
_FEASTS = {
    "christmas": (12, 20, 8),
    "new year": (12, 30, 4),
    "halloween": (10, 30, 3),
    "valentine": (2, 13, 3),
}
_NUMBERS = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten".split())}
_NUMBERS |= {
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "a couple": 2,
    "a few": 3,
    "several": 4,
    "eleven": 11,
    "twelve": 12,
}
_PARTS = {"morning": (5, 12), "afternoon": (12, 18), "evening": (17, 24), "night": (19, 29)}
_DAYS_IN = {"day": 1, "week": 7, "weekend": 7, "month": 30, "year": 365}


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to `end`, in Unix seconds, and the words that said so."""

    start: float
    end: float
    phrase: str


@dataclass(frozen=True, slots=True)
class Relative:
    """A time known only by what happened then: `event` is to be looked up in memory first."""

    side: Literal["before", "after", "when"]
    event: str
    phrase: str


def spans(text: str, now: float) -> list[Span]:
    """The spans of the past that `text` names, in its order; the time it is now is `now`, Unix seconds."""
    clock = datetime.fromtimestamp(now)
    found: list[tuple[int, Span]] = []
    taken = [False] * len(text)
    for pattern, resolve in _FORMS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            span = resolve(match, clock)
            if span is None or span[0] > clock:
                continue
            taken[match.start() : match.end()] = [True] * len(match[0])
            found.append((match.start(), _bounded(text, match, span, clock)))
    return [span for _, span in sorted(found, key=lambda each: each[0])]


def relative(text: str) -> Relative | None:
    """The event that `text` is placed by ("before the divorce", "when I was in Denver"), or None."""
    match = _EVENT.search(text)
    if match is None:
        return None
    word = match["side"].lower()
    side: Literal["before", "after", "when"] = "before" if word == "before" else "when"
    return Relative("after" if word in ("after", "since") else side, match["event"], match[0])


_EVENT = re.compile(
    r"\b(?P<side>before|after|since|when|while|during)\s+"
    r"(?P<event>(?:the|my|our|we|i|he|she|they)\b(?:\s+[\w'’-]+){1,7})",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\b(before|after|since|until)\s+(?:the\s+)?$", re.IGNORECASE)


def _bounded(text: str, match: re.Match[str], span: tuple[datetime, datetime], clock: datetime) -> Span:
    """The span itself, or what lies before or after it if a word in front says so."""
    start, end = span
    word = _BOUND.search(text[: match.start()])
    bound = word[1].lower() if word else ""
    phrase = text[(word or match).start() : match.end()]
    if bound in ("before", "until"):
        return Span(0.0, start.timestamp(), phrase)
    if bound in ("after", "since"):
        return Span((start if bound == "since" else end).timestamp(), clock.timestamp(), phrase)
    return Span(start.timestamp(), min(end, clock).timestamp(), phrase)


_Pair = tuple[datetime, datetime]
_Resolve = Callable[[re.Match[str], datetime], _Pair | None]


def _said(match: re.Match[str], group: str) -> str:
    """What that group matched, in lower case; "" if nothing, or if the form has no such group."""
    return (match.groupdict().get(group) or "").lower()


def _midnight(clock: datetime) -> datetime:
    return clock.replace(hour=0, minute=0, second=0, microsecond=0)


def _day(day: datetime, part: str = "") -> _Pair:
    first, last = _PARTS.get(part, (0, 24))
    return day + timedelta(hours=first), day + timedelta(hours=last)


def _near_day(match: re.Match[str], clock: datetime) -> _Pair:
    said = _said(match, "near")
    back = 2 if "before" in said else 1 if said in ("yesterday", "last night") else 0
    part = _said(match, "part")
    if said.endswith("night"):
        part = "night"
    elif said.startswith("this"):
        part = said.removeprefix("this ")
    return _day(_midnight(clock) - back * DAY, part)


def _weekday(match: re.Match[str], clock: datetime) -> _Pair:
    """The last one that is over; "Tuesday" said on a Tuesday is the one a week ago if it was "last"."""
    today = _midnight(clock)
    back = (today.weekday() - WEEKDAYS.index(_said(match, "weekday"))) % 7
    if back == 0 and _said(match, "last").startswith(("last", "past")):
        back = 7
    return _day(today - back * DAY, _said(match, "part"))


def _unit(match: re.Match[str], clock: datetime) -> _Pair:
    """This, last, or the one before last: calendar weeks, weekends, months and years."""
    which, unit = _said(match, "which"), _said(match, "unit")
    back = 2 if _said(match, "beforelast") else 0 if which == "this" else 1
    today = _midnight(clock)
    if unit == "year":
        first = today.replace(year=clock.year - back, month=1, day=1)
        return first, _month(first, 12)
    if unit == "month":
        return _month(today, -back), _month(today, 1 - back)
    monday = today - today.weekday() * DAY - 7 * back * DAY
    return (monday, monday + 7 * DAY) if unit == "week" else (monday + 5 * DAY, monday + 7 * DAY)


def _month(day: datetime, shift: int) -> datetime:
    """Midnight of the first of the month that many months on."""
    year, month = divmod(day.year * 12 + day.month - 1 + shift, 12)
    return _midnight(day).replace(year=year, month=month + 1, day=1)


def _ago(match: re.Match[str], clock: datetime) -> _Pair | None:
    """So long ago, as exactly as the unit is: two weeks ago is half a week more or less."""
    unit = _DAYS_IN[_said(match, "unit")]
    then = _midnight(clock) - _count(_said(match, "count")) * unit * DAY
    slack = DAY * (unit // 2)
    return then - slack, then + DAY + slack


def _past(match: re.Match[str], clock: datetime) -> _Pair:
    """The last three weeks."""
    return clock - _count(_said(match, "count") or "a") * _DAYS_IN[_said(match, "unit")] * DAY, clock


def _count(said: str) -> int:
    words = " ".join(said.lower().split())
    return min(int(words), 1000) if words.isdigit() else _NUMBERS.get(words, 3)


def _named_month(match: re.Match[str], clock: datetime) -> _Pair | None:
    """The last such month that has begun, or that of the year said; a single day if one is said."""
    name = _said(match, "month")
    number = next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))
    year = int(_said(match, "year")) if _said(match, "year") else clock.year - (number > clock.month)
    if _said(match, "last") == "last" and number == clock.month and not _said(match, "year"):
        year -= 1
    first = _midnight(clock).replace(year=year, month=number, day=1)
    day = _said(match, "day")
    if not day:
        return first, _month(first, 1)
    try:
        return _day(first.replace(day=int(re.sub(r"\D", "", day))))
    except ValueError:  # the 31st of June
        return None


def _season(match: re.Match[str], clock: datetime) -> _Pair:
    month = _SEASONS[_said(match, "season")]
    year = int(_said(match, "year")) if _said(match, "year") else clock.year
    start = _midnight(clock).replace(year=year, month=month, day=1)
    if start > clock and not _said(match, "year"):
        start = start.replace(year=year - 1)
    if _said(match, "last") == "last" and _month(start, 3) > clock and not _said(match, "year"):
        start = start.replace(year=start.year - 1)
    return start, _month(start, 3)


def _year(match: re.Match[str], clock: datetime) -> _Pair:
    first = _midnight(clock).replace(year=int(_said(match, "year")), month=1, day=1)
    return first, _month(first, 12)


def _feast(match: re.Match[str], clock: datetime) -> _Pair:
    month, day, days = _FEASTS[_said(match, "feast")]
    start = _midnight(clock).replace(year=int(_said(match, "year") or clock.year), month=month, day=day)
    if start > clock and not _said(match, "year"):
        start = start.replace(year=start.year - 1)
    return start, start + days * DAY


def _lately(match: re.Match[str], clock: datetime) -> _Pair:
    return clock - (7 * DAY if "day" in match[0].lower() else LATELY), clock


def _forms() -> Iterator[tuple[re.Pattern[str], _Resolve]]:
    """Longer forms first: what one has taken is not read again."""
    part = r"(?:\s+(?P<part>morning|afternoon|evening|night))?"
    year = r"(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?"
    count = r"(?P<count>\d{1,3}|an?|a\s+couple(?:\s+of)?|a\s+few|several|" + "|".join(_NUMBERS) + ")"
    unit = r"(?P<unit>day|weekend|week|month|year)"
    month = r"(?P<month>" + "|".join(MONTHS) + r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
    weekday = r"(?P<weekday>" + "|".join(WEEKDAYS) + ")"
    season = "(?P<season>" + "|".join(_SEASONS) + ")"
    behind = "|".join(rf"(?<={word} )" for word in ("since", "before", "after", "until"))
    nights = r"the day before yesterday|yesterday|last night|today|tonight|this (?:morning|afternoon|evening)"
    for form, resolve in [
        (rf"(?P<near>{nights}){part}", _near_day),
        (rf"{count}\s+{unit}s?\s+(?:ago|back|earlier)", _ago),
        (rf"(?:in|over|for|during)?\s*the\s+(?:last|past)\s+{count}\s+{unit}s", _past),
        (r"the\s+(?P<unit>week|weekend|month|year)\s+(?P<which>before)\s+(?P<beforelast>last)", _unit),
        (r"(?P<which>last|this|past)\s+(?:past\s+)?(?P<unit>week|weekend|month|year)", _unit),
        (rf"(?P<last>last|past|this|on|that)\s+(?:past\s+)?{weekday}{part}", _weekday),
        (rf"(?<!next )(?<!every ){weekday}{part}", _weekday),
        (rf"(?:the\s+)?(?P<day>\d{{1,2}}(?:st|nd|rd|th)?)\s+(?:of\s+)?{month}{year}", _named_month),
        (
            rf"{month}\s+(?P<day>\d{{1,2}}(?:st|nd|rd|th)?)(?!\d)(?:,?\s+(?P<year>(?:19|20)\d\d))?",
            _named_month,
        ),
        (
            rf"(?:{behind}|(?P<last>last|in|this|during|by|of)\s+)(?:early\s+|late\s+|mid-?\s*)?{month}{year}",
            _named_month,
        ),
        (rf"{month}\s+(?P<year>(?:19|20)\d\d)", _named_month),
        (
            rf"(?:{behind}|(?P<last>last|in|this|during|over|that)\s+)(?:the\s+|early\s+|late\s+)*{season}{year}",
            _season,
        ),
        (rf"(?P<feast>{'|'.join(_FEASTS)})(?:'s|s)?(?:\s+(?:eve|day))?{year}", _feast),
        (rf"(?:{behind}|(?:in|during|of|from)\s+)(?P<year>(?:19|20)\d\d)", _year),
        (r"lately|recently|these\s+days|the\s+other\s+day", _lately),
    ]:
        yield re.compile(rf"(?<!\w)(?:{form})\b", re.IGNORECASE), resolve


_FORMS = list(_forms())
