from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from becoming.memory import Life, Memory
from becoming.memory.recall.embedding import Words
from becoming.store import Store
from tests.postgresql import InFile, OnServer
from tests.sleep.conftest import Clock, by_letters
from tests.store.computers import DesktopKeyring, keyring_is


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever uses a memory is tested on both databases, unless it looks into the folder of one."""
    own = inspect.signature(metafunc.function).parameters
    if "place" in metafunc.fixturenames and "folder" not in own:
        metafunc.parametrize("place", ["file", "postgresql"], indirect=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "people" / "first"


@pytest.fixture
def place(request: pytest.FixtureRequest, folder: Path) -> Iterator[InFile | OnServer]:
    """Where the memory is kept; it can be opened there again."""
    if getattr(request, "param", "file") == "postgresql":
        server = request.getfixturevalue("postgresql")
        server.empty("first")
        yield OnServer(server.url())
    else:
        with keyring_is(DesktopKeyring()):
            yield InFile(folder)


@pytest.fixture
def store(place: InFile | OnServer) -> Iterator[Store]:
    opened = place.open()
    yield opened
    opened.close()


@pytest.fixture
def memory(store: Store) -> Memory:
    return Memory(store)


@pytest.fixture
def clock() -> Clock:
    """Says a Wednesday evening, until a test moves it."""
    clock = Clock()
    clock.now = datetime(2023, 11, 15, 19, 0).timestamp()
    return clock


@pytest.fixture
def life(store: Store, clock: Clock) -> Life:
    return Life(store, by_letters, Words(), clock, lambda: 0)
