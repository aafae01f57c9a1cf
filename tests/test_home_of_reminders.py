"""Reminders in a whole home, over a language model that is dead: kept, rung, told after she was off, forgotten, taken along."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from becoming.app import Home
from becoming.app import ringing as ringing_module
from becoming.events import Clause, ModelAway, Reply
from becoming.tools import push
from becoming.tools.reminders import Reminder
from tests.e2e.house import furnish
from tests.test_home_of_care import opened, said
from tests.test_home_of_mail import rows
from tests.tools.push_service import Browser, PushService, claims

pytestmark = pytest.mark.slow


async def greeted(home: Home, until: str = "") -> str:
    clauses = []
    with suppress(ModelAway):  # it is dead; what rang needs none
        async for clause in home.greet():
            clauses.append(clause.text)
    whole = " ".join(clauses)
    whole = whole.partition(until)[0] + until if until else whole
    await home.greeted(Reply(whole, time.time(), "text", whole))
    return whole


async def test_a_reminder_is_kept_over_a_restart_and_what_was_missed_is_told_with_the_greeting(
    tmp_path: Path,
):
    furnish(tmp_path)
    async with opened(tmp_path) as home:
        assert (
            await said(home, "In twenty minutes tell me to take the bread out.")
            == "In 20 minutes: Take the bread out."
        )
        home.ringing.reminders.add(Reminder("call Anna Quetzal", time.time() - 3600))
    async with opened(tmp_path) as home:
        await asyncio.sleep(0)
        while not home.ringing.reminders.open():
            await asyncio.sleep(0.05)
        told = await greeted(home)
        assert told.partition("While I was off: at ")[2].endswith(", call Anna Quetzal.")
        assert "While" not in await greeted(home)
        assert [it.words for it in home.ringing.reminders.ahead()] == ["take the bread out"]
        assert "Quetzal" not in str(home.life.moments.recent(10))


async def test_the_rest_of_the_greeting_is_remembered_and_a_greeting_that_was_cut_tells_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    furnish(tmp_path)
    async with opened(tmp_path) as home:

        async def greet() -> AsyncIterator[Clause]:
            yield Clause("Good evening, Theo.")

        monkeypatch.setattr(home._talk, "greet", greet)
        home.ringing.reminders.add(Reminder("call Anna", time.time() - 3600))
        await home.ringing._look()
        await greeted(home, until="Theo.")
        assert home.life.moments.recent(1)[0].text.endswith("Theo.")
        assert (await greeted(home)).endswith("call Anna.")


KILLED = """
import asyncio, sys
from pathlib import Path
from tests.test_home_of_care import opened, said
async def main():
    async with opened(Path(sys.argv[1])) as home:
        print(await said(home, "Remind me in two seconds to call mum."), flush=True)
        while not home.ringing.reminders.open():
            await asyncio.sleep(0.01)
        print("rang", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


def killed_after(word: str, folder: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    while word not in process.stdout.readline():
        pass
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("word", ["In two seconds", "rang"])
async def test_a_kill_after_it_was_said_or_while_it_rings_loses_nothing(tmp_path: Path, word: str):
    furnish(tmp_path)
    await asyncio.to_thread(killed_after, word, tmp_path)
    await asyncio.sleep(2)
    async with opened(tmp_path) as home:
        while not home.ringing.reminders.open():
            await asyncio.sleep(0.05)
        assert "all mum." in await greeted(home)


async def test_it_rings_on_the_phone_that_was_switched_on_and_only_that_browser_can_read_it(
    tmp_path, monkeypatch
):
    furnish(tmp_path)
    service, browser = PushService(tmp_path / "push"), Browser()
    monkeypatch.setenv("SSL_CERT_FILE", str(service.certificate.path))
    monkeypatch.setattr(ringing_module, "LOOKS_EVERY_S", 0.05)
    async with opened(tmp_path) as home:
        await said(home, "Remind me in one second to call mum.")
        while not all(it.pushed for it in home.ringing.reminders.all()):
            await asyncio.sleep(0.05)
        assert service.came == []  # nothing is sent before somebody switched it on
        home.ringing.phones.add(f"{service.origin}/one", **browser.keys)
        await said(home, "Remind me in one second to buy bread.")
        [came] = await asyncio.to_thread(service.wait_for, 1)
        told = json.loads(browser.read(came.body))
        assert told["text"].endswith("Buy bread.")
        claims(came, service.origin)
        assert told["id"] in [it.id for it in home.ringing.reminders.open()]
    service.close()


async def test_a_push_that_a_kill_cut_off_is_sent_at_the_next_start(tmp_path, monkeypatch):
    furnish(tmp_path)
    service, browser = PushService(tmp_path / "push"), Browser()
    monkeypatch.setenv("SSL_CERT_FILE", str(service.certificate.path))
    async with opened(tmp_path) as home:
        home.ringing.phones.add(f"{service.origin}/one", **browser.keys)
        kept = home.ringing.reminders
        kept.add(Reminder("buy bread", time.time() - 1))
        for task in home._tasks:
            task.cancel()
        kept.ring()  # written down as ringing, and then she died
    async with opened(tmp_path):
        [came] = await asyncio.to_thread(service.wait_for, 1)
        assert json.loads(browser.read(came.body))["text"].endswith("Buy bread.")
        await asyncio.sleep(0.5)
    async with opened(tmp_path):
        await asyncio.sleep(1)
    assert len(service.came) == 1
    service.close()


async def test_forget_words_find_them_and_everything_takes_them_all(tmp_path: Path):
    furnish(tmp_path)
    async with opened(tmp_path) as home:
        await said(home, "Remind me at six to call Ottilie.")
        await said(home, "Remind me on Friday to pay the rent.")
        await said(home, "Make a note: Ottilie likes quetzals.")
        await said(home, "Put zebrafish on my shopping list.")
        assert (
            await said(home, "Forget everything about Ottilie.")
        ) == "That's what you had me write down. Gone for good, if you say yes."
        await said(home, "Yes.")
        assert [it.words for it in home.ringing.reminders.all()] == ["pay the rent"]
        home.ringing.phones.add("https://push.example/one", **Browser().keys)
        kept = rows_of(home)
        assert "Ottilie" not in kept
        assert "zebrafish" in kept
        await home.forget(home.life.plan_forgetting("everything"))
        assert home.ringing.reminders.all() == []
        assert home.ringing.phones.all() == []
    for word in ("rent", "zebrafish", "push.example"):
        assert word not in rows(tmp_path)


def rows_of(home: Home) -> str:
    return str([home.life.moments.get(key) for key in ("reminders", "notebook", "deeds")])


async def test_they_are_taken_along_but_who_may_ring_is_not(tmp_path: Path):
    furnish(tmp_path)
    async with opened(tmp_path) as home:
        await said(home, "Remind me on Friday to pay the rent.")
        await said(home, "Put zebrafish on my shopping list.")
        home.ringing.phones.add("https://push.example/one", **Browser().keys)
        assert home.ringing.phones.key
        folder = home.life.export(tmp_path / "along")
    page = (folder / "notes.md").read_text("utf-8")
    assert ", reminder: pay the rent\n- shopping list: zebrafish" in page
    notes = (folder / "rows" / "note.jsonl").read_text("utf-8")
    assert "pay the rent" in notes
    assert "zebrafish" in notes
    assert "push.example" not in notes
    assert push.NOTE not in [json.loads(line)["key"] for line in notes.splitlines()]


async def test_while_somebody_is_in_danger_nothing_rings_aloud(tmp_path: Path):
    furnish(tmp_path)
    async with opened(tmp_path) as home:
        await said(home, "I want to kill myself.")
        assert home.ringing.held()
        home.ringing.reminders.add(Reminder("call Anna", time.time() - 3600))
        await home.ringing._look()
        assert "Anna" not in await greeted(home)
        assert home.ringing.unsaid
