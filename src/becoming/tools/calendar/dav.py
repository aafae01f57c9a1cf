"""Calendars and address books on a server: CalDAV (RFC 4791) and CardDAV (RFC 6352), as much of them as she needs.

Everything here blocks, seconds at most. Written over HTTP and not over the `caldav` package, as that brings a library
which rewrites another one whenever Python starts. Only what somebody gave an account for is ever asked.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Self
from urllib.parse import urljoin, urlsplit

import httpx2
from lxml import etree

from becoming.tools.calendar.accounts import Account, CalendarError

TIMEOUT_S, WHOLE_S, LARGEST = 8.0, 30.0, 32 << 20
_SPACES = {"d": "DAV:", "c": "urn:ietf:params:xml:ns:caldav", "a": "urn:ietf:params:xml:ns:carddav", "s": "http://calendarserver.org/ns/"}  # fmt: skip
_HEAD = " ".join(f'xmlns:{short}="{long}"' for short, long in _SPACES.items())
_FIND = f"<d:propfind {_HEAD}><d:prop>{{}}</d:prop></d:propfind>"
_WHO = _FIND.format("<d:current-user-principal/><d:resourcetype/>")
_HOMES = _FIND.format("<c:calendar-home-set/><a:addressbook-home-set/>")
_WHAT = _FIND.format(
    "<d:resourcetype/><c:supported-calendar-component-set/><d:current-user-privilege-set/><s:getctag/><d:sync-token/>"
)
_EVENTS = (
    f"<c:calendar-query {_HEAD}><d:prop><d:getetag/><c:calendar-data/></d:prop><c:filter><c:comp-filter name='VCALENDAR'>"
    "<c:comp-filter name='VEVENT'><c:time-range start='{:%Y%m%d}T000000Z' end='{:%Y%m%d}T000000Z'/></c:comp-filter>"
    "</c:comp-filter></c:filter></c:calendar-query>"
)
_CARDS = f"<a:addressbook-query {_HEAD}><d:prop><d:getetag/><a:address-data/></d:prop><a:filter/></a:addressbook-query>"
_CALENDAR, _BOOK = (f".//{{*}}resourcetype/{{*}}{kind}" for kind in ("calendar", "addressbook"))
_HOME = ("calendar-home-set", "addressbook-home-set")
_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A calendar, or an address book; `stamp` is another one once anything in it is."""

    url: str
    book: bool
    writable: bool = False
    stamp: str = ""


class _Answer(NamedTuple):
    method: str
    url: str
    status: int
    mark: str
    body: bytes


