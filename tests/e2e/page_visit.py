"""One visit to the page: what a person does there, and what comes out of it."""

from __future__ import annotations

import base64
import io
import wave
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from playwright.async_api import ConsoleMessage, Page, Route

from tests.e2e.page_browser import debug_state, until
from tests.e2e.page_wire import ScriptedWire

RATE = 24_000
# What the browser says of a connection that the test has cut, and of a page over plain http.
_KNOWN = ("ERR_", "WebSocket", "Cross-Origin-Opener-Policy")


def samples_of(wav: str) -> NDArray[np.int16]:
    """The samples of a base64 WAV, mono PCM16 at 24 kHz."""
    with wave.open(io.BytesIO(base64.b64decode(wav))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


@dataclass(frozen=True, slots=True)
class Recording:
    """What the page's debug recorder gave: her voice as it left the page, and what crossed the wire."""

    voice: NDArray[np.int16]
    timeline: list[dict[str, Any]]
    microphone: NDArray[np.int16] | None
    microphone_ms: int

    @property
    def sounding(self) -> NDArray[np.int16]:
        """Her voice without the silence before and after it."""
        loud = np.flatnonzero(self.voice)
        return self.voice[loud[0] : loud[-1] + 1] if len(loud) else self.voice[:0]

    def ms_of(self, kind: str) -> int:
        """When the first event of this kind crossed the wire."""
        return next(int(entry["ms"]) for entry in self.timeline if entry["type"] == kind)


@dataclass
class Visit:
    """The page, and the wire it talks over."""

    page: Page
    wire: ScriptedWire
    address: str
    wrong: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)

    async def begin(self, house: dict[str, Any] | None) -> None:
        """Opens the page up to its welcome; `house` takes the place of /api/state."""
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", self._console)
        self.page.on("request", lambda request: self.requested.append(request.url))
        await self.wire.attach(self.page)
        if house is not None:

            async def tell(route: Route) -> None:
                await route.fulfill(json=house)

            await self.page.route("**/api/state", tell)
        await self.page.goto(self.address)
        await self.page.wait_for_selector("#wake:visible")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(known in message.text for known in _KNOWN):
            self.wrong.append(message.text)

    def check(self) -> None:
        """No script failed, nothing was refused by the content policy, nobody else was asked."""
        assert self.wrong == []
        hosts = {urlsplit(url).netloc for url in self.requested}
        assert hosts <= {urlsplit(self.address).netloc}

    async def wake(self) -> None:
        """The first touch: microphone and voice."""
        await self.page.click("#wake")
        await self.until(link="open", mood="listening")

    async def wake_writing(self) -> None:
        """The first touch of somebody who would rather write."""
        await self.page.click("#wake-writing")
        await self.until(link="open")

    async def press(self, label: str) -> None:
        """Presses the button with these words."""
        await self.page.get_by_role("button", name=label).click()

    async def until(self, **wanted: object) -> None:
        """Waits for the page's state (mood, link, trouble, microphone, view)."""
        await until(self.page, **wanted)

    async def state(self) -> dict[str, Any]:
        """The page's state now."""
        return await debug_state(self.page)

    async def text(self, selector: str) -> str:
        """The words that stand there now."""
        return (await self.page.inner_text(selector)).strip()

    async def reads(self, selector: str, text: str) -> None:
        """Waits until these words stand there."""
        await self.page.wait_for_function(
            "([selector, text]) => document.querySelector(selector)?.textContent.includes(text)",
            arg=[selector, text],
        )

    async def record(self) -> None:
        """From now on (or from her waking) all that leaves her voice is kept."""
        await self.page.evaluate("window.becoming.debug.recordOutput()")

    async def recorded(self) -> Recording:
        """Ends the recording."""
        raw = await self.page.evaluate("window.becoming.debug.stopRecording()")
        microphone = raw["microphone"]
        return Recording(
            samples_of(raw["wav"]),
            raw["timeline"],
            samples_of(microphone["wav"]) if microphone else None,
            microphone["ms"] if microphone else 0,
        )
