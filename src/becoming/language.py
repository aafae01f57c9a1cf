"""A language model as whoever asks it sees it; `llm.client.ChatModel` is one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Protocol

Message = dict[str, Any]
"""One line of a prompt: its role and its content, which is text, but for one picture that is looked at."""


class Model(Protocol):
    """What can be asked and answers word by word."""

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int = 60,
        temperature: float = 0.7,
        seed: int | None = None,
        stop: Sequence[str] = (),
        extra: Mapping[str, object] | None = None,
    ) -> AsyncIterator[str]:
        """Text deltas; closing it stops the model. Raises events.ModelAway."""
