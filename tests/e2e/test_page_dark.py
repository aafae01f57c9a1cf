"""The page with the lights off, and with a camera: Chromium's fake one, over a real server and a model that is asked for real."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.e2e.conftest import Visiting
from tests.e2e.house import furnish
from tests.e2e.page_browser import PHONE, chromium, microphone_args, until
from tests.e2e.page_server import serving
from tests.e2e.test_page_talk import BORN
from tests.llm.seeing import MODEL, SeeingServer

pytestmark = pytest.mark.slow

BLACK = """async () => {
    const cover = document.querySelector("#dark");
    await Promise.all(cover.getAnimations().map((each) => each.finished));
    const box = cover.getBoundingClientRect();
    const seen = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    return seen === cover && getComputedStyle(cover).backgroundColor === "rgb(0, 0, 0)"
        && box.width >= innerWidth && box.height >= innerHeight;
}"""


async def test_fade_to_black_hides_all_but_her_voice_and_a_tap_brings_it_back(visit: Visiting) -> None:
    there = await visit(house=BORN, viewport=PHONE)
    await there.wake()
    await there.page.click("#menu-button")
    await there.page.click("#fade")
    assert await there.page.evaluate(BLACK)
    assert (await there.wire.waits_for("becoming.dark"))["on"] is True
    await there.record()
    there.wire.understands("are you there")
    item = there.wire.begins("I'm here.", 400)
    there.wire.ends(item, "I'm here.")
    await there.until(mood="listening")
    assert len((await there.recorded()).sounding) > 0
    assert await there.page.is_hidden("#captions")
    assert await there.page.evaluate("document.querySelector('#said').textContent") == ""
    await there.page.mouse.click(100, 300)
    await there.until(dark=False)
    assert await there.page.is_visible("#captions")
    assert [event["on"] for event in there.wire.of("becoming.dark")] == [True, False]


async def test_her_word_makes_it_dark_and_light_and_tells_nothing_back(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.wake()
    there.wire.send({"type": "becoming.dark", "on": True})
    await there.until(dark=True)
    there.wire.send({"type": "becoming.dark", "on": False})
    await there.until(dark=False)
    assert there.wire.of("becoming.dark") == []


async def test_a_key_wakes_it_without_writing_and_keys_of_the_talk_do_not(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.wake()
    there.wire.send({"type": "becoming.dark", "on": True})
    await there.until(dark=True)
    await there.page.keyboard.press("Escape")
    await there.page.keyboard.press("Space")
    assert (await there.state())["dark"] is True
    await there.page.keyboard.press("h")
    await there.until(dark=False)
    assert await there.page.is_hidden("#writing")


async def test_numbers_to_call_and_a_lost_line_are_never_left_in_the_dark(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.wake()
    there.wire.send({"type": "becoming.dark", "on": True})
    await there.until(dark=True)
    numbers = {"line": {"phone": "988", "by": "call"}, "emergency": "911", "sure": True, "country": "US"}
    card = {"tier": "high", "numbers": numbers, "plan": False, "trusted": None}
    there.wire.send({"type": "becoming.care", "card": card})
    await there.until(dark=False)
    assert await there.page.is_visible("#care a[href='tel:988']")
    there.wire.send({"type": "becoming.dark", "on": True})
    await there.until(dark=True)
    await there.wire.break_off()
    await there.until(dark=False, trouble="gone")


async def test_where_her_model_sees_nothing_no_camera_is_offered(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.wake()
    there.wire.send({"type": "becoming.state", "name": "Maeve", "sees": ""})
    await there.reads("#frame-words", "kept nowhere")
    assert await there.page.is_hidden("#look")


async def test_a_camera_that_is_refused_is_told_with_what_to_do(visit: Visiting) -> None:
    there = await visit(house=BORN, args=microphone_args(None))
    await there.wake()
    there.wire.send({"type": "becoming.state", "name": "Maeve", "sees": "this computer"})
    await there.page.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError') } }"
    )
    await there.page.click("#look")
    await there.reads("#trouble", "Allow it with the sign beside")
    assert there.wire.of("becoming.look") == []


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Width and height, from the frame header of a JPEG."""
    at = 2
    while jpeg[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return int.from_bytes(jpeg[at + 7 : at + 9], "big"), int.from_bytes(jpeg[at + 5 : at + 7], "big")


async def test_one_picture_at_a_touch_reaches_the_model_small_and_stays_nowhere(tmp_path: Path) -> None:
    home = tmp_path / "home"
    furnish(home)
    says = "I imagine somebody has been waiting for this all day."
    with SeeingServer(says, {"capabilities": ["completion", "multimodal"]}).running() as model:
        elsewhere = {"BECOMING_LLM_BASE_URL": model.url, "BECOMING_LLM_MODEL": MODEL}
        with serving(home, **elsewhere) as address:
            fake = (*microphone_args(None), "--use-fake-device-for-media-stream=fps=30")
            async with chromium(*fake) as browser:
                page = await (await browser.new_context(viewport=PHONE)).new_page()
                await page.goto(address)
                await page.click("#wake-writing")
                await page.wait_for_selector("#captions .her.over")  # she has greeted
                await until(page, link="open", mood="listening")
                assert model.pictures() == []
                await page.click("#look")
                await page.wait_for_selector("#frame:visible")
                assert (
                    await page.inner_text("#frame-words")
                    == "Shown once to this computer, and kept nowhere here."
                )
                await page.wait_for_function(
                    "() => document.querySelector('#captions').textContent.includes('waiting for this all day')"
                )
                await page.wait_for_selector("#frame", state="hidden")
                assert await page.evaluate("document.querySelector('#frame canvas').width") == 0
        (picture,) = model.pictures()
    data = picture.removeprefix("data:image/jpeg;base64,")
    width, height = size_of(base64.b64decode(data))
    assert 0 < max(width, height) <= 768
    kept = [
        path for path in home.rglob("*") if path.is_file() and data[200:260].encode() in path.read_bytes()
    ]
    assert kept == []
    assert b"waiting for this" not in (home / "server.log").read_bytes()
