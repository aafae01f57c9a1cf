"""Pictures of the page in every state, at both sizes, from a real birth and a real talk.

    uv run python -m scripts.screenshots

starts a real server with a fresh home, is born, talks with her by voice and in writing, and writes
`docs/screens/STATE-SIZE.png`. Needs chromium, ffmpeg and espeak-ng; takes some minutes.

    uv run python -m scripts.screenshots memory

makes those of the page of her memory alone: real code over some weeks of a written life; takes a minute.

    uv run python -m scripts.screenshots feelings

makes those of the weeks alone: a quarter of a written life, really perceived.

    uv run python -m scripts.screenshots care
    uv run python -m scripts.screenshots her

    uv run python -m scripts.screenshots people

make those of the page for hard hours, of the page of who she has become, and of the person's people.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from playwright.async_api import Error, Page

from becoming.feelings import Perceiving
from tests.audio.voice import Audio, speak
from tests.e2e.page_browser import DESK, PHONE, chromium, debug_state, microphone_args, until
from tests.e2e.page_microphone import give_microphone, say
from tests.e2e.page_server import free_port, serving
from tests.web import people_lived
from tests.web.quarter import live as live_a_quarter
from tests.web.remembering import SENTENCES, remembering

SCREENS = Path(__file__).parent.parent / "docs" / "screens"
SIZES = {"desk": DESK, "phone": PHONE}
SETTLE_MS = 900
PATIENCE_MS = 120_000
TRIES = 8
WORTH_WAITING_S = 30

Act = Callable[[], Awaitable[object]]


async def main() -> None:
    """All pictures, in the order in which a person would see them."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:]
    for name, pictures in _APART.items():
        if not wanted or name in wanted:
            await pictures()
    if wanted:
        return
    with tempfile.TemporaryDirectory() as folder:
        home, port = Path(folder) / "home", free_port()
        async with chromium(*microphone_args(None)) as browser:
            page = await (await browser.new_context(viewport=DESK)).new_page()
            page.set_default_timeout(PATIENCE_MS)
            await give_microphone(page)
            with serving(home, port) as address:
                await the_birth(page, address)
                await the_talk(page)
                await without_microphone(address)
                await page.goto(address)
                await page.wait_for_selector("#wake:visible")
                await at_both_sizes(page, "welcome-back")
                await page.click("#wake")
                await until(page, mood="listening")
                await write(page, "I've got the pills here, and I want to die tonight.")
                await page.wait_for_selector("#care a:visible")
                await until(page, mood="listening")
                await at_both_sizes(page, "care-card")
            await until(page, trouble="gone")
            await at_both_sizes(page, "gone")


async def the_growth() -> None:
    """Her changes with their reasons, the portrait, her thoughts, what she means to ask."""
    with tempfile.TemporaryDirectory() as folder:
        async with remembering(Path(folder)) as (house, address), chromium() as browser:
            house.grow()
            page = await (await browser.new_context(viewport=DESK)).new_page()
            await page.goto(f"{address}/her")
            await page.wait_for_selector("#changes button")
            await at_both_sizes(page, "her")
            await page.emulate_media(color_scheme="dark")
            await at_both_sizes(page, "her-night")
            await page.emulate_media(color_scheme="light")
            for name, link in {"carries": "Carries", "thinks": "Thinks", "asks": "Will ask"}.items():
                await page.click(f"nav >> text={link}")
                await at_both_sizes(page, f"her-{name}")


