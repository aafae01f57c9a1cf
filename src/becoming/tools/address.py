"""Addresses of the web: what of them may be called, and where they really lead."""

from __future__ import annotations

import socket
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

from becoming.events import InputError


def parts(url: str) -> tuple[str, str, int]:
    """Scheme, host and port. Raises InputError for anything but a plain address of the web."""
    try:
        it = urlsplit(url)
        host = (it.hostname or "").encode("idna").decode()
        port = it.port or (443 if it.scheme == "https" else 80)
    except ValueError:  # a broken port, a name that is none
        raise InputError("That is no address of the web.") from None
    if it.scheme not in ("http", "https") or not host:
        raise InputError("I only read pages whose address begins with https or http.")
    if it.username or it.password:
        raise InputError("There is a name or password in that address. I don't send those.")
    return it.scheme, host, port


def is_here(host: str) -> bool:
    """Whether it is this computer."""
    return host in ("localhost", "127.0.0.1", "::1")


def is_plainly_private(host: str) -> bool:
    """Whether who says this name can only mean their own network: a bare address, or a name that is none of the internet."""
    with suppress(ValueError):
        return bool(ip_address(host))
    return "." not in host or host.endswith((".local", ".lan", ".home", ".internal", ".box"))


def leads_to(host: str, port: int, *, private: bool) -> str:
    """The address behind a name, to be called itself, so that the name cannot mean another one a moment later.

    Raises InputError where there is none, or, unless `private` is allowed, one that is not of the open internet.
    """
    try:
        found = [str(it[4][0]) for it in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise InputError(f"I can't find {host}. Check the address, or the network.") from None
    if not private and any(not ip_address(it.partition("%")[0]).is_global for it in found):
        raise InputError(f"{host} leads into your own network. I don't go there by myself.")
    return found[0]
