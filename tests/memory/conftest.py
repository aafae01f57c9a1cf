from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from becoming.memory import Memory
from becoming.store import Store
from tests.postgresql import InFile, OnServer
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
