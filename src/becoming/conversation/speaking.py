"""Finding the words: the model's samples, held to a form, guarded, and the best of them spoken."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Protocol

from becoming import language
from becoming.care import Guard, Known
from becoming.conversation import holding
from becoming.conversation import manner as forms
from becoming.conversation.clauses import clauses
from becoming.conversation.holding import Dispute
from becoming.conversation.kinds import Stance
from becoming.conversation.manner import manner
from becoming.conversation.rank import GOOD_ENOUGH, WORTH_SAYING, score
from becoming.events import ModelAway
from becoming.language import Message

BUDGET_S = 4.0  # after this no further sample is begun
SILENCE_S = 0.8  # the same where nothing has been said yet: somebody waits in silence
LATE_S = 0.5  # so long she is silent over what the model alone can find, then says that she is at it
ENOUGH = 16  # words after which the reply ends with its sentence
SENTENCES = 3  # and no more sentences than this
TOKENS = 60
MIN_P = 0.1
TALK = frozenset(
    "hello again ask brief reflect hard celebrate light challenge other_side leans recall corrected".split()
)
A_MOMENT = ("Let me see.", "Mm, let me think.", "One moment.", "Hm, wait.", "Let me think about that.")
"""What people say while they look for an answer; a fact, a joke or a piece of advice takes a small model a second."""
STILL_HERE = ("Mm.", "Go on.", "I'm listening.", "And then?", "Say more.", "I'm with you so far.")
"""What is left to say when nothing the model found may be said, and the manner has no last word."""

TEMPERATURES = (0.6, 0.8, 1.0)  # of the first, the second and the third sample
FACTUAL = (0.0, 0.6, 0.8)  # where a fact is asked for, the likeliest words first


class Model(language.Model, Protocol):
    """What a conversation needs of a language model; `llm.client.ChatModel` is one."""

    async def prefill(self, messages: Sequence[Message]) -> None:
        """Read a prompt into the model's cache without answering it."""

    async def save_prefix(self, name: str) -> None:
        """Keep what has been read, on disk, under a name."""

    async def restore_prefix(self, name: str) -> bool:
        """Read it back; False when there is none."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of an utterance before the model is asked.

    `opening` is said as it is, and so is `second`, which code found too; `lead` begins the next sentence;
    `dispute` is a fact to be looked at again; `questions` are the ways in which a question may begin now, empty where none is fitting.
    `exact` is all that is said: care's own words, which no guard weighs, and after it what `then` finds in a thread.
    `instead` stands in for a model that is away, or finds nothing; `after` is said after what it found.
    """

    stance: Stance
    messages: list[Message]
    known: Known
    opening: str | None = None
    second: str | None = None
    lead: str | None = None
    questions: Sequence[str] = ()
    dispute: Dispute | None = None
    exact: tuple[str, ...] = ()
    then: Callable[[], tuple[str, ...]] | None = None
    instead: str = ""
    after: str = ""


