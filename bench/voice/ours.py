"""Our server as a child of the benchmark: `python -m bench.voice.ours HOME [--not-ahead]`.

The program itself, joined as `becoming serve` joins it, with the packaged language model. It prints
the address of its wire and stops when its standard input closes.
"""

from __future__ import annotations

import argparse
import asyncio
import socket
import sys
from pathlib import Path

from becoming.app import Home
from becoming.llm.brain import Brain
from becoming.llm.catalogue import PACKAGED
from becoming.llm.embedded import EmbeddedServer
from becoming.web.door import Door
from becoming.web.server import make_app, server_for
from bench.voice.house import settings_for


async def serve(folder: Path, ahead: bool) -> None:
    """Serve the house in `folder` on a free port of the loopback until standard input closes."""
    chosen = settings_for(folder)
    home = await Home.open(
        chosen, Brain.embedded(EmbeddedServer.at(chosen.home, chosen.model_folder / PACKAGED.file.name))
    )
    home.ahead = ahead
    try:
        listener = socket.create_server(("127.0.0.1", 0))
        server = server_for(make_app(home, Door("benchmark")), "127.0.0.1", 0)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        print(f"ws://127.0.0.1:{listener.getsockname()[1]}/v1/realtime?resume=1", flush=True)
        await asyncio.to_thread(sys.stdin.read)
        server.should_exit = True
        await serving
    finally:
        await home.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--not-ahead", action="store_true", help="think only after the end of the turn")
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.home, ahead=not arguments.not_ahead))
