"""A real browser for the page: Debian's Chromium, headless, with a microphone fed from a WAV file."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}

# The browser itself must open no connection of its own, and must not wait for a hand.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SOUND_WITHOUT_A_TOUCH = "--autoplay-policy=no-user-gesture-required"
SOUND_AFTER_A_TOUCH = "--autoplay-policy=document-user-activation-required"


def microphone_args(wav: Path | None) -> tuple[str, ...]:
    """Arguments for a microphone that is granted unasked and plays `wav` once (None: a beeping one)."""
    fake = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    return fake if wav is None else (*fake, f"--use-file-for-fake-audio-capture={wav}%noloop")


@asynccontextmanager
async def chromium(*args: str, autoplay: bool = True) -> AsyncIterator[Browser]:
    """The system's Chromium with `args` besides the quiet ones; closed on leaving."""
    executable = shutil.which("chromium")
    if executable is None:
        raise RuntimeError("chromium is not installed: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=executable,
            headless=True,
            args=[*QUIET, SOUND_WITHOUT_A_TOUCH if autoplay else SOUND_AFTER_A_TOUCH, *args],
        )
        try:
            yield browser
        finally:
            await browser.close()


async def debug_state(page: Page) -> dict[str, Any]:
    """The page's own account of itself: mood, link, trouble, microphone, view."""
    state: dict[str, Any] = await page.evaluate("window.becoming.debug.state")
    return state


async def until(page: Page, **wanted: object) -> None:
    """Waits until the page's state holds every wanted value (`mood="speaking"`, `trouble=None` …)."""
    await page.wait_for_function(
        "wanted => Object.entries(wanted).every(([key, value]) => window.becoming?.debug.state[key] === value)",
        arg=wanted,
    )
