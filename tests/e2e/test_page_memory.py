"""The page of her memory in a real browser, over a real memory."""

from __future__ import annotations

import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Locator, ViewportSize

from tests.e2e import page_there
from tests.e2e.page_browser import PHONE
from tests.e2e.page_fitting import DESK, NARROW, nameless, too_small, too_wide

pytestmark = pytest.mark.slow


class There(page_there.There):
    """The page of her memory."""

    PATH = "/memory"

    async def open(self, view: str = "known") -> None:
        """Looks at one part of it; at what she holds true first."""
        await super().open(view)

    def belief(self, words: str) -> Locator:
        """The belief with these words."""
        return self.page.locator(".belief", has=self.page.locator("summary", has_text=words))

    def button(self, name: str) -> Locator:
        """A button one can see."""
        return self.page.get_by_role("button", name=name, exact=True)

    async def beliefs(self) -> list[str]:
        """What is shown as held now."""
        return await self.page.locator(".group > .beliefs summary").all_inner_texts()


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[There]:
    async with There.visiting(tmp_path, {}, viewport=DESK, accept_downloads=True) as made:
        yield made


async def test_what_she_holds_stands_under_whom_it_is_about(there: There) -> None:
    await there.open()
    await there.page.wait_for_selector(".belief")
    assert await there.page.inner_text("h1") == "What Mira remembers"
    groups = await there.page.locator(".group > h3").all_inner_texts()
    assert groups[0] == "You"
    assert "Iris, your sister" in groups
    assert "Your sister is called Iris." in await there.beliefs()
    assert "You live in Sheffield." in await there.beliefs()
    assert "You live in Leeds." not in await there.beliefs()


async def test_a_belief_says_when_and_in_which_words_she_was_told(there: There) -> None:
    await there.open()
    await there.belief("allergic to peanuts").locator("summary").click()
    quote = there.belief("allergic to peanuts").locator(".source")
    assert "I'm allergic to peanuts" in await quote.locator("em").inner_text()
    assert "You told her on" in await quote.locator("figcaption").inner_text()


async def test_what_was_once_held_can_be_looked_at(there: There) -> None:
    await there.open()
    await there.page.locator(".once > summary").first.click()
    assert "so until" in await there.belief("You live in Leeds").locator(".ended").inner_text()


async def test_a_belief_is_put_right_with_the_keyboard_alone(there: There) -> None:
    await there.open()
    await there.belief("Iris lives in Denver").locator("summary").focus()
    await there.page.keyboard.press("Enter")
    await there.button("Put it right").wait_for()
    await there.page.keyboard.press("Tab")
    await there.page.keyboard.press("Enter")
    await there.page.keyboard.type("Dallas")
    await there.page.keyboard.press("Enter")
    await there.told("Now she holds: Iris lives in Dallas.")
    assert "Iris lives in Dallas." in await there.beliefs()
    assert "Iris lives in Denver." not in await there.beliefs()
    assert await there.page.evaluate("document.activeElement.textContent") == "Iris lives in Dallas."
    await there.belief("Iris lives in Dallas").locator("summary").click()
    await there.page.get_by_text("You wrote this here yourself").wait_for()
    assert [b.text for b in there.home.life.beliefs.current("Iris")] == ["Iris lives in Dallas"]


async def test_what_was_never_so_is_taken_back(there: There) -> None:
    await there.open()
    await there.belief("Your boss is called Martin").locator("summary").click()
    await there.button("That was never so").click()
    await there.told("She no longer holds: Your boss is called Martin.")
    assert "Your boss is called Martin." not in await there.beliefs()
    await there.page.locator(".once > summary").first.click()
    assert "never so" in await there.belief("Your boss is called Martin").locator(".ended").inner_text()


