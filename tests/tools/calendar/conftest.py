from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.store.computers import DesktopKeyring, keyring_is


@pytest.fixture(autouse=True)
def desktop() -> Iterator[DesktopKeyring]:
    desktop = DesktopKeyring()
    with keyring_is(desktop):
        yield desktop
