"""The choice of a model, with real servers on loopback in the place of Ollama and the hub."""

from __future__ import annotations

import json
import threading
from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import pytest

from becoming.config import Settings
from becoming.events import InputError
from becoming.llm import choose as choosing
from becoming.llm.catalogue import CHATS, PACKAGED, Hub
from becoming.llm.choose import choose

FOUR_B = CHATS[0]


@contextmanager
def serving(*models: str) -> Iterator[str]:
    """A server that lists these models to whoever asks."""

    class List(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"object": "list", "data": [{"id": model} for model in models]}).encode()
            self.send_response(200 if self.path == "/v1/models" else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), List) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No neighbour and no hub, whatever runs on the computer of the test."""
    monkeypatch.setattr(choosing, "NEIGHBOURS", {"Nobody": "http://127.0.0.1:9/v1"})
    monkeypatch.setattr(choosing, "reachable", lambda source: False)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> list[Hub]:
    """A hub within reach; what it was asked for."""
    asked: list[Hub] = []
    monkeypatch.setattr(choosing, "reachable", lambda source: asked.append(source) or True)
    return asked


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    def be(gigabytes: int, cores: int) -> None:
        memory = namedtuple("memory", "total")(gigabytes * 1024**3)
        monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
        monkeypatch.setattr(psutil, "cpu_count", lambda logical=True: cores)

    return be


async def test_what_already_runs_here_is_used_and_remembered(settings: Settings, monkeypatch) -> None:
    with serving("nomic-embed-text:latest", "deepseek-r1:8b", "llama3.2:3b") as url:
        monkeypatch.setattr(choosing, "NEIGHBOURS", {"LM Studio": "http://127.0.0.1:9/v1", "Ollama": url})
        first = await choose(settings)
        assert (first.model, first.base_url) == ("llama3.2:3b", url)
        assert first.reason == "Ollama already runs on this computer and has llama3.2:3b."
        monkeypatch.setattr(choosing, "NEIGHBOURS", {"Nobody": "http://127.0.0.1:9/v1"})
        assert await choose(settings) == replace(first, new=False)


async def test_a_neighbour_with_only_embeddings_is_no_model_to_talk_with(
    settings: Settings, monkeypatch
) -> None:
    with serving("bge-m3", "mxbai-embed-large") as url:
        monkeypatch.setattr(choosing, "NEIGHBOURS", {"Ollama": url})
        assert (await choose(settings)).model == PACKAGED.file.name


async def test_a_remembered_server_that_is_gone_is_not_forgotten(settings: Settings, monkeypatch) -> None:
    with serving("llama3.2:3b") as url:
        monkeypatch.setattr(choosing, "NEIGHBOURS", {"Ollama": url})
        await choose(settings)
    today = await choose(settings)
    assert today.model == PACKAGED.file.name
    assert today.reason.startswith(f"llama3.2:3b at {url} does not answer now. ")
    assert "llama3.2:3b" in (settings.home / "model.json").read_text()


async def test_a_big_computer_gets_the_better_model_where_the_hub_is(
    settings: Settings, hub, computer
) -> None:
    computer(32, 8)
    choice = await choose(settings)
    assert choice.file is FOUR_B.file
    assert "32 GB of memory and 8 cores" in choice.reason


@pytest.mark.parametrize(("gigabytes", "cores"), [(8, 8), (32, 2)])
async def test_little_memory_or_few_cores_get_a_small_model(
    settings: Settings, hub, computer, gigabytes: int, cores: int
) -> None:
    computer(gigabytes, cores)
    assert (await choose(settings)).model == "qwen2.5-1.5b-instruct-q4_k_m.gguf"


async def test_without_the_hub_it_is_the_packaged_one_and_says_why(settings: Settings, computer) -> None:
    computer(32, 8)
    choice = await choose(settings)
    assert choice.file is PACKAGED.file
    assert "the model hub is out of reach" in choice.reason


async def test_a_tiny_computer_gets_the_packaged_one_without_asking_anybody(
    settings: Settings, hub, computer
) -> None:
    computer(2, 2)
    assert (await choose(settings)).file is PACKAGED.file
    assert hub == []


async def test_the_second_start_asks_nobody(settings: Settings, hub, computer) -> None:
    computer(32, 8)
    first = await choose(settings)
    assert len(hub) == 1
    assert await choose(settings) == replace(first, new=False)
    assert len(hub) == 1


async def test_a_file_that_is_here_is_used_without_asking_the_hub(
    settings: Settings, hub, computer, monkeypatch
) -> None:
    computer(32, 8)
    monkeypatch.setattr(choosing, "present", lambda file, folder: file is PACKAGED.file)
    assert (await choose(settings)).file is PACKAGED.file
    assert hub == []


async def test_the_settings_decide(tmp_path: Path) -> None:
    with serving("mistral-small") as url:
        served = await choose(Settings(home=tmp_path, llm_base_url=url))
        assert (served.model, served.base_url) == ("mistral-small", url)
        named = await choose(Settings(home=tmp_path, llm_base_url=url, llm_model="another"))
        assert named.model == "another"
    assert (await choose(Settings(home=tmp_path, llm_model=FOUR_B.title))).file is FOUR_B.file
    assert not (tmp_path / "model.json").exists()


async def test_settings_that_name_nothing_are_said(tmp_path: Path) -> None:
    with serving() as url:
        pass
    with pytest.raises(InputError, match="does not answer"):
        await choose(Settings(home=tmp_path, llm_base_url=url))
    with pytest.raises(InputError, match=r"Set `llm_model` to one of: .*qwen2\.5-coder"):
        await choose(Settings(home=tmp_path, llm_model="gpt-7"))


@pytest.mark.parametrize(
    "damaged", ["", "[]", "{}", '{"model": "of-a-later-version.gguf", "reason": "", "base_url": null}']
)
async def test_a_damaged_or_foreign_memory_of_the_choice_is_chosen_again(
    settings: Settings, damaged: str
) -> None:
    (settings.home / "model.json").write_text(damaged)
    assert (await choose(settings)).file is PACKAGED.file
    assert (await choose(settings)).model in (settings.home / "model.json").read_text()


def test_every_pin_of_the_catalogue_is_whole() -> None:
    for chat in CHATS:
        assert len(bytes.fromhex(chat.file.sha256)) == 32
        for source in chat.file.sources:
            if isinstance(source, Hub):
                assert len(bytes.fromhex(source.revision)) == 20
            else:
                assert sum(part.bytes for part in source) == chat.file.bytes
