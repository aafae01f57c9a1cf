"""Calling tools of others: each server is started, or called, when one of its tools is first used, and let go when idle.

The client library takes a second to load and is loaded then. Everything it does happens in one thread of its own, so a server
that hangs, or sends megabytes, holds up nobody; it may ask nothing back (no sampling, no questions, no files).
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import threading
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from becoming.events import InputError
from becoming.tools.mail.aloud import sentences
from becoming.tools.others.servers import MOST_TOOLS, Server, Tool, ToolError
from becoming.tools.reading import markup

if TYPE_CHECKING:
    from mcp import Client

log = logging.getLogger(__name__)
START_S, PATIENCE_S, IDLE_S = 30.0, 12.0, 600.0
MOST_TAKEN, MOST_TOLD = 200_000, 16_000
"""Characters of a result that are looked at, and of those that are told."""

_Result = TypeVar("_Result")


def look(server: Server) -> tuple[Tool, ...]:
    """What a server offers, by asking it once. Raises ToolError."""

    async def ask() -> tuple[Tool, ...]:
        async with _opened(server) as client:
            return await _tools(client)

    return Calling()._run(_in_time(server, ask(), START_S))


@dataclass
class Calling:
    """The connections to servers that are open. Its methods block, seconds at most, and may be called from any thread."""

    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _lines: dict[str, _Line] = field(default_factory=dict)
    _thread: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def call(self, server: Server, tool: Tool, values: Mapping[str, Any]) -> tuple[str, ...]:
        """What the tool answers, sentence by sentence. Raises ToolError."""
        return sentences(self._run(self._call(server, tool, values)))

    def close(self) -> None:
        """Let go of every server."""

        async def end() -> None:
            for line in self._lines.values():
                line.task.cancel()
            await asyncio.gather(*(line.task for line in self._lines.values()), return_exceptions=True)

        if self._thread:
            self._run(end())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def _run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop.run_forever, name="tools", daemon=True)
                self._thread.start()
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _call(self, server: Server, tool: Tool, values: Mapping[str, Any]) -> str:
        line = self._lines.get(server.name)
        if line is None or line.task.done() or line.server != server:
            if line:
                line.task.cancel()
            line = self._lines[server.name] = _Line(server)
        patience = PATIENCE_S if line.open.is_set() else START_S
        try:
            return await _in_time(server, line.call(tool, values), patience)
        except ToolError:
            line.task.cancel()  # whatever it is still doing: the next call starts anew
            if self._lines.get(server.name) is line:
                del self._lines[server.name]
            raise


class _Line:
    """One open connection, in a task of its own, as the library wants to be left where it was entered."""

    def __init__(self, server: Server) -> None:
        self.server, self.open = server, asyncio.Event()
        self._calls = asyncio.Queue[tuple[Tool, Mapping[str, Any], asyncio.Future[str]]]()
        self.task = asyncio.create_task(self._serve())

    async def call(self, tool: Tool, values: Mapping[str, Any]) -> str:
        answer = asyncio.get_running_loop().create_future()
        self._calls.put_nowait((tool, values, answer))
        await asyncio.wait([answer, self.task], return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            error = None if self.task.cancelled() else self.task.exception()
            raise ConnectionError("it has gone") from error
        return str(answer.result())

    async def _serve(self) -> None:
        async with _opened(self.server) as client:
            offered = {it.name: it.mark for it in await _tools(client)}
            self.open.set()
            with suppress(TimeoutError):
                while True:
                    tool, values, answer = await asyncio.wait_for(self._calls.get(), IDLE_S)
                    if offered.get(tool.name) != tool.mark:
                        told = f"{self.server.name} has changed that tool since you allowed it. "
                        answer.set_exception(ToolError(f'{told}Look at it again with "becoming tools add".'))
                        continue
                    result = await client.call_tool(tool.name, dict(values))
                    if result.is_error:
                        answer.set_exception(ToolError(f"{self.server.name} says that it didn't work."))
                    else:
                        answer.set_result(_words(result))


async def _in_time(server: Server, work: Coroutine[Any, Any, _Result], patience: float) -> _Result:
    try:
        return await asyncio.wait_for(work, patience)
    except ToolError:
        raise
    except TimeoutError:
        raise ToolError(f"{server.name} doesn't answer. I've hung up; ask me again in a while.") from None
    except InputError as error:
        raise ToolError(str(error)) from error
    except Exception as error:
        log.warning("the tools of %s: %r", server.name, error)
        where = "at its address" if server.url else f'as "{" ".join(server.command)[:80]}"'
        raise ToolError(f"I can't reach {server.name}. Check that it runs {where}.") from error


@asynccontextmanager
async def _opened(server: Server) -> AsyncIterator[Client]:
    from mcp import Client, StdioServerParameters
    from mcp.client.stdio import stdio_client

    with os.fdopen(os.open(os.devnull, os.O_WRONLY), "w") as silence:
        if server.url:
            client = Client(server.url)
        else:
            how = StdioServerParameters(command=server.command[0], args=list(server.command[1:]))
            how.encoding_error_handler = "replace"
            client = Client(stdio_client(how, errlog=silence))
        async with client:
            yield client


async def _tools(client: Client) -> tuple[Tool, ...]:
    found = list[Tool]()
    page = None
    while len(found) < MOST_TOOLS:
        listed = await client.list_tools(cursor=page)
        for it in listed.tools[:MOST_TOOLS]:
            reads = bool(it.annotations and it.annotations.read_only_hint)
            found.append(Tool.of(it.name, it.description or "", it.input_schema, reads))
        if not (page := listed.next_cursor) or not listed.tools:
            break
    return tuple(found[:MOST_TOOLS])


def _words(result: Any) -> str:
    """What a result says, as text; a page as who opens it sees it, data as one would say it."""
    parts = (getattr(it, "resource", it) for it in result.content)
    text = "\n".join(getattr(it, "text", None) or "" for it in parts)[:MOST_TAKEN]
    if not text.strip() and result.structured_content:
        text = json.dumps(result.structured_content)[:MOST_TAKEN]
    if text.lstrip()[:1] in ("{", "["):
        with suppress(ValueError, RecursionError):
            text = "\n\n".join(_said(json.loads(text)))
    elif "</" in text:
        with suppress(InputError):
            text = "\n\n".join(markup.paragraphs(markup.seen(markup.parse(text))))
    return text[:MOST_TOLD]


def _said(it: Any, name: str = "") -> list[str]:
    """Data as sentences: "temperature: 12"."""
    if isinstance(it, dict):
        return [line for key, value in it.items() for line in _said(value, str(key).replace("_", " "))]
    if isinstance(it, list):
        return [line for each in it for line in _said(each, name)]
    return [f"{name}: {it}" if name else str(it)] if it not in (None, "") else []
