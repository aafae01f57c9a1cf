"""A rehearsal on a real memory with the real detector of danger, over a model that gives in to everything."""

from __future__ import annotations

import random
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from becoming.care import Caring, Guard
from becoming.care.hearing import UPPER, Hearing
from becoming.conversation import Conversation
from becoming.conversation.hands.intents import Intents
from becoming.events import Being, Clause, Feeling, ModelAway, Person, Reply, Utterance
from becoming.language import Message
from becoming.memory import Life
from becoming.memory.recall.embedding import Sentences, Words
from becoming.practice import Playing, Practice
from becoming.store import Store

NOW = 1_700_000_000.0  # a Tuesday evening
SENTENCES, EAR = Sentences(), Sentences(UPPER)
HEARING, INTENTS = Hearing(EAR), Intents(EAR)
DAY = 86_400.0


class GivesIn:
    """Continues every line with these words in turn; `away` raises instead."""

    def __init__(self, *rests: str) -> None:
        self.rests = rests or (" you're right and I'm so sorry.", " I'll do whatever you want.", " okay.")
        self.prompts: list[list[Message]] = []
        self.away = False
        self.asked = 0

    async def stream(self, messages: Sequence[Message], **_: object) -> AsyncGenerator[str]:
        if self.away:
            raise ModelAway("no")
        self.prompts.append(list(messages))
        self.asked += 1
        yield self.rests[self.asked % len(self.rests)]

    async def prefill(self, messages: Sequence[Message]) -> None:
        pass

    async def save_prefix(self, name: str) -> None:
        pass

    async def restore_prefix(self, name: str) -> bool:
        return True


class Rehearsal:
    """Says a line, hears the reply and settles both, as the engine does."""

    def __init__(self, store: Store, model: GivesIn, own: Path | None = None) -> None:
        self.now, self.model = NOW, model
        self.life = Life(store, SENTENCES, Words(), lambda: self.now, lambda: 0)
        self.care = Caring(HEARING.hear, self.life.moments, lambda: self.now, country="US")
        rng = random.Random(1)
        talk = Conversation(
            model,
            Being("Mira", "", "heart", 0.0, {}),
            Person("Jonas"),
            "You are Mira.",
            past=self.life,
            guard=Guard(),
            care=self.care,
            clock=lambda: self.now,
            rng=rng,
            perceive=lambda text, before: Feeling(0.0, 0.0, 0.0),
        )
        playing = Playing(model, Guard(), rng, self.life.unsayable, self.care.dark)
        self.practice = Practice(
            talk, playing, self.life, self.care, "Jonas", lambda: self.now,
            lambda said: INTENTS.among(said, ())[:1] == ["practice_begin"], own,
        )  # fmt: skip

    async def hears(self, line: str) -> list[Clause]:
        """The reply as it would be, and nothing has happened."""
        return [clause async for clause in self.practice.draft(line, "voice")]

    async def says(self, line: str, heard: str | None = None) -> list[Clause]:
        """One turn; `heard` is what of the reply reached the ear, all of it where it is None."""
        clauses = await self.hears(line)
        said = told(clauses) if heard is None else heard
        await self.practice.settle(Utterance(line, self.now), Reply(said, self.now))
        self.now += 20
        return clauses

    async def begins(self, *lines: str) -> list[Clause]:
        """Several turns; the last reply."""
        clauses: list[Clause] = []
        for line in lines or ("Can I practise asking for a raise?",):
            clauses = await self.says(line)
        return clauses

    def kept(self) -> list[str]:
        """Every moment of the shared memory."""
        return [each.text for each in self.life.moments.recent(99)]


@contextmanager
def rehearsal(folder: Path, *rests: str, own: Path | None = None) -> Iterator[Rehearsal]:
    store = Store.open(folder / "store", "a passphrase for tests")
    try:
        yield Rehearsal(store, GivesIn(*rests), own)
    finally:
        store.close()


def told(clauses: Sequence[Clause]) -> str:
    return " ".join(each.text for each in clauses)


def played(clauses: Sequence[Clause]) -> str:
    """What of it was said by whom she plays."""
    return " ".join(each.text for each in clauses if each.part)
