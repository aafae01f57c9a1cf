"""A calendar as a person would tell it to somebody: what is next, and of sixty things not sixty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from becoming.tools.browsing import IN_A_BREATH, NUMBERS, number
from becoming.tools.calendar.entries import Contact, Entry
from becoming.tools.calendar.when import DAY, PARTS, When

_THIRDS = ("morning", "afternoon", "evening")
_MINUTES = {0: "{0}", 15: "quarter past {0}", 30: "half past {0}", 45: "quarter to {1}"}
_SPELLED = {"@": " at ", ".": " dot ", "_": " underscore ", "-": " dash "}
GAP = timedelta(hours=1)


def clock(at: datetime | time, *, exactly: bool = False) -> str:
    """A time of day: "half past ten", "eight in the evening"."""
    hour, minute = at.hour, at.minute
    if minute == 0 and hour in (0, 12):
        return "noon" if hour else "midnight"
    this, following = (NUMBERS[(each - 1) % 12 + 1] for each in (hour, hour + 1))
    form = _MINUTES.get(minute) or (f"{{0}} {minute}" if minute > 9 else f"{{0}} oh {minute}")
    said = form.format(this, following)
    return f"{said} in the {_third(at)}" if exactly or hour < 8 or hour >= 20 else said


def _third(at: datetime | time) -> str:
    return _THIRDS[(at.hour >= 12) + (at.hour >= 18)]


def day(at: date, now: datetime, on: str = "on ") -> str:
    """A day: "today", "tomorrow", "on Friday", "on Friday, 4 December"."""
    at = at.date() if isinstance(at, datetime) else at
    ahead = (at - now.date()).days
    if 0 <= ahead < 2:
        return ("today", "tomorrow")[ahead]
    year = f" {at.year}" if at.year != now.year and abs(ahead) > 180 else ""
    return f"{on}{at:%A}" if 0 < ahead < 7 else f"{on}{at:%A}, {at.day} {at:%B}{year}"


def label(it: Entry, now: datetime, *, with_day: bool = False, exactly: bool = False) -> str:
    """One appointment: "Dentist on Friday at ten"."""
    on = f" {day(it.begins, now)}" if with_day else ""
    if not it.all_day:
        return f"{it.title}{on} at {clock(it.begins, exactly=exactly)}"
    last = it.ends - DAY
    until = f" until {day(last, now, '')}" if last.date() > it.begins.date() else ""
    return f"{it.title}{on}{until}"


def spoken(parts: Sequence[str]) -> str:
    """Several things in one sentence."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def within(entries: Iterable[Entry], first: datetime, last: datetime) -> list[Entry]:
    """What is, at least partly, between two times, in order."""
    found = [it for it in entries if it.begins < last and (it.ends > first or it.begins >= first)]
    return sorted(found, key=lambda it: (it.begins, it.title))


def named(when: When, now: datetime) -> str:
    """The days that were asked about, as she says them."""
    if when.kind in ("week", "weekend", "month"):
        return f"{'this' if when.first == now.date() or when.first.weekday() else 'next'} {when.kind}"
    if when.days > 1:
        return f"in the next {number(when.days).lower()} days"
    if not when.part:
        return day(when.first, now)
    if when.first == now.date():
        return "tonight" if when.part == "night" else f"this {when.part}"
    return f"{day(when.first, now)} {when.part}"


def agenda(entries: Sequence[Entry], when: When, now: datetime) -> tuple[list[str], list[Entry]]:
    """What there is in that time, told in a breath or two, the next one first; and the same as a list."""
    found = within(entries, max(when.begins, now) if when.first == now.date() else when.begins, when.ends)
    timed, long = [it for it in found if not it.all_day], [it for it in found if it.all_day]
    on, several = named(when, now), when.days > 1
    if not found:
        had = when.first == now.date() and within(entries, when.begins, now)
        return [f"Nothing {'more ' if had else ''}{on}."], []
    lines = []
    if timed:
        running = timed[0] if timed[0].begins < now else None
        rest = timed[1:] if running else timed
        if running:
            lines.append(f"Just now there's {running.title}, until {clock(running.ends)}.")
        if rest:
            lines.append(_timed(rest, on, several, now, more=bool(running)))
    if long:
        shown = [label(it, now, with_day=several) for it in long[:2]]
        more = [f"{number(len(long) - 2).lower()} more"] if len(long) > 2 else []
        lines.append(f"{'All day' if timed else f'All day {on}'}: {spoken(shown + more)}.")
    return lines, [*timed, *long]


def _timed(rest: Sequence[Entry], on: str, several: bool, now: datetime, more: bool) -> str:
    labels = [label(it, now, with_day=several) for it in rest]
    count = f"{number(len(rest))} {'more ' if more else ''}thing{'s' if len(rest) > 1 else ''} {on}"
    if len(rest) <= IN_A_BREATH:
        return f"{count}: {spoken(labels)}."
    if several:
        days = Counter(it.begins.date() for it in rest)
        groups = [f"{number(n).lower()} {day(each, now)}" for each, n in days.items()]
        return f"{count}{f': {spoken(groups)}' if len(groups) < 8 else ''}. Next {labels[0]}."
    later = Counter(_third(it.begins) for it in rest[2:])
    groups = [f"{number(later[each]).lower()} in the {each}" for each in _THIRDS if later[each]]
    return f"{count}. Next {labels[0]}, and {labels[1]}; then {spoken(groups)}."


