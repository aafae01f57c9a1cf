"""Whose mail it is: an account's settings, found without HTTP, and its password, in the keyring where there is one."""

from __future__ import annotations

import secrets
import socket
import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from importlib import resources
from typing import Any, Literal

import keyring
from keyring.errors import KeyringError

from becoming.events import BecomingError

NOTE, _SERVICE, _TRY_S = "mail", "becoming mail", 3.0
_PROVIDERS = tomllib.loads(resources.files(__package__).joinpath("providers.toml").read_text("utf-8"))
Security = Literal["ssl", "starttls", "none"]


class MailError(BecomingError):
    """Mail cannot be reached or read; the message says why and what to do, and can be said aloud."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where the mail of an address lies, and what its provider's users must know."""

    address: str
    host: str
    port: int = 993
    security: Security = "ssl"
    user: str = ""
    hint: str = ""
    out: str = ""
    out_port: int = 465
    out_security: Security = "ssl"


def find(address: str) -> Account:
    """The settings for an address: a well-known provider's, else by DNS (RFC 6186), else by trying the usual names.

    Takes seconds. Raises MailError where there are none, or the provider takes no password.
    """
    domain = address.lower().rpartition("@")[2]
    if known := _known(domain):
        if "refuses" in known:
            raise MailError(known["refuses"])
        account = Account(address, known["host"], user=address, hint=known.get("hint", ""))
        return _sends(account, known.get("out", known["host"]), known.get("out_port", 465))
    services: list[tuple[str, Security]] = [("_imaps", "ssl"), ("_imap", "starttls")]
    for service, security in services:
        for it in sorted(_ask(f"{service}._tcp.{domain}", "SRV"), key=lambda it: (it.priority, -it.weight)):
            if host := str(it.target).rstrip("."):  # a dot alone says that there is no such service
                return Account(address, host, it.port, security, address)
    for host in (f"imap.{domain}", f"mail.{domain}"):
        with suppress(OSError), socket.create_connection((host, 993), timeout=_TRY_S):
            return Account(address, host, user=address)
    raise MailError(f"I found no mail server for {address}. Check the address, or give a server with --host.")


def find_out(account: Account) -> Account:
    """The same account with the server that its mail is sent by: found as `find` does, or where it is read, too.

    Takes seconds. Raises MailError where there is none.
    """
    domain = account.address.lower().rpartition("@")[2]
    if account.out:
        return account
    if (known := _known(domain)) and known["host"]:
        return _sends(account, known.get("out", known["host"]), known.get("out_port", 465))
    for service, port in (("_submissions", 465), ("_submission", 587)):
        for it in sorted(_ask(f"{service}._tcp.{domain}", "SRV"), key=lambda it: (it.priority, -it.weight)):
            if host := str(it.target).rstrip("."):
                return replace(_sends(account, host, port), out_port=it.port)
    for host in dict.fromkeys((account.host, f"smtp.{domain}", f"mail.{domain}")):
        for port in (465, 587):
            with suppress(OSError), socket.create_connection((host, port), timeout=_TRY_S):
                return _sends(account, host, port)
    whose = f"I found no server to send mail of {account.address} by."
    raise MailError(f"{whose} Add the account anew, and give one with --out-host.")


def _sends(account: Account, host: str, port: int) -> Account:
    """By TLS from the start on its own port, else after STARTTLS."""
    return replace(account, out=host, out_port=port, out_security="ssl" if port == 465 else "starttls")


def _known(domain: str) -> dict[str, Any] | None:
    """The well-known provider of a domain."""
    return next((it for it in _PROVIDERS["provider"] if domain in it["domains"]), None) or _by_exchanger(
        domain
    )


def _by_exchanger(domain: str) -> dict[str, Any] | None:
    """The provider that takes mail for somebody's own domain."""
    names = [f".{it.exchange}".rstrip(".").lower() for it in _ask(domain, "MX")]
    by_part = {f".{it['exchanger']}": it for it in _PROVIDERS["provider"] if "exchanger" in it}
    return next((it for part, it in by_part.items() if any(name.endswith(part) for name in names)), None)


def _ask(name: str, kind: str) -> list[Any]:
    import dns.exception
    import dns.resolver  # late: to read mail it is not needed

    try:
        return list(dns.resolver.resolve(name, kind, lifetime=_TRY_S))
    except (dns.exception.DNSException, OSError):  # nothing there, or no network: the next way is tried
        return []


class Accounts:
    """The accounts of one person, in a note of their memory."""

    def __init__(self, get: Callable[[str], Any], put: Callable[[str, Any], None]) -> None:
        self._get, self._put = get, put

    def all(self) -> list[Account]:
        """Every account, in the order they were added."""
        return [Account(**row["account"]) for row in self._get(NOTE) or []]

    def add(self, account: Account, password: str) -> str:
        """Keep an account, in place of an earlier one of that address; where its password is kept."""
        self.remove(account.address)
        kept, where = {"password": password}, "in her memory, locked with it"
        entry = secrets.token_hex(8)
        with suppress(KeyringError):
            keyring.set_password(_SERVICE, entry, password)
            if keyring.get_password(_SERVICE, entry) == password:  # not every backend keeps it
                kept, where = {"entry": entry}, "in this computer's keyring"
        self._put(NOTE, [*(self._get(NOTE) or []), {"account": asdict(account), **kept}])
        return where

    def remove(self, address: str) -> bool:
        """Forget an account and its password; whether there was one."""
        rows = self._get(NOTE) or []
        gone = [row for row in rows if row["account"]["address"].lower() == address.lower()]
        for row in gone:
            with suppress(KeyringError):
                keyring.delete_password(_SERVICE, row.get("entry", ""))
        if gone:
            self._put(NOTE, [row for row in rows if row not in gone])
        return bool(gone)

    def dropping(self) -> Callable[[], object]:
        """What drops every password, also once the memory itself is gone."""
        notes = {NOTE: self._get(NOTE)}
        copy = Accounts(notes.get, notes.__setitem__)
        return lambda: [copy.remove(each.address) for each in copy.all()]

    def password(self, account: Account) -> str:
        """The password of an account. Raises MailError where the keyring does not give it."""
        entries = {row["account"]["address"]: row for row in self._get(NOTE) or []}
        kept: dict[str, str] = entries.get(account.address, {})
        with suppress(KeyringError):
            if found := kept.get("password") or keyring.get_password(_SERVICE, kept.get("entry", "")):
                return found
        raise MailError(
            f"The keyring hides the password of {account.address}. Unlock it, or add the account anew."
        )
