"""The client against the real embedded model, and against servers that are neither ours nor well."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from becoming.events import ModelAway
from becoming.llm import client
from becoming.llm.client import ChatModel, ModelRefused
from becoming.llm.embedded import EmbeddedServer
from tests.llm.real import WARM, said, talking, tokens_read

together = pytest.mark.asyncio(loop_scope="module")
STORY = [said("Tell me a very long story about a lighthouse keeper.")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def real(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[EmbeddedServer, ChatModel]]:
    async with talking(tmp_path_factory.mktemp("home") / "slots") as pair:
        yield pair


async def first_words(model: ChatModel, messages: list[dict[str, str]], count: int) -> list[str]:
    """The first deltas of a reply that is then given up."""
    words: list[str] = []
    async with aclosing(model.stream(messages, max_tokens=400)) as stream:
        async for word in stream:
            words.append(word)
            if len(words) == count:
                break
    return words


# ── with the real model ─────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@together
async def test_a_reply_comes_word_by_word_and_the_same_seed_says_the_same(real) -> None:
    _, model = real
    replies = [
        [word async for word in model.stream([said("Say hello to me.")], max_tokens=12, seed=7)]
        for _ in range(2)
    ]
    assert len(replies[0]) > 2
    assert replies[0] == replies[1]


@pytest.mark.slow
@together
async def test_a_begun_reply_is_continued_not_begun_anew(real) -> None:
    _, model = real
    begun = [said("Where is the Eiffel Tower?"), {"role": "assistant", "content": "The Eiffel Tower is in"}]
    rest = "".join([word async for word in model.stream(begun, max_tokens=5, temperature=0)])
    assert rest.startswith(" Paris")


@pytest.mark.slow
@together
async def test_extra_fields_reach_the_model(real) -> None:
    _, model = real
    bound = {"grammar": 'root ::= "maple" | "willow"'}
    tree = "".join([word async for word in model.stream([said("Name an animal.")], extra=bound)])
    assert tree in ("maple", "willow")


@pytest.mark.slow
@together
async def test_closing_the_stream_stops_the_model_at_the_server(real) -> None:
    _, model = real
    assert len(await first_words(model, STORY, 5)) == 5
    began = time.monotonic()
    assert await first_words(model, [said("Hi.")], 1)
    assert time.monotonic() - began < 8  # 395 more tokens would have taken 19 s and more


@pytest.mark.slow
@together
async def test_what_was_prefilled_is_not_read_again(real) -> None:
    server, model = real
    heard = [WARM, said("I went to the market this morning")]
    cold = await tokens_read(server, heard)
    await model.prefill([WARM, said("Something else happened")])
    await model.prefill(heard)
    assert cold > 100
    assert await tokens_read(server, heard) == 1  # llama.cpp always evaluates the last token


@pytest.mark.slow
@together
async def test_a_growing_partial_costs_only_its_new_words(real) -> None:
    server, model = real
    await model.prefill([WARM, said("I went to the market")])
    grown = [WARM, said("I went to the market this morning")]
    assert await tokens_read(server, grown) <= 8  # two words and the five tokens of the template


@pytest.mark.slow
@together
async def test_a_cancelled_prefill_leaves_the_model_free(real) -> None:
    _, model = real
    long = [said("The tide went out and came back in again. " * 150)]  # 25 s of reading
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(model.prefill(long), 0.5)
    began = time.monotonic()
    assert await first_words(model, [said("Hi.")], 1)
    assert time.monotonic() - began < 12


@pytest.mark.slow
@together
async def test_a_prompt_longer_than_the_context_is_refused_and_the_next_is_served(real) -> None:
    _, model = real
    with pytest.raises(ModelRefused):
        await first_words(model, [said("tide " * 5000)], 1)
    assert await first_words(model, [said("Hi.")], 1)


@pytest.mark.slow
async def test_a_primed_prefix_outlives_the_process(tmp_path: Path) -> None:
    async with talking(tmp_path / "slots") as (_, model):
        await model.prefill([WARM])
        await model.save_prefix("character")
    async with talking(tmp_path / "slots") as (server, model):
        assert not await model.restore_prefix("another")
        assert await model.restore_prefix("character")
        assert await tokens_read(server, [WARM, said("Hi.")]) < 15


@pytest.mark.slow
async def test_a_damaged_prefix_is_no_prefix_and_she_still_talks(tmp_path: Path) -> None:
    async with talking(tmp_path / "slots") as (_, model):
        await model.prefill([WARM])
        await model.save_prefix("character")
        (kept,) = (tmp_path / "slots").iterdir()
        kept.write_bytes(kept.read_bytes()[:200_000])
        assert not await model.restore_prefix("character")
        assert await first_words(model, [WARM, said("Hi.")], 1)


@pytest.mark.slow
async def test_a_server_killed_in_mid_sentence_is_away_and_back_at_the_next_with_its_prefix(
    tmp_path: Path,
) -> None:
    async with talking(tmp_path / "slots") as (server, model):
        await model.prefill([WARM])
        await model.save_prefix("character")
        killed = server.pid
        heard: list[str] = []
        with pytest.raises(ModelAway, match="try again"):
            async for word in model.stream(STORY, max_tokens=400):
                heard.append(word)
                if len(heard) == 3:
                    os.kill(server.pid, signal.SIGKILL)
        assert heard
        assert await first_words(model, [WARM, said("Hi.")], 1)
        assert server.pid != killed


# ── with servers of others ──────────────────────────────────────────────────────────────────

Answer = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def a_server(answer: Answer) -> AsyncIterator[str]:
    """A plain HTTP server on loopback that reads a request and lets `answer` write what it likes."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(x.split(b":")[1]) for x in head.lower().split(b"\r\n") if b"content-length" in x), 0
        )
        await answer(await reader.readexactly(length), writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"


def event(text: str) -> bytes:
    return b"data: " + json.dumps({"choices": [{"index": 0, "delta": {"content": text}}]}).encode() + b"\n\n"


STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunk(body: bytes) -> bytes:
    return f"{len(body):x}\r\n".encode() + body + b"\r\n"


async def reply_from(url: str) -> str:
    model = ChatModel(url, "somebody-elses")
    try:
        return "".join(
            [word async for word in model.stream([said("Hi.")], extra={"min_p": 0.1, "top_p": 0.9})]
        )
    finally:
        await model.close()


async def test_other_servers_are_sent_nothing_that_only_llama_cpp_knows() -> None:
    asked: list[dict[str, object]] = []

    async def answer(body: bytes, writer: asyncio.StreamWriter) -> None:
        asked.append(json.loads(body))
        writer.write(STREAM + chunk(event("Hi ") + event("you.") + b"data: [DONE]\n\n") + chunk(b""))

    async with a_server(answer) as url:
        assert await reply_from(url) == "Hi you."
        model = ChatModel(url, "somebody-elses")
        await model.prefill([said("Hi.")])
        await model.save_prefix("character")
        assert not await model.restore_prefix("character")
        await model.close()
    (only,) = asked
    assert set(only) == {"model", "messages", "max_tokens", "temperature", "stream", "top_p"}


async def test_no_server_is_a_model_that_is_away() -> None:
    async with a_server(lambda body, writer: asyncio.sleep(0)) as url:
        pass
    with pytest.raises(ModelAway, match="cannot be reached"):
        await reply_from(url)


async def test_a_server_error_is_a_model_that_is_away() -> None:
    async def answer(body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")

    async with a_server(answer) as url:
        with pytest.raises(ModelAway, match="503") as caught:
            await reply_from(url)
    assert not isinstance(caught.value, ModelRefused)


async def test_an_unknown_model_is_refused_by_its_name() -> None:
    async def answer(body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    async with a_server(answer) as url:
        with pytest.raises(ModelRefused, match="'somebody-elses'"):
            await reply_from(url)


async def test_a_stream_that_breaks_off_is_a_model_that_is_away() -> None:
    async def answer(body: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM + chunk(event("Hi ")))

    async with a_server(answer) as url:
        with pytest.raises(ModelAway, match="cannot be reached"):
            await reply_from(url)


async def test_a_server_that_keeps_silent_is_a_model_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "TIMEOUT", httpx2.Timeout(0.2))
    gone = asyncio.Event()

    async def answer(body: bytes, writer: asyncio.StreamWriter) -> None:
        await gone.wait()

    async with a_server(answer) as url:
        with pytest.raises(ModelAway, match="in time"):
            await reply_from(url)
        gone.set()
