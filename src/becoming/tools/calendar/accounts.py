"""Whose calendars and address books: on a server (CalDAV, CardDAV), behind an address that is only read, or in a file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from becoming.events import BecomingError
from becoming.tools.accounts import Kept, services

_TABLE = resources.files(__package__).joinpath("providers.toml").read_text("utf-8")
_PROVIDERS = tomllib.loads(_TABLE)["provider"]
FILES = (".ics", ".vcf")


class CalendarError(BecomingError):
    """A calendar cannot be reached, read or changed; the message says why and what to do, and can be said aloud."""


@dataclass(frozen=True, slots=True)
class Account:
    """`address` is what the person gave: a mail address, a web address, a file. `url` is empty for a file; `books` is where
    the contacts are, if elsewhere; with no `user` it is only read."""

    address: str
    url: str = ""
    books: str = ""
    user: str = ""
    hint: str = ""


class Accounts(Kept[Account]):
    """The calendars and address books of one person."""

    note, kind, fault = "calendar", Account, CalendarError


def find(address: str) -> Account:
    """Where the calendars of an address are. Takes seconds. Raises CalendarError where it cannot be told."""
    if address.lower().startswith(("https:", "http:", "webcal:")):
        url = "https:" + address.partition(":")[2] if address.lower().startswith("webcal:") else address
        reads = urlsplit(url).path.lower().endswith(FILES)
        return Account(address, url, user="" if reads else urlsplit(url).username or "")
    if (file := Path(address).expanduser()).suffix.lower() in FILES:
        if not file.is_file():
            raise CalendarError(f"There is no file {file}. Check where it is.")
        return Account(str(file.resolve()))
    user, at, domain = address.lower().rpartition("@")
    if not (user and at and "." in domain):
        raise CalendarError("Give a mail address, the web address of a calendar, or a .ics or .vcf file.")
    if known := next((it for it in _PROVIDERS if domain in it["domains"]), None):
        if "refuses" in known:
            raise CalendarError(known["refuses"])
        return Account(address, known["url"], known.get("books", ""), address, known.get("hint", ""))
    calendars, books = (_place(domain, kind) for kind in ("caldav", "carddav"))
    url = calendars or books or f"https://{domain}/.well-known/caldav"
    return Account(address, url, books if calendars else "", address)


def _place(domain: str, kind: str) -> str:
    found = services(domain, f"_{kind}s")
    return "https://{}:{}/.well-known/{}".format(*found[0], kind) if found else ""
