"""A language model that answers what the test wrote down for a sentence, and else that it tells nothing lasting.

A written answer is a kind ("owns"), or for a home or a job the kind and the value ("home", "Leipzig").
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping, Sequence

from becoming.events import ModelAway

NOTHING = "passing"


class Answers:
    """`to` maps a line to the answer given; `doubted` are words whose second question is answered with no."""

    def __init__(
        self, to: Mapping[str, str | tuple[str, str]] | None = None, doubted: str = "", away_at: str = ""
    ) -> None:
        self.to, self.doubted, self.away_at = dict(to or {}), doubted, away_at
        self.asked: list[str] = []

    async def stream(
        self,
        messages: Sequence[dict[str, str]],
        *,
        max_tokens: int = 60,
        temperature: float = 0.7,
        seed: int | None = None,
        stop: Sequence[str] = (),
        extra: Mapping[str, object] | None = None,
    ) -> AsyncGenerator[str]:
        said = messages[-1]["content"]
        self.asked.append(said)
        if self.away_at and self.away_at in said:
            raise ModelAway("the scripted model is away")
        if "do these words say" in said:
            yield '"no"' if self.doubted and self.doubted in said else '"yes"'
            return
        sentence, _, question = said.partition(" — ")
        written = self.to.get(sentence, NOTHING)
        answer = written if isinstance(written, str) else written[bool(question)]
        answer = answer if answer.startswith(("{", "[", '"')) else json.dumps(answer)
        for at in range(0, len(answer), 50):
            yield answer[at : at + 50]
