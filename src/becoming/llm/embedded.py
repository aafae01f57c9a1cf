"""The embedded language model: a child process with llama.cpp's server, started, watched and restarted.

In a process of its own it can crash, be killed or run out of memory without taking the talk with
it: the client then raises ModelAway, and the next use starts it anew.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import secrets
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO, Self
from urllib.parse import urlsplit

from becoming.events import ModelAway
from becoming.llm.local import cores
from becoming.llm.serve import Orders

LOAD_PATIENCE_S = 180.0  # a slow disk reads 10 MB/s; 1.1 GB are then two minutes
STOP_PATIENCE_S = 3.0
PULSE_S = 5.0
PREFIXES = 3  # 13 MB for 460 tokens; an older one is of a character she no longer has

_PROMPTS = "prompts"


class EmbeddedServer:
    """Supervises one child that serves one model file on a loopback port.

    `slots` is the folder for primed prefixes. The server's own messages, which never hold what was
    said, go to `logs` beside it.
    """

    def __init__(self, model_path: Path, *, slots: Path, adapter: Path | None = None) -> None:
        """`adapter`: low-rank weights (LoRA) that are added to the model's for the talk; none is shipped yet."""
        self.model_path, self.adapter, self.api_key = model_path, adapter, secrets.token_urlsafe(24)
        self._slots, self._log = slots, slots.parent / "logs" / "language-model.log"
        self._child: asyncio.subprocess.Process | None = None
        self._url = ""
        self._starting = asyncio.Lock()

    @classmethod
    def at(cls, home: Path, model_path: Path) -> Self:
        """The server of an installation: its prompts and its log lie in the home folder."""
        return cls(model_path, slots=home / _PROMPTS)

    @property
    def model(self) -> str:
        """The name under which the server offers the model, and under which is kept what it has read: with another adapter
        that is read otherwise."""
        if self.adapter is None:
            return self.model_path.name
        return f"{self.model_path.name}+{hashlib.sha256(self.adapter.read_bytes()).hexdigest()[:16]}"

    @property
    def pid(self) -> int | None:
        """The child's process id while it runs."""
        return self._child.pid if self._child and self._child.returncode is None else None

    async def start(self) -> str:
        """The base URL of a server that answers; starts the child, or a new one where it died.

        Raises ModelAway when the model cannot be loaded.
        """
        async with self._starting:
            if not await self._answers():
                await self._end()
                self._child, self._url = await self._spawn()
            return self._url

    async def stop(self) -> None:
        """End the child; nothing happens when there is none."""
        async with self._starting:
            await self._end()

    async def _end(self) -> None:
        child, self._child = self._child, None
        if child:
            await _end(child)

    async def _answers(self) -> bool:
        """Whether the child is well. A killed one may take connections a moment longer than it lives."""
        if self.pid is None:
            return False
        try:
            return await asyncio.wait_for(_healthy(urlsplit(self._url).port), PULSE_S)
        except (OSError, TimeoutError):
            return False

    async def _spawn(self) -> tuple[asyncio.subprocess.Process, str]:
        if not self.model_path.is_file():
            raise ModelAway(f"The model file {self.model_path.name} is gone; start again to fetch it.")
        self._slots.mkdir(mode=0o700, parents=True, exist_ok=True)
        _prune(self._slots)
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("wb") as log:
            child = await _launch(log)
        try:
            url = await asyncio.wait_for(self._hand_over(child), LOAD_PATIENCE_S)
        except BaseException:  # cancelled while loading: no child may stay behind
            await _end(child)
            raise
        if not url:
            await _end(child)
            raise ModelAway(f"The language model could not be loaded; {self._log} says why.")
        return child, url

    async def _hand_over(self, child: asyncio.subprocess.Process) -> str:
        """Give the orders and wait for the address; empty when the child died of them."""
        assert child.stdin
        assert child.stdout
        orders = Orders(
            model=str(self.model_path),
            adapter=str(self.adapter or ""),
            name=self.model,
            slots=str(self._slots),
            threads=cores(),  # a second one on the same core only takes turns with the first
            api_key=self.api_key,
            parent=os.getpid(),
        )
        with suppress(ConnectionError):
            child.stdin.write(json.dumps(asdict(orders)).encode() + b"\n")
            await child.stdin.drain()
        line = await child.stdout.readline()
        return f"{json.loads(line)['url']}/v1" if line else ""


async def _healthy(port: int | None) -> bool:
    """The server's own word (0.5 ms; it answers while the model is busy)."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"GET /health HTTP/1.0\r\n\r\n")
        return b" 200 " in await reader.readline()
    finally:
        writer.close()


async def _launch(log: BinaryIO) -> asyncio.subprocess.Process:
    """A fresh interpreter with our module; its threads sleep while they wait instead of spinning.

    Spinning gains nothing alone (21.2 and 21.0 tokens a second) and costs a lot when ears or mouth
    take one of the two cores: 6.4 tokens a second instead of 11.0 (measured).
    """
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "becoming.llm.serve",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=log,
        env={**os.environ, "OMP_WAIT_POLICY": "passive"},
    )


async def _end(child: asyncio.subprocess.Process) -> None:
    """Ask by closing stdin, then kill."""
    if child.stdin:
        child.stdin.close()
    try:
        await asyncio.wait_for(child.wait(), STOP_PATIENCE_S)
    except TimeoutError:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()


def drop_prompts(home: Path) -> int:
    """Delete every prompt that was kept on disk, as it may hold words that are to be forgotten; how many."""
    files = list((home / _PROMPTS).glob("*.bin"))
    for file in files:
        file.unlink(missing_ok=True)
    return len(files)


def _prune(slots: Path) -> None:
    """Keep the newest primed prefixes."""
    newest_first = sorted(slots.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first[PREFIXES:]:
        path.unlink()
