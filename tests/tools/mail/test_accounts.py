"""Where somebody's mail lies, found without HTTP against a real DNS server; and where its password is kept."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import dns.message
import dns.resolver
import dns.rrset
import keyring.backends.fail
import pytest

from becoming.tools.mail import Account, Accounts, MailError, find, find_out
from becoming.tools.mail.accounts import NOTE
from tests.store.computers import DesktopKeyring, keyring_is

RECORDS = {
    "_imaps._tcp.company.example. SRV": [
        "10 1 993 second.company.example.",
        "0 1 9993 first.company.example.",
    ],
    "_imap._tcp.small.example. SRV": ["0 1 143 box.small.example."],
    "_imaps._tcp.none.example. SRV": ["0 0 0 ."],
    "_submissions._tcp.company.example. SRV": ["0 1 4650 out.company.example."],
    "_submission._tcp.small.example. SRV": ["0 1 5870 out.small.example."],
    "own.example. MX": ["10 aspmx.l.google.com."],
    "works.example. MX": ["0 works-example.mail.protection.outlook.com."],
}


@pytest.fixture
def names() -> Iterator[None]:
    """A DNS server that knows these names only, and is the one that is asked."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(0.1)
        over = threading.Event()

        def serve() -> None:
            while not over.is_set():
                try:
                    data, who = server.recvfrom(4096)
                except TimeoutError:
                    continue
                asked = dns.message.from_wire(data)
                answer, [question] = dns.message.make_response(asked), asked.question
                kind = dns.rdatatype.to_text(question.rdtype)
                if found := RECORDS.get(f"{question.name} {kind}"):
                    answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *found))
                else:
                    answer.set_rcode(dns.rcode.NXDOMAIN)
                server.sendto(answer.to_wire(), who)

        serving = threading.Thread(target=serve)
        serving.start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], server.getsockname()[1]
        before, dns.resolver.default_resolver = dns.resolver.default_resolver, resolver
        yield
        dns.resolver.default_resolver = before
        over.set()
        serving.join()


def place(address: str) -> tuple[str, int, str]:
    found = find(address)
    return found.host, found.port, found.security


def test_a_well_known_provider_needs_no_question_and_says_what_its_users_must_know():
    assert place("Anna@GMail.com") == ("imap.gmail.com", 993, "ssl")
    assert "app password" in find("anna@gmail.com").hint
    assert place("anna@gmx.de") == ("imap.gmx.net", 993, "ssl")


def test_a_provider_that_takes_no_password_says_so_before_one_is_asked_for(names):
    with pytest.raises(MailError, match="Bridge"):
        find("a@proton.me")
    for address in ("a@outlook.com", "a@works.example"):  # one signs in on a page instead
        assert find(address).issuer == "https://login.microsoftonline.com/common/v2.0"


def test_own_domains_are_found_by_dns(names):
    assert place("a@company.example") == ("first.company.example", 9993, "ssl")
    assert place("a@small.example") == ("box.small.example", 143, "starttls")
    assert place("a@own.example") == ("imap.gmail.com", 993, "ssl")


@pytest.mark.parametrize("address", ["a@none.example", "a@nowhere.invalid", "nonsense", "@", ""])
def test_where_nothing_is_found_it_says_what_to_do(names, address):
    with pytest.raises(MailError, match="--host"):
        find(address)


def way_out(address: str) -> tuple[str, int, str]:
    found = find_out(Account(address, "imap.nowhere.invalid"))
    return found.out, found.out_port, found.out_security


def test_the_server_to_send_by_is_found_in_the_same_ways(names):
    assert way_out("anna@gmail.com") == ("smtp.gmail.com", 465, "ssl")
    assert way_out("anna@web.de") == ("smtp.web.de", 587, "starttls")
    assert way_out("anna@posteo.de") == ("posteo.de", 465, "ssl")
    assert way_out("a@own.example") == ("smtp.gmail.com", 465, "ssl")
    assert way_out("a@company.example") == ("out.company.example", 4650, "ssl")
    assert way_out("a@small.example") == ("out.small.example", 5870, "starttls")
    assert find("anna@gmail.com").out == "smtp.gmail.com"
    with pytest.raises(MailError, match="--out-host"):
        way_out("a@nowhere.invalid")


def test_an_account_of_before_she_could_send_is_still_one(names):
    notes = {
        NOTE: [{"account": {"address": "a@company.example", "host": "imap.company.example"}, "password": "x"}]
    }
    [account] = Accounts(notes.get, notes.__setitem__).all()
    assert find_out(account).out == "out.company.example"


ACCOUNT = Account("anna@example.org", "imap.example.org", user="anna@example.org")


def test_a_password_lies_in_the_keyring_and_not_in_the_memory():
    notes: dict[str, Any] = {}
    accounts, desktop = Accounts(notes.get, notes.__setitem__), DesktopKeyring()
    with keyring_is(desktop):
        assert accounts.add(ACCOUNT, "secret words") == "in this computer's keyring"
        assert accounts.password(ACCOUNT) == "secret words"
        assert "secret words" not in str(notes)
        assert accounts.add(ACCOUNT, "newer words")  # in its place
        assert [each.address for each in accounts.all()] == ["anna@example.org"]
        assert list(desktop.kept.values()) == ["newer words"]
        assert accounts.remove("Anna@Example.org")
        assert not accounts.remove("anna@example.org")
        assert desktop.kept == {}
        assert notes[NOTE] == []


def test_without_a_keyring_it_lies_in_the_memory():
    notes: dict[str, Any] = {}
    accounts = Accounts(notes.get, notes.__setitem__)
    with keyring_is(keyring.backends.fail.Keyring()):
        assert accounts.add(ACCOUNT, "secret words") == "in her memory, locked with it"
        assert accounts.password(ACCOUNT) == "secret words"
        assert accounts.remove("anna@example.org")


def test_a_keyring_that_lost_it_is_named():
    notes: dict[str, Any] = {}
    accounts = Accounts(notes.get, notes.__setitem__)
    with keyring_is(DesktopKeyring()):
        accounts.add(ACCOUNT, "secret words")
    with keyring_is(DesktopKeyring()), pytest.raises(MailError, match="keyring"):
        accounts.password(ACCOUNT)
