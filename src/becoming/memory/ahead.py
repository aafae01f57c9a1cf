"""What a person has before them, as they mention it: "I'm meeting someone on Saturday", "results come Tuesday".

Read by patterns as it is said; no model is asked. What matters is when it is certainly over, as asking "how was
it?" before it happened is worse than not asking.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from becoming.memory.beliefs import dates, doubt
from becoming.memory.beliefs.dates import MONTHS, WEEKDAYS
from becoming.memory.beliefs.phrases import plainly
from becoming.memory.recall.words import STOP_WORDS

MORNING = 9
AFTERWARDS = timedelta(hours=2)
"""So long after a time of day that was named, it is over."""

HOW, WHAT = "So, how was it?", "So, what came of it?"

_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?](?=\w)[^.!?;\n]*)*[.!?;]*")
_START = re.compile(
    r"\b(?=(?:on |by )?(?:the )?(?:today|tonight|tomorrow|day after|this|next|in|a week|"
    r"later|\d|(?:mon|tue|wed|thu|fri|sat|sun)\w*|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|first|second|third|twenty|end of))",
    re.IGNORECASE,
)
_COUNT = {
    "a": 1,
    "an": 1,
    "half an": 0.5,
    "a couple of": 2,
    "a few": 3,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
}
_SOON = re.compile(
    rf"in (?P<count>{'|'.join(sorted(_COUNT, key=len, reverse=True))}|\d+) (?P<unit>hour|minute)s?", re.I
)
_WEEKEND = re.compile(r"(?:on |over )?(?:this|the|next)(?: coming)? weekend", re.IGNORECASE)
_WEEK = re.compile(
    r"(?P<which>next|this|later this|(?:at )?the end of (?:the|this|next)) (?P<unit>week|month)", re.I
)
_WEEK_FROM = re.compile(r"(?:in )?a week (?:from|on) ", re.IGNORECASE)
_PARTS = {"morning": 12, "afternoon": 18, "evening": 22, "night": 23, "tonight": 24}
_PLANNED = re.compile(
    r"\b(?:am|are|is|will|shall) (?!not\b)(?:\w+ly )?(?:\w+ing\b|going to\b)|\b(?:will|shall|gonna|have to|has to|need to|must|get to|got to|let me know)\b|"
    r"\b(?:wish me luck|fingers crossed|promised|booked|invited|appointment|interview|exam|test|results?|surgery|operation|scan|date|meeting|wedding|"
    r"funeral|party|concert|match|game|hearing|trial|trip|flight|visit|audition\w*|rehearsal|presentation|talk|defen[cs]e|dinner|deadline|dentist|vet|"
    r"birthday|graduation|race|marathon|first day|lesson|performance|recital|viewing|move|movers|anniversary|mri|check-?up|session|ceremony|premiere)\b|"
    r"\b(?:I|we|they|he|she|it|\w+s?) (?:fly|flies|leave|leaves|start|starts|begin|begins|come|comes|arrive|arrives|meet|meets|see|sees|play|plays|"
    r"sign|signs|get|gets|move|moves|go|goes|land|lands|travel|travels|sing|sings|perform|performs|open|opens|marry|marries|turn|turns|find out)\b|"
    r"\b(?:I|we) (?:have|have got) (?:a|an|my|our|the|to)\b",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:was|were|had|went|did|met|saw|came|told|said|felt|called|cried|lost|got(?! (?:a|an|my|the|to)\b)|last|since|yesterday|ago|"
    r"(?!need|invited|booked|scheduled|promised|planned|supposed|terrified|excited|worried|scared|engaged|married|wed|bed|red|red|tired|speed|indeed)\w{2,}ed)\b",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"\b(?:not|never|no longer|can ?not|might|may(?! \d)|maybe|perhaps|would|could|should|if|unless|wish (?!me)|imagine|suppose|used to|every|each|"
    r"usually|always|sometimes|often|said|says|told|asks?|asked|cancel\w*|called off|instead of|supposed to|film|movie|book|dream\w*|story)\b|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"\bI (?:really |just |still )?feel\b|\b(?:talk|speak|write|see) (?:to |with )?you\b|\bsee you\b|\b(?:go|going|get|off) to (?:bed|sleep)\b|\bsleep (?:in|well)\b|\banother day\b|"
    r"\b(?:rain|snow|sunny|weather)\b|\b(?:am|are|is) working (?:tomorrow|today|tonight|on|this|late)|\b(?:is|be) (?:mon|tues|wednes|thurs|fri|satur|sun)day\W*$|"
    r"\bday off\b|\b(?:good ?night|bye)\b|\bso tired\b",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"\b(?:results?|decision|decide|hear back|let me know|answer|find out|verdict|grade|news)\b", re.I
)
_DAYS = frozenset(
    [*WEEKDAYS, *MONTHS, "today", "tonight", "tomorrow", "morning", "afternoon", "evening", "night", "weekend", "week", "month", "next"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ahead:
    """One plan: its sentence as it was said, the question for afterwards, and between when it happens (Unix seconds)."""

    quote: str
    asks: str
    begins: float
    over: float


def ahead(text: str, at: float) -> Ahead | None:
    """The first plan that somebody mentions in `text`, said at Unix time `at`; None if there is none."""
    if doubt.whole(text):
        return None
    unquoted = doubt.unquoted(text)
    for span in _SENTENCE.finditer(unquoted):
        said = plainly(span[0])
        if "?" in said[-2:] or _SMALL.search(said) or _DOUBTED.search(said) or doubt.sentence(said):
            continue
        when = _when(said, datetime.fromtimestamp(at))
        if when is None or (_OVER.search(said) and not _certain(said)):
            continue
        short = len(said.split()) <= 6
        if not (_PLANNED.search(said) or short):
            continue
        asks = WHAT if _ANSWERED.search(said) else HOW
        begins, over = when
        quote = text[span.start() : span.end()].strip(" .;!")
        return Ahead(quote, asks, begins.timestamp(), over.timestamp())
    return None


def days(text: str, at: float) -> tuple[float, float] | None:
    """The time ahead that `text` names, said at Unix time `at`: when it begins, and when it is certainly over."""
    found = _when(plainly(text), datetime.fromtimestamp(at))
    return (found[0].timestamp(), found[1].timestamp()) if found else None


def telling(quote: str) -> set[str]:
    """The words by which a plan is known again: not when it is, nor what every sentence has."""
    words = re.findall(r"[^\W\d_]{3,}", plainly(quote).lower())
    return {word[:6] for word in words if word not in STOP_WORDS and word not in _DAYS} - _COMMON


_COMMON = frozenset(
    "going have will meetin coming seeing gettin someth someon really finall have got need promis".split()
)


def _certain(said: str) -> bool:
    """Words that can only mean what is ahead, whatever else the sentence tells."""
    return bool(
        re.search(r"\b(?:tomorrow|next (?!to)|is (?:on|at)|are (?:on|at)|will)\b", said, re.IGNORECASE)
    )


def day(text: str, at: float) -> tuple[float, float] | None:
    """The day somebody names where they were asked for one, at Unix time `at`: from when to when; None if none is named."""
    found = _when(plainly(text), datetime.fromtimestamp(at))
    return (found[0].timestamp(), found[1].timestamp()) if found else None


def _when(said: str, now: datetime) -> tuple[datetime, datetime] | None:
    """When it begins at the earliest, and when it is certainly over."""
    for start in _START.finditer(said):
        if found := _at(said[start.start() :], said, now):
            return found
    return None


def _at(rest: str, said: str, now: datetime) -> tuple[datetime, datetime] | None:
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if soon := _SOON.match(rest):
        count = _COUNT.get(soon["count"].lower()) or float(soon["count"])
        begins = now + timedelta(hours=count) * (1 if soon["unit"].lower() == "hour" else 1 / 60)
        return begins, begins + AFTERWARDS
    if weekend := _WEEKEND.match(rest):
        ahead = (5 - today.weekday()) % 7 if today.weekday() < 5 else 0
        saturday = today + timedelta(ahead + 7 * ("next" in weekend[0].lower() and today.weekday() < 5))
        return saturday, saturday + timedelta(2 if today.weekday() != 6 else 1)
    if week := _WEEK.match(rest):
        return _of_week(week, today)
    later = _WEEK_FROM.match(rest)
    day = dates.upcoming(rest[later.end() :] if later else rest, now.timestamp())
    if day is None:
        return None
    date = datetime.combine(day.day, datetime.min.time()) + timedelta(7 if later else 0)
    words = (rest[: day.length + (later.end() if later else 0)] + rest[day.length :][:12]).lower()
    if day.clock:
        begins = datetime.combine(date, day.clock)
        return begins, begins + timedelta(hours=1)
    if read := _clock(said, date, now):
        return read, read + timedelta(hours=1)
    part = next((part for part in _PARTS if re.search(rf"\b{part}\b", words)), None)
    if part is None or "tonight" in words:
        return date, date + timedelta(days=1)
    return date, date + timedelta(hours=_PARTS[part])


def _clock(said: str, date: datetime, now: datetime) -> datetime | None:
    """A time of day that stands elsewhere in the sentence: "a talk at three on Friday"."""
    named = re.search(r"\bat (\w+(?::\d\d)?)(?= ?(?:o'clock|pm|am|in the|on|$|[.,!]))", said)
    day = dates.upcoming(f"{date.day} {date:%B} at {named[1]}", now.timestamp()) if named else None
    return datetime.combine(date, day.clock) if day and day.clock else None


def _of_week(week: re.Match[str], today: datetime) -> tuple[datetime, datetime]:
    monday = today - timedelta(today.weekday())
    following = "next" in week["which"].lower()
    if week["unit"].lower() == "week":
        begins = monday + timedelta(7 * following)
        return max(begins, today), begins + timedelta(6)
    first = (today.replace(day=1) + timedelta(32 * following)).replace(day=1)
    return max(first, today), (first + timedelta(32)).replace(day=1)
