"""The child process: one, loopback, locked, silent about what was said, and gone with its parent."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import httpx2
import psutil
import pytest

from becoming.events import ModelAway
from becoming.llm.embedded import EmbeddedServer
from tests.llm.real import MODEL, said, talking

PARENT = """
import asyncio, sys
from pathlib import Path
from becoming.llm.embedded import EmbeddedServer

async def main():
    server = EmbeddedServer(Path(sys.argv[1]), slots=Path(sys.argv[2]))
    await server.start()
    print(server.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.mark.slow
async def test_starting_twice_at_once_gives_one_child_and_stopping_ends_it(tmp_path: Path) -> None:
    server = EmbeddedServer(MODEL, slots=tmp_path / "slots")
    first, second = await asyncio.gather(server.start(), server.start())
    assert first == second == await server.start()
    assert server.pid
    child = psutil.Process(server.pid)
    await server.stop()
    assert not child.is_running()
    await server.stop()


@pytest.mark.slow
async def test_only_this_program_on_this_computer_can_talk_to_it(tmp_path: Path) -> None:
    async with talking(tmp_path / "slots") as (server, _):
        assert server.pid
        child = psutil.Process(server.pid)
        assert {each.laddr.ip for each in child.net_connections("inet")} == {"127.0.0.1"}
        assert server.api_key not in " ".join([*child.cmdline(), *child.environ().values()])
        async with httpx2.AsyncClient(base_url=await server.start()) as stranger:
            asked = await stranger.post("/chat/completions", json={"messages": [said("Hi.")]})
            listed = await stranger.get(f"{str(stranger.base_url).removesuffix('/v1/')}/slots")
        assert (asked.status_code, listed.status_code) == (401, 401)


@pytest.mark.slow
async def test_the_log_never_holds_what_was_said(tmp_path: Path) -> None:
    async with talking(tmp_path / "slots") as (_, model):
        await model.prefill([said("My secret word is marmalade.")])
        spoken = "".join([word async for word in model.stream([said("Repeat: marmalade, marmalade.")])])
    assert "marmalade" in spoken.lower()
    log = (tmp_path / "logs" / "language-model.log").read_text().lower()
    assert log
    assert "marmalade" not in log


@pytest.mark.slow
def test_the_child_dies_with_its_parent(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(MODEL), str(tmp_path / "slots")], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.communicate()
    gone, _ = psutil.wait_procs([child], timeout=10)
    assert gone == [child]


async def test_a_file_that_is_no_model_is_said_with_where_to_look(tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.gguf"
    nonsense.write_bytes(b"GGUF" + b"\0" * 4096)
    server = EmbeddedServer(nonsense, slots=tmp_path / "slots")
    with pytest.raises(ModelAway, match=r"language-model\.log says why"):
        await server.start()
    assert server.pid is None
    assert (tmp_path / "logs" / "language-model.log").read_text()


async def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelAway, match="start again to fetch it"):
        await EmbeddedServer(tmp_path / "gone.gguf", slots=tmp_path / "slots").start()


async def test_primed_prefixes_of_long_ago_do_not_pile_up(tmp_path: Path) -> None:
    slots = tmp_path / "slots"
    slots.mkdir()
    for age in range(6):
        (slots / f"{age}.bin").write_bytes(b"primed")
        os.utime(slots / f"{age}.bin", (1_000_000 - age, 1_000_000 - age))
    nonsense = tmp_path / "nonsense.gguf"
    nonsense.write_bytes(b"GGUF")
    with pytest.raises(ModelAway):
        await EmbeddedServer(nonsense, slots=slots).start()
    assert {each.name for each in slots.iterdir()} == {"0.bin", "1.bin", "2.bin"}
