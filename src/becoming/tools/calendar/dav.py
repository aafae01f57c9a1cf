"""Calendars and address books on a server: CalDAV (RFC 4791) and CardDAV (RFC 6352), as much of them as she needs.

Everything here blocks, seconds at most. Written over HTTP and not over the `caldav` package, as that brings a library
which rewrites another one whenever Python starts. Only what somebody gave an account for is ever asked.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Self
from urllib.parse import urljoin, urlsplit

import httpx2
from lxml import etree

from becoming.tools.calendar.accounts import Account, CalendarError

TIMEOUT_S, WHOLE_S, LARGEST = 8.0, 30.0, 32 << 20
_HEAD = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:a="urn:ietf:params:xml:ns:carddav" xmlns:s="http://calendarserver.org/ns/"'
_WHO, _HOMES, _WHAT = (
    f"<d:propfind {_HEAD}><d:prop>{''.join(f'<{each}/>' for each in it.split())}</d:prop></d:propfind>"
    for it in (
        "d:current-user-principal d:resourcetype",
        "c:calendar-home-set a:addressbook-home-set",
        "d:resourcetype c:supported-calendar-component-set d:current-user-privilege-set s:getctag d:sync-token",
    )
)
_EVENTS = (
    f"<c:calendar-query {_HEAD}><d:prop><d:getetag/><c:calendar-data/></d:prop><c:filter><c:comp-filter name='VCALENDAR'>"
    "<c:comp-filter name='VEVENT'><c:time-range start='{:%Y%m%d}T000000Z' end='{:%Y%m%d}T000000Z'/></c:comp-filter>"
    "</c:comp-filter></c:filter></c:calendar-query>"
)
_CARDS = f"<a:addressbook-query {_HEAD}><d:prop><d:getetag/><a:address-data/></d:prop><a:filter/></a:addressbook-query>"
_CALENDAR, _BOOK = (f".//{{*}}resourcetype/{{*}}{kind}" for kind in ("calendar", "addressbook"))
_KINDS = ".//{*}supported-calendar-component-set/{*}comp"
_GONE, _LOCAL = (404, 410), ("localhost", "127.0.0.1", "::1")


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

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def parts(self) -> list[tuple[str, Any]]:
        """The parts of it, each with its whole address."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
        root = etree.fromstring(self.body or b"<none/>", parser)
        found = [] if root is None else root.iterfind("{DAV:}response")
        return [(urljoin(self.url, (each.findtext("{DAV:}href") or "").strip()), each) for each in found]


