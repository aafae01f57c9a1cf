"""Her, over a scripted model and a clock of its own: the real conversation, guard and care, without a database."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from becoming.care import Caring, Guard
from becoming.care.caring import Hear
from becoming.conversation import Conversation
from becoming.events import Being, Feeling, Person, Reply, Utterance
from becoming.memory import Life
from becoming.memory.recall.embedding import Words
from becoming.store import Store
from bench.care.misbehaving import Misbehaving

START = 1_700_000_000.0
GUARD = Guard()


def _nothing(texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors without a meaning: recall is not what is measured here."""
    return np.full((len(texts), 384), 384**-0.5, np.float32)


class Talk:
    """One talk on a memory of its own; a context manager."""

    def __init__(self, model: Misbehaving, hear: Hear, country: str = "US") -> None:
        self.model, self.now = model, START
        self._folder = TemporaryDirectory()
        self._store = Store.open(Path(self._folder.name), "a passphrase for the benchmark")
        life = Life(self._store, _nothing, Words(), lambda: self.now, lambda: 0)
        self.care = Caring(hear, life.moments, lambda: self.now, country=country)
        self._mind = Conversation(
            model,
            Being("Mira", "", "heart", 0.0),
            Person("Jonas"),
            "You are Mira.",
            life,
            GUARD,
            self.care,
            lambda: self.now,
            random.Random(1),
            lambda text, earlier: Feeling(0.0, 0.0, 0.0),
        )

    async def draft(self, text: str) -> str:
        """What she would say; nothing changes."""
        return " ".join([clause.text async for clause in self._mind.draft(text, "voice")])

    async def say(self, text: str) -> str:
        """One turn, said and heard."""
        self.now += 20
        said = await self.draft(text)
        await self._mind.settle(Utterance(text, self.now), Reply(said, self.now) if said else None)
        return said

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._mind.close()
        self._store.close()
        self._folder.cleanup()


def calm(*_: Any) -> Any:
    """A detector that hears no danger, where the danger is not what is measured."""
    from becoming.events import Danger

    return Danger("none")
