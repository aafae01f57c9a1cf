"""What stands in calendars and address books, as plain data: times are the computer's own, without a zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

BACK, NEAR, FAR = (timedelta(days) for days in (8, 36, 400))
"""Entries are known from so long before today; up to so long after it, or so much less where there are very many."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One appointment on its day; of one that repeats, `at` is the occurrence (an iCalendar RECURRENCE-ID).

    `busy` is False where its owner said so. `host` is who invited this person, `guests` whom they invited: both would be told
    of a change.
    """

    title: str
    begins: datetime
    ends: datetime
    all_day: bool = False
    busy: bool = True
    repeats: bool = False
    where: str = ""
    host: str = ""
    guests: tuple[str, ...] = ()
    url: str = ""
    uid: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """One person of an address book; numbers and addresses with their kind ("mobile", "work", or none)."""

    name: str
    numbers: tuple[tuple[str, str], ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()
    mails: tuple[tuple[str, str], ...] = ()
    birthday: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the entries by their beginning, up to the day `until`; and what is wrong, to be said beside it."""

    entries: tuple[Entry, ...]
    contacts: tuple[Contact, ...]
    until: date
    wrong: str = ""
    bad: int = 0
