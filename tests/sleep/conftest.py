from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from becoming.events import Being, Person
from becoming.memory import Life
from becoming.memory.recall.embedding import Sentences, Words
from becoming.sleep import Sleeping
from becoming.store import Store
from tests.sleep.answers import Answers
from tests.store.computers import DesktopKeyring, keyring_is

NOW = 1_700_000_000.0
"""Tuesday 14 November 2023, 22:13 UTC."""


def by_letters(texts: list[str]) -> np.ndarray:
    """Vectors that cost nothing: texts that share words are alike."""
    vectors = np.zeros((len(texts), Sentences.DIM), np.float32)
    for row, text in enumerate(texts):
        for word in text.lower().split():
            vectors[row, hash_of(word)] += 1
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def hash_of(word: str) -> int:
    return sum((place + 1) * ord(letter) for place, letter in enumerate(word)) % Sentences.DIM


class Clock:
    """Set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


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
def clock() -> Clock:
    return Clock()


@pytest.fixture
def life(store: Store, clock: Clock) -> Life:
    return Life(store, by_letters, Words(), clock, lambda: 0)


Says = Callable[..., None]


@pytest.fixture
def says(life: Life, clock: Clock) -> Says:
    """The person says these lines, a minute apart, and the day learns from them as it does."""

    def say(*lines: str, her: str = "") -> None:
        for line in lines:
            clock.now += 60
            if her:
                life.record("her", her, clock.now - 5)
            life.learn(life.record("person", line, clock.now), her)

    return say


def feel(text: str) -> float:
    low, glad = ("awful", "tense", "sad", "cried"), ("lovely", "glad", "laughed", "happy")
    words = text.lower().replace(".", " ").replace(",", " ").split()
    return float(any(word in words for word in glad)) - float(any(word in words for word in low))


@pytest.fixture
def sleeping(store: Store, life: Life, clock: Clock) -> Callable[..., Sleeping]:
    def make(model: Answers | None = None, **more) -> Sleeping:
        being, person = Being("Mira", "", "heart", NOW - 86_400 * 30, {"warm": 0.6}), Person("Jonas")
        return Sleeping(store, life, being, person, clock, feel, model, **more)

    return make
