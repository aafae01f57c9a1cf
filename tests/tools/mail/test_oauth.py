"""Signing in at the provider's own page: a real provider, a real IMAP and a real SMTP server that ask it about tokens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import keyring.backends.fail
import pytest

from becoming.tools.mail import Account, Accounts, Mail, MailError, find, signs_in, unread
from becoming.tools.mail.accounts import NOTE
from becoming.tools.mail.oauth import allowed, renewed
from becoming.tools.mail.sending import composed, send
from tests.store.computers import DesktopKeyring, keyring_is
from tests.tools.mail.provider import CLIENT, SCOPE
from tests.tools.mail.writing import ANNA


@pytest.fixture
def account(dovecot, smtp, provider) -> Account:
    return replace(smtp.of(dovecot.account), issuer=provider.issuer, client=CLIENT, scope=SCOPE)


_PLACES = ("device_authorization_endpoint", "token_endpoint")


def shown(page: str, code: str) -> None:
    """Nobody looks."""


def test_who_allowed_it_on_the_page_is_read_and_written_for_without_a_password(
    account, dovecot, smtp, provider
):
    dovecot.deliver(ANNA)
    provider.known.answers = ["authorization_pending", "authorization_pending", "authorized"]
    told: list[tuple[str, str]] = []
    refresh = allowed(account, lambda page, code: told.append((page, code)))
    assert told == [(f"{provider.issuer}/device", "WDJB-MJHT")]
    token, lasts_s, newer = renewed(account, refresh)
    assert lasts_s == 3600
    assert newer != refresh
    assert unread(account, token)[0] == 1
    assert signs_in(account, token) == account
    mail = Mail("<1@becoming>", account.address, "Anna", "anna@example.org", "Saturday", "I'd love to come.")
    send(account, token, mail, composed(mail, 1_700_000_000.0))
    assert len(smtp.post.taken) == 1


def test_a_token_that_does_not_hold_is_told_apart_from_a_network_that_does_not(account, dovecot):
    with pytest.raises(MailError, match=r"doesn't let me in as .* add the account anew"):
        unread(account, "no token of theirs")
    with pytest.raises(MailError, match="Is SMTP allowed"):
        signs_in(account, "no token of theirs")
    with pytest.raises(MailError, match="doesn't answer as it should"):
        renewed(replace(account, issuer="http://127.0.0.1:9"), "x")


@pytest.mark.parametrize(
    ("answer", "said"), [("access_denied", "not allowed"), ("expired_token", "expired"), ("", "let me in")]
)
def test_where_it_is_not_allowed_she_says_why(account, provider, answer, said):
    provider.known.answers = ["authorization_pending", answer]
    with pytest.raises(MailError, match=said):
        allowed(account, shown)


def test_a_provider_that_wants_to_be_asked_less_often_is(account, provider, monkeypatch):
    waited: list[float] = []
    monkeypatch.setattr("becoming.tools.mail.oauth.time.sleep", waited.append)
    provider.known.answers = ["slow_down", "authorization_pending", "authorized"]
    allowed(account, shown)
    assert waited == [0, 5, 5]


def test_an_unknown_client_and_none_at_all_are_said_so(account):
    with pytest.raises(MailError, match="It says: Invalid client_id"):
        allowed(replace(account, client="somebody"), shown)
    with pytest.raises(MailError, match="--client"):
        allowed(replace(account, client=""), shown)


def test_microsofts_mailboxes_are_signed_in_to_at_microsofts_and_nothing_is_asked_in_the_clear():
    found = find("anna@outlook.com")
    assert (found.host, found.out) == ("outlook.office365.com", "smtp.office365.com")
    with pytest.raises(MailError, match=r"register one there.*--client"):
        allowed(found, shown)
    with pytest.raises(MailError, match="https only"):
        renewed(replace(found, issuer="http://login.example.org"), "x")


@pytest.mark.parametrize("has_keyring", [True, False])
def test_a_token_holds_its_hour_and_what_renews_it_is_kept_anew(account, provider, has_keyring):
    provider.known.answers = ["authorized"]
    notes: dict[str, Any] = {}
    accounts = Accounts(notes.get, notes.__setitem__)
    desktop = DesktopKeyring()
    with keyring_is(desktop if has_keyring else keyring.backends.fail.Keyring()):
        accounts.add(account, allowed(account, shown))
        first = accounts.password(account)
        assert accounts.password(account) == first
        assert provider.grants.count("refresh_token") == 1
        assert first not in str(notes) + str(desktop.kept)  # it lives for an hour, and here only
        [kept] = desktop.kept.values() if has_keyring else [notes[NOTE][0]["password"]]
        assert {kept} == provider.known.refresh
        # Who starts her anew has what renews it, and a token at its end is no longer used.
        provider.lasts_s = 1
        again = Accounts(notes.get, notes.__setitem__)
        assert again.password(account) != again.password(account) != first
        assert unread(account, again.password(account)) == (0, [])
        assert [each.address for each in again.all()] == [account.address]
    if has_keyring:
        assert "password" not in notes[NOTE][0]


def test_what_is_renewed_keeps_its_place_and_what_is_added_anew_signs_in_at_once(account, provider):
    provider.known.answers = ["authorized", "authorized"]
    notes: dict[str, Any] = {}
    accounts = Accounts(notes.get, notes.__setitem__)
    with keyring_is(DesktopKeyring()):
        accounts.add(account, allowed(account, shown))
        accounts.add(replace(account, address="second@localhost", issuer=""), "a password")
        first = accounts.password(account)
        assert [each.address for each in accounts.all()] == [account.address, "second@localhost"]
        Accounts(notes.get, notes.__setitem__).add(
            account, allowed(account, shown)
        )  # as the command line does
        assert accounts.password(account) != first


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"access_token": "for an hour"}, "offline_access"),
        ({"error": "authorization_declined"}, "not allowed there"),
        ({"refresh_token": None}, "It says: nothing"),
    ],
)
def test_what_a_provider_answers_oddly_is_said_so(account, monkeypatch, told, said):
    begun = {"device_code": "1", "user_code": "WDJB", "verification_url": "https://there", "interval": 0.01}
    answers = iter([begun, told])
    monkeypatch.setattr(
        "becoming.tools.mail.oauth._answered",
        lambda *_: {**dict.fromkeys(_PLACES, "x")} if _[0] == "GET" else next(answers),
    )
    pages: list[str] = []
    with pytest.raises(MailError, match=said):
        allowed(account, lambda page, code: pages.append(page))
    assert pages == ["https://there"]


def test_a_renewal_that_names_no_new_token_keeps_the_old_one(account, monkeypatch):
    told = {"access_token": "a", "expires_in": None, "refresh_token": None}
    monkeypatch.setattr("becoming.tools.mail.oauth._asked", lambda *_: told)
    monkeypatch.setattr("becoming.tools.mail.oauth._published", lambda *_: {})
    assert renewed(account, "the old one") == ("a", 0.0, "the old one")


def test_where_it_was_taken_back_at_the_provider_she_says_so(account, provider):
    notes: dict[str, Any] = {}
    accounts = Accounts(notes.get, notes.__setitem__)
    with keyring_is(DesktopKeyring()):
        accounts.add(account, "what was handed out once")
        with pytest.raises(MailError, match="doesn't let me in any more"):
            accounts.password(account)