class Server:
    """One account's server, for a while. Each method raises CalendarError."""

    def __init__(self, account: Account, password: str) -> None:
        self._account = account
        self._auth: httpx2.Auth = httpx2.BasicAuth(account.user, password)
        self._digest = httpx2.DigestAuth(account.user, password)
        parts = urlsplit(account.url)
        if parts.scheme != "https" and parts.hostname not in _LOCAL:
            raise CalendarError(
                "Without encryption a password goes to this computer only. Give an https address."
            )
        local = parts.hostname in _LOCAL
        self._http = httpx2.Client(
            verify=ssl.create_default_context(), timeout=TIMEOUT_S, trust_env=not local
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._http.close()

    def shelves(self) -> list[Shelf]:
        """Every calendar with appointments and every address book."""
        if not self._account.user:
            return [Shelf(self._account.url, urlsplit(self._account.url).path.lower().endswith(".vcf"))]
        found = dict[str, Shelf]()
        for start in filter(None, (self._account.url, self._account.books)):
            found |= {it.url: it for home in self._homes(start) for it in self._in(home)}
        if not found:
            raise CalendarError(f"I found no calendar at {self._host}. Check the address.")
        return list(found.values())

    def read(self, shelf: Shelf, first: date, last: date) -> list[tuple[str, str]]:
        """What is on a shelf, each with its address: appointments between two days, or all contacts."""
        if not self._account.user:
            return [(shelf.url, self._fine(self._send("GET", shelf.url)).body.decode("utf-8", "replace"))]
        body = _CARDS if shelf.book else _EVENTS.format(first, last)
        data = "{*}address-data" if shelf.book else "{*}calendar-data"
        return [
            (url, text)
            for url, each in self._answers("REPORT", shelf.url, body, "1")
            if (text := each.findtext(f".//{data}"))
        ]

    def get(self, url: str) -> tuple[str, str] | None:
        """An appointment as it is now, and the mark of that version; None where it is gone."""
        if (it := self._send("GET", url)).status in (404, 410):
            return None
        return self._fine(it).body.decode("utf-8", "replace"), it.mark

    def put(self, url: str, text: str, mark: str = "") -> None:
        """Write an appointment: a new one, or over the version of that mark."""
        headers = {"Content-Type": "text/calendar; charset=utf-8"}
        self._fine(
            self._send("PUT", url, text, headers | ({"If-Match": mark} if mark else {"If-None-Match": "*"}))
        )

    def delete(self, url: str, mark: str) -> None:
        """Take an appointment away, if it is still of that version."""
        self._fine(self._send("DELETE", url, headers={"If-Match": mark} if mark else {}))

    def _homes(self, start: str) -> Iterator[str]:
        """The folders with this person's calendars and books; or the one calendar that the address is itself."""
        for url in (start, urljoin(start, "/.well-known/caldav"), urljoin(start, "/")):
            answer = self._send("PROPFIND", url, _WHO, {"Depth": "0"})
            if answer.status == 401 or answer.status >= 500:
                self._fine(answer)
            for at, it in _read(answer)[:1] if answer.status == 207 else []:
                if it.find(_CALENDAR) is not None or it.find(_BOOK) is not None:
                    yield at
                    return
                if who := it.findtext(".//{*}current-user-principal/{*}href"):
                    for _, homes in self._answers("PROPFIND", urljoin(at, who), _HOMES, "0"):
                        found = [it.text for of in _HOME for it in homes.iterfind(f".//{{*}}{of}/{{*}}href")]
                        yield from {urljoin(at, each) for each in found}
                    return

    def _in(self, home: str) -> Iterator[Shelf]:
        for url, it in self._answers("PROPFIND", home, _WHAT, "1"):
            book = it.find(_BOOK) is not None
            parts = [
                each.get("name") for each in it.iterfind(".//{*}supported-calendar-component-set/{*}comp")
            ]
            if book or (it.find(_CALENDAR) is not None and (not parts or "VEVENT" in parts)):
                may = [each[0].tag.rpartition("}")[2] for each in it.iterfind(".//{*}privilege") if len(each)]
                writable = not may or bool({"write", "write-content", "all", "bind"} & {*may})
                stamp = it.findtext(".//{*}getctag") or it.findtext(".//{*}sync-token") or ""
                yield Shelf(url, book, writable, stamp)

    def _answers(self, method: str, url: str, body: str, depth: str) -> list[tuple[str, Any]]:
        return _read(self._fine(self._send(method, url, body, {"Depth": depth})))

    def _send(self, method: str, url: str, body: str = "", headers: dict[str, str] | None = None) -> _Answer:
        headers = {"Content-Type": "application/xml; charset=utf-8"} | (headers or {})
        until = time.monotonic() + WHOLE_S
        try:
            for _ in range(6):
                self._trust(url)
                request = self._http.build_request(
                    method, url, content=body.encode() or None, headers=headers
                )
                auth = self._auth if self._account.user else None
                response = self._http.send(request, stream=True, auth=auth, follow_redirects=False)
                try:
                    asked = response.headers.get("www-authenticate", "").lower()
                    if response.status_code == 401 and "digest" in asked and self._auth is not self._digest:
                        self._auth = self._digest
                    elif response.is_redirect:
                        url = urljoin(url, response.headers.get("location", ""))
                    else:
                        mark = response.headers.get("etag", "")
                        return _Answer(method, url, response.status_code, mark, self._taken(response, until))
                finally:
                    response.close()
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
            if "CERTIFICATE" in str(error).upper():
                raise CalendarError(
                    f"{self._host} can't prove to be your calendar's server, so I gave it no password."
                ) from error
            raise CalendarError(self._away) from error
        raise CalendarError(f"{self._host} sends me round in circles. Check the address.")

    def _taken(self, response: httpx2.Response, until: float) -> bytes:
        taken = bytearray()
        for part in response.iter_bytes(1 << 16):
            taken += part
            if len(taken) > LARGEST:
                raise CalendarError(f"The calendar at {self._host} is larger than I can take in.")
            if time.monotonic() > until:
                raise CalendarError(self._away)
        return bytes(taken)

    def _fine(self, it: _Answer) -> _Answer:
        told = ""
        match it.status:
            case 401 | 403 if it.method in ("PUT", "DELETE"):
                told = "That calendar can only be read."
            case 401:
                who = self._account.user or self._account.address
                told = f"{self._host} doesn't take the password of {who}. {self._account.hint}".strip()
            case 404 | 410:
                told = f"There is no calendar at that place of {self._host}. Check the address."
            case 412:
                told = "It was changed at the same moment. Ask me again."
            case status if status >= 400:
                told = f"The calendar's server {self._host} refuses that, with {status}."
        if told:
            raise CalendarError(told)
        return it

    def _trust(self, url: str) -> None:
        """A password goes only where the person sent it, or to a server of the same house; and only over TLS."""
        there, to = urlsplit(url), urlsplit(url).hostname or ""
        hosts = [urlsplit(each).hostname or "" for each in (self._account.url, self._account.books)]
        houses = [each.split(".", 1)[-1] for each in hosts]
        near = to in hosts or any(
            "." in it and len(it.split(".")[0]) > 3 and to.endswith(f".{it}") for it in houses
        )
        if not (to in hosts and to in _LOCAL) and (
            there.scheme != "https" or (self._account.user and not near)
        ):
            raise CalendarError(f"{self._host} sends me to {to}, and I won't go there with your password.")

    @property
    def _host(self) -> str:
        return urlsplit(self._account.url).hostname or ""

    @property
    def _away(self) -> str:
        return f"The calendar's server {self._host} doesn't answer. Check the network, and ask me again in a while."


def _read(answer: _Answer) -> list[tuple[str, Any]]:
    """The parts of an answer, each with its whole address."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(answer.body or b"<none/>", parser)
    found = [] if root is None else root.iterfind("{DAV:}response")
    return [(urljoin(answer.url, (each.findtext("{DAV:}href") or "").strip()), each) for each in found]
