from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring.backends.fail
import pytest

from becoming.store import Store
from tests.store.computers import DesktopKeyring, keyring_is


@pytest.fixture(autouse=True)
def headless() -> Iterator[None]:
    """A computer without a keyring, so that no test ever writes into a real one."""
    with keyring_is(keyring.backends.fail.Keyring()):
        yield


@pytest.fixture
def desktop() -> Iterator[DesktopKeyring]:
    """A computer with a working keyring."""
    backend = DesktopKeyring()
    with keyring_is(backend):
        yield backend


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "people" / "first"


@pytest.fixture
def store(desktop: DesktopKeyring, folder: Path) -> Iterator[Store]:
    opened = Store.open(folder)
    yield opened
    opened.close()
