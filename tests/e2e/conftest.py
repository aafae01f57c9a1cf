"""A real server and a real browser for the tests of the page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Any, Protocol

import pytest
from playwright.async_api import ViewportSize

from tests.e2e.house import furnish
from tests.e2e.page_browser import DESK, chromium, microphone_args
from tests.e2e.page_server import serving
from tests.e2e.page_visit import Visit
from tests.e2e.page_wire import ScriptedWire


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server with a fresh home, where nobody is born yet."""
    with serving(tmp_path_factory.mktemp("e2e") / "home") as address:
        yield address


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server with the real models, where Iris lives with Theo."""
    home = tmp_path_factory.mktemp("e2e-voice") / "home"
    furnish(home)
    with serving(home) as address:
        yield address


class Visiting(Protocol):
    """Opens the page: a browser of its own for each visit."""

    async def __call__(
        self,
        *,
        args: tuple[str, ...] = ...,
        viewport: ViewportSize = ...,
        house: dict[str, Any] | None = ...,
        autoplay: bool = ...,
        **context: Any,
    ) -> Visit:
        """`house` replaces /api/state; `context` goes to the browser's context."""
        ...


@pytest.fixture
async def visit(server: str) -> AsyncIterator[Visiting]:
    """A visit to the page whose wire the test speaks. At the end nothing may have gone wrong unseen."""
    async with AsyncExitStack() as stack:
        visits: list[Visit] = []

        async def open_page(
            *,
            args: tuple[str, ...] = microphone_args(None),
            viewport: ViewportSize = DESK,
            house: dict[str, Any] | None = None,
            autoplay: bool = True,
            **context: Any,
        ) -> Visit:
            browser = await stack.enter_async_context(chromium(*args, autoplay=autoplay))
            page = await (await browser.new_context(viewport=viewport, **context)).new_page()
            made = Visit(page, ScriptedWire(), server)
            visits.append(made)
            await made.begin(house)
            return made

        yield open_page
        for made in visits:
            made.check()
