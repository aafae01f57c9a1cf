"""What changes a calendar, each as a proposal that waits for the person's yes, and can be taken back for a minute."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from becoming.tools.approval import Proposal
from becoming.tools.calendar import aloud
from becoming.tools.calendar.accounts import CalendarError
from becoming.tools.calendar.diary import Diary
from becoming.tools.calendar.entries import Entry

GONE = "It isn't in your calendar any more."
_OTHER_DAY = "I can move all of them to another hour, but to another day only one at a time."
Change = Callable[[Any], bool]
"""What is done to the parsed text of an appointment; whether something of it is left."""


def putting(
    diary: Diary, title: str, begins: datetime, ends: datetime, all_day: bool, now: datetime
) -> Proposal:
    """A new appointment. Raises CalendarError where nothing can be written."""
    from icalendar import Calendar, Event

    uid, calendar, event = secrets.token_hex(16), Calendar(), Event()
    place = diary.writable()
    times = (begins.date(), ends.date()) if all_day else tuple(it.astimezone(UTC) for it in (begins, ends))
    calendar.add("PRODID", "-//Becoming//EN")
    calendar.add("VERSION", "2.0")
    for name, value in zip(("UID", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP"), (uid, title, *times, datetime.now(UTC)), strict=True):  # fmt: skip
        event.add(name, value)
    calendar.add_component(event)
    url, text = f"{place.rstrip('/')}/{uid}.ics", calendar.to_ical().decode()
    words = aloud.label(Entry(title, begins, ends, all_day), now, with_day=True, exactly=True)
    if not all_day and ends - begins != timedelta(hours=1):
        words += f" until {aloud.clock(ends)}"

    def do() -> str:
        with diary.server(place) as server:
            server.put(url, text)
        diary.changed()
        return ""

    def undo() -> str:
        with diary.server(place) as server:
            if found := server.get(url):
                server.delete(url, found[1])
        diary.changed()
        return ""

    ask = "Shall I put that in your calendar?"
    return Proposal("put it in your calendar", "", words, ask, "All right, I'm putting it in.", do, undo)


def moving(diary: Diary, it: Entry, begins: datetime, every: bool, now: datetime) -> Proposal:
    """An appointment at another time, as long as before: one of those that repeat, or all. Raises CalendarError."""
    if it.host:
        raise CalendarError(f"{it.host} set that up, so another time is theirs to say.")
    to = aloud.day(begins, now, "") + ("" if it.all_day else f" at {aloud.clock(begins, exactly=True)}")
    words = f"{_which(it, every, now)}: to {to}"
    return _changing(
        diary, it, "move it", words, "Shall I move it?", "All right, I'm moving it.", _move(it, begins, every)
    )


def cancelling(diary: Diary, it: Entry, every: bool, now: datetime) -> Proposal:
    """An appointment taken out: one of those that repeat, or all."""
    words = _which(it, every, now)
    return _changing(
        diary,
        it,
        "take it out",
        words,
        "Shall I take it out?",
        "All right, I'm taking it out.",
        _drop(it, every),
    )


def _which(it: Entry, every: bool, now: datetime) -> str:
    if it.repeats and every:
        return f"Every {it.title}"
    return aloud.label(it, now, with_day=True) + (", just that one" if it.repeats else "")


def _changing(
    diary: Diary, it: Entry, what: str, words: str, ask: str, doing: str, change: Change
) -> Proposal:
    diary.account(it.url)  # that it can be written to is known before anybody is asked
    told = ([it.host] if it.host else list(it.guests))[:3]
    before = list[str]()

    def do() -> str:
        from icalendar import Calendar

        with diary.server(it.url) as server:
            if not (found := server.get(it.url)):
                raise CalendarError(GONE)
            calendar = Calendar.from_ical(found[0])
            if change(calendar):
                server.put(it.url, calendar.to_ical().decode(), found[1])
            else:
                server.delete(it.url, found[1])
            before.append(found[0])
        diary.changed()
        return ""

    def undo() -> str:
        with diary.server(it.url) as server:
            found = server.get(it.url)
            server.put(it.url, before[-1], found[1] if found else "")
        diary.changed()
        return ""

    hears = f"{aloud.spoken(told)} will be told. " if told else ""
    return Proposal(what, ", ".join(told), words, f"{hears}{ask}", doing, do, undo)


def _move(it: Entry, begins: datetime, every: bool) -> Change:
    def change(calendar: Any) -> bool:
        master, event, at = _found(calendar, it)
        if it.repeats and every and master is not None:
            _shift(calendar, master, begins - it.begins, it)
            return True
        if event is None:  # one occurrence becomes an exception of its own
            event = type(master).from_ical(master.to_ical())
            for name in ("RRULE", "RDATE", "EXDATE", "EXRULE"):
                event.pop(name, None)
            event.add("RECURRENCE-ID", at)
            calendar.add_component(event)
        zone = getattr((master if master is not None else event)["DTSTART"].dt, "tzinfo", None)
        start: date = begins.astimezone(zone) if zone else begins
        _set(event, begins.date() if it.all_day else start, it.ends - it.begins)
        return True

    return change


def _drop(it: Entry, every: bool) -> Change:
    def change(calendar: Any) -> bool:
        master, event, at = _found(calendar, it)
        if not it.repeats or every or master is None:
            return False
        if event is not None:
            calendar.subcomponents.remove(event)
        master.add("EXDATE", at)
        _stamp(master)
        return True

    return change


def _found(calendar: Any, it: Entry) -> tuple[Any, Any, Any]:
    """The series, if it is one; the occurrence where it has a text of its own (or the single event); and which it is."""
    from icalendar import vDDDTypes

    events = [each for each in calendar.walk("VEVENT") if str(each.get("UID", "")) == it.uid]
    master = next((each for each in events if "RECURRENCE-ID" not in each), None)
    if not events:
        raise CalendarError(GONE)
    if not it.repeats or not it.at:
        return None, master or events[0], None
    at: Any = vDDDTypes.from_ical(it.at)  # type: ignore[no-untyped-call]
    if master is not None and isinstance(at, datetime) and at.tzinfo is None:
        at = at.replace(tzinfo=getattr(master["DTSTART"].dt, "tzinfo", None))
    own = (each for each in events if each is not master and _same(each["RECURRENCE-ID"].dt, at))
    return master, next(own, None), at


def _same(one: Any, other: Any) -> bool:
    aware = [getattr(it, "tzinfo", None) is not None for it in (one, other)]
    return (
        bool(one == other)
        if aware[0] == aware[1]
        else bool(one.replace(tzinfo=None) == other.replace(tzinfo=None))
    )


def _shift(calendar: Any, master: Any, by: timedelta, it: Entry) -> None:
    """Another hour for all of a series, with what stands apart from it."""
    rule = master.get("RRULE", {})
    if (
        by.days
        and any(name.startswith("BY") for name in rule)
        and (it.begins + by).date() != it.begins.date()
    ):
        raise CalendarError(_OTHER_DAY)
    if "UNTIL" in rule:
        rule["UNTIL"] = [each + by for each in rule["UNTIL"]]
    for name in ("EXDATE", "RDATE"):
        lists = master.pop(name, [])
        for each in lists if isinstance(lists, list) else [lists]:
            master.add(name, [entry.dt + by for entry in each.dts])
    for event in calendar.walk("VEVENT"):
        if event is not master and "RECURRENCE-ID" in event:
            event.add("RECURRENCE-ID", event.pop("RECURRENCE-ID").dt + by)
    _set(master, master["DTSTART"].dt + by, it.ends - it.begins)


def _set(event: Any, start: date, length: timedelta) -> None:
    for name in ("DTSTART", "DTEND", "DURATION"):
        event.pop(name, None)
    event.add("DTSTART", start)
    event.add("DTEND", start + length)
    _stamp(event)


def _stamp(event: Any) -> None:
    sequence = int(event.pop("SEQUENCE", 0)) + 1
    for name, value in (
        ("SEQUENCE", sequence),
        ("DTSTAMP", datetime.now(UTC)),
        ("LAST-MODIFIED", datetime.now(UTC)),
    ):
        event.pop(name, None)
        event.add(name, value)
