from __future__ import annotations

import asyncio
import io
import threading
import time
from collections.abc import AsyncIterator

import pytest
from rich.console import Console
from sqlalchemy import text

from becoming import terminal
from becoming.events import Clause, Part, Reply, Utterance
from becoming.memory import Memory
from becoming.store import Store
from becoming.tools.reminders import Reminder
from tests.store.computers import DesktopKeyring, keyring_is
from tests.web.conftest import bell


class Talk:
    """What the terminal needs of a Home, on a real memory whose disk can be filled."""

    name = "Ada"

    def __init__(self, store: Store) -> None:
        self.store, self.memory = store, Memory(store)
        self.replies: list[Reply | None] = []
        self.ringing = bell({})

    async def draft(self, line: str, via: str) -> AsyncIterator[Clause]:
        # All that was typed has been read by then, however late its thread came to run.
        for reading in [each for each in threading.enumerate() if each.name == "terminal"]:
            await asyncio.to_thread(reading.join)
        await asyncio.sleep(0)  # and what its thread handed over is there, also where it had ended already
        yield Clause("Tell me more.")
        if "story" in line:
            yield Clause("Once there was a boat.")
        if "brother" in line:
            yield Clause("Hey.", Part("Emil", "male"))

    async def settle(self, heard: Utterance, said: Reply | None) -> None:
        self.replies.append(said)
        self.memory.record("person", heard.text, heard.at, "text")

    def birth_step(self) -> None:
        return None

    async def greet(self) -> AsyncIterator[Clause]:
        yield Clause("Hi.")

    async def greeted(self, said: Reply | None) -> None:
        pass

    def stances(self) -> list[dict[str, str]]:
        return [{"kind": "hard", "reason": "something hard"}]

    def room(self, more: int) -> None:
        with self.store.read() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.execute(text(f"PRAGMA max_page_count = {pages + more}"))


class Typed(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "cut"), [(Typed, True), (io.StringIO, False)])
async def test_a_line_typed_while_she_answers_interrupts_her_and_a_line_piped_in_does_not(
    tmp_path, monkeypatch, typed, cut
):
    with keyring_is(DesktopKeyring()):
        talk = Talk(Store.open(tmp_path / "first"))
    monkeypatch.setattr("sys.stdin", typed("Tell me a story.\nStop.\n"))

    await terminal.written(talk, Console(file=io.StringIO(), width=200))

    talk.store.close()
    said = "Tell me more." if cut else "Tell me more. Once there was a boat."
    first, second = talk.replies
    assert (first.text, first.interrupted) == (said, cut)
    assert second.text == "Tell me more."


async def test_on_a_full_disk_she_says_that_she_may_not_remember_this_and_the_talk_goes_on(tmp_path):
    with keyring_is(DesktopKeyring()):
        talk = Talk(Store.open(tmp_path / "first"))
    screen = Console(file=io.StringIO(), width=200)
    await terminal._answer(talk, screen, "I was in Lisbon.")

    talk.room(0)
    await terminal._answer(talk, screen, "words " * 30_000)
    assert "I can't write anything down just now" in screen.file.getvalue()
    assert "make some room and go on" in screen.file.getvalue()

    talk.room(1000)
    await terminal._answer(talk, screen, "I am back.")
    assert [moment.text for moment in talk.memory.recent(9)] == ["I was in Lisbon.", "I am back."]
    talk.store.close()


async def test_below_each_reply_stands_what_it_did_and_why_where_that_is_wanted(tmp_path, monkeypatch):
    with keyring_is(DesktopKeyring()):
        talk = Talk(Store.open(tmp_path / "first"))
    for wanted in (True, False):
        monkeypatch.setattr("sys.stdin", io.StringIO("Today was awful.\n"))
        screen = Console(file=io.StringIO(), width=200)
        await terminal.written(talk, screen, debug=wanted)
        assert ("hard: something hard" in screen.file.getvalue()) is wanted
    talk.store.close()


async def test_whom_she_plays_stands_before_their_words(tmp_path):
    with keyring_is(DesktopKeyring()):
        talk = Talk(Store.open(tmp_path / "first"))
    screen = Console(file=io.StringIO(), width=200)
    await terminal._answer(talk, screen, "Be my brother.")
    talk.store.close()
    assert [line.split() for line in screen.file.getvalue().splitlines()] == [
        ["Ada", "Tell", "me", "more."],
        ["Emil", "Hey."],
    ]


async def test_what_rings_is_written_whenever_that_is(tmp_path, monkeypatch):
    monkeypatch.setattr(terminal, "RINGS_EVERY_S", 0.01)
    with keyring_is(DesktopKeyring()):
        talk = Talk(Store.open(tmp_path / "first"))
    talk.ringing.reminders.add(Reminder("call your mum", time.time() - 1))
    await talk.ringing._look()
    screen = Console(file=io.StringIO(), width=200)
    writing = asyncio.create_task(terminal._rings(talk, screen))
    while not talk.ringing.reminders.open()[0].heard:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    writing.cancel()
    talk.store.close()
    assert screen.file.getvalue().count("Call your mum.") == 1
