"""Accounts of a person with others: in a note of their memory, each password in the keyring where there is one."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast

import keyring
from keyring.errors import KeyringError

from becoming.events import BecomingError

TRY_S = 3.0
"""So long a server is tried that may not be there."""


class Addressed(Protocol):
    """An account, a dataclass: what it is called by stands in it."""

    @property
    def address(self) -> str:
        """Its name, which no other account of its kind has."""


Kind = TypeVar("Kind", bound=Addressed)
Row = dict[str, Any]


class Kept(Generic[Kind]):
    """The accounts of one kind; subclasses say which."""

    note: ClassVar[str]
    kind: ClassVar[type[Any]]
    fault: ClassVar[type[BecomingError]]

    def __init__(self, get: Callable[[str], Any], put: Callable[[str, Any], None]) -> None:
        self._get, self._put = get, put

    def all(self) -> list[Kind]:
        """Every account, in the order they were added."""
        return [self.kind(**row["account"]) for row in self._get(self.note) or []]

    def add(self, account: Kind, password: str) -> str:
        """Keep an account, in place of an earlier one of that address, which no kill leaves without one; where its password is kept."""
        kept, where = {"password": password}, "in her memory, locked with it"
        entry = secrets.token_hex(8)
        if password:
            with suppress(KeyringError):
                keyring.set_password(self._service, entry, password)
                if keyring.get_password(self._service, entry) == password:  # not every backend keeps it
                    kept, where = {"entry": entry}, "in this computer's keyring"
        rows = self._get(self.note) or []
        _, before = self._without(rows, account.address)
        row = {"account": asdict(cast(Any, account)), **kept}
        # In its place: the first of them is the one that writes.
        self._put(self.note, [row if each in before else each for each in rows] + [row] * (not before))
        self._drop(before)
        return where

    def remove(self, address: str) -> bool:
        """Forget an account and its password; whether there was one."""
        others, gone = self._without(self._get(self.note) or [], address)
        if gone:
            self._drop(gone)
            self._put(self.note, others)
        return bool(gone)

    def _without(self, rows: list[Row], address: str) -> tuple[list[Row], list[Row]]:
        """The rows of others, and those of an address."""
        of = [row for row in rows if row["account"]["address"].lower() == address.lower()]
        return [row for row in rows if row not in of], of

    def _drop(self, rows: list[Row]) -> None:
        for row in rows:
            with suppress(KeyringError):
                keyring.delete_password(self._service, row.get("entry", ""))

    def dropping(self) -> Callable[[], object]:
        """What drops every password, also once the memory itself is gone."""
        notes = {self.note: self._get(self.note)}
        copy = self.__class__(notes.get, notes.__setitem__)
        return lambda: [copy.remove(each.address) for each in copy.all()]

    def password(self, account: Kind) -> str:
        """The password of an account. Raises where the keyring does not give it."""
        entries = {row["account"]["address"]: row for row in self._get(self.note) or []}
        kept: dict[str, str] = entries.get(account.address, {})
        with suppress(KeyringError):
            if found := kept.get("password") or keyring.get_password(self._service, kept.get("entry", "")):
                return found
        hidden = f"The keyring hides the password of {account.address}."
        raise self.fault(f"{hidden} Unlock it, or add the account anew.")

    @property
    def _service(self) -> str:
        return f"becoming {self.note}"


def ask(name: str, kind: str) -> list[Any]:
    """What the DNS knows of a name; nothing where there is none, or no network."""
    import dns.exception
    import dns.resolver  # late: only who adds an account needs it

    try:
        return list(dns.resolver.resolve(name, kind, lifetime=TRY_S))
    except (dns.exception.DNSException, OSError):
        return []


def services(domain: str, service: str) -> list[tuple[str, int]]:
    """Where a domain says that a service is (RFC 2782): hosts and ports, the preferred first."""
    found = sorted(ask(f"{service}._tcp.{domain}", "SRV"), key=lambda it: (it.priority, -it.weight))
    hosts = [(str(it.target).rstrip("."), it.port) for it in found]
    return [it for it in hosts if it[0]]  # a dot alone says that there is no such service
