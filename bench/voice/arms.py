"""The three voices that are compared: Pipecat, ours without thinking while listening, and ours."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import tempfile
import urllib.request
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.voice import pipecat_env
from bench.voice.child import Child
from bench.voice.client import Person

HERE = Path(__file__).parent
PIPECAT_EARS = 16_000
"""Pipecat hears at 16 kHz by default; a Realtime API client sends 24 kHz."""


@dataclass(frozen=True)
class Arm:
    """One voice: its name, and how to begin a conversation with it (history empty, prompt warm)."""

    name: str
    talk: Callable[[], AbstractAsyncContextManager[Person]]


@asynccontextmanager
async def pipecat(model: Path, prompt: Path, logs: Path) -> AsyncIterator[Arm]:
    """Pipecat and its llama.cpp server; both run for the whole benchmark, each talk is a new pipeline."""
    python = str(pipecat_env.python())
    async with AsyncExitStack() as stack:
        llm = await Child.start([sys.executable, "-m", "bench.voice.llama", str(model)], logs / "llama.log")
        stack.push_async_callback(llm.stop)
        command = [python, str(HERE / "pipecat_bot.py"), "--llm", llm.address, "--prompt", str(prompt)]
        bot = await Child.start(command, logs / "pipecat.log")
        stack.push_async_callback(bot.stop)
        await asyncio.to_thread(_read_prompt, llm.address, prompt)
        yield Arm("pipecat", lambda: Person.at(bot.address, PIPECAT_EARS))


def _read_prompt(llm: str, prompt: Path) -> None:
    """Have the server evaluate the prompt once, as it has after any first talk."""
    messages = [*json.loads(prompt.read_text(encoding="utf-8")), {"role": "user", "content": "Hi."}]
    body = json.dumps({"messages": messages, "max_tokens": 1}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{llm}/v1/chat/completions", body, headers)
    with urllib.request.urlopen(request, timeout=300) as answer:
        answer.read()


def ours(name: str, home: Path, logs: Path, *, ahead: bool) -> Arm:
    """Ours; each talk is a new process on a copy of `home`, where she was born and nothing was said yet."""

    @asynccontextmanager
    async def talk() -> AsyncIterator[Person]:
        with tempfile.TemporaryDirectory(prefix="becoming-bench-") as folder:
            fresh = Path(folder) / "home"
            shutil.copytree(home, fresh)
            command = [sys.executable, "-m", "bench.voice.ours", str(fresh)]
            child = await Child.start(command if ahead else [*command, "--not-ahead"], logs / f"{name}.log")
            try:
                async with Person.at(child.address) as person:
                    yield person
            finally:
                await child.stop()

    return Arm(name, talk)
