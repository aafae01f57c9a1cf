"""A language model to think with: the embedded one, or one that somebody else serves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from becoming.llm.client import ChatModel
from becoming.llm.embedded import EmbeddedServer


@dataclass(frozen=True, slots=True)
class Brain:
    """A client, and the server behind it when it is ours to start and stop."""

    model: ChatModel
    server: EmbeddedServer | None = None

    @classmethod
    def embedded(cls, file: Path, home: Path) -> Self:
        """The packaged server with this model file; started at the first use or by `wake`."""
        server = EmbeddedServer(file, slots=home / "prompts", log=home / "logs" / "language-model.log")
        nowhere = "http://127.0.0.1:9/v1"  # until `start` gives the address
        return cls(
            ChatModel(nowhere, server.model, server.api_key, embedded=True, revive=server.start), server
        )

    async def wake(self) -> None:
        """Have the server running. Raises ModelAway."""
        if self.server:
            await self.server.start()

    async def close(self) -> None:
        """Let go of it."""
        await self.model.close()
        if self.server:
            await self.server.stop()