async def the_people() -> None:
    """Who there is, somebody opened, what she keeps to, what was practised, the weeks."""
    with tempfile.TemporaryDirectory() as folder:
        async with remembering(Path(folder), lived=False) as (house, address), chromium() as browser:
            await asyncio.to_thread(people_lived.live, house)
            await asyncio.to_thread(people_lived.practise, house)
            for ago, lonely, well in ((60, [2, 1, 2], [3, 3, 4, 3, 4]), (3, [1, 0, 1], [2, 2, 2, 2, 1])):
                house.now = time.time() - ago * 86_400
                house.life.measures.answer("ucla3", lonely)
                house.life.measures.answer("who5", well)
            house.now = time.time()
            page = await (await browser.new_context(viewport=DESK)).new_page()
            await page.goto(f"{address}/people")
            await page.wait_for_selector("#persons li")
            await at_both_sizes(page, "people")
            await page.emulate_media(color_scheme="dark")
            await at_both_sizes(page, "people-night")
            await page.emulate_media(color_scheme="light")
            await page.get_by_role("button", name="Anna, mostly warm").click()
            await page.get_by_text("Mostly warm, as far as words tell.").first.click()
            await at_both_sizes(page, "people-opened")
            for name, link in {"between": "Between us", "practised": "Practised", "weeks": "Weeks"}.items():
                await page.click(f"nav >> text={link}")
                await at_both_sizes(page, f"people-{name}")


async def the_birth(page: Page, address: str) -> None:
    """From the first touch to her name."""
    await page.goto(address)
    await page.wait_for_selector("#wake:visible")
    await at_both_sizes(page, "welcome")
    await page.click("#wake")
    await asked(page, "adults only")
    await at_both_sizes(page, "birth-notice")
    await page.get_by_role("button", name="Yes").click()
    await asked(page, "call you")
    await at_both_sizes(page, "birth-question")
    await write(page, "Theo")
    await asked(page, "What brings you here")
    await write(page, "I moved to a new town in spring and I don't know many people yet.")
    await asked(page, "another")
    await at_both_sizes(page, "birth-naming")
    await page.get_by_role("button", name="It's good").click()
    await page.get_by_role("button", name="Begin").wait_for()
    await at_both_sizes(page, "birth-name")
    await page.get_by_role("button", name="Begin").click()
    await until(page, view="talk", mood="listening")


async def the_talk(page: Page) -> None:
    """Every mood, and every way to talk."""
    await at_both_sizes(page, "listening")
    running = speak(
        "I went running this morning for the first time in about two years.", voice="bella", rate=165
    )
    nods = speak("Yeah, yeah, yeah, yeah, yeah, yeah, yeah.")

    async def speaks() -> None:
        page_says(page, running)

    async def writes() -> None:
        await write(page, "I sat alone at lunch again today, and I couldn't think of anything to say.")

    async def nods_along() -> None:
        await page.reload()
        await page.click("#wake")
        await until(page, mood="speaking")  # her greeting is the longest thing she says
        page_says(page, nods)

    await caught(page, "hearing", speaks)
    await caught(page, "thinking", writes)
    await caught(page, "speaking", writes)
    await page.emulate_media(color_scheme="dark")
    await caught(page, "speaking", writes, name="speaking-night")
    await page.emulate_media(color_scheme="light")
    await page.click("#write")
    await page.fill("#line", "Actually, I'd rather write for a moment")
    await at_both_sizes(page, "writing")
    await page.fill("#line", "")
    await page.keyboard.press("Escape")
    await page.click("#menu-button")
    await at_both_sizes(page, "settings")
    await page.click("#set-hold")
    await page.keyboard.press("Escape")
    await page.evaluate("document.activeElement.blur()")
    await at_both_sizes(page, "push-to-talk")
    await page.click("#rest")
    await until(page, mood="asleep")
    await at_both_sizes(page, "asleep")
    await page.click("#menu-button")
    await page.click("#set-hold")
    await page.emulate_media(reduced_motion="reduce")  # the form at once, not on its way
    await caught(page, "ducked", nods_along, settle_ms=100, calm=False)
    await page.emulate_media(reduced_motion="no-preference")


async def without_microphone(address: str) -> None:
    """A machine without one, and a person who would rather not."""
    for name, args in {
        "no-microphone": ("--use-fake-ui-for-media-stream",),
        "microphone-refused": ("--use-fake-device-for-media-stream",),
    }.items():
        async with chromium(*args) as browser:
            page = await (await browser.new_context(viewport=DESK)).new_page()
            page.set_default_timeout(PATIENCE_MS)
            await page.goto(address)
            await page.click("#wake")
            await page.wait_for_selector("#trouble p")
            await until(page, mood="listening")
            await at_both_sizes(page, name)


