"""A language model that says what the test wrote down, strictly: it fails a test that asks for more."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence

from becoming.events import ModelAway
from becoming.language import Message


class ScriptedModel:
    """Each sample is the next scripted text, given word by word. `away` after so many words raises."""

    def __init__(self, *samples: str, away: int | None = None) -> None:
        self.samples, self.away = list(samples), away
        self.prompts: list[list[Message]] = []
        self.grammars: list[str] = []
        self.prefilled: list[list[Message]] = []
        self.kept: list[str] = []
        self.closed = 0

    async def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int = 60,
        temperature: float = 0.7,
        seed: int | None = None,
        stop: Sequence[str] = (),
        extra: Mapping[str, object] | None = None,
    ) -> AsyncGenerator[str]:
        assert self.samples, f"one sample more than the test expects, for {messages[-1]}"
        self.prompts.append(list(messages))
        self.grammars.append(str((extra or {}).get("grammar", "")))
        words = self.samples.pop(0).split(" ")
        try:
            for count, word in enumerate(words):
                if count == self.away:
                    raise ModelAway("the scripted model is away")
                yield word if count == 0 else f" {word}"
        finally:
            self.closed += 1

    async def prefill(self, messages: Sequence[Message]) -> None:
        self.prefilled.append(list(messages))

    async def save_prefix(self, name: str) -> None:
        self.kept.append(name)

    async def restore_prefix(self, name: str) -> bool:
        return name in self.kept
