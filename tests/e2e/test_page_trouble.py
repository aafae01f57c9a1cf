"""Whatever can be in the way: a calm word, what to do, and writing goes on. The wire is the test's."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Route

from tests.e2e.conftest import Visiting
from tests.e2e.page_browser import chromium, microphone_args
from tests.e2e.page_server import free_port, serving
from tests.e2e.page_visit import Visit
from tests.e2e.page_wire import ScriptedWire

pytestmark = pytest.mark.slow

NO_MICROPHONE_GRANTED = ("--use-fake-device-for-media-stream",)


async def can_write(there: Visit) -> None:
    """Writing works in this state."""
    if await there.page.is_hidden("#writing"):
        await there.page.click("#write")
    await there.page.fill("#line", "Can you read this?")
    await there.page.keyboard.press("Enter")
    await there.wire.waits_for("conversation.item.create")


async def test_a_refused_microphone_is_explained_and_writing_works(visit: Visiting) -> None:
    there = await visit(args=NO_MICROPHONE_GRANTED)
    await there.page.click("#wake")
    await there.until(trouble="refused", link="open", microphone=False)
    assert "Allow it" in await there.text("#trouble")
    await can_write(there)


async def test_a_microphone_allowed_later_is_taken_at_a_touch(visit: Visiting) -> None:
    there = await visit(args=NO_MICROPHONE_GRANTED)
    await there.page.click("#wake")
    await there.until(trouble="refused", link="open")
    await there.page.context.grant_permissions(["microphone"])
    await there.press("Try again")
    await there.until(trouble=None, microphone=True)


async def test_a_machine_without_a_microphone_is_told_so(visit: Visiting) -> None:
    there = await visit(args=("--use-fake-ui-for-media-stream",))
    await there.page.click("#wake")
    await there.until(trouble="missing", link="open")
    assert "no microphone on this device" in await there.text("#trouble")
    await can_write(there)


async def test_an_unplugged_microphone_is_noticed(visit: Visiting) -> None:
    there = await visit()
    await there.page.evaluate(
        """() => { const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
           navigator.mediaDevices.getUserMedia = async wanted => (window.stream = await ask(wanted)); }"""
    )
    await there.wake()
    # A fake device cannot be pulled out; this is the event with which a browser tells of it.
    await there.page.evaluate("window.stream.getTracks()[0].dispatchEvent(new Event('ended'))")
    await there.until(trouble="unplugged", microphone=False)
    await there.press("Try again")
    await there.until(trouble=None, microphone=True)


async def test_over_plain_http_from_a_phone_she_is_read_and_written_to(visit: Visiting) -> None:
    there = await visit()
    address = there.address

    async def from_afar(route: Route) -> None:
        path = route.request.url.removeprefix("http://her-computer.test")
        as_if_here = {**route.request.headers, "host": urlsplit(address).netloc, "origin": address}
        await route.fulfill(response=await route.fetch(url=f"{address}{path}", headers=as_if_here))

    await there.page.route("http://her-computer.test/**", from_afar)
    there.address = "http://her-computer.test"
    there.requested.clear()
    await there.page.goto(there.address)
    await there.page.wait_for_selector("#wake:visible")
    await there.page.click("#wake")
    await there.until(trouble="insecure", link="open")
    wanted = await there.wire.waits_for("session.update")
    assert wanted["session"]["output_modalities"] == ["text"]
    await can_write(there)
    there.wire.send(
        {"type": "response.created", "response": {}},
        {"type": "response.output_text.delta", "item_id": "x", "delta": "I can."},
        {"type": "response.done", "response": {"status": "completed"}},
    )
    await there.reads(".her", "I can.")


async def test_a_lost_server_is_said_and_found_again_and_the_talk_goes_on(visit: Visiting) -> None:
    there = await visit()
    await there.wake()
    await there.record()
    there.wire.hears("are you there")
    there.wire.understands("Are you there?")
    item = there.wire.begins("I was just going to say", 8000)
    await there.wire.waits_for("becoming.played")
    there.wire.refuse = (1013, "")
    await there.wire.break_off()
    await there.until(link="lost", trouble="gone", mood="asleep")
    assert "can’t reach the computer" in await there.text("#trouble")
    assert await there.text("#captions .you") == "Are you there?", "what was said stays"
    there.wire.refuse = None
    await there.until(link="open", trouble=None, mood="listening", microphone=True)
    assert there.wire.addresses[-1].endswith("&resume=1")
    assert "resume" not in there.wire.addresses[0]
    recording = await there.recorded()
    assert 0 < len(recording.sounding) < 24_000 * 3, "what was queued of her voice was dropped"
    count = len(there.wire.of("input_audio_buffer.append"))
    await there.wire.waits_for(
        "input_audio_buffer.append", lambda _: len(there.wire.of("input_audio_buffer.append")) > count + 3
    )
    assert item


async def test_a_line_written_while_she_is_away_is_not_lost(visit: Visiting) -> None:
    there = await visit()
    await there.wake()
    there.wire.refuse = (1013, "")
    await there.wire.break_off()
    await there.until(link="lost")
    await there.page.click("#write")
    await there.page.fill("#line", "Keep this")
    await there.page.keyboard.press("Enter")
    assert await there.page.input_value("#line") == "Keep this"
    there.wire.refuse = None
    await there.press("Try now")
    await there.until(link="open")
    await there.page.press("#line", "Enter")
    await there.wire.waits_for("conversation.item.create")


async def test_who_is_turned_away_reads_why_and_is_not_hammering_at_the_door(visit: Visiting) -> None:
    there = await visit()
    there.wire.refuse = (1008, "This device is not paired yet.")
    await there.page.click("#wake")
    await there.until(link="refused", trouble="turned-away")
    assert "not paired yet" in await there.text("#trouble")
    assert len(there.wire.addresses) == 1
    there.wire.refuse = None
    await there.press("Try again")
    await there.until(link="open", trouble=None)


async def test_a_fault_is_told_and_forgotten_with_her_next_words(visit: Visiting) -> None:
    there = await visit()
    await there.wake()
    there.wire.send({"type": "becoming.fault", "kind": "ModelAway", "message": "My thoughts went away."})
    await there.reads("#trouble", "My thoughts went away.")
    item = there.wire.begins("There I am again.", 200)
    there.wire.ends(item, "There I am again.")
    await there.until(trouble=None)


async def test_a_voice_the_browser_holds_back_is_let_out_by_a_touch(visit: Visiting) -> None:
    there = await visit(autoplay=False)
    # A script's click is no touch: the browser keeps the page silent.
    await there.page.add_init_script(
        """const patience = setInterval(() => {
               const wake = document.querySelector('#wake');
               if (!wake?.checkVisibility()) return;
               clearInterval(patience);
               wake.click();
           }, 20)"""
    )
    await there.page.reload()
    await there.wire.waits_for("session.update")  # looking into the page sooner would count as a touch
    await there.until(link="open", trouble="silent")
    await there.press("Let her be heard")
    await there.until(trouble=None)
    item = there.wire.begins("Can you hear me?", 200)
    await there.wire.waits_for("becoming.played", lambda event: event["item_id"] == item)


async def test_a_page_opened_while_the_server_is_away_waits_for_it(visit: Visiting) -> None:
    there = await visit()

    async def away(route: Route) -> None:
        await route.abort("connectionrefused")

    await there.page.route("**/api/state", away)
    await there.page.reload()
    await there.until(trouble="gone", view="welcome")
    assert await there.page.is_hidden("#welcome")
    await there.page.unroute("**/api/state", away)
    await there.page.wait_for_selector("#wake:visible")
    await there.until(trouble=None)


async def test_a_page_woken_after_the_server_went_away_waits_for_it(tmp_path: Path) -> None:
    port = free_port()
    async with chromium(*microphone_args(None)) as browser:
        page = await (await browser.new_context()).new_page()
        with serving(tmp_path / "home", port) as address:
            there = Visit(page, ScriptedWire(), address)
            await there.begin(None)
        await page.click("#wake")
        await there.until(trouble="gone", view="welcome")
        with serving(tmp_path / "home", port):
            await there.until(trouble=None)
            await there.wake()
        there.check()


async def test_while_the_browser_asks_for_the_microphone_one_can_write_instead(visit: Visiting) -> None:
    there = await visit()
    await there.page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => new Promise(() => {}); }")
    await there.page.click("#wake")
    await there.reads("#welcome-microphone", "asking")
    await there.wake_writing()
    await can_write(there)
    assert len(there.wire.addresses) == 1
