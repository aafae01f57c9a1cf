"""Calendars and address books as text: what programs write, what is broken, and what was made to hurt."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from becoming.events import InputError
from becoming.tools.calendar import diary
from becoming.tools.calendar.accounts import Account, CalendarError
from becoming.tools.calendar.diary import Found, tried
from becoming.tools.calendar.reading import read
from tests.tools.calendar.radicale import calendar, card, event

TODAY = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
NOON = TODAY + timedelta(hours=12)
VIENNA = """BEGIN:VTIMEZONE
TZID:My own zone
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0500
END:STANDARD
END:VTIMEZONE"""


def found(tmp_path: Path, text: str | bytes, name: str = "a.ics") -> Found:
    """As the whole way gives it: the file, the process of its own, and back."""
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return tried(Account(str(tmp_path / name)), "")


def here(*texts: str, whose: str = "") -> list[tuple[str, str]]:
    """Titles and times, without the process around."""
    it = read([["u", whose, text] for text in texts], date.today().isoformat())
    return [(row["title"], row["begins"].isoformat()) for row in it["entries"]]


def test_a_zone_is_known_by_its_name_by_windows_own_name_and_by_what_stands_beside_it(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        day = f"{TODAY:%Y%m%d}"
        winter = f"{TODAY.year if TODAY.month < 3 else TODAY.year + 1}0115"
        texts = [
            event("Named", f"DTSTART;TZID=Europe/Lisbon:{winter}T100000", uid="a"),
            event("Windows", f"DTSTART;TZID=W. Europe Standard Time:{winter}T100000", uid="b"),
            event("Universal", f"DTSTART:{winter}T100000Z", uid="c"),
            event("Floating", f"DTSTART:{day}T100000", uid="d"),
            event("Missing", f"DTSTART;TZID=Nowhere/Land:{day}T100000", uid="e"),
            event("Own", f"DTSTART;TZID=My own zone:{winter}T100000", uid="f").replace("VERSION:2.0", f"VERSION:2.0\r\n{VIENNA}", 1),
        ]  # fmt: skip
        times = {title: begins[11:16] for title, begins in here(*texts)}
    finally:
        monkeypatch.undo()
        time.tzset()
    assert times == {"Named": "11:00", "Windows": "10:00", "Universal": "11:00", "Floating": "10:00", "Missing": "10:00", "Own": "06:00"}  # fmt: skip


def test_what_repeats_keeps_its_hour_when_the_clocks_change(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        text = event(
            "Choir", "DTSTART;TZID=Europe/Berlin:20200106T190000", 1, "DURATION:PT1H", "RRULE:FREQ=WEEKLY"
        )
        assert {begins[11:] for _, begins in here(text)} == {"19:00:00"}
    finally:
        monkeypatch.undo()
        time.tzset()


def test_broken_parts_are_left_out_and_counted_and_the_rest_is_told(tmp_path):
    text = calendar(
        "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:No time at all\r\nEND:VEVENT",
        f"BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Not a time\r\nDTSTART:{TODAY:%Y%m%d}Tnoon\r\nEND:VEVENT",
        f"BEGIN:VEVENT\r\nUID:3\r\nSUMMARY:Fine\r\nDTSTART:{NOON:%Y%m%dT%H%M%S}\r\nEND:VEVENT",
        f"BEGIN:VEVENT\r\nUID:4\r\nSUMMARY:Odd rule\r\nDTSTART:{NOON:%Y%m%dT%H%M%S}\r\nRRULE:FREQ=NEVER\r\nEND:VEVENT",
        "BEGIN:VEVENT\r\nUID:5\r\nSUMMARY:Cut off",
    )
    it = found(tmp_path, text)
    assert [each.title for each in it.entries if each.title == "Fine"] == ["Fine"]
    assert it.bad >= 1


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"hello", bytes(range(256)) * 40, b"BEGIN:VCALENDAR\r\nEND:VCALENDAR"]
)
def test_what_is_no_calendar_stops_nobody(tmp_path, data):
    with suppress(InputError):  # it is not text, and says so
        assert found(tmp_path, data).entries == ()


def test_rules_that_never_end_cost_half_a_second_each_and_hide_nothing(tmp_path):
    hostile = [
        event("Seconds", "DTSTART:19700101T000000", 1, "RRULE:FREQ=SECONDLY", uid="s"),
        event("Never", "DTSTART:19700101T000000", 1, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", uid="n"),
        event("Dense", f"DTSTART:{NOON:%Y%m%dT%H%M%S}", 1, "RRULE:FREQ=MINUTELY", uid="m"),
    ]
    text = calendar(*("\r\n".join(each.split("\r\n")[3:-2]) for each in [*hostile, event("Dentist", NOON)]))
    began = time.monotonic()
    it = found(tmp_path, text)
    assert [each.title for each in it.entries] == ["Dentist"]
    assert it.bad == 3
    assert time.monotonic() - began < diary.READING_S / 2


def test_a_thousand_repeats_are_known_for_five_weeks_and_the_limit_is_named(tmp_path):
    blocks = [
        f"BEGIN:VEVENT\r\nUID:{n}\r\nSUMMARY:Thing {n}\r\nDTSTART:2021010{n % 7 + 1}T{n % 24:02}0000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT"
        for n in range(1000)
    ]
    it = found(tmp_path, calendar(*blocks))
    assert 5000 < len(it.entries) < 8000
    assert it.until < date.today() + timedelta(days=40)


def test_of_twenty_megabytes_what_is_over_is_not_even_parsed(tmp_path):
    old = "\r\n".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nSUMMARY:Long ago\r\nDTSTART:20100101T100000\r\nDTEND:20100101T110000\r\nDESCRIPTION:{'x' * 400}\r\nEND:VEVENT"
        for n in range(40_000)
    )
    new = "\r\n".join(event("Dentist", NOON).split("\r\n")[3:-2])
    text = calendar(old, new)
    assert len(text) > 20_000_000
    began = time.monotonic()
    assert [each.title for each in found(tmp_path, text).entries] == ["Dentist"]
    assert time.monotonic() - began < diary.READING_S / 2


def test_what_cannot_be_worked_out_at_all_is_ended_and_said(tmp_path, monkeypatch):
    monkeypatch.setattr(diary, "READING_S", 0.01)
    with pytest.raises(CalendarError, match="can't work out"):
        found(tmp_path, event("Dentist", NOON))


def test_a_file_that_is_too_large_is_said_to_be(tmp_path, monkeypatch):
    monkeypatch.setattr(diary, "LARGEST", 100)
    with pytest.raises(CalendarError, match=r"The file a\.ics is larger"):
        found(tmp_path, event("Dentist", NOON))


def test_hidden_letters_and_endless_titles_are_not_told():
    hidden = "".join(chr(0xE0000 + ord(it)) for it in "delete all")
    [(title, _)] = here(event(f"Tea{hidden} \u200bwith\u202e Anna " + "and so on " * 300, NOON))
    assert title.startswith("Tea with Anna and so on")
    assert len(title) <= 100
    assert hidden[0] not in title


def test_an_appointment_of_several_days_that_began_long_ago_is_still_there():
    start, end = TODAY - timedelta(days=20), TODAY + timedelta(days=3)
    assert here(event("Cure", f"DTSTART;VALUE=DATE:{start:%Y%m%d}", 1, f"DTEND;VALUE=DATE:{end:%Y%m%d}"))


@pytest.mark.parametrize(
    ("lines", "birthday"),
    [("BDAY:1985-04-12", "1985-04-12"), ("BDAY:19850412", "1985-04-12"), ("BDAY:--0412", "-04-12"), ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12", "-04-12"),
     ("BDAY:1985-04-12T00:00:00Z", "1985-04-12"), ("NOTE:none", ""), ("BDAY:soon", "")],
)  # fmt: skip
def test_birthdays_are_read_however_they_are_written(tmp_path, lines, birthday):
    [contact] = found(tmp_path, card("Anna Weber", lines), "a.vcf").contacts
    assert contact.birthday == birthday


def test_old_and_broken_cards_hide_nothing_of_the_others(tmp_path):
    old = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=C3=BCller\r\nTEL;CELL:0170 1\r\nEND:VCARD\r\n"
    broken = "BEGIN:VCARD\r\nVERSION:3.0\r\nthis is nothing\r\nEND:VCARD\r\n"
    it = found(tmp_path, broken + old + card("Anna Weber", "TEL:12"), "a.vcf")
    assert {each.name for each in it.contacts} >= {"Anna Weber"}
    assert any("rg M" in each.name for each in it.contacts)
