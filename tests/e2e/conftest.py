"""A real server and a real browser for the tests of the page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.async_api import ViewportSize

from becoming.config import settings
from tests.e2e.house import PASSPHRASE, furnish
from tests.e2e.page_browser import DESK, chromium, microphone_args
from tests.e2e.page_visit import Visit
from tests.e2e.page_wire import ScriptedWire

_PATIENCE_S = 180


def serve_command(port: int) -> list[str]:
    """How a person would start the server, on this port. The one place that knows."""
    return [sys.executable, "-m", "becoming", "serve", "--port", str(port)]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server with a fresh home, where nobody is born yet."""
    folder = tmp_path_factory.mktemp("e2e-home")
    env = os.environ | {
        "BECOMING_HOME": str(folder),
        "BECOMING_MODELS": str(settings().model_folder),
        "BECOMING_PASSPHRASE": "a passphrase for tests",
        "BECOMING_SEED": "7",
    }
    with running_server(folder, env) as address:
        yield address


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server with the real models, where Iris lives with Theo."""
    home = tmp_path_factory.mktemp("voice-home")
    furnish(home)
    env = {
        "BECOMING_HOME": str(home),
        "BECOMING_MODELS": str(settings().model_folder),
        "BECOMING_PASSPHRASE": PASSPHRASE,
        "BECOMING_SEED": "7",
    }
    with running_server(home, os.environ | env) as address:
        yield address


@contextmanager
def running_server(folder: Path, env: dict[str, str]) -> Iterator[str]:
    """A real server in a process of its own; its address. What it says goes to a log in the folder."""
    port = _free_port()
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(serve_command(port), env=env, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_for(process, f"http://127.0.0.1:{port}/api/state", log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server ended by itself: {log.read_text('utf-8', 'replace')[-2000:]}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)  # it is loading its models; nothing announces the moment
    pytest.fail(f"the server did not answer: {log.read_text('utf-8', 'replace')[-2000:]}")


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
