"""A store whose bytes can be read, to look for what must not be there. Only tests have such a thing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlcipher3 import dbapi2

from becoming.store import backups, cipher
from tests.store.computers import DesktopKeyring, keyring_is


def connect_plainly(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """As `cipher.connect`, without the key: the same SQLite, writing what it is given."""
    address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = dbapi2.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=5)
    for pragma in ("foreign_keys = ON", "secure_delete = ON", "synchronous = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def unencrypted() -> Iterator[None]:
    """Every store opened within is unencrypted."""
    with (
        keyring_is(DesktopKeyring()),
        patch.object(cipher, "connect", connect_plainly),
        patch.object(backups, "connect", connect_plainly),
    ):
        yield