class Server:
    """One account's server, for a while. Each method raises CalendarError."""

    def __init__(self, account: Account, password: str) -> None:
        self._account, self._digest = account, httpx2.DigestAuth(account.user, password)
        self._auth: httpx2.Auth | None = httpx2.BasicAuth(account.user, password) if account.user else None
        self._hosts = [urlsplit(each).hostname or "" for each in (account.url, account.books)]
        self._host, local = self._hosts[0], self._hosts[0] in _LOCAL
        self._away = f"The calendar's server {self._host} doesn't answer. Check the network, and ask me again in a while."
        if not (local or account.url.startswith("https:")):
            unsafe = "Without encryption a password goes to this computer only. Give an https address."
            raise CalendarError(unsafe)
        context = ssl.create_default_context()
        self._http = httpx2.Client(verify=context, timeout=TIMEOUT_S, trust_env=not local)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._http.close()

    def shelves(self) -> list[Shelf]:
        """Every calendar with appointments and every address book."""
        if not self._account.user:
            return [Shelf(self._account.url, urlsplit(self._account.url).path.lower().endswith(".vcf"))]
        starts = filter(None, (self._account.url, self._account.books))
        found = {it.url: it for start in starts for home in self._homes(start) for it in self._in(home)}
        if not found:
            raise CalendarError(f"I found no calendar at {self._host}. Check the address.")
        return list(found.values())

    def read(self, shelf: Shelf, first: date, last: date) -> list[tuple[str, str]]:
        """What is on a shelf, each with its address: appointments between two days, or all contacts."""
        if not self._account.user:
            return [(shelf.url, self._send("GET", shelf.url).text)]
        body = _CARDS if shelf.book else _EVENTS.format(first, last)
        data = f".//{{*}}{'address' if shelf.book else 'calendar'}-data"
        parts = self._send("REPORT", shelf.url, body, {"Depth": "1"}).parts()
        return [(url, text) for url, each in parts if (text := each.findtext(data))]

    def get(self, url: str) -> tuple[str, str] | None:
        """An appointment as it is now, and the mark of that version; None where it is gone."""
        it = self._send("GET", url, expected=_GONE)
        mark = "*" if it.mark[:2] in ("", "W/") else it.mark
        return None if it.status in _GONE else (it.text, mark)

    def put(self, url: str, text: str, mark: str = "") -> None:
        """Write an appointment: a new one, or over the version of that mark."""
        over = {"If-Match": mark} if mark else {"If-None-Match": "*"}
        self._send("PUT", url, text, {"Content-Type": "text/calendar; charset=utf-8"} | over)

    def delete(self, url: str, mark: str) -> None:
        """Take an appointment away, if it is still of that version."""
        self._send("DELETE", url, headers={"If-Match": mark})

    def _homes(self, start: str) -> Iterator[str]:
        """The folders with this person's calendars and books; or the one calendar that the address is itself."""
        for url in (start, urljoin(start, "/.well-known/caldav"), urljoin(start, "/")):
            answer = self._send("PROPFIND", url, _WHO, {"Depth": "0"}, expected=range(402, 500))
            for at, it in answer.parts()[:1] if answer.status == 207 else []:
                if it.find(_CALENDAR) is not None or it.find(_BOOK) is not None:
                    yield at
                    return
                if who := it.findtext(".//{*}current-user-principal/{*}href"):
                    for _, homes in self._send("PROPFIND", urljoin(at, who), _HOMES, {"Depth": "0"}).parts():
                        found = homes.iterfind(".//{DAV:}prop//{DAV:}href")
                        yield from {urljoin(at, each.text) for each in found if each.text}
                    return

    def _in(self, home: str) -> Iterator[Shelf]:
        for url, it in self._send("PROPFIND", home, _WHAT, {"Depth": "1"}).parts():
            book, kinds = it.find(_BOOK) is not None, [each.get("name") for each in it.iterfind(_KINDS)]
            if book or (it.find(_CALENDAR) is not None and (not kinds or "VEVENT" in kinds)):
                may = {each[0].tag.rpartition("}")[2] for each in it.iterfind(".//{*}privilege") if len(each)}
                writable = not may or bool({"write", "write-content", "all", "bind"} & may)
                stamp = it.findtext(".//{*}getctag") or it.findtext(".//{*}sync-token") or ""
                yield Shelf(url, book, writable, stamp)

    def _send(
        self, method: str, url: str, body: str = "", headers: dict[str, str] | None = None, expected: Container[int] = ()
    ) -> _Answer:  # fmt: skip
        """What comes back. Raises where that refuses it, unless with what was `expected`."""
        headers = {"Content-Type": "application/xml; charset=utf-8"} | (headers or {})
        content, until = body.encode() or None, time.monotonic() + WHOLE_S
        try:
            for _ in range(6):
                self._trust(url)
                sent = self._http.stream(method, url, content=content, headers=headers, auth=self._auth)
                with sent as response:
                    status, told = response.status_code, response.headers
                    digest = status == 401 and "digest" in told.get("www-authenticate", "").lower()
                    if digest and self._auth and self._auth is not self._digest:
                        self._auth = self._digest
                    elif response.is_redirect:
                        url = urljoin(url, told.get("location", ""))
                    else:
                        it = _Answer(method, url, status, told.get("etag", ""), self._taken(response, until))
                        return it if status in expected else self._checked(it)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
            unproven = f"{self._host} can't prove to be your calendar's server, so I gave it no password."
            raise CalendarError(unproven if "CERTIFICATE" in str(error).upper() else self._away) from error
        raise CalendarError(f"{self._host} sends me round in circles. Check the address.")

    def _taken(self, response: httpx2.Response, until: float) -> bytes:
        taken = bytearray()
        for part in response.iter_bytes(1 << 16):
            taken += part
            if len(taken) > LARGEST or time.monotonic() > until:
                large = f"The calendar at {self._host} is larger than I can take in."
                raise CalendarError(large if len(taken) > LARGEST else self._away)
        return bytes(taken)

    def _checked(self, it: _Answer) -> _Answer:
        account, told = self._account, ""
        match it.status:
            case 401 | 403 if it.method in ("PUT", "DELETE"):
                told = "That calendar can only be read."
            case 401:
                told = f"{self._host} doesn't take the password of {account.user or account.address}. {account.hint}"
            case 404 | 410:
                told = f"There is no calendar at that place of {self._host}. Check the address."
            case 412:
                told = "It was changed at the same moment. Ask me again."
            case status if status >= 400:
                told = f"The calendar's server {self._host} refuses that, with {status}."
        if told:
            raise CalendarError(told.strip())
        return it

    def _trust(self, url: str) -> None:
        """A password goes only where the person sent it, or to a server of the same house; and only over TLS."""
        to, houses = urlsplit(url).hostname or "", [each.split(".", 1)[-1] for each in self._hosts]
        house = any("." in it and len(it.split(".")[0]) > 3 and to.endswith(f".{it}") for it in houses)
        secure = url.startswith("https:") and (to in self._hosts or house or not self._account.user)
        if not (secure or (to in self._hosts and to in _LOCAL)):
            raise CalendarError(f"{self._host} sends me to {to}, and I won't go there with your password.")
