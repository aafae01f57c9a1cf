"""The page of who she has become in a real browser, over a real memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import ViewportSize

from tests.e2e import page_there
from tests.e2e.page_browser import PHONE
from tests.e2e.page_fitting import DESK, NARROW, nameless, too_small, too_wide

pytestmark = pytest.mark.slow

VIEWS = ("grown", "carries", "thinks", "asks")


class There(page_there.There):
    """The page of who she has become."""

    PATH, READY = "/her", "#changes li"

    async def open(self, view: str = "grown") -> None:
        """Looks at one part of it; at her changes first."""
        await super().open(view)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[There]:
    async with There.visiting(tmp_path, {}, viewport=PHONE) as made:
        yield made


async def test_before_the_first_night_every_part_says_so(there: There) -> None:
    await there.open()
    assert await there.page.inner_text("#changes") == "Mira is as she was born."
    await there.open("thinks")
    assert "not slept yet" in await there.page.inner_text("#thoughts")


async def test_a_change_is_taken_back_with_one_tap(there: There) -> None:
    there.home.grow()
    await there.open()
    assert await there.page.locator("#changes li").count() == 2
    await there.page.get_by_role("button", name="Take it back").last.click()
    await there.told("It is taken back.")
    assert await there.page.locator("#changes .undone").count() == 1
    assert there.home.regrown == 1


async def test_the_switch_of_growth_shows_what_is_so(there: There) -> None:
    await there.open()
    await there.page.get_by_role("switch", name="She may grow").click()
    await there.told("She stays as she is.")
    await there.open()
    assert not await there.page.is_checked("#grows")
    assert there.home.grows is False


async def test_a_line_she_carries_says_where_it_is_from_and_is_put_right(there: There) -> None:
    await there.open("carries")
    await there.page.get_by_text("You live in Sheffield").click()
    await there.page.get_by_text("the flat is on a hill").wait_for()
    await there.page.get_by_role("button", name="Put it right").click()
    await there.page.keyboard.type("York")
    await there.page.keyboard.press("Enter")
    await there.told("York")
    assert "York" in " ".join(line.text for line in there.home.life.portrait())


async def test_what_is_written_in_is_carried(there: There) -> None:
    await there.open("carries")
    await there.page.fill("#tell-words", "I'd rather be asked in the morning")
    await there.page.keyboard.press("Enter")
    await there.told("It is written in")
    assert any("asked in the morning" in line.text for line in there.home.life.portrait())


async def test_a_thought_is_let_go_and_a_question_is_not_asked(there: There) -> None:
    there.home.grow()
    await there.open("thinks")
    await there.page.get_by_role("button", name="Let it go").click()
    await there.told("It is gone.")
    assert there.home.life.thoughts.all() == []
    await there.open("asks")
    await there.page.get_by_role("button", name="Don’t ask").click()
    await there.told("It will not be asked about.")
    assert there.home.life.checkins.ahead() == []


async def test_how_much_she_begins_by_herself_is_chosen_and_stays(there: There) -> None:
    await there.open("asks")
    await there.page.get_by_text("Nothing", exact=True).click()
    await there.told("It is kept.")
    await there.page.select_option("#quiet-from", "20")
    await there.page.wait_for_function("() => document.querySelector('#quiet-from').value === '20'")
    await there.open("asks")
    assert await there.page.is_checked("[value=never]")
    assert there.home.life.initiative.level == "never"
    assert there.home.life.initiative.quiet == (20, 8)


@pytest.mark.parametrize("size", [NARROW, PHONE, DESK], ids=lambda size: f"{size['width']}x{size['height']}")
async def test_it_fits_every_screen_and_everything_can_be_touched(there: There, size: ViewportSize) -> None:
    there.home.grow()
    there.home.life.tell("a" * 120)
    await there.page.set_viewport_size(size)
    for view in VIEWS:
        await there.open(view)
        assert await too_wide(there.page) == [], view
        assert await too_small(there.page) == [], view
        assert await nameless(there.page) == [], view


async def test_what_was_said_never_becomes_markup(there: There) -> None:
    there.home.life.tell("<img src=x onerror=alert(1)>")
    await there.open("carries")
    await there.page.get_by_text("<img src=x").wait_for()
    assert await there.page.locator("main img").count() == 0


async def test_it_is_a_tap_away_from_her(there: There) -> None:
    await there.page.goto(there.address)
    await there.page.click("#menu-button")
    await there.page.get_by_role("link", name="Who she has become").click()
    await there.page.wait_for_selector("#changes li")
    assert await there.page.title() == "Who Mira has become"
    await there.page.get_by_role("link", name="Back to Mira").click()
    await there.page.wait_for_selector("#wake:visible")
