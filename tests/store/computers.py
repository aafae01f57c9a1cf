"""The computers the tests run her on: with a keyring, without one, and with a look at their files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors


class DesktopKeyring(keyring.backend.KeyringBackend):
    """Keeps what it is given, as a desktop's keyring does: keyring's own extension point."""

    priority = -1  # type: ignore[assignment]  # never chosen, only set

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("there is none")


@contextmanager
def keyring_is(backend: keyring.backend.KeyringBackend) -> Iterator[None]:
    """Another keyring instead of this computer's, for a while."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a memory and what is in it, but for the empty lock."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "memory.lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
