"""Public fakes for tests of others: a scripted mind and a microphone that plays samples in real time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

from becoming.events import Clause, ModelAway, Reply, Utterance, Via
from becoming.speech.audio import EAR_RATE, Samples


class ScriptedMind:
    """Answers every draft with the next scripted line; strict: it fails a test that asks for more.

    `away_after` clauses of a reply, it raises ModelAway, which cannot be caused on purpose with a
    real model at an exact word.
    """

    def __init__(self, lines: Sequence[Sequence[str]], away_after: int | None = None) -> None:
        self.lines, self.away_after = list(lines), away_after
        self.partials: list[str] = []
        self.drafts: list[str] = []
        self.settled: list[tuple[Utterance, Reply | None]] = []

    async def partial(self, text: str) -> None:
        """Note what was prefetched."""
        self.partials.append(text)

    async def draft(self, text: str, via: Via) -> AsyncIterator[Clause]:
        """The line for the turn that is being drafted (a repeated draft gets the same line)."""
        self.drafts.append(text)
        for count, clause in enumerate(self.lines[len(self.settled)]):
            if count == self.away_after:
                raise ModelAway("the scripted model is away")
            yield Clause(clause)

    async def settle(self, heard: Utterance, said: Reply | None) -> None:
        """Note what was remembered."""
        self.settled.append((heard, said))


async def play(samples: Samples, hear: Callable[[Samples], None], packet_ms: int = 20) -> None:
    """A microphone: the samples (EAR_RATE) arrive in packets at the pace of the clock."""
    step = EAR_RATE * packet_ms // 1000
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number, start in enumerate(range(0, len(samples), step)):
        hear(samples[start : start + step])
        await asyncio.sleep(max(0.0, began + (number + 1) * packet_ms / 1000 - loop.time()))
