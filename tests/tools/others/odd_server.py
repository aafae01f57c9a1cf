"""A real server of tools, as a program: `python -m tests.tools.others.odd_server FOLDER [PORT]`, over stdio or HTTP.

What it offers stands in FOLDER/tools.json and is read anew each time, so that it can change; every call it gets is a line of
FOLDER/calls.jsonl, which is how a test knows what was really done. A tool may hang, fail, die, or answer with megabytes.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NOTHING = {"type": "object", "properties": {}}


def tool(
    name: str, about: str, *, reads: bool = False, result: str = "Done.", **fields: Any
) -> dict[str, Any]:
    """A tool as it stands in tools.json: fields such as city={"type": "string"}; those whose names end in _ are optional."""
    form = {
        "type": "object",
        "properties": {key.rstrip("_"): it for key, it in fields.items()},
        "required": [key for key in fields if not key.endswith("_")],
    }
    return {"name": name, "about": about, "reads": reads, "form": form, "result": result}


def offer(folder: Path, *tools: dict[str, Any]) -> None:
    (folder / "tools.json").write_text(json.dumps(tools))


def calls(folder: Path) -> list[dict[str, Any]]:
    """What it was asked to do, oldest first."""
    file = folder / "calls.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def command(folder: Path) -> tuple[str, ...]:
    """How it is started over stdio, from anywhere."""
    return (sys.executable, str(Path(__file__).resolve()), str(folder))


@contextmanager
def over_http(folder: Path) -> Iterator[str]:
    """The address of one that runs over HTTP."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([*command(folder), str(port)])
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        process.kill()
        process.wait()


def main(folder: Path, port: int | None) -> None:
    import mcp_types as types
    from mcp.server import Server

    def offered() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((folder / "tools.json").read_text())
        return found

    async def listed(_: Any, __: Any) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[
                types.Tool(
                    name=it["name"],
                    description=it["about"],
                    input_schema=it["form"],
                    annotations=types.ToolAnnotations(read_only_hint=it["reads"]),
                )
                for it in offered()
            ]
        )

    async def called(_: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        with (folder / "calls.jsonl").open("a") as file:
            file.write(json.dumps({"tool": asked.name, "values": asked.arguments or {}}) + "\n")
        result = next(it["result"] for it in offered() if it["name"] == asked.name)
        match result:
            case "HANG":
                await asyncio.sleep(3600)
            case "DIE":
                os._exit(1)
            case "FIVE MEGABYTES":
                result = "It goes on and on. " * 275_000
        failed = result.startswith("ERROR ")
        return types.CallToolResult(content=[types.TextContent(type="text", text=result)], is_error=failed)

    server = Server("odd", on_list_tools=listed, on_call_tool=called)
    if port is not None:
        import uvicorn

        uvicorn.run(server.streamable_http_app(), host="127.0.0.1", port=port, log_level="error")
        return
    from mcp.server.stdio import stdio_server

    async def serve() -> None:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    asyncio.run(serve())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
