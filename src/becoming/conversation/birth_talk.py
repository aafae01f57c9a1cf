"""Her birth as a talk: the same verbs as a conversation, so that page, voice and terminal need no other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

from becoming.care import Caring
from becoming.events import Being, Clause, Person, Reply, Utterance, Via
from becoming.persona.birth import Birth


class BirthTalk:
    """Joins a `Birth` to a talk. What was answered is kept before the next question counts as asked."""

    def __init__(
        self,
        birth: Birth,
        keep: Callable[[dict[str, Any]], None],
        born: Callable[[Being, Person], None],
        care: Caring,
    ) -> None:
        """`keep` stores the state after each answer; `born` is called once, with the result. `care` is asked first:
        who is in danger is answered, whatever question of the birth is open, and also who was turned away."""
        self._birth, self._keep, self._born, self._care = birth, keep, born, care
        self._answered: tuple[str, Birth] | None = None
        self._heard: list[str] = []
        self._before = ""

    async def greet(self) -> AsyncGenerator[Clause]:
        """The question that is open."""
        yield Clause(self._birth.step.text)

    async def greeted(self, said: Reply) -> None:
        """A question asked is nothing to remember; its answer is."""

    async def partial(self, text: str) -> None:
        """There is nothing to read ahead."""

    async def draft(self, text: str, via: Via) -> AsyncGenerator[Clause]:
        """What she says to an answer. Without effect: it is tried on a copy."""
        led = self._care.hear(text, self._heard, self._before)
        if led and not led.free:
            for line in led.lines:
                yield Clause(line)
            return
        tried = Birth.load(self._birth.dump())
        lines = await asyncio.to_thread(tried.answer, text)
        self._answered = (text, tried)
        for line in lines:
            yield Clause(line)

    async def settle(self, heard: Utterance, said: Reply | None) -> None:
        """The answer counts. Kept, so that a crash in the middle of a birth goes on there."""
        spoken = said.text if said else ""
        led = self._care.hear(heard.text, self._heard, self._before)
        self._care.settle(heard.text, self._heard, self._before, spoken)
        self._heard, self._before = [*self._heard, heard.text], spoken
        if led and not led.free:
            return
        if self._answered and self._answered[0] == heard.text:
            self._birth = self._answered[1]
        else:
            await asyncio.to_thread(self._birth.answer, heard.text)
        self._answered = None
        self._keep(self._birth.dump())
        if self._birth.step.key == "born":
            self._born(*self._birth.result)

    async def wake(self) -> None:
        """She needs no model to be born."""

    async def close(self) -> None:
        """Nothing is under way."""

    def step(self) -> dict[str, Any]:
        """The open question for a screen."""
        question = self._birth.step
        done = self._birth.over
        chosen = self._birth.dump()["choice"]
        return {
            "step": question.key,
            "text": question.text,
            "choices": [{"id": choice, "label": choice} for choice in question.choices],
            "expects": "none" if done else "choice" if question.choices else "text",
            "done": False,
            **({"being": {"name": chosen["name"], "why": chosen["why"]}} if chosen else {}),
        }