async def the_memory() -> None:
    """What she holds, what was said and read, and letting go of it."""
    with tempfile.TemporaryDirectory() as folder:
        async with remembering(Path(folder)) as (_, address), chromium() as browser:
            page = await (await browser.new_context(viewport=DESK)).new_page()
            await page.goto(f"{address}/memory")
            await page.wait_for_selector(".belief")
            await at_both_sizes(page, "memory")
            await page.emulate_media(color_scheme="dark")
            await at_both_sizes(page, "memory-night")
            await page.emulate_media(color_scheme="light")
            await page.click("text=Your sister is called Iris")
            await page.wait_for_selector(".source")
            await at_both_sizes(page, "memory-source")
            await page.click("text=Your talks")
            await page.wait_for_selector("#talks .moment")
            await at_both_sizes(page, "memory-talks")
            await page.click("text=Has read")
            await page.wait_for_selector(".book")
            await at_both_sizes(page, "memory-read")
            await page.click("nav >> text=Letting go")
            await at_both_sizes(page, "memory-letting-go")
            await page.fill("#forget-what", "everything about Iris")
            await page.click("text=Show me what would go")
            await page.wait_for_selector("#loss[open]")
            await at_both_sizes(page, "memory-loss")
            await page.click("#loss-yes")
            await page.wait_for_selector("#loss-yes", state="hidden")
            await at_both_sizes(page, "memory-gone")
            await page.click("#loss-no")
            await page.fill("#query", "the smell of the water")
            await page.keyboard.press("Enter")
            await page.wait_for_selector(".found")
            await at_both_sizes(page, "memory-search")


async def the_weeks() -> None:
    """How a quarter felt, as it was perceived; one moment opened, and put right."""
    with tempfile.TemporaryDirectory() as folder:
        async with remembering(Path(folder), lived=False) as (house, address), chromium() as browser:
            await asyncio.to_thread(live_a_quarter, house.life, Perceiving(SENTENCES))
            page = await (await browser.new_context(viewport=DESK)).new_page()
            await page.goto(f"{address}/memory#weeks")
            await page.wait_for_selector("#weeks .felt")
            await at_both_sizes(page, "feelings", ".key")
            await page.emulate_media(color_scheme="dark")
            await at_both_sizes(page, "feelings-night", ".key")
            await page.emulate_media(color_scheme="light")
            await page.get_by_role("button", name=re.compile("you sounded happy")).last.click()
            await page.wait_for_selector("#felt[open]")
            await at_both_sizes(page, "feelings-moment")
            await page.click("#felt-wrong")
            await page.fill("#felt-was", "relieved, and a bit tired")
            await page.keyboard.press("Enter")
            await page.get_by_text("It is kept as you say").wait_for()
            await at_both_sizes(page, "feelings-put-right")