async def test_forgetting_shows_what_would_go_and_a_no_keeps_it(there: There) -> None:
    await there.open("letting-go")
    await there.page.fill("#forget-what", "everything about Iris")
    await there.button("Show me what would go").click()
    await there.page.wait_for_selector("#loss[open]")
    shown = await there.page.inner_text("#loss")
    for words in ("My sister Iris says they know his shoes", "Iris lives in Denver.", "no longer know"):
        assert words in shown
    await there.page.keyboard.press("Escape")
    await there.page.wait_for_selector("#loss", state="hidden")
    assert there.home.forgotten == []
    assert await there.page.evaluate("document.querySelector('#loss-words').textContent") == ""


async def test_after_a_yes_it_is_gone_from_the_memory_and_from_the_page(there: There) -> None:
    await there.open()
    await there.belief("Iris lives in Denver").locator("summary").click()
    await there.button("Forget it").click()
    await there.page.wait_for_selector("#loss[open]")
    await there.button("Let it go").click()
    await there.page.wait_for_function(
        "() => document.querySelector('#loss-title').textContent === 'It is gone'"
    )
    assert "One line of talk" in await there.page.inner_text("#loss-words")
    assert "found nothing of it" in await there.page.inner_text("#loss-words")
    await there.button("Close").click()
    await there.page.wait_for_function(
        "() => !document.documentElement.textContent.includes('Denver') && document.querySelector('.belief')"
    )
    assert there.home.life.beliefs.history("Iris") == []
    assert not there.home.life.search("Denver") or "Denver" not in str(there.home.life.search("Denver"))


