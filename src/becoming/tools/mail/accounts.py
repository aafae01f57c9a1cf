"""Whose mail it is: an account's settings, found without HTTP, and what signs in, in the keyring where there is one."""

from __future__ import annotations

import socket
import threading
import time
import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any, Literal

from becoming.events import BecomingError
from becoming.tools.accounts import TRY_S, Kept, ask, services
from becoming.tools.address import is_here

NOTE = "mail"
BEFORE_S = 120.0
"""So long before its end a token is renewed."""
_TABLE = tomllib.loads(resources.files(__package__).joinpath("providers.toml").read_text("utf-8"))
_PROVIDERS: list[dict[str, Any]] = _TABLE["provider"]
Security = Literal["ssl", "starttls", "none"]


class MailError(BecomingError):
    """Mail cannot be reached or read; the message says why and what to do, and can be said aloud."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where the mail of an address lies, and what its provider's users must know.

    Where `issuer` is given, no password signs in but what this provider of identities lets `client` have, within `scope`.
    """

    address: str
    host: str
    port: int = 993
    security: Security = "ssl"
    user: str = ""
    hint: str = ""
    out: str = ""
    out_port: int = 465
    out_security: Security = "ssl"
    issuer: str = ""
    client: str = ""
    scope: str = ""


def find(address: str) -> Account:
    """The settings for an address: a well-known provider's, else by DNS (RFC 6186), else by trying the usual names.

    Takes seconds. Raises MailError where there are none, or the provider lets no program in.
    """
    domain = address.lower().rpartition("@")[2]
    if known := _known(domain):
        if "refuses" in known:
            raise MailError(known["refuses"])
        account = Account(address, known["host"], user=address, hint=known.get("hint", ""))
        account = replace(account, issuer=known.get("issuer", ""), scope=known.get("scope", ""))
        return _sends(account, known.get("out", known["host"]), known.get("out_port", 465))
    for host, port in services(domain, "_imaps"):
        return Account(address, host, port, "ssl", address)
    for host, port in services(domain, "_imap"):
        return Account(address, host, port, "starttls", address)
    for host in (f"imap.{domain}", f"mail.{domain}"):
        with suppress(OSError), socket.create_connection((host, 993), timeout=TRY_S):
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
        for host, at in services(domain, service):
            return replace(_sends(account, host, port), out_port=at)
    for host in dict.fromkeys((account.host, f"smtp.{domain}", f"mail.{domain}")):
        for port in (465, 587):
            with suppress(OSError), socket.create_connection((host, port), timeout=TRY_S):
                return _sends(account, host, port)
    whose = f"I found no server to send mail of {account.address} by."
    raise MailError(f"{whose} Add the account anew, and give one with --out-host.")


def here_only(host: str) -> None:
    """Raises MailError where a password would leave this computer in the clear."""
    if not is_here(host):
        raise MailError("Without encryption a password goes to this computer only. Choose ssl or starttls.")


def _sends(account: Account, host: str, port: int) -> Account:
    """By TLS from the start on its own port, else after STARTTLS."""
    return replace(account, out=host, out_port=port, out_security="ssl" if port == 465 else "starttls")


def _known(domain: str) -> dict[str, Any] | None:
    """The well-known provider of a domain, by its name or by who takes mail for it."""
    if by_name := next((it for it in _PROVIDERS if domain in it["domains"]), None):
        return by_name
    names = [f".{it.exchange}".rstrip(".").lower() for it in ask(domain, "MX")]
    by_part = {f".{it['exchanger']}": it for it in _PROVIDERS if "exchanger" in it}
    return next((it for part, it in by_part.items() if any(name.endswith(part) for name in names)), None)


class Accounts(Kept[Account]):
    """The mail accounts of one person."""

    note, kind, fault = NOTE, Account, MailError

    def __init__(self, get: Callable[[str], Any], put: Callable[[str, Any], None]) -> None:
        super().__init__(get, put)
        self._renewing, self._tokens = threading.Lock(), dict[str, tuple[str, float, float]]()

    def password(self, account: Account) -> str:
        """What signs in to an account: its password, or a token of the hour. Raises MailError."""
        if not account.issuer:
            return super().password(account)
        with self._renewing:  # a refresh token may be good for one use
            refresh = super().password(account)
            token, since, until = self._tokens.get(refresh, ("", 0.0, 0.0))
            # By the clock on the wall, which goes on while the computer sleeps; set back, it makes no token younger.
            if not since <= (now := time.time()) < until:
                from becoming.tools.mail.oauth import renewed  # late: only such accounts need it

                token, lasts_s, newer = renewed(account, refresh)
                self._tokens.pop(refresh, None)
                self._tokens[newer] = token, now, now + lasts_s - BEFORE_S
                if newer != refresh:
                    self.add(account, newer)
            return token
