"""This computer: its cores, and whether an address is on it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

import psutil


def is_local(url: str) -> bool:
    """True for localhost and the loopback addresses: what is said there must not pass through a proxy."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def cores() -> int:
    """Physical cores, where the system tells."""
    return psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
