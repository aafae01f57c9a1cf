"""A home in which she was born already, and a real server over it."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path

from becoming.events import Being, Person
from becoming.memory import Memory
from becoming.store import Store, folder_of

PASSPHRASE = "a passphrase for tests"


def furnish(home: Path) -> None:
    """Write into an empty home what a birth would have left there."""
    store = Store.open(folder_of(home), PASSPHRASE)
    try:
        memory = Memory(store)
        traits = {"playful": 0.6, "direct": 0.5, "curious": 0.7, "warm": 0.7, "wordy": 0.3, "dreamy": 0.4}
        memory.put("person", asdict(Person("Theo", "I split up in spring and the evenings are long")))
        memory.put("being", asdict(Being("Iris", "It is short.", "heart", time.time(), traits)))
        memory.put("notices", [time.time()])
    finally:
        store.close()
