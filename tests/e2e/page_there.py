"""A page beside the talk, looked at in a real browser over a real memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Self

from playwright.async_api import ConsoleMessage, Page

from tests.e2e.page_browser import chromium
from tests.web.remembering import Home, remembering


@dataclass
class There:
    """The page, the house behind it, and what the browser complained of."""

    PATH: ClassVar[str]
    READY: ClassVar[str] = ""
    """What is there once the page has been filled; empty: the part that is looked at is enough."""

    page: Page
    home: Home
    address: str
    wrong: list[str] = field(default_factory=list)

    @classmethod
    @asynccontextmanager
    async def visiting(cls, folder: Path, house: dict[str, Any], **context: Any) -> AsyncIterator[Self]:
        """Opens the house as `house` says and a browser as `context` says; nothing may have gone wrong in the end."""
        async with remembering(folder, **house) as (home, address), chromium() as browser:
            page = await (await browser.new_context(**context)).new_page()
            page.set_default_timeout(10_000)
            made = cls(page, home, address)
            page.on("pageerror", lambda error: made.wrong.append(str(error)))
            page.on("console", made.note)
            yield made
            assert made.wrong == []

    async def open(self, view: str) -> None:
        """Looks at one part of it."""
        await self.page.goto(f"{self.address}{self.PATH}#{view}")
        await self.page.reload()  # a change of the part after the # alone would load nothing
        await self.page.wait_for_selector(f"#view-{view}:visible")
        if self.READY:
            await self.page.wait_for_selector(self.READY, state="attached")

    async def told(self, words: str) -> None:
        """Waits until the page says so."""
        await self.page.wait_for_function(
            "words => document.querySelector('#status').textContent.includes(words)", arg=words
        )

    def note(self, message: ConsoleMessage) -> None:
        """What the browser complains of."""
        if message.type == "error" and not any(known in message.text for known in ("ERR_", "status of 4")):
            self.wrong.append(message.text)
