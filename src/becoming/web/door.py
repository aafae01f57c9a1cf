"""Who may come in: this computer's own page, or somebody with the pairing token.

The server listens on loopback unless it is told otherwise. A page of another origin in the same
browser can reach loopback too (and, by DNS rebinding, under a name of its own), so the Host and
Origin headers are checked for every request and every WebSocket.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

COOKIE = "becoming_pairing"
_LOCAL_NAMES = {"localhost", "127.0.0.1", "::1"}


def pairing_token(home: Path) -> str:
    """The token of this installation; made once, readable by its owner alone."""
    path = home / "pairing-token"
    if path.exists() and (token := path.read_text("utf-8").strip()):
        return token
    # An empty file is what a crash between making and writing it leaves; an empty token would let everybody in.
    home.mkdir(parents=True, exist_ok=True)
    token = secrets.token_urlsafe(24)
    path.touch(mode=0o600)
    path.write_text(token, "utf-8")
    return token


@dataclass(frozen=True, slots=True)
class Door:
    """Decides about one request at a time."""

    token: str

    def refuses(self, request: HTTPConnection) -> str | None:
        """Why this request may not come in, as a sentence for a person; None when it may."""
        host = _name_of(f"//{request.headers.get('host', '')}")
        paired = self._is_paired(request)
        if host not in _LOCAL_NAMES and not (paired and _address(host)):
            return "This is a private house: open it as http://localhost, or with the pairing link she shows."
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).netloc != request.headers.get("host"):
            return "This page belongs to somebody else's site; only her own page may talk with her."
        client = _address(request.client.host) if request.client else None
        if not paired and not (client and client.is_loopback):
            return "This device is not paired yet: open the pairing link she shows on her own computer."
        return None

    def _is_paired(self, request: HTTPConnection) -> bool:
        header = request.headers.get("authorization", "").removeprefix("Bearer ")
        shown = request.query_params.get("token") or request.cookies.get(COOKIE) or header
        return hmac.compare_digest(shown.encode(), self.token.encode())


def _name_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _address(name: str) -> IPv4Address | IPv6Address | None:
    """A bare IP address, which cannot be rebound by DNS; names are not accepted from other machines."""
    try:
        return ip_address(name)
    except ValueError:
        return None
