"""What changes a calendar, each as a proposal that waits for the person's yes, and can be taken back for a minute."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from becoming.tools.approval import Proposal
from becoming.tools.calendar import aloud
from becoming.tools.calendar.accounts import CalendarError
from becoming.tools.calendar.diary import Diary
from becoming.tools.calendar.entries import Entry

GONE = "It isn't in your calendar any more."
_OTHER_DAY = "I can move all of them to another hour, but to another day only one at a time."
Text = Callable[[str | None], str | None]
Change = Callable[[Any], bool]
"""What is done to the parsed text of an appointment; whether something of it is left."""


def putting(diary: Diary, it: Entry, now: datetime) -> Proposal:
    """A new appointment. Raises CalendarError where nothing can be written."""
    from icalendar import Calendar, Event

    place, uid, calendar = diary.writable(), secrets.token_hex(16), Calendar()
    calendar.prodid, calendar.version = "-//Becoming//EN", "2.0"
    start, end = (each.date() if it.all_day else each.astimezone(UTC) for each in (it.begins, it.ends))
    calendar.add_component(Event.new(uid=uid, summary=it.title, start=start, end=end))
    words = aloud.label(it, now, with_day=True, exactly=True)
    if not it.all_day and it.ends - it.begins != timedelta(hours=1):
        words += f" until {aloud.clock(it.ends)}"
    ask, doing = "Shall I put that in your calendar?", "All right, I'm putting it in."
    url, text = f"{place.rstrip('/')}/{uid}.ics", calendar.to_ical().decode()
    ways = _ways(diary, place, url, lambda _: text)
    return Proposal("put it in your calendar", "", words, ask, doing, *ways)


def moving(diary: Diary, it: Entry, begins: datetime, every: bool, now: datetime) -> Proposal:
    """An appointment at another time, as long as before: one of those that repeat, or all. Raises CalendarError."""
    if it.host:
        raise CalendarError(f"{it.host} set that up, so another time is theirs to say.")
    to = aloud.day(begins, now, "") + ("" if it.all_day else f" at {aloud.clock(begins, exactly=True)}")
    words, asks = f"{_which(it, every, now)}: to {to}", ("Shall I move it?", "All right, I'm moving it.")
    return _changing(diary, it, partial(_move, it, begins, every), "move it", words, *asks)


def cancelling(diary: Diary, it: Entry, every: bool, now: datetime) -> Proposal:
    """An appointment taken out: one of those that repeat, or all."""
    asks = ("Shall I take it out?", "All right, I'm taking it out.")
    return _changing(diary, it, partial(_drop, it, every), "take it out", _which(it, every, now), *asks)


def _which(it: Entry, every: bool, now: datetime) -> str:
    if it.repeats and every:
        return f"Every {it.title}"
    return aloud.label(it, now, with_day=True) + (", just that one" if it.repeats else "")


def _changing(
    diary: Diary, it: Entry, change: Change, what: str, words: str, ask: str, doing: str
) -> Proposal:
    def changed(text: str | None) -> str | None:
        from icalendar import Calendar

        if not text:
            raise CalendarError(GONE)
        calendar = Calendar.from_ical(text)
        return calendar.to_ical().decode() if change(calendar) else None

    told = ([it.host] if it.host else list(it.guests))[:3]
    hears = f"{aloud.spoken(told)} will be told. " if told else ""
    ways = _ways(diary, it.url, it.url, changed)
    return Proposal(what, ", ".join(told), words, f"{hears}{ask}", doing, *ways)


def _ways(diary: Diary, place: str, url: str, change: Text) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """To do it and to take it back. `change` makes of the text at `url` the new one; None is none."""
    diary.account(place)  # that it can be written to is known before anybody is asked
    before = list[str | None]()

    def write(change: Callable[[str | None], str | None]) -> None:
        with diary.server(place) as server:
            text, mark = server.get(url) or (None, "")
            after = change(text)
            before.append(text)
            if after is not None:
                server.put(url, after, mark)
            elif text is not None:
                server.delete(url, mark)
        diary.changed()

    return lambda: write(change), lambda: write(lambda _: before[-1])


def _move(it: Entry, begins: datetime, every: bool, calendar: Any) -> bool:
    master, event, at = _found(calendar, it)
    if every and master is not None:
        _shift(calendar, master, begins - it.begins, it)
        return True
    if event is None:  # one occurrence becomes an exception of its own
        event = type(master).from_ical(master.to_ical())
        for name in ("RRULE", "RDATE", "EXDATE", "EXRULE"):
            event.pop(name, None)
        event.add("RECURRENCE-ID", at)
        calendar.add_component(event)
    zone = getattr((event if master is None else master)["DTSTART"].dt, "tzinfo", None)
    start: date = begins.astimezone(zone) if zone else begins
    _set(event, begins.date() if it.all_day else start, it.ends - it.begins)
    return True


def _drop(it: Entry, every: bool, calendar: Any) -> bool:
    master, event, at = _found(calendar, it)
    if every or master is None:
        return False
    if event is not None:
        calendar.subcomponents.remove(event)
    master.add("EXDATE", at)
    _stamp(master)
    return True


def _found(calendar: Any, it: Entry) -> tuple[Any, Any, Any]:
    """The series, if it is one; the occurrence where it has a text of its own (or the single event); and which it is."""
    from icalendar import vDDDTypes

    events = [each for each in calendar.walk("VEVENT") if str(each.get("UID", "")) == it.uid]
    master = next((each for each in events if "RECURRENCE-ID" not in each), None)
    if not events:
        raise CalendarError(GONE)
    if not it.repeats or not it.at or master is None:
        return None, master or events[0], None
    at: Any = vDDDTypes.from_ical(it.at)  # type: ignore[no-untyped-call]
    if isinstance(at, datetime) and at.tzinfo is None:
        at = at.replace(tzinfo=getattr(master["DTSTART"].dt, "tzinfo", None))
    own = (each for each in events if each is not master and _same(each["RECURRENCE-ID"].dt, at))
    return master, next(own, None), at


def _same(one: Any, other: Any) -> bool:
    if (getattr(one, "tzinfo", None) is None) != (getattr(other, "tzinfo", None) is None):
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return bool(one == other)


def _shift(calendar: Any, master: Any, by: timedelta, it: Entry) -> None:
    """Another hour for all of a series, with what stands apart from it."""
    rule = master.get("RRULE", {})
    if any(name.startswith("BY") for name in rule) and (it.begins + by).date() != it.begins.date():
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
    event.DTSTART, event.DTEND = start, start + length
    event.pop("DURATION", None)
    _stamp(event)


def _stamp(event: Any) -> None:
    event.sequence += 1
    event.stamp = event.last_modified = datetime.now(UTC)