def busy(entries: Sequence[Entry], first: datetime, last: datetime) -> list[Entry]:
    """What one cannot do something else beside: a single day's "Anna's birthday" is not, three days away are."""
    found = [it for it in within(entries, first, last) if it.busy and it.ends > it.begins]
    return [it for it in found if not it.all_day or it.ends - it.begins > DAY]


def free(entries: Sequence[Entry], when: When, now: datetime) -> list[str]:
    """Whether one is free then; of a day or a part of it: when."""
    if not when.clock:
        return _gaps(entries, when, now)
    there, on = busy(entries, when.begins, when.ends), f"{day(when.first, now)} at {clock(when.begins)}"
    if not there:
        beside = [it for it in within(entries, when.begins - 2 * GAP, when.ends + 2 * GAP) if not it.all_day]
        near = [f"{label(it, now)} is all that's near." for it in beside[:1]]
        return [f"Yes, you're free {on}.", *near]
    until = f" until {clock(there[0].ends)}" if not there[0].all_day else ""
    return [f"No, {label(there[0], now)}{until} is in the way."]


def _gaps(entries: Sequence[Entry], when: When, now: datetime) -> list[str]:
    part = when.part or "day"
    if when.days > 1:
        return _days(entries, when, now, part)
    first, last = max(when.begins, now), when.ends
    if not when.part:
        midnight = datetime.combine(when.first, time())
        first, last = max(midnight + timedelta(hours=9), now), midnight + timedelta(hours=22)
    there, on = busy(entries, first, last), named(when, now)
    if not there:
        return [f"Yes, you're free {on}."]
    gaps, at = [], first
    for it in [*there, Entry("", last, last)]:
        if it.begins - at >= GAP:
            start, end = at <= first, it.begins >= last
            to = "" if end else f" to {clock(it.begins)}"
            gaps.append(f"until {clock(it.begins)}" if start else f"from {clock(at)}{to}")
        at = max(at, it.ends)
    labels = [label(it, now) for it in there]
    what = spoken(labels) if len(there) < 3 else f"{number(len(there)).lower()} things"
    return [f"You're free {on} {spoken(gaps)}." if gaps else f"No, not {on}.", f"There's {what}."]


def _days(entries: Sequence[Entry], when: When, now: datetime, part: str) -> list[str]:
    start, end = (timedelta(hours=each) for each in PARTS.get(part, (9, 18)))
    days = [datetime.combine(when.first, time()) + n * DAY for n in range(min(when.days, 31))]
    taken = {it: busy(entries, it + start, it + end) for it in days if it + end > now}
    open_, full = [it for it in taken if not taken[it]], [it for it in taken if taken[it]]
    names = [day(it, now, "") for it in open_]
    if not open_ and part == "day":
        return ["No whole day.", *_days(entries, when, now, "evening")]
    if not open_:
        best = min(full, key=lambda it: len(taken[it])) if full else None
        only = f" {day(best, now, '').capitalize()} has the least: {taken[best][0].title}." if best else ""
        return [f"No {part} is free {named(when, now)}.{only}"]
    if len(full) < len(open_) and len(full) <= 2:
        but = f" but {spoken([day(it, now, '') for it in full])}" if full else f" {named(when, now)} is free"
        return [f"Every {part}{but}."]
    first, told = names[0][:1].upper() + names[0][1:], "is" if len(names) == 1 else "are"
    return [f"{spoken([first, *names[1:7]])} {told} free."]


def contact(it: Contact, asked: str) -> str:
    """What is in the address book of that: "number", "birthday", "address" or "mail"; empty where it is not."""
    whose = f"{it.name}'s"
    if asked == "birthday" and it.birthday:
        year, month, on = it.birthday.rsplit("-", 2)
        return f"{whose} birthday is {int(on)} {date(2000, int(month), 1):%B} {year}".rstrip() + "."
    rows = {"number": it.numbers, "address": it.addresses, "mail": it.mails}.get(asked, ())
    say = {"number": digits, "mail": mail}.get(asked, str)
    told = [f"{kind + ': ' if len(rows) > 1 and kind else ''}{say(value)}" for kind, value in rows[:2]]
    name = "mail address" if asked == "mail" else asked
    return f"{whose} {name} is {', or '.join(told)}." if told else ""


def digits(value: str) -> str:
    """A number in the groups in which one writes it down."""
    bare = "".join(it for it in value if it.isdigit() or it == "+")
    plus, bare = ("plus ", bare[1:]) if bare.startswith("+") else ("", bare)
    groups = [bare[at : at + 3] for at in range(0, len(bare), 3)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2][:2], groups[-2][2:] + groups[-1]]
    return plus + ", ".join(" ".join(it) for it in groups)


def mail(value: str) -> str:
    """An address as one says it."""
    return "".join(_SPELLED.get(each, each) for each in value)
