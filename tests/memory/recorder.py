"""A process that records moments and reports each one after `record` has returned; made to be killed."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from becoming.memory import Memory
from becoming.store import Store
from tests.store.computers import DesktopKeyring, keyring_is


def record_for_ever(folder: Path, keyring: DesktopKeyring, reports: Connection) -> None:
    """Goes on counting where the memory has got to, in talks of seven moments."""
    reports.send("opening")
    with keyring_is(keyring):
        memory = Memory(Store.open(folder))
    number = len(memory.recent(1_000_000))
    while True:
        if number % 7 == 0:
            memory.begin_session(number)
        memory.record("her" if number % 2 else "person", f"moment number{number}", number)
        reports.send(number)
        number += 1
