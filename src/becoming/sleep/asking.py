"""Asking a language model one small question at a time, its answer held to a JSON schema.

Whatever it answers is only a proposal: it may be malformed, enormous or invented, and is judged by code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import aclosing
from functools import cache
from importlib import resources
from typing import Any

from becoming.language import Message, Model

SLOT = 1
"""Where the embedded server thinks at night: the talk's own slot keeps what it has read."""

LONGEST = 4_000
"""Characters after which an answer is no answer."""


class Asking:
    """A model, asked with a fixed seed; `tokens` counts what it said."""

    def __init__(self, model: Model, seed: int = 0) -> None:
        self._model, self._seed = model, seed
        self.tokens = 0

    async def json(self, prompt: str, said: str, schema: Mapping[str, Any], max_tokens: int = 160) -> Any:
        """What it answers to `said` under the instructions of a prompt file; None where that is no JSON."""
        answer = await self._answer([*_read(prompt), _message("user", said)], schema, max_tokens)
        try:
            return json.loads(answer)
        except (ValueError, RecursionError):
            return None

    async def yes(self, question: str) -> bool:
        """Whether it says yes; anything but a plain yes is a no."""
        schema = {"type": "string", "enum": ["yes", "no"]}
        answer = await self._answer([*_read("confirm.md"), _message("user", question)], schema, 4)
        return answer.strip().strip('"').lower() == "yes"

    async def line(self, prompt: str, said: str, grammar: str, max_tokens: int = 60) -> str:
        """A line of its own words, held to a GBNF grammar where the server knows one."""
        extra = {"grammar": grammar, "id_slot": SLOT, "min_p": 0.1}
        return (await self._stream([*_read(prompt), _message("user", said)], max_tokens, 0.7, extra)).strip()

    async def _answer(self, messages: list[Message], schema: Mapping[str, Any], max_tokens: int) -> str:
        form = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}
        return await self._stream(messages, max_tokens, 0.0, {"response_format": form, "id_slot": SLOT})

    async def _stream(
        self, messages: list[Message], max_tokens: int, temperature: float, extra: Mapping[str, object]
    ) -> str:
        answer = ""
        stream = self._model.stream(
            messages, max_tokens=max_tokens, temperature=temperature, seed=self._seed, extra=extra
        )
        async with aclosing(stream) as deltas:  # type: ignore[type-var]
            async for delta in deltas:
                answer += delta
                self.tokens += 1
                if len(answer) > LONGEST:
                    break
        return answer


@cache
def _read(file: str) -> tuple[Message, ...]:
    """A prompt file: instructions, then pairs of "> what is said" and the answer, separated by empty lines."""
    text = resources.files("becoming.sleep").joinpath("prompts", file).read_text(encoding="utf-8")
    system, *pairs = text.strip().split("\n\n")
    messages = [_message("system", system)]
    for pair in pairs:
        said, answer = pair.split("\n", 1)
        messages += [_message("user", said.removeprefix("> ")), _message("assistant", answer)]
    return tuple(messages)


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}
