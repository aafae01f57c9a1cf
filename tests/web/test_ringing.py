"""What rings, on the wire and over HTTP: said when nobody speaks, shown as a card, tapped away, switched on by the person."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime

import httpx2
import pytest

from becoming.app import ringing as ringing_module
from becoming.app.ringing import Ringing
from becoming.events import Clause, Reply
from becoming.tools.reminders import LATE_S, Reminder
from tests.tools.push_service import Browser
from tests.web.conftest import bell

MUM = "Call your mum."


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing_module, "LOOKS_EVERY_S", 0.02)
    monkeypatch.setattr(ringing_module, "VOICE_EVERY_S", 0.02)


async def going(ringing: Ringing) -> asyncio.Task[None]:
    return asyncio.create_task(ringing.run())


async def heard(ringing: Ringing) -> None:
    async with asyncio.timeout(20):
        while not all(it.heard for it in ringing.reminders.open()):
            await asyncio.sleep(0.02)


async def test_what_is_due_is_shown_said_and_noted_as_heard(house):
    opened = await house()
    bell_of_it = opened.host.ringing
    async with opened.client("&resume=1") as client:
        await client.until("session.created")
        running = await going(bell_of_it)
        bell_of_it.reminders.add(Reminder("call your mum", time.time() + 0.1))
        shown = await client.until("becoming.reminders")
        [card] = shown["open"]
        assert card["text"].endswith(MUM)
        assert card["chimes"]
        await client.until("response.done")
        said = [each for each in client.events if each["type"] == "response.output_audio_transcript.done"]
        assert said[0]["transcript"].endswith(MUM)
        await heard(bell_of_it)
        running.cancel()


async def test_a_tap_takes_the_card_from_every_page(house):
    opened = await house()
    kept = opened.host.ringing.reminders
    kept.add(Reminder("call your mum", time.time() - 1), Reminder("eat", time.time() - 1))
    one, two = kept.ring()
    async with opened.client("&resume=1") as first, opened.client("&resume=1") as second:
        for client in (first, second):
            assert len((await client.until("becoming.reminders"))["open"]) == 2
        async with httpx2.AsyncClient(base_url=opened.url) as page:
            assert (await page.post(f"/api/reminders/{one.id}/done")).status_code == 200
            for client in (first, second):
                assert [it["id"] for it in (await client.until("becoming.reminders"))["open"]] == [two.id]
            await page.post(f"/api/reminders/{two.id}/later")
            for client in (first, second):
                assert (await client.until("becoming.reminders"))["open"] == []
            assert (await page.post("/api/reminders/999/done")).status_code == 200
            assert (await page.post("/api/reminders/x/done")).status_code == 422
    [left] = kept.ahead()
    assert 590 < left.due - time.time() < 601


async def test_only_the_page_that_was_opened_last_speaks(house):
    opened = await house()
    ringing = opened.host.ringing
    async with opened.client("&resume=1") as first, opened.client("&resume=1") as second:
        await first.until("session.created")
        await second.until("session.created")
        running = await going(ringing)
        ringing.reminders.add(Reminder("call your mum", time.time()))
        await second.until("response.done")
        await heard(ringing)
        with pytest.raises(TimeoutError):
            await first.until("response.created", 0.3)
        running.cancel()


async def test_she_waits_until_she_has_answered(house):
    opened = await house(["It is a long story, and I will tell all of it now."])
    ringing = opened.host.ringing
    async with opened.client("&resume=1") as client:
        await client.until("session.created")
        content = [{"type": "input_text", "text": "Tell me."}]
        item = {"type": "message", "role": "user", "content": content}
        await client.send(type="conversation.item.create", item=item)
        await client.send(type="response.create")
        await client.until("response.created")
        running = await going(ringing)
        ringing.reminders.add(Reminder("call your mum", time.time()))
        await client.until("response.done")
        done = [each for each in client.events if each["type"] == "response.output_audio_transcript.done"]
        assert done[-1]["transcript"].startswith("It is a long story")
        await client.until("response.done")
        await heard(ringing)
        running.cancel()


# ── without a page ──────────────────────────────────────────────────────────────────────────


class Late:
    """A bell whose clock is turned by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 25, 18).timestamp()
        self.bell = bell({}, lambda: self.now)

    async def told(self, *, came_in: bool = False, cut: int = 9999) -> str:
        line = " ".join([each.text async for each in self.bell.say(came_in=came_in)])[:cut]
        await self.bell.said(Reply(line, self.now))
        return line


