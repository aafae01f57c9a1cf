"""Calendars and address books as text become entries and contacts: `python -m becoming.tools.calendar.reading`.

A process of its own, which can be ended: what others write into a calendar may take for ever to be worked out, and must
not hold up a talk. It reads one JSON object and writes one; what cannot be read is left out and counted.
"""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import sys
import time
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import icalendar
import recurring_ical_events
import vobject

from becoming.tools.calendar.entries import BACK, FAR, NEAR, Contact, Entry, Found
from becoming.tools.mail.aloud import speakable

Made = TypeVar("Made")
log = logging.getLogger(__name__)
MANY, ONE_S, ALL_S = 4000, 0.5, 6.0
"""So many entries are near, and later ones are left; so much of the processor one series, and all of the near, may take."""
_BLOCK = re.compile(r"(?ims)^BEGIN:(VEVENT|VTIMEZONE|VCARD)[ \t\r]*\n.*?^END:\1\b")
_UID = re.compile(r"(?im)^UID[^:\n]*:(.*(?:\n[ \t].*)*)")
_ZONE = re.compile(r"(?im)^TZID[^:\n]*:(.*)")
_DAYS = re.compile(r"(?im)^DT(?:START|END)[^:\n]*:(\d{8})")
_REPEATS = re.compile(r"(?im)^R(?:RULE|DATE)\b")
_SERIES = re.compile(r"(?im)^(?:RRULE|RDATE|RECURRENCE-ID|DURATION)\b")
_BORN = re.compile(r"(?:1604|(\d{4})|--)-?(\d\d)-?(\d\d)")  # 1604 is what Apple writes where there is no year


def read(sources: list[list[str]], day: str) -> dict[str, Any]:
    """`sources` are [address, whose, text]. Entries from a week before `day` to a year after, or only five weeks after where
    that is very much; contacts; what could not be read."""
    first = date.fromisoformat(day) - BACK
    near, far = first + BACK + NEAR, first + BACK + FAR
    begun, bad, found = time.process_time(), 0, dict[tuple[str, ...], Entry]()
    contacts, series = list[Contact](), list[tuple[str, str, bool, Any]]()
    for url, whose, text in sources:
        bad += "BEGIN:V" not in text.upper()
        for part in _parts(text, first, far):
            made = _bounded(_contact if "BEGIN:VCARD" in part.upper() else _query, part)
            if isinstance(made, list):
                contacts += made
            elif made is not None:
                series.append((url, whose, bool(_REPEATS.search(part)), made))
            bad += made is None
    until = far
    for start, end in ((first, near), (near, far)):
        if len(found) > MANY or time.process_time() - begun > ALL_S:
            until = near
            break
        for each in list(series):
            if (entries := _bounded(_entries, *each, start, end)) is None:
                series.remove(each)
                bad += 1
            else:
                found |= {(it.url, it.uid, it.at): it for it in entries}
    ordered = sorted(found.values(), key=lambda it: it.begins)
    return asdict(Found(tuple(ordered), tuple(contacts), until, bad=bad))


def _parts(text: str, first: date, last: date) -> Iterator[str]:
    """Each contact, and each series with the zones it needs; what is over, or far away, is not even parsed."""
    zones, groups = dict[str, str](), dict[str, list[str]]()
    known = zoneinfo.available_timezones()
    for block in _BLOCK.finditer(text):
        whole, kind = block[0].replace("\r\n", "\n"), block[1].upper()
        if kind == "VCARD":
            yield whole
        elif kind == "VTIMEZONE":
            if (zone := _ZONE.search(whole)) and zone[1].strip() not in known:
                zones[zone[1].strip()] = whole
        else:
            days = _DAYS.findall(whole)
            over = days and not (f"{first:%Y%m%d}" <= max(days) and min(days) <= f"{last:%Y%m%d}")
            if not over or _SERIES.search(whole):
                uid = _UID.search(whole)
                groups.setdefault(uid[1] if uid else f"none {block.start()}", []).append(whole)
    for blocks in groups.values():
        used = [zone for name, zone in zones.items() if any(name in each for each in blocks)]
        yield "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *used, *blocks, "END:VCALENDAR", ""])


class _TooLong(Exception):
    """It takes longer than anything that a person made."""


