"""The page for hard hours in a real browser, over a real store: people, the plan, what is kept, leaving."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import ViewportSize

from tests.e2e import page_there
from tests.e2e.page_browser import PHONE
from tests.e2e.page_fitting import DESK, NARROW, nameless, too_small, too_wide

pytestmark = pytest.mark.slow

VIEWS = ("now", "plan", "kept", "leaving")


class There(page_there.There):
    """The page for hard hours."""

    PATH, READY = "/care", "#numbers a"

    async def open(self, view: str = "now") -> None:
        """Looks at one part of it; at the people first."""
        await super().open(view)


@pytest.fixture
async def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[There]:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C")
    monkeypatch.setenv("TZ", "UTC")  # a computer that says nothing of its country
    async with There.visiting(tmp_path, {"lived": False, "country": ""}, viewport=PHONE) as made:
        yield made


async def test_the_number_of_the_country_is_the_first_thing_one_can_tap(there: There) -> None:
    there.home.care.records.live_in("US")
    await there.open()
    first = there.page.locator("main a:visible:not(nav a)").first
    assert await first.get_attribute("href") == "tel:988"
    assert "Rests on" in await there.page.inner_text("#numbers")
    in_sight = await first.evaluate(
        "it => { const box = it.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }"
    )
    assert in_sight, "on a phone nobody in danger should have to scroll"


async def test_where_nothing_is_known_it_says_how_to_find_a_line_and_invents_none(there: There) -> None:
    await there.open()
    await there.page.select_option("#country", label="not said")
    hrefs = await there.page.eval_on_selector_all("#numbers a", "all => all.map(one => one.href)")
    assert hrefs == ["https://findahelpline.com/"]


async def test_another_country_changes_the_numbers_at_once_and_stays(there: There) -> None:
    await there.open()
    await there.page.select_option("#country", label="Ireland")
    await there.page.locator("#numbers a[href='tel:116123']").wait_for()
    await there.open()
    assert await there.page.input_value("#country") == "IE"
    assert there.home.care.records.place.sure


async def test_a_plan_is_written_line_by_line_kept_and_read_again(there: There) -> None:
    await there.open("plan")
    boxes = there.page.locator("#steps textarea")
    assert await boxes.count() >= 5
    await boxes.nth(0).fill("I stop answering messages\nThe flat gets loud")
    await boxes.nth(1).fill("Walking to the canal")
    await there.page.click("#safety-plan button[type=submit]")
    await there.told("It is kept")
    await there.open("plan")
    assert await boxes.nth(0).input_value() == "I stop answering messages\nThe flat gets loud"
    first = next(iter(there.home.care.records.plan.values()))
    assert first == ["I stop answering messages", "The flat gets loud"]


async def test_on_paper_every_line_of_the_plan_is_there(there: There) -> None:
    await there.open("plan")
    await there.page.locator("#steps textarea").first.fill("\n".join(f"Line {n}" for n in range(1, 9)))
    await there.page.emulate_media(media="print")
    assert await there.page.locator("#steps li:visible").all_inner_texts() == [
        f"Line {n}" for n in range(1, 9)
    ]
    assert await there.page.locator("#print").is_hidden()


async def test_somebody_trusted_is_kept_and_their_number_comes_at_a_tap_only(there: There) -> None:
    await there.open()
    await there.page.fill("#trusted-name", "Iris")
    await there.page.fill("#trusted-reach", "+353 1 234 5678")
    await there.page.click("#trusted button[type=submit]")
    await there.told("It is kept")
    assert "234" not in await there.page.inner_text("#trusted-now")
    await there.page.get_by_role("button", name="Show how to reach them").click()
    assert await there.page.get_attribute("#trusted-now a", "href") == "tel:+35312345678"


async def test_what_was_given_counted_and_marked_is_shown_and_the_protocol_can_be_read(there: There) -> None:
    there.home.care.records.flag("You should see me every day.")
    await there.open("kept")
    assert "You should see me every day." in await there.page.inner_text("#flags")
    digest = await there.page.inner_text("#digest")
    await there.page.get_by_role("link", name="Read the crisis protocol").click()
    await there.page.wait_for_url("**/care/protocol")
    assert len(digest) == 64
    assert "emergency" in await there.page.inner_text("body")


async def test_a_no_keeps_everything_and_a_yes_leaves_with_the_letter_named(there: There) -> None:
    there.home.say("I live in Leeds.")
    await there.open("leaving")
    await there.page.click("#leave")
    await there.page.click("#goodbye-no")
    assert there.home.left is None
    await there.page.click("#leave")
    await there.page.click("#goodbye-yes")
    await there.page.wait_for_function("() => document.querySelector('#title').textContent === 'Go well.'")
    assert there.home.left is not None
    assert await there.page.locator("section:visible").count() == 0


async def test_when_the_server_is_away_nothing_typed_is_lost_and_it_says_what_to_do(there: There) -> None:
    await there.open("plan")
    await there.page.locator("#steps textarea").first.fill("The canal")
    await there.page.route("**/api/care/**", lambda route: route.abort())
    await there.page.click("#safety-plan button[type=submit]")
    await there.told("Start her there again")
    assert await there.page.locator("#steps textarea").first.input_value() == "The canal"


@pytest.mark.parametrize("size", [NARROW, PHONE, DESK], ids=lambda size: f"{size['width']}x{size['height']}")
async def test_it_fits_every_screen_and_everything_can_be_touched(there: There, size: ViewportSize) -> None:
    there.home.care.records.live_in("DE")
    there.home.care.records.trust("A" * 60, "https://" + "b" * 100)
    there.home.care.records.flag("c" * 300)
    await there.page.set_viewport_size(size)
    for view in VIEWS:
        await there.open(view)
        assert await too_wide(there.page) == [], view
        assert await too_small(there.page) == [], view
        assert await nameless(there.page) == [], view


async def test_it_is_a_tap_away_from_her(there: There) -> None:
    await there.page.goto(there.address)
    await there.page.click("#menu-button")
    await there.page.get_by_role("link", name="For hard hours").click()
    await there.page.wait_for_selector("#numbers a")
    await there.page.get_by_role("link", name="Back to Mira").click()
    await there.page.wait_for_selector("#wake:visible")