async def test_what_nobody_heard_is_told_to_who_comes_in_and_once():
    late = Late()
    late.bell.reminders.add(Reminder("call your mum", late.now))
    await late.bell._look()
    late.now += LATE_S + 60
    assert await late.told(came_in=True) == "While you were away: at six, call your mum."
    assert await late.told(came_in=True) == ""
    assert late.bell.unsaid == {}


async def test_what_was_cut_off_before_it_was_heard_is_said_again():
    late = Late()
    late.bell.reminders.add(Reminder("call your mum", late.now))
    await late.bell._look()
    assert await late.told(cut=9) == "It's six."
    assert await late.told() == "It's six. Call your mum."
    assert await late.told() == ""


async def test_it_is_not_said_over_and_over_where_nothing_is_heard():
    late = Late()
    late.bell.reminders.add(Reminder("call your mum", late.now))
    await late.bell._look()
    assert [bool(await late.told(cut=0)) or bool(late.bell.unsaid) for _ in range(4)] == [
        True,
        True,
        False,
        False,
    ]
    assert await late.told(came_in=True) == "It's six. Call your mum."


async def test_in_quiet_hours_only_what_was_meant_for_them_is_said():
    late = Late()
    late.bell.quiet = lambda: True
    late.bell.reminders.add(Reminder("take your pill", late.now), Reminder("call your mum", late.now - 3600))
    await late.bell._look()
    assert await late.told() == "It's six. Take your pill."
    assert not any(late.bell.due())
    assert await late.told(came_in=True) == "While I was off: at five, call your mum."


async def test_the_rest_of_a_greeting_comes_back_without_it():
    late = Late()
    late.bell.reminders.add(Reminder("call your mum", late.now - 3600))
    await late.bell._look(awake=False)
    late.bell.reminders.ring()
    [clause] = [each async for each in late.bell.say(came_in=True)]
    assert clause == Clause("While I was off: at five, call your mum.")
    left = await late.bell.said(Reply(f"Good evening, Theo. {clause.text}", late.now))
    assert left is not None
    assert left.text == "Good evening, Theo."
    assert late.bell.reminders.open()[0].heard


# ── the switch ──────────────────────────────────────────────────────────────────────────────


async def test_a_phone_is_rung_only_once_it_was_switched_on_and_until_it_is_off(house):
    opened = await house()
    phones, phone = opened.host.ringing.phones, {"endpoint": "https://push.example/1", "keys": Browser().keys}
    async with httpx2.AsyncClient(base_url=opened.url) as page:
        key = (await page.post("/api/ringing/key")).json()["key"]
        assert key == phones.key
        assert phones.all() == []
        assert (await page.post("/api/ringing/here", json=phone)).json() == {"on": False}
        assert (await page.post("/api/ringing/on", json=phone)).json() == {"on": True}
        assert (await page.post("/api/ringing/here", json=phone)).json() == {"on": True}
        assert (await page.post("/api/ringing/off", json=phone)).json() == {"on": False}
        assert phones.all() == []
        plain = await page.post("/api/ringing/on", json={**phone, "endpoint": "http://push.example/1"})
        assert plain.status_code == 400
        assert "off and on again" in plain.json()["error"]
        assert (await page.post("/api/ringing/on", json={"endpoint": "https://x"})).status_code == 422


async def test_the_bell_of_a_phone_is_served_for_the_whole_page(house):
    opened = await house()
    async with httpx2.AsyncClient(base_url=opened.url) as page:
        answer = await page.get("/bell.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "showNotification" in answer.text


async def test_another_site_can_neither_tap_nor_be_rung(house):
    opened = await house()
    kept = opened.host.ringing.reminders
    kept.add(Reminder("call your mum", time.time() - 1))
    [it] = kept.ring()
    async with httpx2.AsyncClient(base_url=opened.url, headers={"Origin": "https://evil.example"}) as page:
        assert (await page.post(f"/api/reminders/{it.id}/done")).status_code == 403
        assert (await page.post("/api/ringing/key")).status_code == 403
    assert kept.open()
