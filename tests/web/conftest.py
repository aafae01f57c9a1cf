"""The real server on a loopback port; behind it real ears and mouth, and a scripted mind."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import websockets
from starlette.testclient import TestClient

from becoming.app.ringing import Ringing
from becoming.conversation.asked import Lights
from becoming.events import Clause, Reply, SpeechEvent
from becoming.speech.engine import Engine, Senses
from becoming.store import Store
from becoming.testing import ScriptedMind
from becoming.tools.approval import Approvals
from becoming.tools.push import Phones
from becoming.tools.reminders import Reminders
from becoming.web.door import Door
from becoming.web.server import make_app, server_for
from tests.store.computers import DesktopKeyring, keyring_is
from tests.web.remembering import Home

TOKEN = "a-token-for-tests"


def bell(notes: dict[str, Any], clock: Callable[[], float] = time.time) -> Ringing:
    """A bell over such notes."""

    async def heard() -> None:
        pass

    put = notes.__setitem__
    return Ringing(Reminders(notes.get, put, clock), Phones(notes.get, put, clock), clock, heard)


class ScriptedSight:
    """Says the size of what it is shown."""

    def __init__(self) -> None:
        self.shown: list[bytes] = []
        self.heard: list[str] = []

    async def look(self, jpeg: bytes) -> AsyncIterator[Clause]:
        self.shown.append(jpeg)
        yield Clause("I imagine they are late.")

    async def looked(self, said: Reply | None) -> None:
        self.heard.append(said.text if said else "")


class ScriptedHost(ScriptedMind):
    """A house with a scripted mind."""

    name = "Iris"
    sounding = None
    asks = False
    """Whether there is something to ask, once."""

    def __init__(self, senses: Senses, *lines: list[str]) -> None:
        super().__init__(lines)
        self.approvals = Approvals(lambda key: None, lambda key, value: None, lambda: 0.0)
        self.hands = SimpleNamespace(approvals=self.approvals)
        self.sight, self.lights = ScriptedSight(), Lights()
        self.senses = senses
        self.ringing = bell({})

    def engine_for(self, emit: Callable[[SpeechEvent], None]) -> Engine:
        return Engine(self.senses, self, emit, backchannels=False)

    async def greet(self) -> AsyncIterator[Clause]:
        yield Clause("Good morning.")

    async def greeted(self, said: Reply | None) -> None:
        self.greeting = said

    def state(self) -> dict[str, Any]:
        return {"born": True, "name": self.name, "person": "Theo"}

    def stances(self) -> list[dict[str, str]]:
        return [{"kind": "hard", "reason": "something hard"}]

    def birth_step(self) -> None:
        return None

    def care_card(self) -> None:
        return None

    def would_ask(self) -> bool:
        asks, self.asks = self.asks, False
        return asks


class Client:
    """A Realtime client as small as can be."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self.socket = socket
        self.events: list[dict[str, Any]] = []

    async def send(self, **event: Any) -> None:
        await self.socket.send(json.dumps(event))

    async def until(self, kind: str, timeout: float = 20) -> dict[str, Any]:
        async with asyncio.timeout(timeout):
            while True:
                event = json.loads(await self.socket.recv())
                self.events.append(event)
                if event["type"] == kind:
                    return event


class House:
    """A running server."""

    def __init__(self, host: ScriptedHost, port: int) -> None:
        self.host, self.port = host, port
        self.url = f"http://127.0.0.1:{port}"

    @asynccontextmanager
    async def client(self, query: str = "", **options: Any) -> AsyncIterator[Client]:
        address = f"ws://127.0.0.1:{self.port}/v1/realtime?model=becoming{query}"
        async with websockets.connect(address, subprotocols=["realtime"], **options) as socket:
            yield Client(socket)


@pytest.fixture
async def house(senses: Senses):
    running = []

    async def open_house(*lines: list[str]) -> House:
        host = ScriptedHost(senses, *lines)
        server = server_for(make_app(host, Door(TOKEN)), "127.0.0.1", 0)
        task = asyncio.create_task(server.serve())
        running.append((server, task))
        while not server.started:
            await asyncio.sleep(0.01)
        return House(host, server.servers[0].sockets[0].getsockname()[1])

    yield open_house
    for server, task in running:
        server.should_exit = True
        await task


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with keyring_is(DesktopKeyring()):
        store = Store.open(tmp_path / "people" / "first")
        yield Home(store)
        store.close()


@pytest.fixture
def client(home: Home) -> Iterator[TestClient]:
    app = make_app(cast(Any, home), Door("a-token"))
    with TestClient(app, base_url="http://127.0.0.1:8765", client=("127.0.0.1", 5)) as opened:
        yield opened
