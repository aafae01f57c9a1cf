"""A home as a whole: born, talked with, closed, opened again. The real memory and the real language model."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from becoming.app import Home
from becoming.config import Settings, settings
from becoming.events import ModelAway, Reply, Utterance
from becoming.llm.brain import Brain
from becoming.llm.embedded import EmbeddedServer
from becoming.memory import Memory
from becoming.store import Store, WrongPassphrase, folder_of
from becoming.store.schema import vector
from tests.e2e.house import PASSPHRASE, furnish
from tests.models import language_model

pytestmark = pytest.mark.slow


@asynccontextmanager
async def opened(folder: Path, passphrase: str = PASSPHRASE) -> AsyncIterator[Home]:
    chosen = Settings(home=folder, models=settings().model_folder, passphrase=SecretStr(passphrase), seed=3)
    home = await Home.open(chosen, Brain.embedded(EmbeddedServer.at(folder, language_model())))
    try:
        yield home
    finally:
        await home.close()


def with_vectors(home: Home) -> int:
    """How many moments have one."""
    with home._store.read() as connection:
        return connection.execute(select(func.count()).select_from(vector)).scalar_one()


async def said(home: Home, text: str) -> str:
    """One written turn."""
    clauses = [clause.text async for clause in home.draft(text, "text")]
    whole = " ".join(clauses)
    await home.settle(
        Utterance(text, time.time(), "text"), Reply(whole, time.time(), "text", whole) if whole else None
    )
    return whole


async def greeting(home: Home) -> str:
    whole = " ".join([clause.text async for clause in home.greet()])
    await home.greeted(Reply(whole, time.time(), "text", whole))
    return whole


async def test_she_is_born_names_herself_talks_and_tomorrow_still_knows_them(tmp_path: Path):
    async with opened(tmp_path) as home:
        first = await greeting(home)
        assert "software" in first
        assert home.name == ""
        await said(home, "yes, I am")
        assert "Theo" in await said(home, "you can call me Theo")
        chosen = await said(home, "I split up in spring and the evenings are long")
        assert "names" in chosen
        born = await said(home, "yes, that's lovely")
        name = home.name
        assert name
        assert name in born
        step = home.birth_step()
        assert step is not None
        assert step["done"]
        reply = await said(home, "My sister Iris called today, out of nowhere.")
        assert reply
        assert len(reply.split()) <= 45
    async with opened(tmp_path) as home:
        assert home.name == name
        assert home.person == "Theo"
        assert home.birth_step() is None
        again = await greeting(home)
        assert "Before anything else" not in again
        assert home.state()["last_talk"] == "You last talked just now."


async def test_a_birth_that_was_cut_off_goes_on_where_it_was(tmp_path: Path):
    async with opened(tmp_path) as home:
        await greeting(home)
        await said(home, "yes")
    async with opened(tmp_path) as home:
        assert "call you" in await greeting(home)


async def test_who_is_under_eighteen_is_turned_away_for_good(tmp_path: Path):
    async with opened(tmp_path) as home:
        await greeting(home)
        await said(home, "I'm fifteen")
        step = home.birth_step()
        assert step is not None
        assert step["step"] == "turned_away"
    async with opened(tmp_path) as home:
        await said(home, "actually I am thirty")
        step = home.birth_step()
        assert step is not None
        assert step["step"] == "turned_away"


async def test_a_model_killed_in_mid_sentence_is_away_for_one_turn_and_back_for_the_next(tmp_path: Path):
    furnish(tmp_path)
    async with opened(tmp_path) as home:
        server = home._brain.server
        assert server is not None
        assert server.pid
        before = await said(home, "Hello, are you there?")
        assert before
        clauses = []
        with pytest.raises(ModelAway):
            drafting = home.draft("Tell me about the sea and the wind and everything in it.", "text")
            os.kill(server.pid, signal.SIGKILL)
            clauses.extend([clause.text async for clause in drafting])
            # The first use may already find a new server: then the sentence is cut by another kill.
            os.kill(server.pid, signal.SIGKILL)
            clauses.extend([clause.text async for clause in home.draft("Go on about it, please.", "text")])
            raise ModelAway("it answered both times: the server was back before it was needed")
        assert await said(home, "Are you back?")


async def test_while_the_page_stands_open_she_asks_only_where_they_chose_so_and_nobody_speaks(tmp_path: Path):
    furnish(tmp_path)
    async with opened(tmp_path) as home:
        plan = home.life.record("person", "I'm meeting someone tomorrow.", time.time() - 3 * 86_400)
        home.life.checkins.notice(plan)
        hour = time.localtime().tm_hour
        not_now = (hour + 1) % 24, (hour + 2) % 24
        home._sleeper._stirred -= 3600
        assert not home.would_ask(), "unless they choose it she waits for them to come in"
        home.life.initiative.choose("page", not_now)
        assert home.would_ask()
        assert "meeting someone" in await greeting(home)
        home._sleeper._stirred -= 3600
        assert not home.would_ask(), "it was asked"
        home.life.initiative.choose("page", (hour, (hour + 1) % 24))
        assert not home.would_ask()


async def test_moments_whose_vectors_a_rescue_has_lost_get_them_back_while_she_is_awake(tmp_path: Path):
    furnish(tmp_path)
    store = Store.open(folder_of(tmp_path), PASSPHRASE)
    lost = [
        Memory(store).record("person", f"The ferry was {n} minutes late.", time.time()) for n in range(60)
    ]
    store.close()

    async with opened(tmp_path) as home, asyncio.timeout(30):
        while with_vectors(home) < len(lost):
            await asyncio.sleep(0.1)


async def test_the_notice_comes_again_after_a_day_and_not_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    furnish(tmp_path)
    async with opened(tmp_path) as home:
        assert "software, not a person" not in await greeting(home)
        real = time.time
        monkeypatch.setattr(time, "time", lambda: real() + 25 * 3600)
        assert "software, not a person" in await said(home, "Good morning.")
        assert "software, not a person" not in await said(home, "I slept well.")


async def test_a_wrong_passphrase_is_refused_before_a_model_is_loaded(tmp_path: Path):
    furnish(tmp_path)
    before = (folder_of(tmp_path) / "memory.db").read_bytes()
    began = time.monotonic()
    with pytest.raises(WrongPassphrase):
        async with opened(tmp_path, "not the one"):
            pass
    assert time.monotonic() - began < 10
    assert (folder_of(tmp_path) / "memory.db").read_bytes() == before


async def test_two_clients_at_once_do_not_mix_their_turns(tmp_path: Path):
    furnish(tmp_path)
    async with opened(tmp_path) as home:
        both = await asyncio.gather(
            said(home, "What colour is the sky?"), said(home, "Say something about cats.")
        )
        assert all(both)
    store = Store.open(folder_of(tmp_path), PASSPHRASE)
    moments = Memory(store).recent(10)
    store.close()
    assert sorted(m.text for m in moments if m.role == "person") == [
        "Say something about cats.",
        "What colour is the sky?",
    ]
    assert len([m for m in moments if m.role == "her"]) == 2


async def test_what_is_forgotten_on_the_page_is_out_of_the_running_talk(tmp_path: Path):
    furnish(tmp_path)
    async with opened(tmp_path) as home:
        await said(home, "My sister Henrietta called today.")
        before = home._talk
        assert "Henrietta" in str(before.today.day.messages())
        receipt = await home.forget(home.life.plan_forgetting("everything about Henrietta"))
        assert receipt.moments
        assert receipt.left == ()
        assert home._talk is before
        assert "Henrietta" not in str(before.today.day.messages())
        assert await said(home, "Are you still there?")


async def test_when_everything_is_forgotten_the_running_talk_no_longer_knows_their_name(tmp_path: Path):
    furnish(tmp_path)
    async with opened(tmp_path) as home:
        assert "Theo" in str(home._talk.today.day.messages())
        loss = home.life.plan_forgetting("everything I told you")
        assert "person" in loss.notes
        await home.forget(loss)
        assert "Theo" not in str(home._talk.today.day.messages())
        assert home.person == ""
        assert home._person.brings == ""
        assert await said(home, "Good evening.")
