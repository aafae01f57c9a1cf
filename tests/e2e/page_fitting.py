"""What must hold of every page on every screen: nothing is cut off, all can be touched, all has a name."""

from __future__ import annotations

from playwright.async_api import Page, ViewportSize

DESK: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 320, "height": 568}

TOUCHED = "a, button, summary, input, select, textarea"


async def too_wide(page: Page) -> list[str]:
    """What stands out of the screen at its right."""
    wide: list[str] = await page.evaluate("""() => [...document.querySelectorAll('main *, header *')]
        .filter(one => one.checkVisibility() && !one.matches('.unseen, .unseen *'))
        .filter(one => one.getBoundingClientRect().right > innerWidth).map(one => one.outerHTML.slice(0, 80))""")
    scrolls = await page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0
    return [*wide, *(["the page scrolls sideways"] if scrolls else [])]


async def too_small(page: Page) -> list[str]:
    """What a finger would miss; of a choice among several the whole label is touched."""
    small: list[str] = await page.evaluate(
        """touched => [...document.querySelectorAll(touched)]
        .filter(one => one.checkVisibility() && !one.matches('.unseen, [role=switch]') && !one.closest('.moment'))
        .map(one => one.type === 'radio' ? one.closest('label') : one)
        .filter(one => one.getBoundingClientRect().height < 38)
        .map(one => one.outerHTML.slice(0, 80))""",
        TOUCHED,
    )
    return small


async def nameless(page: Page) -> list[str]:
    """What somebody who does not see it could not tell from anything else."""
    found: list[str] = await page.evaluate(
        """touched => [...document.querySelectorAll(touched)]
        .filter(one => one.checkVisibility())
        .filter(one => !(one.getAttribute('aria-label') || one.textContent.trim() || one.labels?.length))
        .map(one => one.outerHTML)""",
        TOUCHED,
    )
    return found
