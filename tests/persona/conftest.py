"""The real book, read once for the tests that only look into it."""

from __future__ import annotations

import pytest

from becoming.persona import book as books


@pytest.fixture(scope="session")
def book() -> books.Book:
    return books.read()
