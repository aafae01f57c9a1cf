"""A language model to think with: the embedded one, or one that somebody else serves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from becoming.llm.catalogue import CHATS
from becoming.llm.client import ChatModel
from becoming.llm.embedded import EmbeddedServer
from becoming.llm.local import is_local

_NOWHERE = "http://127.0.0.1:9/v1"


@dataclass(frozen=True, slots=True)
class Brain:
    """A client, and the server behind it when it is ours to start and stop."""

    model: ChatModel
    server: EmbeddedServer | None = None
    far: bool = False
    """Whether it is served by another computer: there a prompt may be longer, and costs no time that is felt."""

    @classmethod
    def embedded(cls, server: EmbeddedServer) -> Self:
        """Our own server; `start` gives the client its address, at the first use at the latest."""
        adapted = server.adapter is not None
        model = ChatModel(_NOWHERE, server.model, server.api_key, revive=server.start, adapted=adapted)
        return cls(model, server)

    @classmethod
    def elsewhere(cls, base_url: str, model: str, api_key: str) -> Self:
        """A server that was there before us and stays."""
        return cls(ChatModel(base_url, model, api_key), far=not is_local(base_url))

    @property
    def calls_tools(self) -> bool:
        """Whether to let it choose tools: one that somebody else serves may, and is asked; of ours, the large one."""
        named = [chat for chat in CHATS if self.server and chat.file.name == self.server.model]
        return self.server is None or any(chat.calls_tools for chat in named)

    async def wake(self) -> None:
        """Have the server running. Raises ModelAway."""
        if self.server:
            await self.server.start()

    async def close(self) -> None:
        """Let go of it."""
        await self.model.close()
        if self.server:
            await self.server.stop()
