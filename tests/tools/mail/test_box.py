"""The inbox of a real IMAP server, read and left as it was."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from becoming.tools.mail import Account, MailError, box, unread
from becoming.tools.mail.aloud import told
from becoming.tools.mail.box import BEGINNING, NEWEST, beginning
from tests.tools.mail.dovecot import PASSWORD, Dovecot, free_port
from tests.tools.mail.writing import ANNA, CLINIC, ROBOT, SHOP, mail


class Wire:
    """A cable to the server that counts what comes through it."""

    def __init__(self, port: int) -> None:
        self.bytes, self._to = 0, port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                here, _ = self._listening.accept()
            except OSError:
                return
            there = socket.create_connection(("127.0.0.1", self._to))
            threading.Thread(target=self._carry, args=(here, there, False), daemon=True).start()
            threading.Thread(target=self._carry, args=(there, here, True), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, counted: bool) -> None:
        try:
            while data := one.recv(1 << 16):
                self.bytes += len(data) if counted else 0
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def wire(dovecot: Dovecot) -> Iterator[Wire]:
    with closing(Wire(dovecot.port)) as cable:
        yield cable


def test_an_empty_inbox_has_nothing_new(dovecot):
    assert unread(dovecot.account, PASSWORD) == (0, [])


def test_what_is_unread_is_found_and_stays_unread(dovecot):
    dovecot.deliver(CLINIC, ANNA, ROBOT, SHOP)
    count, letters = unread(dovecot.account, PASSWORD)
    assert count == 4
    assert {each.name for each in letters} == {"Shop", "", "Anna Weber", "Riverside Clinic"}
    assert {each.name for each in letters if each.bulk} == {"Shop", ""}
    [anna] = [each for each in letters if each.name == "Anna Weber"]
    assert b"can you come" in beginning(anna, PASSWORD)
    assert dovecot.flags() == ["", "", "", ""]


def test_what_is_older_than_a_month_is_not_new(dovecot):
    dovecot.deliver(ANNA, age_s=40 * 86400)
    assert unread(dovecot.account, PASSWORD) == (0, [])


def test_of_two_thousand_mails_the_newest_headers_come_and_no_more(dovecot, wire):
    dovecot.deliver(
        *(
            mail(f"P{n} <p{n}@example.org>", f"Number {n}", "x" * 4000, minutes_ago=2000 - n)
            for n in range(2000)
        )
    )
    began = time.monotonic()
    count, letters = unread(replace(dovecot.account, port=wire.port), PASSWORD)
    assert count == 2000
    assert {each.subject for each in letters} == {f"Number {1999 - n}" for n in range(NEWEST)}
    assert wire.bytes < 40_000
    assert time.monotonic() - began < 20


def test_of_a_mail_of_sixty_megabytes_only_the_beginning_is_fetched(dovecot, wire):
    head = b"From: Tom <tom@example.org>\r\nSubject: Film\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
    text = b"Content-Type: text/plain\r\n\r\nHere is the film.\r\n--b\r\n"
    film = (
        b"Content-Type: video/mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + (b"A" * 76 + b"\r\n") * 800_000
    )
    dovecot.deliver(head + text + film + b"--b--\r\n")
    account = replace(dovecot.account, port=wire.port)
    _, [letter] = unread(account, PASSWORD)
    assert told(beginning(letter, PASSWORD))[0] == ("Here is the film.",)
    assert wire.bytes < BEGINNING + 20_000


def test_a_mail_that_went_is_said_to_be_gone(dovecot):
    dovecot.deliver(ANNA)
    _, [letter] = unread(dovecot.account, PASSWORD)
    with pytest.raises(MailError, match="isn't in the inbox any more"):
        beginning(replace(letter, uid="999999"), PASSWORD)


def test_a_wrong_password_says_so_with_what_its_provider_wants(dovecot):
    with pytest.raises(
        MailError, match=r"doesn't take the password of jonas@localhost\. Many providers want an app password"
    ):
        unread(dovecot.account, "wrong")
    with pytest.raises(MailError, match="Make one"):
        unread(replace(dovecot.account, hint="Make one at the site."), "wröng")


def test_a_server_that_is_down_says_so():
    with pytest.raises(MailError, match="doesn't answer"):
        unread(Account("a@localhost", "127.0.0.1", free_port(), "none"), PASSWORD)


def test_a_server_that_never_answers_is_given_up(monkeypatch):
    monkeypatch.setattr(box, "TIMEOUT_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(MailError, match="doesn't answer"):
        unread(Account("a@localhost", "127.0.0.1", silent.getsockname()[1], "none"), PASSWORD)


@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_over_tls_a_server_must_prove_who_it_is(dovecot, monkeypatch, security):
    dovecot.deliver(ANNA)
    port = dovecot.tls_port if security == "ssl" else dovecot.port
    account = replace(dovecot.account, security=security, port=port)
    with pytest.raises(MailError, match="can't prove to be your mail server"):
        unread(account, PASSWORD)
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.folder / "cert.pem"))
    assert unread(account, PASSWORD)[0] == 1


def test_no_password_goes_out_unencrypted_but_to_this_computer(dovecot):
    with pytest.raises(MailError, match="this computer only"):
        unread(replace(dovecot.account, host="imap.example.org"), PASSWORD)


def test_without_dovecot_the_tests_say_which_package_to_install(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda *arguments, **options: None)
    with pytest.raises(RuntimeError, match="apt-get install dovecot-imapd"):
        Dovecot.start()
