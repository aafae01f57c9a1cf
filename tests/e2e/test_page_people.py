"""The page of the person's people in a real browser, over a real memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import ViewportSize

from tests.e2e import page_there
from tests.e2e.page_browser import PHONE
from tests.e2e.page_fitting import DESK, NARROW, nameless, too_small, too_wide
from tests.web import people_lived

pytestmark = pytest.mark.slow

VIEWS = ("people", "between", "practised", "weeks")


class There(page_there.There):
    """The page of the person's people."""

    PATH, READY = "/people", "#keeps li"

    async def open(self, view: str = "people") -> None:
        """Looks at one part of it; at who there is first."""
        await super().open(view)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[There]:
    async with There.visiting(tmp_path, {"lived": False}, viewport=PHONE) as made:
        await asyncio.to_thread(people_lived.live, made.home)
        yield made


async def test_who_was_spoken_of_lately_is_near_and_opens_at_a_tap(there: There) -> None:
    await there.open()
    near = await there.page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('#around .one')].map(one => {
        const box = one.querySelector('circle').getBoundingClientRect(), you = document.querySelector('#around .you').getBoundingClientRect();
        return [one.textContent, Math.hypot(box.x - you.x, box.y - you.y)];
    }))""")
    assert near["Anna"] < near["Iris"] < near["Tom"]
    await there.page.get_by_role("button", name="Anna, mostly warm").click()
    await there.page.wait_for_selector("#persons .person[open]")
    await there.page.get_by_text("Mostly warm, as far as words tell.").first.click()
    await there.page.get_by_text("I love Anna, she makes me laugh until I cry.").wait_for()


async def test_somebody_is_marked_renamed_and_left_out_of_talk(there: There) -> None:
    await there.open()
    await there.page.get_by_text("Martin", exact=True).last.click()
    await there.page.get_by_role("button", name="Not safe for me").click()
    await there.told("never send you towards Martin")
    await there.page.get_by_role("button", name="Safe again").wait_for()
    await there.page.get_by_role("button", name="Don’t bring them up").click()
    await there.told("won’t bring up Martin")
    assert there.home.life.unsayable("And Martin?")
    await there.page.get_by_role("button", name="Another name").click()
    await there.page.keyboard.type("Morten")
    await there.page.keyboard.press("Enter")
    await there.told("Morten, then.")
    assert {one.name for one in there.home.life.company.all()} >= {"Morten"}


async def test_what_she_should_keep_to_is_written_and_taken_back(there: There) -> None:
    await there.open("between")
    await there.page.fill("#keep-words", "Never mention the wedding")
    await there.page.keyboard.press("Enter")
    await there.told("keeps to it")
    await there.page.get_by_text("never to hear of wedding").click()
    await there.page.get_by_role("button", name="That was never so").click()
    await there.told("no longer holds")
    await there.page.fill("#keep-words", "be nice")
    await there.page.keyboard.press("Enter")
    await there.told("Write it like")


async def test_a_rehearsal_is_read_and_let_go_for_good_after_a_yes(there: There) -> None:
    await there.open("practised")
    await there.page.get_by_text("Nothing yet.").last.wait_for()
    await asyncio.to_thread(people_lived.practise, there.home)
    await there.open("practised")
    cards = there.page.locator(".rehearsal")
    assert [await card.locator("h3").inner_text() for card in await cards.all()] == [
        "Telling your brother that you're not coming",
        "Asking for a raise",
    ]
    told = await cards.last.inner_text()
    for words in (people_lived.WORKED, people_lived.WENT, people_lived.LEARNED, "for a talk with your boss"):
        assert words in told
    ahead = await cards.first.inner_text()
    assert "The real talk" in ahead
    assert "How it went" not in ahead
    await cards.last.get_by_role("button", name="Forget it").click()
    await there.page.locator("#loss[open]").get_by_text(people_lived.WENT).wait_for()
    await there.page.click("#loss-no")
    assert await cards.count() == 2
    await cards.last.get_by_role("button", name="Forget it").click()
    await there.page.click("#loss-yes")
    await there.page.get_by_text("It is gone").wait_for()
    await there.page.click("#loss-no")
    await there.page.wait_for_function("() => document.querySelectorAll('.rehearsal').length === 1")
    assert people_lived.WENT not in [each.text for each in there.home.life.moments.recent(99)]


async def test_a_measure_is_answered_shown_and_taken_away(there: There) -> None:
    await there.open("weeks")
    await there.page.fill("#talks", "4")
    await there.page.keyboard.press("Enter")
    await there.told("It is kept.")
    await there.page.get_by_text("Loneliness, three questions").click()
    for choice in await there.page.get_by_label("Some of the time").all():
        if await choice.is_visible():
            await choice.check()
    await there.page.get_by_role("button", name="Keep the answers").first.click()
    await there.told("here and nowhere else")
    assert [each.score for each in there.home.life.measures.all() if each.kind == "ucla3"] == [6]
    await there.page.get_by_text("Loneliness, three questions").click()
    await there.page.get_by_role("button", name="Take the last one away").click()
    await there.told("It is gone.")


async def test_it_asks_nobody_for_a_measure(there: There) -> None:
    await there.page.goto(there.address)
    await there.page.wait_for_selector("#wake:visible")
    assert "lonel" not in (await there.page.inner_text("body")).lower()


@pytest.mark.parametrize("size", [NARROW, PHONE, DESK], ids=lambda size: f"{size['width']}x{size['height']}")
async def test_it_fits_every_screen_and_everything_can_be_touched(there: There, size: ViewportSize) -> None:
    await asyncio.to_thread(people_lived.practise, there.home)
    await there.page.set_viewport_size(size)
    for view in VIEWS:
        await there.open(view)
        for summary in await there.page.locator("main details > summary").all():
            if await summary.is_visible():
                await summary.click()
        assert await too_wide(there.page) == [], view
        assert await too_small(there.page) == [], view
        assert await nameless(there.page) == [], view


async def test_what_was_said_never_becomes_markup(there: There) -> None:
    there.home.say("I had tea with Bo <img src=x onerror=alert(1)>.")
    await there.open()
    await there.page.get_by_text("Bo", exact=True).last.click()
    await there.page.locator("#persons .person[open] .rests > summary").last.click()
    await there.page.get_by_text("<img src=x").first.wait_for()
    assert await there.page.locator("main img").count() == 0