async def test_where_something_is_left_it_says_so(there: There, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = there.home.forget

    async def forget(loss):
        return replace(await whole(loss), left=("the quotes",))

    monkeypatch.setattr(there.home, "forget", forget)
    await there.open("letting-go")
    await there.page.fill("#forget-what", "everything about Martin")
    await there.page.keyboard.press("Enter")
    await there.button("Let it go").click()
    await there.page.get_by_text("still found in the quotes").wait_for()
    assert await there.page.inner_text("#loss-title") == "Not all of it is gone"


async def test_of_what_is_not_kept_it_asks_nothing(there: There) -> None:
    await there.open("letting-go")
    await there.page.fill("#forget-what", "everything about Norway")
    await there.page.keyboard.press("Enter")
    await there.page.wait_for_selector("#loss[open]")
    assert await there.page.inner_text("#loss-title") == "There is nothing to forget"
    assert await there.button("Let it go").is_hidden()


async def test_the_talks_are_leafed_through_and_one_line_can_go(there: There) -> None:
    for number in range(70):
        there.home.talk(f"A line of today, number {number}.", "Yes.")
    await there.open("talks")
    await there.page.wait_for_selector(".moment")
    assert await there.page.locator(".moment").count() == 60
    while await there.button("Earlier").is_visible():
        before = await there.page.locator(".moment").count()
        await there.button("Earlier").click()
        await there.page.wait_for_function(
            "before => document.querySelectorAll('.moment').length > before || document.querySelector('#earlier').hidden",
            arg=before,
        )
    await there.told("That was the beginning.")
    texts = await there.page.locator(".day:first-child .text").all_inner_texts()
    assert texts[::2] == [f"A line of today, number {number}." for number in range(70)]
    assert await there.page.locator(".day:first-child .talk").count() == 1
    assert "the geese every morning" in (await there.page.inner_text(".day:last-child"))
    await there.page.get_by_role("button", name="Forget this line: A line of today, number 3.").click()
    await there.page.wait_for_selector("#loss[open]")
    assert await there.page.locator("#loss .moment").count() == 1


async def test_what_was_said_and_read_is_searched_with_reasons(there: There) -> None:
    await there.open()
    await there.page.fill("#query", "frozen canal")
    await there.page.keyboard.press("Enter")
    await there.page.wait_for_selector(".found")
    found = await there.page.inner_text("#view-found")
    assert "A canal, and a man who feeds the geese" in found
    assert "Why:" in found
    assert "Read in The Winter Boat, Chapter 2" in found
    await there.told("come to mind.")


async def test_a_file_is_read_and_forgotten_again(there: There, tmp_path: Path) -> None:
    file = tmp_path / "The Lake <b>.txt"
    file.write_text("The lake lay still under the moon.", "utf-8")
    await there.open("read")
    await there.page.set_input_files("#file", file)
    await there.told("She has read “The Lake <b>”.")
    assert [book.title for book in there.home.life.library.books()] == ["The Winter Boat", "The Lake <b>"]
    await there.page.get_by_role("button", name="Forget The Lake").click()
    await there.button("Let it go").click()
    await there.page.get_by_text("One thing she had read went.").wait_for()
    assert [book.title for book in there.home.life.library.books()] == ["The Winter Boat"]


async def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(there: There, tmp_path: Path) -> None:
    file = tmp_path / "broken.pdf"
    file.write_bytes(b"%PDF-1.7 nothing more")
    await there.open("read")
    await there.page.set_input_files("#file", file)
    await there.told("broken.pdf cannot be read")


async def test_off_the_record_is_switched_and_seen_on_every_part_of_the_page(there: There) -> None:
    await there.open("letting-go")
    await there.page.get_by_role("switch", name="Off the record").click()
    await there.told("Nothing is kept from now on.")
    assert there.home.life.forgetting.is_off
    await there.open("talks")
    await there.page.wait_for_selector("#off:visible")
    await there.open("letting-go")
    await there.page.get_by_role("switch", name="Off the record", checked=True).click()
    await there.told("She remembers again")
    assert not there.home.life.forgetting.is_off


async def test_all_of_it_is_taken_along(there: There, tmp_path: Path) -> None:
    await there.open("letting-go")
    async with there.page.expect_download() as coming:
        await there.button("Take it along").click()
    download = await coming.value
    assert download.suggested_filename == "becoming-memory.zip"
    await download.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert "becoming-memory/beliefs.md" in archive.namelist()


async def test_what_was_said_or_read_never_becomes_markup(there: There) -> None:
    evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    there.home.talk(f"Look at this: {evil}", evil)
    there.home.talk(f"My cat is called {evil}", "Oh.")
    for view in ("known", "talks", "read"):
        await there.open(view)
    await there.page.goto(f"{there.address}/memory#talks")
    await there.page.get_by_text("Look at this: <img").wait_for()
    assert await there.page.locator("main img, main script").count() == 0
    assert await there.page.title() == "What Mira remembers"


async def test_when_the_server_is_away_it_says_what_to_do(there: There) -> None:
    await there.open("letting-go")
    await there.page.route("**/api/memory/**", lambda route: route.abort())
    await there.page.fill("#forget-what", "everything")
    await there.page.keyboard.press("Enter")
    await there.told("Start her there again")


@pytest.mark.parametrize("size", [NARROW, PHONE, DESK], ids=lambda size: f"{size['width']}x{size['height']}")
async def test_it_fits_every_screen_and_can_be_touched(there: There, size: ViewportSize) -> None:
    there.home.talk("A" * 300, "https://" + "b" * 200)
    await there.page.set_viewport_size(size)
    for view in ("known", "talks", "read", "letting-go"):
        await there.open(view)
        await there.page.wait_for_function(
            "() => document.querySelector('#view-known').hidden || document.querySelector('.belief')"
        )
        await there.page.wait_for_load_state("networkidle")
        if view == "known":
            await there.belief("peanuts").locator("summary").click()
            await there.button("Put it right").wait_for()
        assert await too_wide(there.page) == [], view
        assert await too_small(there.page) == [], view


async def test_everything_one_can_do_has_a_name_for_those_who_do_not_see_it(there: There) -> None:
    for view in ("known", "talks", "read", "letting-go"):
        await there.open(view)
        await there.page.wait_for_load_state("networkidle")
        assert await nameless(there.page) == [], view
    assert await there.page.get_attribute("#status", "role") == "status"


async def test_the_way_there_and_back(there: There) -> None:
    await there.page.goto(there.address)
    await there.page.click("#menu-button")
    await there.page.get_by_role("link", name="What she remembers").click()
    await there.page.wait_for_selector(".belief")
    await there.page.get_by_role("link", name="Back to Mira").click()
    await there.page.wait_for_selector("#wake:visible")
