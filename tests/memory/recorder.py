"""A process that records moments and reports each one after `record` has returned; made to be killed."""

from __future__ import annotations

from multiprocessing.connection import Connection

from becoming.memory import Memory
from becoming.memory.beliefs.learning import Learning
from tests.postgresql import InFile, OnServer


def record_for_ever(place: InFile | OnServer, reports: Connection) -> None:
    """Goes on counting where the memory has got to, in talks of seven moments; every sixth one names a new home."""
    reports.send("opening")
    store = place.open()
    memory, learning = Memory(store), Learning(store)
    learning.catch_up()
    number = len(memory.recent(1_000_000))
    while True:
        if number % 7 == 0:
            memory.begin_session(number)
        moment = memory.record("her" if number % 2 else "person", line(number), number)
        reports.send(number)
        learning.hear(moment)
        number += 1


def line(number: int) -> str:
    """What is said then."""
    return f"I live in Town{number}." if number % 6 == 0 else f"moment number{number}"