def _bounded(work: Callable[..., Made], *given: Any) -> Made | None:
    """Within half a second of work; None where that is not enough, or anything is wrong with it: it stops nothing else."""
    timed = hasattr(signal, "setitimer")  # Windows has none: there the whole process is bounded
    try:
        if timed:
            signal.signal(signal.SIGPROF, _too_long)
            signal.setitimer(signal.ITIMER_PROF, ONE_S)
        return work(*given)
    except Exception as error:  # whatever a parser raises for what others wrote
        log.error("unreadable", exc_info=error)
        return None
    finally:
        if timed:
            signal.setitimer(signal.ITIMER_PROF, 0)


def _too_long(*_: object) -> None:
    raise _TooLong


def _query(text: str) -> Any:
    return recurring_ical_events.of(icalendar.Calendar.from_ical(text))


def _entries(url: str, whose: str, repeats: bool, query: Any, start: date, end: date) -> list[Entry]:
    return [it for each in query.between(start, end) if (it := _entry(each, url, whose, repeats))]


def _entry(it: Any, url: str, whose: str, repeats: bool) -> Entry | None:
    people, host, at = it.get("ATTENDEE", []), it.get("ORGANIZER"), it.get("RECURRENCE-ID")
    people = people if isinstance(people, list) else [people]
    mine = [each.params.get("PARTSTAT", "") for each in people if _mail(each) == whose.lower()]
    if str(it.get("STATUS", "")).upper() == "CANCELLED" or any(each.upper() == "DECLINED" for each in mine):
        return None
    begins, ends = it["DTSTART"].dt, it["DTEND"].dt
    all_day = not isinstance(begins, datetime)
    if all_day and ends <= begins:
        ends = begins + timedelta(1)
    invited = host is not None and _mail(host) != whose.lower() and bool(whose)
    return Entry(
        _words(it.get("SUMMARY"), 12) or "something without a name",
        _local(begins),
        _local(ends),
        all_day,
        str(it.get("TRANSP", "")).upper() != "TRANSPARENT",
        repeats,
        _words(it.get("LOCATION"), 8),
        _name(host) if invited else "",
        tuple(_name(each) for each in people if _mail(each) != whose.lower() and not invited)[:20],
        url,
        str(it.get("UID", "")),
        at.to_ical().decode() if at else "",
    )


def _local(when: date) -> datetime:
    if not isinstance(when, datetime):
        return datetime(when.year, when.month, when.day)
    return when.astimezone().replace(tzinfo=None) if when.tzinfo else when


def _words(text: object, most: int) -> str:
    return " ".join(speakable(str(text or "")[:500]).split()[:most]).rstrip(" .,;:")[:100]


def _mail(person: object) -> str:
    return str(person).lower().removeprefix("mailto:")


def _name(person: Any) -> str:
    local = _mail(person).partition("@")[0].replace(".", " ").title()
    return _words(person.params.get("CN"), 4) or _words(local, 4)


def _contact(text: str) -> list[Contact]:
    card = vobject.readOne(text, allowQP=True, ignoreUnreadable=True)
    called, day = (getattr(getattr(card, each, None), "value", "") for each in ("fn", "bday"))
    name, born = _words(called, 6), _BORN.search(day)
    birthday = f"{born[1] or ''}-{born[2]}-{born[3]}" if born else ""
    numbers, addresses, mails = (
        tuple((_kind(it), line) for it in card.contents.get(each, []) if (line := _line(it.value)))
        for each in ("tel", "adr", "email")
    )
    return [Contact(name, numbers, addresses, mails, birthday)] if name else []


def _kind(it: Any) -> str:
    kinds = [each.lower() for each in [*it.params.get("TYPE", []), *it.singletonparams]]
    names = {"cell": "mobile", "iphone": "mobile", "mobile": "mobile", "work": "work", "home": "home"}
    return next((names[each] for each in kinds if each in names), "")


def _line(value: Any) -> str:
    """A number, or an address, in the order one says it."""
    if isinstance(value, str):
        return _words(value.removeprefix("tel:"), 12)
    parts = [value.street, f"{value.code} {value.city}".strip(), value.region, value.country]
    return _words(", ".join(" ".join(it) if isinstance(it, list) else it for it in parts if it), 20)


if __name__ == "__main__":
    logging.disable()
    if hasattr(os, "nice"):
        os.nice(10)  # somebody may be talking
    json.dump(read(**json.load(sys.stdin)), sys.stdout, default=str)
