"""The way to one client and back: what a session needs of a transport, and the WebSocket as one."""

from __future__ import annotations

from typing import Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect

from becoming.events import SpeechEvent
from becoming.speech.engine import Engine


class Gone(Exception):
    """The client went; nobody is left to be told."""


class Line(Protocol):
    """A transport under a session. Events go both ways as JSON text."""

    carries_sound: bool
    """Whether sound has a way of its own (WebRTC's tracks), so that none of it goes in events."""

    def begin(self, engine: Engine) -> None:
        """The session is there: what is heard goes to this engine from now on."""

    def take(self, event: SpeechEvent) -> None:
        """What she does, for a transport that carries her voice itself."""

    async def receive(self) -> str | bytes:
        """The client's next message. Raises Gone."""

    async def send(self, text: str) -> None:
        """One event to the client. Raises Gone."""


class SocketLine:
    """A WebSocket: everything is an event, sound too."""

    carries_sound = False

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    def begin(self, engine: Engine) -> None:
        """What is heard comes in events."""

    def take(self, event: SpeechEvent) -> None:
        """Her voice goes out in events."""

    async def receive(self) -> str | bytes:
        """The client's next message. Raises Gone."""
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise Gone
        text: str | None = message.get("text")
        return message.get("bytes") or b"" if text is None else text

    async def send(self, text: str) -> None:
        """One event to the client. Raises Gone."""
        try:
            await self._socket.send_text(text)
        except (WebSocketDisconnect, RuntimeError) as error:
            raise Gone from error
