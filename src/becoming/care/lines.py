"""The right crisis line for a country, from `crisis_lines.json`, where every number says what it rests on.

No number is invented. A country of which nothing is known gets the way to find one. A country that was
only guessed from the computer is always named with the number: a number means nothing elsewhere.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from becoming.care import files

FILE = "crisis_lines.json"
FINDER = "findahelpline.com"
_SPOKEN_FINDER = "find a helpline dot com"
_ZONES = Path("/usr/share/zoneinfo/zone.tab")


@dataclass(frozen=True, slots=True)
class Line:
    """A crisis line. `by` is "call" or "call or text", `also` another way in, `how` what the entry rests on."""

    name: str
    phone: str
    by: str
    how: str
    also: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the person is, as far as is known, and what there is. `sure`: they said so themselves."""

    country: str = ""
    name: str = ""
    line: Line | None = None
    emergency: str = ""
    emergency_spoken: str = ""
    emergency_how: str = ""
    sure: bool = False

    @property
    def words(self) -> dict[str, str]:
        """What the protocol's sentences may name; each entry of `can_call` and `call_now` begins a sentence."""
        place = f"in {self.name}" if self.name else ""
        return {
            "can_call": self._can_call(place),
            "line": self.line.phone if self.line else _SPOKEN_FINDER,
            "call_now": self._call_now(place),
            "emergency": self._number if self.emergency else "your emergency number",
        }

    @property
    def _number(self) -> str:
        return self.emergency_spoken or self.emergency

    def _can_call(self, place: str) -> str:
        if self.line is None:
            there = "" if self.sure else ", or tell me which country you're in"
            return f"On {_SPOKEN_FINDER} you can look up a line near you{there}"
        line = self.line
        called = line.name.removeprefix(line.phone).strip()
        # What an ear cannot use, a foreign name or the number once more, is left to the page.
        plain = called.isascii() and line.phone not in called and "?" not in called
        who = f"{'the ' if ' ' in called else ''}{called}" if plain else "a line for exactly this"
        hours = f", {line.hours}" if line.hours else ""
        return f"{'You' if self.sure else f'I{place[1:]} you'} can {line.by} {line.phone}, {who}{hours}"

    def _call_now(self, place: str) -> str:
        if not self.emergency:
            return "Please call your local emergency number now"
        if self.sure:
            return f"Please call {self._number} now"
        return f"Please call the emergency number now, {place} that's {self._number}"


UNKNOWN = Place()


def place(country: str, *, sure: bool = True) -> Place:
    """What is known for a country (ISO 3166 alpha-2, upper case); `UNKNOWN` where nothing is."""
    file = _file()
    names = file["countries"].get(country)
    for entry in (*file["lines"], *file["emergency_only"]):
        if entry["country"] == country:
            return Place(
                country,
                names[0] if names else "",
                _line(entry) if "phone" in entry else None,
                entry["emergency"],
                entry.get("emergency_spoken", ""),
                entry["how"],
                sure,
            )
    return UNKNOWN


def named(text: str) -> str | None:
    """The country that a sentence names as the place where somebody is, or is not any more; None if it names none."""
    low = text.lower().replace("’", "'")
    low = re.sub(
        r"\b(?:not|isn't|wasn't|never)(?: in)? (?:the )?\w+(?: states| kingdom| zealand)?\b", " ", low
    )
    found = [
        (match.start(), country)
        for country, names in _file()["countries"].items()
        for name in names
        if (match := re.search(rf"(?<!\w){re.escape(name.lower().removeprefix('the '))}(?!\w)", low))
    ]
    return min(found)[1] if found else None


def countries() -> dict[str, str]:
    """Code and name of every country of which something is known, by name."""
    names = {code: names[0].removeprefix("the ") for code, names in _file()["countries"].items()}
    return dict(sorted(names.items(), key=lambda each: each[1]))


def guessed() -> str:
    """The country this computer seems to be in, by its time zone, else by its locale; empty if neither says."""
    return _of_zone() or _of_locale()


def _of_zone() -> str:
    try:
        zone = os.environ.get("TZ") or str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
        rows = (line.split("\t") for line in _ZONES.read_text("utf-8").splitlines() if line[:1] != "#")
        return next((row[0] for row in rows if len(row) > 2 and row[2] == zone), "")
    except OSError:
        return ""


def _of_locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if found := re.match(r"[a-z]{2,3}_([A-Z]{2})\b", os.environ.get(name, "")):
            return found[1]
    return ""


@cache
def _file() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(files.read(FILE))
    return read


def _line(entry: dict[str, str]) -> Line:
    by, _, also = entry["by"].partition("; also ")
    return Line(entry["name"], entry["phone"], by, entry["how"], also, entry.get("hours", ""))


def faults(file: dict[str, Any]) -> list[str]:
    """What is wrong with a file of lines, in sentences; empty where it is sound. For the self-test."""
    found = []
    for entry in (*file.get("lines", []), *file.get("emergency_only", [])):
        where = entry.get("country", "?")
        if not re.fullmatch(r"[A-Z]{2}", where) or not file.get("countries", {}).get(where):
            found.append(f"{where} is no country that has a name")
        if not re.fullmatch(r"\d{3}", entry.get("emergency", "")):
            found.append(f"the emergency number of {where} is not of three digits")
        if "phone" in entry and not re.fullmatch(r"\d[\d ]{1,15}\d", entry["phone"]):
            found.append(f"the line of {where} has no number")
        if not entry.get("how"):
            found.append(f"nothing says what the entry of {where} rests on")
    return found if file.get("lines") else ["there are no lines in it"]
