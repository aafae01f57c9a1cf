from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from becoming.memory import Memory
from becoming.store import Store
from tests.store.computers import DesktopKeyring, keyring_is


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "people" / "first"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with keyring_is(DesktopKeyring()):
        opened = Store.open(folder)
        yield opened
        opened.close()


@pytest.fixture
def memory(store: Store) -> Memory:
    return Memory(store)
