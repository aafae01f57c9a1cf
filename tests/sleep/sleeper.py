"""A process that sleeps one night on a memory; made to be killed."""

from __future__ import annotations

import asyncio
from multiprocessing.connection import Connection
from pathlib import Path

from becoming.events import Being, Person
from becoming.memory import Life
from becoming.memory.recall.embedding import Words
from becoming.sleep import Sleeping, apply, plan
from becoming.store import Store
from tests.sleep.answers import Answers
from tests.sleep.conftest import NOW, by_letters, feel
from tests.store.computers import DesktopKeyring, keyring_is

LINES = [f"On my shelf there are {number} small boats." for number in range(12)]


def sleep(folder: Path, keyring: DesktopKeyring, reports: Connection | None = None) -> None:
    """Open, plan, apply, close."""
    with keyring_is(keyring):
        store = Store.open(folder)
    if reports:
        reports.send("open")
    life = Life(store, by_letters, Words(), lambda: NOW, lambda: 0)
    who = Being("Mira", "", "heart", 0.0, {"warm": 0.6}), Person("Jonas")
    asleep = Sleeping(store, life, *who, lambda: NOW + 9_000, feel, Answers(dict.fromkeys(LINES, "owns")))
    apply(store, asyncio.run(plan(asleep)), NOW + 9_000)
    store.close()
    if reports:
        reports.send("done")
