"""A real CalDAV and CardDAV server, and ways in which others answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from becoming.tools.calendar import dav
from becoming.tools.calendar.accounts import Account, CalendarError, find
from becoming.tools.calendar.dav import Server
from becoming.tools.calendar.diary import tried
from tests.tools.calendar.radicale import PASSWORD, USER, card, event

TOMORROW = datetime.now().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=1)
TODAY = date.today()


@contextmanager
def answering(reply: Any) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """A server that answers as `reply(method, path)` says: status, headers, body; and what was asked of it."""
    asked: list[tuple[str, str, str]] = []

    class Answer(BaseHTTPRequestHandler):
        def _any(self) -> None:
            asked.append((self.command, self.path, self.headers.get("Authorization", "")))
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, headers, body = reply(self.command, self.path)
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(len(body))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PROPFIND = do_REPORT = do_PUT = do_DELETE = _any

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


def shelves(url: str, password: str = "x") -> list[dav.Shelf]:
    with Server(Account("a@example.org", url, user="a@example.org"), password) as server:
        return server.shelves()


def test_calendars_and_address_books_are_found_from_any_place_of_the_server(radicale):
    for url in (
        radicale.account.url,
        f"{radicale.account.url}{USER}/",
        f"{radicale.account.url}no/such/place",
    ):
        with Server(replace(radicale.account, url=url), PASSWORD) as server:
            assert sorted((it.book, it.writable) for it in server.shelves()) == [(False, True), (True, True)]


def test_one_calendar_is_taken_by_its_own_address(radicale):
    radicale.put(event("Dentist", TOMORROW))
    url = f"{radicale.account.url}{USER}/diary/"
    assert [each.title for each in tried(replace(radicale.account, url=url), PASSWORD).entries] == ["Dentist"]


def test_of_a_calendar_only_the_year_around_is_fetched(radicale):
    radicale.put(event("Dentist", TOMORROW), event("Long ago", TOMORROW - timedelta(days=900)))
    with Server(radicale.account, PASSWORD) as server:
        [diary] = [it for it in server.shelves() if not it.book]
        found = server.read(diary, TODAY, TODAY + timedelta(days=9))
    assert [url.rpartition("/")[2] for url, _ in found] == ["dentist.ics"]


def test_a_version_that_was_changed_meanwhile_is_not_overwritten(radicale):
    radicale.put(event("Dentist", TOMORROW))
    with Server(radicale.account, PASSWORD) as server:
        [diary] = [it for it in server.shelves() if not it.book]
        [(url, _)] = server.read(diary, TODAY, TODAY + timedelta(days=9))
        found = server.get(url)
        assert found
        radicale.put(event("Dentist", TOMORROW, 2))
        for change in (lambda: server.put(url, found[0], found[1]), lambda: server.delete(url, found[1])):
            with pytest.raises(CalendarError, match="changed at the same moment"):
                change()
        with pytest.raises(CalendarError, match="changed at the same moment"):
            server.put(url, found[0])


def test_contacts_come_with_the_calendars(radicale):
    radicale.put(card("Anna Weber", "TEL:12"), event("Dentist", TOMORROW))
    it = tried(radicale.account, PASSWORD)
    assert ([each.name for each in it.contacts], len(it.entries)) == (["Anna Weber"], 1)


def test_a_wrong_password_says_so_with_what_its_provider_wants(radicale):
    with pytest.raises(CalendarError, match=r"doesn't take the password of jonas@example.org\. Make one"):
        tried(replace(radicale.account, hint="Make one at the site."), "wröng")


def test_a_server_that_is_down_or_silent_is_given_up(monkeypatch):
    monkeypatch.setattr(dav, "TIMEOUT_S", 0.3)
    with pytest.raises(CalendarError, match="doesn't answer"):
        shelves("http://127.0.0.1:9/")
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(CalendarError, match="doesn't answer"),
    ):
        shelves(f"http://127.0.0.1:{silent.getsockname()[1]}/")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((500, {}, b""), "refuses that, with 500"),
        ((404, {}, b""), "found no calendar"),
        ((207, {}, b"<not xml"), "found no calendar"),
        ((207, {}, b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "found no calendar"),
        ((302, {"Location": "/again"}, b""), "round in circles"),
        ((302, {"Location": "http://[broken"}, b""), "doesn't answer|won't go there"),
        ((302, {"Location": "https://evil.example/"}, b""), "evil.example, and I won't go there"),
    ],
)  # fmt: skip
def test_strange_answers_are_told_in_clear_words(answer, told):
    with answering(lambda method, path: answer) as (url, _), pytest.raises(CalendarError, match=told):
        shelves(url)


def test_more_than_can_be_taken_in_is_not(monkeypatch):
    monkeypatch.setattr(dav, "LARGEST", 1000)
    with (
        answering(lambda method, path: (207, {}, b"x" * 5000)) as (url, _),
        pytest.raises(CalendarError, match="larger"),
    ):
        shelves(url)


def test_a_server_that_wants_a_digest_gets_no_password_in_the_clear_twice():
    def reply(method: str, path: str) -> tuple[int, dict[str, str], bytes]:
        return 401, {"WWW-Authenticate": 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5'}, b""

    with answering(reply) as (url, asked), pytest.raises(CalendarError, match="doesn't take the password"):
        shelves(url)
    assert any(it[2].startswith("Digest ") for it in asked)


def test_no_password_goes_out_unencrypted_but_to_this_computer():
    with pytest.raises(CalendarError, match="this computer only"):
        Server(Account("a", "http://calendar.example.org/", user="a"), "x")


def test_an_address_that_is_only_read_is_read_without_a_password():
    text = event("Dentist", TOMORROW).encode()
    with answering(lambda method, path: (200, {}, text)) as (url, asked):
        account = find(f"{url}basic.ics")
        assert [each.title for each in tried(account, "").entries] == ["Dentist"]
    assert asked == [("GET", "/basic.ics", "")]


@pytest.mark.parametrize(
    ("address", "told"),
    [("anna@gmail.com", "secret address in iCal format"), ("anna@outlook.com", "publish your calendar"), ("nobody", "Give a mail address"),
     ("/no/such/file.ics", "There is no file")],
)  # fmt: skip
def test_what_cannot_be_added_is_said_with_what_works(address, told):
    with pytest.raises(CalendarError, match=told):
        find(address)


def test_a_well_known_provider_is_known():
    assert find("anna@fastmail.com").url == "https://caldav.fastmail.com/"
    assert "app-specific" in find("anna@icloud.com").hint
