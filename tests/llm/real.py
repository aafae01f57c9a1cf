"""The packaged model behind the embedded server, joined as the application joins them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2

from becoming.language import Message
from becoming.llm.catalogue import PACKAGED
from becoming.llm.client import ChatModel
from becoming.llm.embedded import EmbeddedServer
from tests.models import model_file

MODEL = model_file(PACKAGED.file.name)
WARM: Message = {"role": "system", "content": "You are Samantha, a warm friend who listens. " * 12}


def said(words: str) -> Message:
    return {"role": "user", "content": words}


@asynccontextmanager
async def talking(slots: Path) -> AsyncIterator[tuple[EmbeddedServer, ChatModel]]:
    server = EmbeddedServer(MODEL, slots=slots)
    model = ChatModel(await server.start(), server.model, server.api_key, revive=server.start)
    try:
        yield server, model
    finally:
        await model.close()
        await server.stop()


async def tokens_read(server: EmbeddedServer, messages: list[Message]) -> int:
    """How many tokens of this prompt the talk's slot had to evaluate, by the server's own count."""
    async with httpx2.AsyncClient(timeout=120) as http:
        answer = await http.post(
            f"{await server.start()}/chat/completions",
            headers={"Authorization": f"Bearer {server.api_key}"},
            json={"messages": messages, "max_tokens": 1, "cache_prompt": True, "id_slot": 0},
        )
    found: dict[str, Any] = answer.json()["timings"]
    return int(found["prompt_n"])
