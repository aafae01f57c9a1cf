"""Whatever is sent over the wire, that client gets a clear error, and a bystander never notices."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import websockets.sync.client as ws
from anyio.from_thread import start_blocking_portal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from becoming.speech.engine import Senses
from becoming.web.door import Door
from becoming.web.server import make_app, server_for
from tests.web.conftest import TOKEN, ScriptedHost

pytestmark = pytest.mark.slow

EVENTS = (
    "session.update", "input_audio_buffer.append", "input_audio_buffer.commit", "input_audio_buffer.clear",
    "conversation.item.create", "conversation.item.truncate", "response.create", "response.cancel",
    "output_audio_buffer.clear", "becoming.played", "becoming.birth.answer",
)  # fmt: skip
FIELDS = (
    "type", "event_id", "session", "audio", "input", "format", "rate", "input_audio_format", "item", "content",
    "role", "text", "item_id", "audio_end_ms", "audio_ms", "output_modalities", "becoming", "backchannels", "choice",
)  # fmt: skip
TELLING = st.sampled_from(
    [
        "message",
        "user",
        "input_text",
        "input_audio",
        "audio/pcm",
        "audio/pcmu",
        "text",
        "item_her_1",
        "AAAA",
        "Hello?",
    ]
)
NASTY = st.sampled_from(
    [
        None,
        True,
        -1,
        0,
        0.5,
        2**70,
        float("nan"),
        float("inf"),
        "",
        " ",
        "\ud800\x00",
        [],
        {},
        [[]],
        {"type": []},
    ]
)
anything = st.recursive(
    NASTY | TELLING | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=8,
)
odd = NASTY | TELLING | anything


def shaped(kind: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An event as it should be, with odd things where values stand."""
    return st.fixed_dictionaries({"type": st.just(kind), **fields})


form = st.fixed_dictionaries({"type": odd}, optional={"rate": odd})
audio = st.fixed_dictionaries({"input": st.fixed_dictionaries({"format": form | odd})})
session = st.fixed_dictionaries(
    {},
    optional={
        "audio": audio | odd,
        "input_audio_format": odd,
        "output_modalities": odd,
        "becoming": odd | st.fixed_dictionaries({"backchannels": odd}),
    },
)
part = st.fixed_dictionaries({"type": TELLING | odd}, optional={"text": odd, "audio": odd})
item = st.fixed_dictionaries(
    {"type": st.just("message"), "role": st.just("user"), "content": odd | st.lists(part | odd, max_size=3)},
    optional={"id": odd},
)
events = st.one_of(
    st.sampled_from(EVENTS).flatmap(shaped),
    shaped("session.update", session=st.fixed_dictionaries({"audio": audio})),
    shaped("session.update", session=session),
    shaped("session.update", session=odd),
    shaped("conversation.item.create", item=odd | item),
    shaped("input_audio_buffer.append", audio=odd),
    shaped("becoming.played", item_id=odd, audio_ms=odd),
    shaped("conversation.item.truncate", item_id=odd, audio_end_ms=odd),
    shaped("becoming.birth.answer", text=odd, choice=odd),
)
messages = st.one_of(
    *[events.map(json.dumps)] * 6, anything.map(json.dumps), st.text(max_size=60), st.binary(max_size=60)
)


@contextmanager
def running(senses: Senses) -> Iterator[int]:
    """A real server on a port of its own, in a loop of its own."""
    with start_blocking_portal() as portal:

        async def begin() -> tuple[Any, asyncio.Task[None]]:
            host = ScriptedHost(senses, *([["I am here."]] * 1000))
            server = server_for(make_app(host, Door(TOKEN)), "127.0.0.1", 0)
            task = asyncio.create_task(server.serve())
            while not server.started:
                await asyncio.sleep(0.01)
            return server, task

        async def end(task: asyncio.Task[None]) -> None:
            await task

        server, task = portal.call(begin)
        try:
            yield server.servers[0].sockets[0].getsockname()[1]
        finally:
            server.should_exit = True
            portal.call(end, task)


def until(socket: ws.ClientConnection, kind: str) -> list[dict[str, Any]]:
    """The events up to the first of this kind."""
    got = []
    while not got or got[-1]["type"] != kind:
        got.append(json.loads(socket.recv(timeout=20)))
    return got


@pytest.fixture(scope="module")
def port(senses: Senses) -> Iterator[int]:
    with running(senses) as port:
        yield port


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(sent=st.lists(messages, min_size=1, max_size=6))
def test_a_hostile_client_gets_clear_errors_and_a_bystander_never_notices(
    port: int, caplog: pytest.LogCaptureFixture, sent: list[str | bytes]
):
    address = f"ws://127.0.0.1:{port}/v1/realtime?resume=1"
    with ws.connect(address) as bystander, ws.connect(address) as hostile, caplog.at_level(logging.ERROR):
        until(bystander, "becoming.state")
        for message in sent:
            hostile.send(message)
        hostile.send(json.dumps({"type": "no.such.event", "event_id": "the-last"}))
        told: list[dict[str, Any]] = []
        while not (told and told[-1]["type"] == "error" and told[-1]["error"]["event_id"] == "the-last"):
            told += until(hostile, "error")
        for each in told:
            assert each["type"] != "becoming.fault", each
            if each["type"] == "error":
                assert len(each["error"]["message"]) > 10
                assert "Traceback" not in each["error"]["message"]
        bystander.send(json.dumps({"type": "session.update", "session": {}}))
        assert [each["type"] for each in until(bystander, "session.updated")] == ["session.updated"]
    assert not caplog.records, caplog.text
