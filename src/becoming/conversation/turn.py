"""One turn: listen, understand, answer, remember. The heart of the day.

`partial` reads along while the person speaks, `draft` finds a reply and lets only guarded clauses
out, `settle` keeps what was really heard and really said. A draft changes nothing, so it can be
begun before the person is done and thrown away.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Protocol

from becoming.care import Guard, Known
from becoming.conversation import greeting, prompt, stance
from becoming.conversation.clauses import clauses
from becoming.conversation.prompt import Message
from becoming.conversation.stance import Stance
from becoming.events import Being, Clause, Moment, Person, Reply, Role, Utterance, Via

SAMPLES = 3  # how often the model may try before the last resort
BUDGET_S = 2.5  # and for how long: after this no further sample is begun
ENOUGH = 16  # words after which the reply ends with its sentence
SENTENCES = 3  # and no more sentences than this
TOKENS = 60
SAMPLING: Mapping[str, object] = {"min_p": 0.1}
TEMPERATURES = (0.6, 0.8, 1.0)


class Model(Protocol):
    """What a conversation needs of a language model; `llm.client.ChatModel` is one."""

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

    async def prefill(self, messages: Sequence[Message]) -> None:
        """Read a prompt into the model's cache without answering it."""

    async def save_prefix(self, name: str) -> None:
        """Keep what has been read, on disk, under a name."""

    async def restore_prefix(self, name: str) -> bool:
        """Read it back; False when there is none."""


class LastTalk(Protocol):
    """The talk before this one; `memory.LastTalk` is one."""

    @property
    def ended(self) -> float:
        """When its last word was said (Unix seconds)."""

    @property
    def moments(self) -> Sequence[Moment]:
        """Its last few moments, in order."""


class Remember(Protocol):
    """Keeps one moment; `memory.Memory.record` is one."""

    def __call__(
        self, role: Role, text: str, at: float, via: Via = "voice", interrupted: bool = False
    ) -> Moment:
        """Durable when it returns."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of an utterance before the model is asked."""

    stance: Stance
    recalled: tuple[Moment, ...]
    messages: list[Message]
    known: Known


class Conversation:
    """The day's talk between one person and her."""

    def __init__(
        self,
        model: Model,
        being: Being,
        person: Person,
        character: str,
        remember: Remember,
        recall: Callable[[str], list[Moment]],
        last_talk: Callable[[], LastTalk | None],
        guard: Guard,
        clock: Callable[[], float],
        rng: random.Random,
    ) -> None:
        self._model, self._being, self._person, self._character = model, being, person, character
        self._remember, self._recall, self._last_talk = remember, recall, last_talk
        self._guard, self._clock, self._rng = guard, clock, rng
        self._day = prompt.Day(prompt.prefix(being, person, character))
        self._heard: list[str] = []
        self._said: list[str] = []
        self._today: set[int] = set()
        self._priming: asyncio.Task[None] | None = None

    async def wake(self) -> None:
        """Have the frozen prefix in the model's cache: from disk, or by reading it once."""
        if not await self._model.restore_prefix(self._day.name):
            await self._model.prefill(self._day.frozen)
            await self._model.save_prefix(self._day.name)

    async def partial(self, text: str) -> None:
        """Read along: what is known of the utterance goes into the model's cache. Cancellable."""
        await self._stop_priming()
        await self._model.prefill(self._understand(text).messages)

    async def draft(self, text: str, via: Via) -> AsyncGenerator[Clause]:
        """The reply to `text`, clause by clause, each one guarded. Raises events.ModelAway.

        Nothing is changed by it: it may be closed and asked again.
        """
        await self._stop_priming()
        understood = self._understand(text)
        async with aclosing(self._speak(understood.messages, understood.known)) as spoken:
            async for clause in spoken:
                yield Clause(clause)

    async def settle(self, heard: Utterance, said: Reply | None) -> None:
        """Remember what was heard and what was really said of the reply, then read it in the silence.

        `said` is None when nothing was said (the model was away, or she kept silent).
        """
        moment = self._remember("person", heard.text, heard.at, heard.via, False)
        self._today.add(moment.id)
        self._heard.append(heard.text)
        spoken = _as_heard(said.text) if said else ""
        if said and spoken:
            moment = self._remember("her", spoken, said.at, said.via, said.interrupted)
            self._today.add(moment.id)
            self._said.append(spoken)
        self._day.add(heard.text, spoken or None)
        await self._stop_priming()
        self._priming = asyncio.create_task(self._prime(), name="prime the history")

    async def greet(self) -> AsyncGenerator[Clause]:
        """Her first words of a talk: she knows when the last one was, and what about."""
        plan = greeting.plan(self._person, self._last_talk(), self._clock(), self._rng)
        known = Known("", heard=plan.grounds, person=self._person.name, being=self._being.name)
        messages = self._day.messages(plan.direction)
        said = False
        async with aclosing(self._speak(messages, known)) as spoken:
            async for clause in spoken:
                said = True
                yield Clause(clause)
        if not said:
            yield Clause(plan.fallback)

    # ── understanding ───────────────────────────────────────────────────────────────────────

    def _understand(self, text: str) -> Understood:
        before = self._said[-1] if self._said else ""
        chosen = stance.choose(text, before)
        recalled = tuple(each for each in self._recall(text) if each.id not in self._today)
        known = Known(
            text,
            heard=[*self._heard, *(each.text for each in recalled if each.role == "person"), self._character],
            said=self._said,
            person=self._person.name,
            being=self._being.name,
            facts=chosen.kind in ("inform", "play"),
            advice=chosen.kind == "suggest",
            about_her=chosen.kind in ("about_her", "decline"),
            leaving=chosen.kind == "goodbye",
        )
        return Understood(chosen, recalled, self._day.messages(text), known)

    # ── speaking ────────────────────────────────────────────────────────────────────────────

    async def _speak(self, messages: list[Message], known: Known) -> AsyncGenerator[str]:
        """Guarded clauses of one reply; when the guard objects, another sample from the last good clause on."""
        said, began = "", asyncio.get_running_loop().time()
        for temperature in TEMPERATURES[:SAMPLES]:
            if asyncio.get_running_loop().time() - began > BUDGET_S:
                break
            prompted = [*messages, {"role": "assistant", "content": said}] if said else messages
            stream = self._model.stream(
                prompted,
                max_tokens=TOKENS,
                temperature=temperature,
                seed=self._rng.randrange(2**31),
                stop=("\n",),
                extra=SAMPLING,
            )
            good = True
            async with aclosing(clauses(stream, begun=bool(said))) as found:
                async for clause in found:
                    longer = f"{said} {clause}".strip()
                    if self._guard.objection(longer, known):
                        good = False
                        break
                    said = longer
                    yield clause
                    if _enough(said):
                        return
            if good or _whole(said):
                return

    # ── the silence ─────────────────────────────────────────────────────────────────────────

    async def _prime(self) -> None:
        await self._model.prefill(self._day.messages())

    async def _stop_priming(self) -> None:
        task, self._priming = self._priming, None
        if task:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def _enough(said: str) -> bool:
    if not _whole(said):
        return False
    return (
        said.endswith("?")
        or len(said.split()) >= ENOUGH
        or len(re.findall(r"[.?!](?=\s|$)", said)) >= SENTENCES
    )


def _whole(said: str) -> bool:
    return bool(re.search(r"[.?!][\"')]*$", said))


def _as_heard(text: str) -> str:
    """What reached the ear, without the mark of an interruption: "..." must not become her manner."""
    return re.sub(r"(?:\s*(?:\.\.\.|…|—|-))+$", "", text.strip())