async def the_hard_hours() -> None:
    """People to call, where nothing is known of the country and where something is; the plan; leaving."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            remembering(Path(folder), lived=False, country="") as (house, address),
            chromium() as browser,
        ):
            page = await (await browser.new_context(viewport=DESK)).new_page()
            await page.goto(f"{address}/care")
            await page.wait_for_selector("#numbers a")
            await at_both_sizes(page, "care-unknown")
            await page.select_option("#country", label="Ireland")
            await page.locator("#numbers a[href^='tel:']").first.wait_for()
            await page.fill("#trusted-name", "Iris")
            await page.fill("#trusted-reach", "her kitchen, or 555 0147")
            await page.click("#trusted button[type=submit]")
            await page.get_by_text("It is kept.").wait_for()
            await page.evaluate("scrollTo(0, 0)")
            await at_both_sizes(page, "care")
            await page.emulate_media(color_scheme="dark")
            await at_both_sizes(page, "care-night")
            await page.emulate_media(color_scheme="light")
            await page.click("nav >> text=Safety plan")
            for step, line in enumerate(
                (
                    "The flat gets loud\nI stop answering",
                    "Walking Biscuit to the lock",
                    "The café by the canal",
                )
            ):
                await page.locator("#steps textarea").nth(step).fill(line)
            await at_both_sizes(page, "care-plan")
            house.care.records.flag("Then don't go, stay a little longer.")
            await page.reload()
            await page.click("nav >> text=What is kept")
            await at_both_sizes(page, "care-kept")
            await page.click("nav >> text=Leaving")
            await page.click("#leave")
            await at_both_sizes(page, "care-leaving")


_APART = {
    "memory": the_memory,
    "feelings": the_weeks,
    "care": the_hard_hours,
    "her": the_growth,
    "people": the_people,
}
"""Pages that need no birth; each can be taken alone."""

# ── what a person does ──────────────────────────────────────────────────────────────────────

_speaking: set[asyncio.Task[None]] = set()


def page_says(page: Page, words: Audio) -> None:
    """Begins to say this into the page's microphone."""

    async def speaking() -> None:
        with suppress(Error):  # the page was opened anew before it was said
            await say(page, words)

    task = asyncio.create_task(speaking())
    _speaking.add(task)
    task.add_done_callback(_speaking.discard)


async def write(page: Page, text: str) -> None:
    """Writes a line and sends it."""
    if await page.is_hidden("#writing"):
        await page.click("#write")
    await page.fill("#line", text)
    await page.keyboard.press("Enter")
    await page.wait_for_function("() => document.querySelector('#line').value === ''")
    await page.keyboard.press("Escape")
    await page.evaluate("document.activeElement.blur()")


async def asked(page: Page, words: str) -> None:
    """Waits until she has asked this and listens for the answer."""
    await page.wait_for_function(
        "words => document.querySelector('#birth-words').textContent.includes(words)", arg=words
    )
    await until(page, mood="listening")


# ── pictures ────────────────────────────────────────────────────────────────────────────────


async def at_both_sizes(page: Page, name: str, down_to: str = "") -> None:
    """A state that lasts, at both sizes; with `down_to`, scrolled until that is in sight."""
    for size, viewport in SIZES.items():
        await page.set_viewport_size(viewport)
        if down_to:
            await page.evaluate("it => document.querySelector(it).scrollIntoView({block: 'end'})", down_to)
        await page.wait_for_timeout(2 * SETTLE_MS)
        await picture(page, f"{name}-{size}")
    await page.set_viewport_size(DESK)


async def caught(
    page: Page, mood: str, provoke: Act, name: str = "", settle_ms: int = SETTLE_MS, calm: bool = True
) -> None:
    """A mood that passes, at both sizes: provoked anew until a picture was taken while it lasted."""
    for size, viewport in SIZES.items():
        await page.set_viewport_size(viewport)
        for _ in range(TRIES):
            if calm:
                await until(page, mood="listening")
            try:
                async with asyncio.timeout(WORTH_WAITING_S):
                    await provoke()
                    await until(page, mood=mood)
            except TimeoutError:
                continue  # she was done before it could be provoked
            await page.wait_for_timeout(settle_ms)
            still = (await debug_state(page))["mood"] == mood
            await picture(page, f"{name or mood}-{size}")
            if still and (await debug_state(page))["mood"] == mood:
                break
        else:
            print(f"{mood} never lasted long enough for a picture: run this again when less is going on")
    await until(page, mood="listening")
    await page.set_viewport_size(DESK)


async def picture(page: Page, name: str) -> None:
    """One PNG of 256 colours: a third of the size, and nobody sees the difference."""
    whole = await page.screenshot()
    palette = "split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=sierra2_4a"
    command = ["ffmpeg", "-y", "-loglevel", "error", "-i", "-", "-vf", palette, str(SCREENS / f"{name}.png")]
    await asyncio.to_thread(subprocess.run, command, input=whole, check=True)
    print(name, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
