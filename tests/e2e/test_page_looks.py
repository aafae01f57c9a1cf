"""How the page looks: it fits, it can be read, it asks nobody else for anything."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.async_api import ViewportSize

from becoming.web.server import STATIC
from tests.e2e.conftest import Visiting
from tests.e2e.page_browser import DESK, PHONE
from tests.e2e.test_page_talk import BORN

SIZES: list[ViewportSize] = [{"width": 320, "height": 568}, PHONE, {"width": 844, "height": 390}, DESK]

LONG = (
    "You told me about your sister's garden, and how the two of you planted the plum tree the year your "
    "father left, and that it has never borne a single plum until this summer. What did she say when she saw it?"
)

# (what is read, what it stands on), by the names of the tokens; the light of the window only brightens.
READ_ON = [
    ("ink", "wall-high"),
    ("ink", "wall-low"),
    ("ink-soft", "wall-high"),
    ("ink-soft", "wall-low"),
    ("coral", "wall-high"),
    ("coral", "wall-low"),
    ("coral-ink", "coral-strong"),
    ("wood-ink", "wood"),
]


def tokens(scheme: str) -> dict[str, str]:
    """The colours of the style sheet in daylight or at night."""
    text = (STATIC / "css" / "tokens.css").read_text("utf-8")
    day, night = text.split("@media", 1)
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", day))
    if scheme == "night":
        found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", night))
    return found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize(("read", "on"), READ_ON)
def test_every_word_stands_out_from_what_it_stands_on(scheme: str, read: str, on: str) -> None:
    colours = tokens(scheme)
    bright, dark = sorted((luminance(colours[read]), luminance(colours[on])), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) >= 4.5


def test_no_file_of_the_page_names_another_host_or_carries_a_script_within() -> None:
    for path in [p for p in STATIC.rglob("*") if p.is_file()]:
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(?:https?:)?//[\w-]+\.\w", text), path
    page = (STATIC / "index.html").read_text("utf-8")
    assert not re.search(r"\son\w+=|style=|<script(?![^>]*src=)", page)


@pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda path: Path(path).name)
def test_no_module_is_long_or_writes_markup(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) < 300
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size['width']}x{size['height']}")
async def test_it_fits_every_screen_in_every_view(visit: Visiting, size: ViewportSize) -> None:
    there = await visit(viewport=size, house=BORN)

    async def fits(what: str) -> None:
        wide = await there.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{what} is wider than the screen"
        over = await there.page.evaluate("""() => {
            const shown = ['#shape', '#mood', '.words', '#writing', '#hands', 'footer']
                .map(name => document.querySelector(name).getBoundingClientRect())
                .filter(box => box.height > 0);
            return shown.map(box => [box.top, box.bottom]);
        }""")
        for (_, bottom), (top, _) in pairwise(over):
            assert bottom <= top + 1, f"{what}: one thing lies over another"

    await fits("the welcome")
    await there.wake()
    await there.page.click("#write")
    there.wire.hears("I")
    there.wire.understands("I " + "walked and " * 20)
    item = there.wire.begins(LONG, 100)
    there.wire.ends(item, LONG)
    await there.reads(".her", "plum tree")
    await fits("the talk")
    there.wire.send({"type": "becoming.fault", "kind": "x", "message": LONG})
    await there.reads("#trouble", "plum tree")
    await fits("a trouble")


@pytest.mark.slow
@pytest.mark.parametrize("selector", ["#wake", "#wake-writing", "#menu-button", "#write", "#rest"])
async def test_what_is_touched_is_large_enough_for_a_finger(visit: Visiting, selector: str) -> None:
    there = await visit(viewport=PHONE, house=BORN)
    if selector in {"#write", "#rest"}:
        await there.wake()
    box = await there.page.locator(selector).bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
