"""One turn: listen, understand, answer, remember. The heart of the day.

`partial` reads along while the person speaks, `draft` finds a reply and lets only guarded clauses
out, `settle` keeps what was really heard and really said. A draft changes nothing, so it can be
begun before the person is done and thrown away.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace
from datetime import datetime

from becoming.care import Caring, Guard, Known
from becoming.care.known import content
from becoming.conversation import greeting, holding, prompt, stance, telling
from becoming.conversation.asked import Asked, Asking
from becoming.conversation.fluent import as_heard, fluent
from becoming.conversation.holding import Dispute
from becoming.conversation.kinds import Stance
from becoming.conversation.led import led_by_care
from becoming.conversation.manner import manner, pronoun
from becoming.conversation.opening import lead, opening, second
from becoming.conversation.past import Came, Past
from becoming.conversation.questions import beginnings
from becoming.conversation.speaking import Model, Speaker, Understood
from becoming.conversation.stance import Seen
from becoming.conversation.telling import Told, touches, with_memory
from becoming.events import (
    BecomingError,
    Being,
    Belief,
    Checkin,
    Clause,
    Feeling,
    Moment,
    Person,
    Reply,
    Thought,
    Utterance,
    Via,
)


class Conversation:
    """The day's talk between one person and her."""

    def __init__(
        self,
        model: Model,
        being: Being,
        person: Person,
        character: str,
        past: Past,
        guard: Guard,
        care: Caring,
        clock: Callable[[], float],
        rng: random.Random,
        perceive: Callable[[str, Sequence[str]], Feeling],
        listen: Callable[[bool], None] | None = None,
    ) -> None:
        """After a restart the talk goes on from what `past` holds of today.

        `care` is asked before anything else. `perceive` says what may be felt in words of the person, given their
        lines before; `listen` keeps whether they want their voice listened to, None where that cannot be done.
        """
        self._model, self._being, self._person, self._character = model, being, person, character
        self._past, self._care, self._clock, self._rng, self._perceive = past, care, clock, rng, perceive
        self._speaker = Speaker(model, guard, rng, past.unsayable)
        self._asking = Asking(past, clock, listen)
        self._raised: set[int] = set()
        self._since_reminded = BETWEEN_REMINDERS
        self._reminding: Told | None = None
        self._bringing: tuple[Checkin | Thought, str] | None = None
        self._priming: asyncio.Task[None] | None = None
        self._chosen: tuple[str, Stance] | None = None
        self._read_today()

    def _read_today(self) -> None:
        """Have before her what was said today, and nothing that was forgotten or off the record."""
        self._carried = self._past.carried()
        self._day = prompt.Day(prompt.prefix(self._person, self._character), self._carried)
        self._heard: list[str] = []
        self._said: list[str] = []
        self._taken: list[Stance] = []
        self._fact: tuple[str, str] | None = None
        self._today: set[int] = set()
        for moment in self._past.today():
            self._today.add(moment.id)
            if moment.role == "person":
                self._heard.append(moment.text)
                self._day.add(moment.text, None)
            else:
                self._said.append(moment.text)
                self._day.add("", moment.text)

    async def reread(self) -> None:
        """Something was forgotten elsewhere: have before her, and before the model, only what is left."""
        await self._stop_priming()
        self._asking.pass_by()
        self._asking.claimed = []
        self._read_today()
        self._priming = asyncio.create_task(self._prime(), name="prime the history")

    async def wake(self) -> None:
        """Have the frozen prefix in the model's cache: from disk, or by reading it once."""
        if not await self._model.restore_prefix(self._day.name):
            await self._model.prefill(self._day.frozen)
            await self._model.save_prefix(self._day.name)
        self._priming = asyncio.create_task(self._prime(), name="prime the history")

    async def close(self) -> None:
        """Stop reading."""
        await self._stop_priming()

    async def partial(self, text: str) -> None:
        """Read along: what is known of the utterance goes into the model's cache. Cancellable."""
        await self._stop_priming()
        understood = await asyncio.to_thread(self._understand, text)
        if not understood.exact:
            await self._model.prefill(understood.messages)

    async def draft(self, text: str, via: Via) -> AsyncGenerator[Clause]:
        """The reply to `text`, clause by clause, each one guarded. Raises events.ModelAway.

        Nothing is changed by it: it may be closed and asked again.
        """
        await self._stop_priming()
        # In a thread: what comes to mind costs some ten milliseconds, in which she would not hear.
        understood = await asyncio.to_thread(self._understand, text)
        if self._asking.gone and not understood.exact:
            yield Clause(self._asking.gone)
        async with aclosing(self._speaker.speak(understood)) as spoken:
            async for clause in spoken:
                yield Clause(clause)

    @property
    def taken(self) -> Sequence[Stance]:
        """What her replies of this talk did, and why, oldest first: for the debug view and transcripts."""
        return self._taken

    async def settle(self, heard: Utterance, said: Reply | None) -> None:
        """Remember what was heard and what was really said of the reply, then read it in the silence.

        `said` is None when nothing was said (the model was away, or she kept silent).
        """
        text, before = fluent(heard.text), self._said[-1] if self._said else ""
        spoken = as_heard(said.text) if said else ""
        led = self._care.hear(text, self._heard, before)
        self._care.settle(text, self._heard, before, spoken)
        asked = None if led else self._asking.hear(text, before)
        if not asked or asked.keep:
            moment = self._past.record("person", heard.text, heard.at, heard.via, False)
            self._today.add(moment.id)
            if moment.id:
                self._past.feel(moment, self._felt(heard))
            if said and spoken:
                self._today.add(self._past.record("her", spoken, said.at, said.via, said.interrupted).id)
            self._past.learn(moment, before)
        self._since_reminded += 1
        if self._reminding and self._reminding.text.rstrip(".!") in spoken:
            self._raised.add(self._reminding.raised)
            self._since_reminded = 0
        chosen = self._stance_of(heard.text)
        self._taken.append(chosen)
        if chosen.kind == "inform" and spoken:
            self._fact = (fluent(heard.text), spoken)
        self._heard.append(heard.text)
        if spoken:
            self._said.append(spoken)
        self._day.add(heard.text, spoken or None)
        await self._stop_priming()
        if asked and spoken:
            self._asking.settle(asked, text)
            if asked.kind in ("forget", "on"):
                self._read_today()
                self._care.reread()
        else:
            self._asking.pass_by()
        if spoken and self._asking.gone and spoken.startswith(self._asking.gone):
            self._asking.gone = ""
        self._asking.claimed = self._past.answers(fluent(heard.text)) or self._asking.claimed
        self._priming = asyncio.create_task(self._prime(), name="prime the history")

    def _stance_of(self, text: str) -> Stance:
        """The stance of the reply that was drafted to these words, or, without one, of the one that would be."""
        if self._chosen and self._chosen[0] == text:
            return self._chosen[1]
        return stance.choose(self._see(fluent(text)))

    async def greet(self) -> AsyncGenerator[Clause]:
        """Her first words of a talk: she knows when the last one was, and what about."""
        await self._stop_priming()
        plan = greeting.plan(self._person, self._past.last_talk(), self._clock())
        if after := self._care.returning():
            yield Clause(plan.hello)
            yield Clause(after)
            return
        if brought := self._brings(plan.hello):
            async with aclosing(self._speaker.speak(brought)) as spoken:
                async for clause in spoken:
                    yield Clause(clause)
            return
        if plan.about and self._care.dark(plan.about):
            plan = greeting.Greeting(plan.hello)
        known = Known(plan.about, said=self._said, person=self._person.name, being=self._being.name)
        if not plan.about or not self._speaker.passes(plan.opening, known):
            plan = greeting.Greeting(plan.hello)
        chosen = Stance("again" if plan.about else "hello", "she greets")
        asked = self._day.messages(f'(Earlier: "{plan.about}") It\'s me.' if plan.about else "It's me.")
        they = pronoun([plan.about])
        again = beginnings(chosen.kind, Seen("", self._said), they, self._rng)
        understood = Understood(chosen, asked, known, plan.opening, questions=again)
        async with aclosing(self._speaker.speak(understood)) as spoken:
            async for clause in spoken:
                yield Clause(clause)

    def _brings(self, hello: str) -> Understood | None:
        """A greeting that brings up what is due: a plan that is over, or, where nothing hurts, a thought of hers."""
        self._bringing = None
        it, last = self._past.brings(), self._past.last_talk()
        if it is None or (isinstance(it, Thought) and last and any(map(self._hurts, last.moments))):
            return None
        words = greeting.bringing(it, self._clock())
        known = self._known("", [*self._heard, words], facts=True)
        if not self._speaker.passes(f"{hello} {words}", known) or self._care.dark(words):
            return None
        self._bringing = it, words
        return Understood(Stance("memory", "she brings something up"), [], known, f"{hello} {words}")

    def _hurts(self, moment: Moment) -> bool:
        return moment.role == "person" and stance.choose(Seen(moment.text)).kind == "hard"

    async def greeted(self, said: Reply) -> None:
        """Remember what of the greeting was heard."""
        spoken = as_heard(said.text)
        if not spoken:
            return
        self._care.greeted(spoken)
        if self._bringing and self._bringing[1].rstrip(".?!") in spoken:
            self._past.brought(self._bringing[0])
        self._today.add(self._past.record("her", spoken, said.at, said.via, said.interrupted).id)
        self._said.append(spoken)
        self._day.add("", spoken)
        await self._stop_priming()
        self._priming = asyncio.create_task(self._prime(), name="prime the history")

    def _felt(self, heard: Utterance) -> Feeling:
        """What may be felt in what was heard: by its words, and where it was listened for, by its sound."""
        felt = self._perceive(fluent(heard.text), self._heard)
        if heard.arousal is None:
            return felt
        return replace(felt, arousal=(felt.arousal + heard.arousal) / 2, source="voice")

    # ── understanding ───────────────────────────────────────────────────────────────────────

    def _understand(self, said: str) -> Understood:
        understood = self._answer_to(fluent(said))
        self._chosen = (said, understood.stance)
        return understood

    def _answer_to(self, text: str) -> Understood:
        before = self._said[-1] if self._said else ""
        if led := self._care.hear(text, self._heard, before):
            known = self._known(text, [*self._heard, self._character])
            messages = self._day.messages(text)
            return led_by_care(led, self._see(text), self._heard, messages, known, self._rng)
        if asked := self._asking.hear(text, before):
            return self._of_memory(text, asked)
        if dispute := self._disputed(text):
            return self._of_dispute(text, dispute)
        seen = self._see(text)
        chosen = stance.choose(seen)
        if chosen.kind in _MAY_ASK_OF_LIFE and (held := self._past.answers(text)):
            return self._of_beliefs(text, held)
        if self._person.name and telling.ASKS_OWN_NAME.search(text):
            return self._exactly(
                text, f"{self._person.name}.", "asks for their own name", [self._person.name]
            )
        came = self._past.recall(text)
        told = self._told(text, chosen, came)
        if chosen.kind != "recall":
            if told:
                chosen = Stance("recall", "asks what was told")
            elif telling.wonders(text) and telling.names_somebody(text, came):
                chosen = Stance("recall", "asks of somebody she knows")
            elif telling.asks_who(text):
                chosen = Stance("recall", "asks who of those around them")
        reminded = None if told or chosen.kind not in _MAY_REMIND else self._reminded(came)
        if reminded:
            chosen, told = Stance("reminded", "something of another day came to mind"), reminded
        self._reminding = reminded
        touched = [] if told else self._touched(text, came)
        quoted = [told.text] if told else [each.text for each in touched]
        known = self._known(
            text,
            [*self._carried, *self._heard, *quoted, self._character],
            facts=bool(told) or chosen.kind in ("inform", "play", "joke", "tell"),
            advice=chosen.kind == "suggest",
            about_her=chosen.kind in ("about_her", "decline"),
            leaving=chosen.kind == "goodbye",
        )
        they = pronoun([*self._heard[-2:], text])
        asks = manner(chosen.kind).may_ask(self._said, self._asks(seen))
        return Understood(
            chosen,
            self._day.messages(with_memory(text, touched)),
            known,
            opening(chosen, seen, self._heard, self._quoted(told), self._rng),
            second(chosen, seen, they, self._rng),
            lead(chosen, text, self._heard, self._said, self._rng),
            beginnings(chosen.kind, seen, they, self._rng) if asks else (),
        )

    def _see(self, text: str) -> Seen:
        """What the choice of a stance looks at."""
        feeling = self._perceive(text, self._heard)
        kinds = [each.kind for each in self._taken]
        felt = [(line, self._perceive(line, self._heard[:at])) for at, line in self._lately()]
        return Seen(text, self._said, kinds, feeling, self._being.traits, self._heard, felt)

    def _lately(self) -> list[tuple[int, str]]:
        """The person's last lines with their places, the latest first."""
        return list(enumerate(self._heard))[-LATELY:][::-1]

    def _asks(self, seen: Seen) -> float:
        """How much she asks, 0 to 1: how curious she is, and what she has learned of this person."""
        traits = self._being.traits
        evening = datetime.fromtimestamp(self._clock()).hour >= EVENING
        learned = traits.get("asks", 0.0) + (traits.get("asks in the evening", 0.0) if evening else 0.0)
        return seen.trait("curious") + learned

    def _of_memory(self, text: str, asked: Asked) -> Understood:
        """What was asked of her memory is answered in code's words."""
        return self._exactly(text, asked.reply, asked.why, asked.rests_on)

    def _exactly(self, text: str, reply: str, why: str, rests_on: Sequence[str] = ()) -> Understood:
        """An answer that must be exact: no model finds its words."""
        known = self._known(text, [*self._heard, *rests_on], facts=True)
        return Understood(Stance("memory", why), self._day.messages(text), known, reply)

    def _disputed(self, text: str) -> Dispute | None:
        """What is disputed of the fact she has just told; or supposed, and asked to be agreed with."""
        if self._fact and self._taken and self._taken[-1].kind in ("inform", "hold"):
            return holding.disputed(text, *self._fact)
        return holding.supposed(text)

    def _of_dispute(self, text: str, dispute: Dispute) -> Understood:
        known = self._known(text, [*self._heard, self._character], facts=True)
        chosen = Stance("hold", "a fact is disputed" if dispute.answer else "a fact is supposed")
        opened = opening(chosen, Seen(text, self._said), self._heard, None, self._rng)
        return Understood(chosen, self._day.messages(text), known, opened, dispute=dispute)

    def _of_beliefs(self, text: str, held: Sequence[Belief]) -> Understood:
        """A question about this life that she knows the answer to."""
        told = [each.text if each.current else f"it was {each.value} before" for each in held]
        line = told[0] if len(told) == 1 else f"{', '.join(told[:-1])}, and {told[-1]}"
        return self._exactly(text, f"{line[:1].upper()}{line[1:]}.", "asks what she holds true", told)

    def _quoted(self, told: Told | None) -> str | None:
        """What was told, as she says it."""
        if told is None:
            return None
        say = telling.raised if told.raised else telling.quoted
        return say(told.text, told.at, self._clock())

    def _told(self, question: str, chosen: Stance, came: Sequence[Came]) -> Told | None:
        """What the person told that answers a question; asked in general, the last talk's best line."""
        asked = chosen.kind == "recall"
        if asked and not content(question) and (past := self._past.last_talk()):
            line = greeting.worth_mentioning(past.moments)
            return Told(line, past.ended) if line else None
        if not (asked or telling.wonders(question)):
            return None
        surely = asked or telling.names_somebody(question, came)
        found = telling.answers(question, came, surely=surely, unsayable=self._past.unsayable)
        return found[0] if found else None

    def _reminded(self, came: Sequence[Came]) -> Told | None:
        """What a friend would be reminded of now: of another day, likely to belong here, not raised before.

        Seldom, or it would be a habit instead of a memory.
        """
        if not came or self._since_reminded < BETWEEN_REMINDERS:
            return None
        best, moment = came[0], came[0].moment
        old = self._clock() - moment.at >= ANOTHER_DAY_S
        if best.score < LIKELY or not old or moment.id in self._today or moment.id in self._raised:
            return None
        if len(moment.text.split()) > greeting.LONGEST or self._past.unsayable(moment.text):
            return None
        if self._care.dark(moment.text):
            return None
        return Told(moment.text, moment.at, raised=moment.id)

    def _known(self, text: str, heard: Sequence[str], **fitting: bool) -> Known:
        """What a reply may rest on; `fitting` are the flags of `care.Known`."""
        return Known(
            text, heard=heard, said=self._said, person=self._person.name, being=self._being.name, **fitting
        )

    def _touched(self, text: str, came: Sequence[Came]) -> list[Moment]:
        """What the person said that touches these words, of other days: this one is before her anyway."""
        return [
            each.moment
            for each in came
            if each.moment.role == "person"
            and not each.moment.text.endswith("?")
            and each.moment.id not in self._today
            and touches(text, each.moment.text)
        ]

    # ── the silence ─────────────────────────────────────────────────────────────────────────

    async def _prime(self) -> None:
        # Reading ahead is a favour: when it fails, the next draft meets the same fault and says so.
        with suppress(BecomingError):
            await self._model.prefill(self._day.messages())

    async def _stop_priming(self) -> None:
        task, self._priming = self._priming, None
        if task:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


EVENING = 18

LIKELY = 0.6
"""From this chance on that it belongs here, a memory may be raised unasked."""

LATELY = 3
"""So many lines before this one count when she is asked what she hears."""

BETWEEN_REMINDERS = 6
"""Turns between two of them."""

ANOTHER_DAY_S = 12 * 3600.0
_MAY_REMIND = ("ask", "reflect", "celebrate")
"""Not where it hurts: what is like a low mood deepens it."""

_MAY_ASK_OF_LIFE = ("recall", "inform", "ask", "reflect", "about_her", "decline", "brief")
"""Stances under which a line may be a question about this life; a plea for advice, say, is not one."""
