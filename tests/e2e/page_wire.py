"""The server's side of the wire, spoken by the test: every event when the test wants it.

The page, its scripts and `/api/state` still come from the real server; only the WebSocket of this one
page ends here, so that a state which the engine reaches now and then can be looked at for certain.
"""

from __future__ import annotations

import asyncio
import base64
import json
import math
import struct
from collections.abc import Callable
from typing import Any

from playwright.async_api import Page, WebSocketRoute

RATE = 24_000
Event = dict[str, Any]


def tone(ms: int, hz: float = 220.0, level: float = 0.3) -> str:
    """A voiced-sounding tone as the wire carries it: base64 of PCM16 at 24 kHz."""
    count = RATE * ms // 1000
    # A slow swell makes it move like syllables, so that loudness has something to show.
    samples = (
        level * math.sin(2 * math.pi * hz * i / RATE) * (0.55 + 0.45 * math.sin(2 * math.pi * 3 * i / RATE))
        for i in range(count)
    )
    return base64.b64encode(b"".join(struct.pack("<h", int(32767 * s)) for s in samples)).decode()


class ScriptedWire:
    """Stands where the server's WebSocket would be, for one page."""

    def __init__(self) -> None:
        self.received: list[Event] = []
        self.addresses: list[str] = []
        self.refuse: tuple[int, str] | None = None
        self._route: WebSocketRoute | None = None
        self._news = asyncio.Condition()
        self._replies = 0

    async def attach(self, page: Page) -> None:
        """Takes over the page's WebSocket; call before the page is woken."""
        await page.route_web_socket("**/v1/realtime*", self._accept)

    async def _accept(self, route: WebSocketRoute) -> None:
        self.addresses.append(route.url)
        if self.refuse:
            await route.close(code=self.refuse[0], reason=self.refuse[1])
            return
        self._route = route
        route.on_message(self._take)
        self.send({"type": "session.created", "session": {"id": "session"}})

    async def _take(self, message: str | bytes) -> None:
        async with self._news:
            self.received.append(json.loads(message))
            self._news.notify_all()

    def send(self, *events: Event) -> None:
        """Sends events to the page, in order."""
        assert self._route is not None, "the page has not connected yet"
        for event in events:
            self._route.send(json.dumps(event))

    async def break_off(self, code: int = 1001, reason: str = "") -> None:
        """Closes the connection from the server's side."""
        assert self._route is not None
        await self._route.close(code=code, reason=reason)
        self._route = None

    async def waits_for(self, kind: str, holds: Callable[[Event], bool] = lambda _: True) -> Event:
        """The first event of the page of this kind for which `holds`, past or coming."""

        def found() -> Event | None:
            return next((e for e in self.received if e["type"] == kind and holds(e)), None)

        async with self._news, asyncio.timeout(15):
            await self._news.wait_for(lambda: found() is not None)
        event = found()
        assert event is not None
        return event

    def of(self, kind: str) -> list[Event]:
        """All events of this kind that the page has sent."""
        return [event for event in self.received if event["type"] == kind]

    # ── small scenes ────────────────────────────────────────────────────────────────────────

    def hears(self, text: str) -> None:
        """The person has begun to speak and is understood so far as `text`."""
        self.send(
            {"type": "input_audio_buffer.speech_started", "audio_start_ms": 0},
            {"type": "becoming.partial", "text": text, "revision": 1},
        )

    def understands(self, text: str) -> None:
        """The person is done; she begins to think."""
        self.send(
            {"type": "input_audio_buffer.speech_stopped", "audio_end_ms": 900},
            {"type": "input_audio_buffer.committed", "item_id": "heard"},
            {"type": "conversation.item.input_audio_transcription.completed", "transcript": text},
        )

    def begins(self, text: str, ms: int) -> str:
        """She begins a reply of `ms` milliseconds of sound; returns its item id. `ends` ends it."""
        self._replies += 1
        item = f"reply-{self._replies}"
        self.send(
            {"type": "response.created", "response": {"id": item}},
            {"type": "response.output_item.added", "item": {"id": item}},
            {"type": "response.output_audio_transcript.delta", "item_id": item, "delta": text},
        )
        for at in range(0, ms, 100):
            delta = tone(min(100, ms - at))
            self.send({"type": "response.output_audio.delta", "item_id": item, "delta": delta})
        return item

    def ends(self, item: str, text: str, status: str = "completed") -> None:
        """The reply is over: whole, or cut to `text`."""
        output = [{"id": item, "content": [{"type": "output_audio", "transcript": text}]}]
        self.send(
            {"type": "response.output_audio_transcript.done", "item_id": item, "transcript": text},
            {"type": "response.done", "response": {"id": item, "status": status, "output": output}},
        )
