"""The picture of weeks in a real browser, over a quarter that was really perceived."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import ConsoleMessage, expect

from becoming.feelings import Perceiving
from tests.e2e import page_there
from tests.e2e.page_browser import PHONE
from tests.web.quarter import live
from tests.web.remembering import SENTENCES

pytestmark = pytest.mark.slow


class There(page_there.There):
    """The page of weeks; no request of it is meant to get lost."""

    PATH = "/memory"

    def note(self, message: ConsoleMessage) -> None:
        """What the browser complains of, other than of an answer that refuses."""
        if message.type == "error" and "status of 4" not in message.text:
            self.wrong.append(message.text)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[There]:
    look = {"viewport": PHONE, "reduced_motion": "reduce"}
    async with There.visiting(tmp_path, {"lived": False}, **look) as made:
        made.page.set_default_timeout(20_000)
        yield made


async def test_a_moment_is_found_opened_and_put_right_with_the_keyboard_alone(there: There) -> None:
    page, life = there.page, there.home.life
    await asyncio.to_thread(live, life, Perceiving(SENTENCES))
    await page.goto(f"{there.address}/memory#weeks")
    await expect(page.locator("#weeks .felt").first).to_be_attached()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert await page.locator("#weeks .felt[tabindex='0']").count() == 1

    await page.locator("#weeks .felt[tabindex='0']").focus()
    last = await page.evaluate("document.activeElement.getAttribute('aria-label')")
    await page.keyboard.press("ArrowUp")
    above = await page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert above != last
    assert re.match(r"\w+day, \d+ \w+ \d{4}, \d\d:\d\d: ", above)
    await page.keyboard.press("Enter")
    await expect(page.locator("#felt[open]")).to_be_visible()
    shown = await page.inner_text("#felt-words blockquote")

    await page.get_by_role("button", name="That’s not how I felt").press("Enter")
    await page.keyboard.type("flumpy")
    await page.keyboard.press("Enter")
    await expect(page.locator("#felt-state")).to_contain_text("flumpy")
    await page.fill("#felt-was", "calm, and a bit tired")
    await page.keyboard.press("Enter")
    await expect(page.locator("#felt-state")).to_have_text("It is kept as you say.")
    assert "You said it was: calm and tired." in await page.inner_text("#felt-words")
    await page.keyboard.press("Escape")

    await expect(page.locator("#weeks .felt.own")).to_have_count(1)
    [(text, feeling)] = life.corrections()
    assert text == shown
    assert [name for name, _ in feeling.emotions] == ["calm", "tiredness"]
    focused = await page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused.endswith("by your own word, calm")


async def test_a_horizon_without_moments_is_kind_and_one_moment_is_a_picture(there: There) -> None:
    page = there.page
    await page.goto(f"{there.address}/memory#weeks")
    await expect(page.get_by_text("A wide horizon, and nothing on it yet.")).to_be_visible()
    await expect(page.locator("#weeks-some")).to_be_hidden()

    there.home.life.feel(there.home.talk("I'm so happy!", "I see."), Perceiving(SENTENCES)("I'm so happy!"))
    await page.reload()
    await expect(page.locator("#weeks .felt")).to_have_count(1)
    assert (await page.inner_text("#weeks-sum")).startswith("One moment since")
    await page.locator("#weeks .felt").click()
    await expect(page.locator("#felt blockquote")).to_have_text("I'm so happy!")
    await page.get_by_role("button", name="Take the guess away").click()
    await expect(page.locator("#weeks-none")).to_be_visible()