class Speaker:
    """Turns what was understood into guarded clauses."""

    def __init__(
        self,
        model: Model,
        guard: Guard,
        rng: random.Random,
        unsayable: Callable[[str, Sequence[str]], str | None],
    ) -> None:
        """`unsayable` says why a sentence is against what is remembered, or None, given what was heard."""
        self._model, self._guard, self._rng, self._unsayable = model, guard, rng, unsayable

    async def speak(self, it: Understood, *, aloud: bool) -> AsyncGenerator[str]:
        """The reply, clause by clause; never nothing. `aloud`: silence would be heard.

        Raises events.ModelAway where nothing stands in for the model.
        """
        said = False
        try:
            async with aclosing(self._speak(it, aloud)) as found:
                async for clause in found:
                    said = said or clause not in A_MOMENT
                    yield clause
        except ModelAway:
            if not it.instead:
                raise
        if not said:
            yield it.instead or STILL_HERE[len(it.known.said) % len(STILL_HERE)]

    async def _in_time(self, it: Understood, found: AsyncGenerator[str]) -> AsyncGenerator[str]:
        """What is `found`; before it a word that she is looking for it, where it is late."""
        first = asyncio.ensure_future(anext(found, None))
        try:
            if not (await asyncio.wait([first], timeout=LATE_S))[0]:
                yield self._rng.choice(
                    [each for each in A_MOMENT if not any(each in line for line in it.known.said[-4:])]
                )
            if (clause := await first) is None:
                return
            yield clause
            async for clause in found:
                yield clause
        finally:
            first.cancel()
            await asyncio.wait([first])
            await found.aclose()

    async def _speak(self, it: Understood, aloud: bool) -> AsyncGenerator[str]:
        """The reply; nothing at all where neither model nor manner has a word."""
        for line in it.exact:
            yield line
        if it.then:
            for line in await asyncio.to_thread(it.then):
                yield line
        if it.exact or it.then:
            return
        opened = it.opening if it.opening and self.passes(it.opening, it.known) else ""
        if opened:
            yield opened
        if opened.endswith("?") or (opened and it.stance.kind in ("memory", "recall")):
            return  # one question is enough, and what memory answers is exact
        if it.dispute:
            line = holding.found(it.dispute, await self._alone(it.dispute), it.known.said, self._rng)
            yield line if self.passes(f"{opened} {line}", it.known) else self._rng.choice(manner("hold").last)
            return
        if it.stance.kind == "imagine":
            found = self._imagined(it)
            async with aclosing(self._in_time(it, found) if aloud and not opened else found) as words:
                async for sentence in words:
                    yield sentence
            yield it.after
            return
        if it.second and self.passes(f"{opened} {it.second}", it.known):
            yield it.second
            filler = opened in ("", *manner(it.stance.kind).openings)
            if not filler or not it.questions or it.stance.kind == "other_side":
                return  # what was said, and what was meant: a question would take it away again
            opened = f"{opened} {it.second}".strip()
        if it.questions or (it.lead and (opened or it.stance.kind in TALK or '"' in it.lead)):
            if sentence := await self._best(it, opened):
                yield sentence
                return
        elif not opened:
            said = False
            words = self._free(it)
            quick = it.stance.kind in TALK or not aloud
            async with aclosing(words if quick else self._in_time(it, words)) as found:
                async for clause in found:
                    said = said or clause not in A_MOMENT
                    yield clause
            if said:
                return
        if opened not in ("", *manner(it.stance.kind).openings) and it.stance.kind not in (
            "again",
            "reminded",
        ):
            return  # the opening is enough by itself
        last = (it.instead,) if it.instead else manner(it.stance.kind).last
        fresh = [each for each in last if self.passes(f"{opened} {each}", it.known)]
        if fresh:
            yield self._rng.choice(fresh)

    async def _best(self, it: Understood, opened: str) -> str:
        """The best of a few sentences of the wanted form; after an opening, they are found while it is said."""
        lead = "" if it.questions else it.lead or ""
        began, best = _now(), (WORTH_SAYING if it.stance.kind in TALK else -99.0, "")
        grammar = self._form(it, lead, opened)
        begun = f"{opened} {lead}".strip()
        for temperature in TEMPERATURES:
            if _now() - began > (BUDGET_S if opened else SILENCE_S):
                break
            found = lead
            async with aclosing(
                clauses(self._sample(it, begun, temperature, _held(grammar)), begun=True)
            ) as ends:
                async for end in ends:
                    found = f"{found} {end}"
            found = re.sub(r"(?<=\") ", "", _closed_up(found.strip()))
            own = found.removeprefix(lead).strip()
            if not _whole(found) or not self.passes(f"{opened} {found}", it.known, own):
                continue
            points = score(found, opened, it.known, it.questions)
            best = max(best, (points, found))
            # While an opening is being said there is time to look for better; in silence there is not.
            if points >= (GOOD_ENOUGH if opened else WORTH_SAYING):
                break
        return best[1]

    async def _imagined(self, it: Understood) -> AsyncGenerator[str]:
        """One sentence about a stranger; what was written for it, where the model finds none that may be said."""
        began, lead = _now(), it.lead or ""
        extra = _held(forms.REST_OF_SENTENCE if lead else "") | {"id_slot": holding.ALONE}
        for temperature in TEMPERATURES[:2]:
            if _now() - began > BUDGET_S / 2:
                break
            try:
                async with aclosing(clauses(self._sample(it, lead, temperature, extra), begun=True)) as ends:
                    found = _closed_up(f"{lead} {await anext(ends, '')}".strip())
            except ModelAway:
                if not it.instead:
                    raise
                break
            if _whole(found) and self.passes(found, it.known, found.removeprefix(lead).strip()):
                yield found
                return
        yield it.instead or manner("imagine").last[0]

    @staticmethod
    def _form(it: Understood, lead: str, opened: str) -> str:
        if not lead:
            return forms.question(it.questions, opened)
        if '"' in lead:
            return forms.REST_OF_QUOTATION
        own = {"joke": forms.REST_OF_RIDDLE, "tell": forms.STORY}
        return own.get(it.stance.kind, forms.REST_OF_SENTENCE)

    async def _free(self, it: Understood) -> AsyncGenerator[str]:
        """The model's own words after what begins them, clause by clause; on an objection another sample from the last
        good clause on. They are said as they come: somebody waits in silence."""
        said, lead, began = "", it.lead or "", _now()
        informs, by_form = it.stance.kind == "inform", it.stance.kind in ("tell", "joke")
        marks = ".?!" if it.stance.kind == "celebrate" else "." if informs else ".?"
        for temperature in FACTUAL if informs else TEMPERATURES:
            if _now() - began > (BUDGET_S if said else SILENCE_S):
                return
            good = True
            begun = said or lead
            if said:
                grammar = forms.sentences(marks, after=said) if _whole(said) else forms.REST_OF_SENTENCE
            else:
                grammar = self._form(it, begun, "") if begun else forms.sentences(marks, after="")
            deltas = self._sample(it, begun, temperature, _held(grammar))
            async with aclosing(clauses(deltas, begun=bool(begun))) as found:
                async for end in found:
                    clause = _closed_up(end if said else f"{begun} {end}".strip())
                    longer = f"{said} {clause}".strip()
                    if not self.passes(longer, it.known, longer.removeprefix(lead).strip()):
                        good = False
                        break
                    said = longer
                    yield clause
                    if not by_form and (_enough(said) or (informs and _whole(said))):
                        return
            if good or _whole(said):
                return

    async def _alone(self, dispute: Dispute) -> str:
        """The answer to a question by itself, the likeliest one."""
        asked = self._model.stream(
            dispute.messages,
            max_tokens=holding.TOKENS,
            temperature=0.0,
            stop=("\n",),
            extra={"id_slot": holding.ALONE},
        )
        return "".join([delta async for delta in asked])

    def _sample(
        self, it: Understood, begun: str, temperature: float, extra: Mapping[str, object]
    ) -> AsyncIterator[str]:
        messages = [*it.messages, {"role": "assistant", "content": begun}] if begun else it.messages
        return self._model.stream(
            messages,
            max_tokens=TOKENS,
            temperature=temperature,
            seed=self._rng.randrange(2**31),
            stop=("\n",),
            extra=extra,
        )

    def passes(self, reply: str, known: Known, own: str = "") -> bool:
        """Whether the guard lets this be said, and it is not against what is remembered; `own`: what of it the model found."""
        line = reply.strip()
        heard = [known.utterance, *known.heard]
        return self._guard.objection(line, known, own) is None and self._unsayable(line, heard) is None


def _held(grammar: str) -> dict[str, object]:
    return {"grammar": grammar, "min_p": MIN_P} if grammar else {}


def _enough(said: str) -> bool:
    if not _whole(said):
        return False
    ends = len(re.findall(r"[.?!](?=\s|$)", said))
    return said.endswith("?") or len(said.split()) >= ENOUGH or ends >= SENTENCES


def _closed_up(words: str) -> str:
    return re.sub(r" (?=,)|(?<=\d,)(?<!\d{4},) (?=\d{3}\b)", "", words)  # "1, 200" is one number


def _whole(said: str) -> bool:
    return bool(re.search(r"[.?!][\"')]*$", said))


def _now() -> float:
    return asyncio.get_running_loop().time()
