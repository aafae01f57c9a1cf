"""The calendar in a whole home: the real memory and a real calendar server; what stands in it is nowhere afterwards."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from becoming.conversation.hands.calendar import NO_ACCOUNT
from becoming.events import Utterance
from tests.e2e.house import furnish
from tests.store.computers import DesktopKeyring, keyring_is
from tests.test_home_of_care import opened, said
from tests.test_home_of_mail import rows
from tests.tools.calendar.radicale import PASSWORD, event

pytestmark = pytest.mark.slow
TOMORROW = datetime.now().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=1)


@pytest.fixture(autouse=True)
def desktop() -> Iterator[DesktopKeyring]:
    desktop = DesktopKeyring()
    with keyring_is(desktop):
        yield desktop


async def test_what_stands_in_a_calendar_is_nowhere_in_the_memory_afterwards(tmp_path: Path, radicale):
    furnish(tmp_path)
    title = "My name is Ottilie and I keep a zebrafish"
    radicale.put(event(title, TOMORROW, 1, "LOCATION:Reykjavik", uid="z"))
    async with opened(tmp_path) as home:
        assert await said(home, "What's in my calendar?") == NO_ACCOUNT
        home.able.diary.accounts.add(radicale.account, PASSWORD)
        await asyncio.to_thread(home.able.diary._look().result)
        assert await said(home, "What have I got tomorrow?") == f"One thing tomorrow: {title} at ten."
        assert await said(home, "the first") == f"{title} tomorrow at ten, Reykjavik."
        await home.settle(Utterance("My brother Emil came to dinner.", time.time()), None)
        assert home.life.recall("zebrafish") == []
    kept = rows(tmp_path)
    assert "Emil came to dinner" in kept
    for word in ("Ottilie", "zebrafish", "Reykjavik", "What have I got", PASSWORD):
        assert word.lower() not in kept.lower(), word


async def test_a_yes_puts_it_in_and_it_is_there_after_she_is_closed(tmp_path: Path, radicale):
    furnish(tmp_path)
    async with opened(tmp_path) as home:
        home.able.diary.accounts.add(radicale.account, PASSWORD)
        await asyncio.to_thread(home.able.diary._look().result)
        asked = await said(home, "Put dinner with Tom tomorrow at eight in my calendar.")
        assert asked.endswith(
            "Dinner with Tom tomorrow at eight in the evening. Shall I put that in your calendar?"
        )
        assert radicale.texts() == []
        await said(home, "Yes.")
    assert "Dinner with Tom" in radicale.texts()[0]


async def test_it_is_looked_at_before_anybody_asks_and_then_told_at_once(tmp_path: Path, radicale):
    furnish(tmp_path)
    radicale.put(event("Dentist", TOMORROW))
    async with opened(tmp_path) as home:
        home.able.diary.accounts.add(radicale.account, PASSWORD)
        await asyncio.to_thread(home.able.diary._look().result)
        began = time.monotonic()
        home.hands.hear("What have I got tomorrow?")
        assert time.monotonic() - began < 0.1


async def test_leaving_for_good_leaves_no_password_in_the_keyring(tmp_path, radicale, desktop, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    (tmp_path / "person").mkdir()
    furnish(tmp_path)
    async with opened(tmp_path) as home:
        home.life.record("person", "I saw a heron at the lock this morning.", time.time())
        home.able.diary.accounts.add(radicale.account, PASSWORD)
        assert PASSWORD in desktop.kept.values()
        await home.leave()
    assert desktop.kept == {}
