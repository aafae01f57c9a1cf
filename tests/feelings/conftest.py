"""One perceiving for all of these tests: its model is loaded once."""

from __future__ import annotations

import pytest

from becoming.feelings import Perceiving
from becoming.memory.recall.embedding import Sentences


@pytest.fixture(scope="session")
def sentences() -> Sentences:
    return Sentences()


@pytest.fixture
def perceive(sentences: Sentences) -> Perceiving:
    return Perceiving(sentences)
