"""A picture and the dark on the wire: what is taken, what is refused, what a page is told."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

import pytest

pytestmark = pytest.mark.slow
JPEG = b"\xff\xd8\xff\xe0" + bytes(300)


def written(jpeg: bytes) -> str:
    return base64.b64encode(jpeg).decode()


async def test_a_picture_is_looked_at_once_and_what_was_heard_of_it_is_told(house) -> None:
    running = await house()
    async with running.client("&resume=1") as client:
        await client.send(type="becoming.look", image=written(JPEG))
        done = await client.until("response.done")
        assert "late" in str(done)
    assert running.host.sight.shown == [JPEG]
    assert running.host.sight.heard == ["I imagine they are late."]
    assert running.host.settled == []


@pytest.mark.parametrize(
    "image",
    [
        None,
        7,
        "",
        "not base64!",
        written(b"\x89PNG" + bytes(30)),
        written(b"GIF89a"),
        written(JPEG + bytes(400_001)),
    ],
    ids=["none", "number", "empty", "words", "png", "gif", "large"],
)
async def test_what_is_no_small_jpeg_is_refused_with_what_it_must_be(house, image: Any) -> None:
    running = await house()
    async with running.client("&resume=1") as client:
        await client.send(type="becoming.look", image=image, event_id="mine")
        error = (await client.until("error"))["error"]
        assert "JPEG" in error["message"]
        assert error["event_id"] == "mine"
    assert running.host.sight.shown == []


async def test_a_tap_makes_it_dark_and_a_word_light_again(house) -> None:
    running = await house(["There's the light again."])
    async with running.client("&resume=1") as client:
        await client.send(type="becoming.dark", on=True)
        await client.send(type="becoming.dark", on="yes")
        await client.until("error")
        assert running.host.lights.off is True
        running.host.lights.off = False  # as her mind does where it is asked by word
        item = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Lights on."}]}
        await client.send(type="conversation.item.create", item=item)
        await client.send(type="response.create")
        assert (await client.until("becoming.dark"))["on"] is False


async def test_a_line_that_was_cut_comes_back_dark_and_who_comes_in_finds_a_page(house) -> None:
    running = await house()
    running.host.lights.off = True
    async with running.client("&resume=1") as client:
        assert (await client.until("becoming.dark"))["on"] is True
    async with running.client() as client:
        await client.until("session.created")
        await asyncio.sleep(0)
    assert running.host.lights.off is False


async def test_only_the_page_itself_may_use_the_camera(house) -> None:
    import httpx2

    running = await house()
    async with httpx2.AsyncClient(cookies={}, headers={"Authorization": "Bearer a-token-for-tests"}) as http:
        answer = await http.get(f"{running.url}/api/state")
    assert "camera=(self)" in answer.headers["Permissions-Policy"]
