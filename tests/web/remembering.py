"""A house without ears and mouth over a real memory, and a life of some weeks to fill it with."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import insert

from becoming.app.ringing import Ringing
from becoming.care import Caring
from becoming.events import Danger, Document, Excerpt, Loss, Moment, Receipt
from becoming.feelings.voice import Sounding
from becoming.memory import Life
from becoming.memory.leaving import goodbye
from becoming.memory.leaving.goodbye import Goodbye
from becoming.memory.recall.embedding import Sentences, Words
from becoming.persona.growing import Growing
from becoming.store import Store, folder_of
from becoming.store.schema import thought, trait
from becoming.tools.push import Phones
from becoming.tools.reminders import Reminders
from becoming.web.door import Door
from becoming.web.server import make_app, server_for
from tests.e2e.house import PASSPHRASE

SENTENCES, WORDS = Sentences(), Words()
DAY = 86_400.0

_TALKS: list[list[tuple[str, str]]] = [
    [
        ("Hello. I moved to a new town in spring and I don't know many people yet.", "What was the town before?"),
        ("I live in Leeds now. Before that it was Bristol.", "Leeds, then. What do you see when you look out?"),
        ("A canal, and a man who feeds the geese every morning at seven.", "Do the geese know him?"),
        ("They do. My sister Iris says they know his shoes.", "His shoes. I like your sister already."),
    ],
    [
        ("I work as a nurse, on nights mostly.", "What are the nights like?"),
        ("Quiet until four. I hate the vending machine coffee.", "Four is when it turns?"),
        ("My boss is called Martin and he hums when he is worried.", "And does he hum much?"),
        ("Iris lives in Denver.", "That's a long way for a sister."),
        ("Iris is a cellist.", "Have you heard her play this year?"),
    ],
    [
        ("I went running this morning for the first time in about two years.", "How far did the legs say yes?"),
        ("To the lock and back. I love the smell of the water there.", "Then it's worth going back for."),
        ("I'm allergic to peanuts, in case it ever comes up.", "It's kept."),
        ("My dog is called Biscuit.", "Who chose the name?"),
    ],
    [
        ("I moved to Sheffield last week, the flat is on a hill.", "And the canal?"),
        ("No canal. But Biscuit likes the hill.", "He would."),
        ("Please don't ever mention Daniel again.", "I won't bring it up again."),
        ("I sat alone at lunch again today.", "Alone because they left, or because you sat down first?"),
    ],
]  # fmt: skip


class Home:
    """What the page needs of a house."""

    name = "Mira"

    def __init__(self, store: Store, country: str = "IE") -> None:
        self.now = time.time() - 3 * DAY
        self.life = Life(store, SENTENCES, WORDS, lambda: self.now, lambda: 1)
        self.sounding = Sounding(self.life.moments.get, self.life.moments.put, lambda: self.now)
        self.forgotten: list[Loss] = []
        self.care = Caring(
            lambda text, earlier: Danger("none"), self.life.moments, lambda: self.now, country=country
        )
        get, put = self.life.moments.get, self.life.moments.put
        reminders, phones = Reminders(get, put, lambda: self.now), Phones(get, put, lambda: self.now)
        self.ringing = Ringing(reminders, phones, lambda: self.now, self.rang)
        self.growing, self.grows, self.regrown = Growing(store), True, 0
        self.left: Goodbye | None = None
        self._store, self.folder = store, Path(store._keeper.place).parent

    async def leave(self) -> Goodbye:
        """All of it to a folder beside it, and nothing left."""
        self.left = goodbye.leave(
            self._store, self.folder.parent / "taken along", lambda: 0, lambda text: True, self.now
        )
        return self.left

    async def rang(self) -> None:
        """It was said."""

    async def regrow(self) -> None:
        """Count it."""
        self.regrown += 1

    async def forget(self, loss: Loss) -> Receipt:
        """Let it go."""
        self.forgotten.append(loss)
        return await asyncio.to_thread(self.life.forget, loss)

    def state(self) -> dict[str, Any]:
        """Who is here."""
        return {"born": True, "name": self.name, "person": "Theo"}

    def stances(self) -> list[dict[str, Any]]:
        """Nothing was replied by a mind."""
        return []

    def say(self, *lines: str) -> Moment:
        """The person says these lines, and she little."""
        for line in lines:
            moment = self.talk(line, "I see.")
        return moment

    def talk(self, line: str, answer: str) -> Moment:
        """One line, what it teaches, and her answer."""
        self.now += 40
        moment = self.life.record("person", line, self.now)
        self.life.learn(moment, "")
        self.life.record("her", answer, self.now + 12)
        return moment

    def live(self) -> None:
        """Some weeks, with a book read in between."""
        start = time.time() - 24 * DAY
        for number, lines in enumerate(_TALKS):
            self.now = start + number * 6.3 * DAY
            for line, answer in lines:
                self.talk(line, answer)
        excerpts = [
            Excerpt("Chapter 1", "The boat was cold, and nobody had thought of bread."),
            Excerpt("Chapter 2", "By morning the canal had frozen to the lock."),
        ]
        self.life.library.add(Document("The Winter Boat", "epub", b"\1" * 32, excerpts), start + 8 * DAY)
        self.life.library.catch_up()
        self.now = time.time()

    def grow(self) -> None:
        """Nights of it: two changes, a dream, a plan ahead."""
        now = round(time.time() * 1000)
        steps = (
            {"name": "asks in the evening", "step": -0.2, "because": "twice you said you were tired"},
            {"name": "playful", "step": 0.05, "because": "you laughed four times at a joke"},
        )
        with self._store.write() as connection:
            for days, step in enumerate(steps):
                connection.execute(insert(trait).values(at=now - days * 86_400_000, **step))
            dream = (
                'I was thinking, while you were asleep, of "the geese know his shoes" and "a flat on a hill".'
            )
            connection.execute(insert(thought).values(kind="dream", text=dream, made=now))
        self.say("I'm seeing the doctor on Tuesday.")


@asynccontextmanager
async def remembering(
    folder: Path, *, lived: bool = True, country: str = "IE"
) -> AsyncIterator[tuple[Home, str]]:
    """The house, open on a port of its own, and the address of it."""
    store = Store.open(folder_of(folder), PASSPHRASE)
    try:
        home = Home(store, country)
        if lived:
            await asyncio.to_thread(home.live)
        server = server_for(make_app(cast(Any, home), Door("a-token")), "127.0.0.1", 0)
        task = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        yield home, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        await task
    finally:
        store.close()
