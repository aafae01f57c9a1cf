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

from becoming.care import Caring, Guard
from becoming.conversation import greeting, stance
from becoming.conversation.asked import Asking, Lights
from becoming.conversation.bridging import Bridging
from becoming.conversation.fluent import as_heard, fluent
from becoming.conversation.hands import Hands, Imagined
from becoming.conversation.kinds import Seen, Stance
from becoming.conversation.manner import pronoun
from becoming.conversation.nearest import Nearest
from becoming.conversation.questions import beginnings
from becoming.conversation.speaking import Model, Speaker, Understood
from becoming.conversation.today import Today
from becoming.conversation.understanding import Understanding
from becoming.events import (
    BecomingError,
    Being,
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
from becoming.memory import Life


class Conversation:
    """The day's talk between one person and her."""

    def __init__(
        self,
        model: Model,
        being: Being,
        person: Person,
        character: str,
        past: Life,
        guard: Guard,
        care: Caring,
        clock: Callable[[], float],
        rng: random.Random,
        perceive: Callable[[str, Sequence[str]], Feeling],
        listen: Callable[[bool], None] | None = None,
        hands: Hands | None = None,
        lights: Lights | None = None,
        near: Nearest | None = None,
    ) -> None:
        """After a restart the talk goes on from what `past` holds of today.

        `care` is asked before anything else. `perceive` says what may be felt in words of the person, given their
        lines before; `listen` keeps whether they want their voice listened to, None where that cannot be done. `hands` do what
        is asked of her besides talking; `near` has examples for a model that has room for them.
        """
        self._model, self._person, self._character = model, person, character
        self._past, self._care, self._clock, self._rng, self._perceive = past, care, clock, rng, perceive
        self._speaker = Speaker(model, guard, rng, past.unsayable)
        self._asking, self._hands = Asking(past, clock, listen, lights or Lights()), hands
        self._bridging = Bridging(past, clock, rng, lambda: not (care.state.open or care.returning()))
        self._understanding = Understanding(
            being,
            person,
            character,
            past,
            care,
            self._asking,
            clock,
            rng,
            perceive,
            self._read(),
            self._bridging,
            hands,
            near,
        )
        self._bringing: tuple[Checkin | Thought, str] | None = None
        self._priming: asyncio.Task[None] | None = None
        self._chosen: tuple[str, Stance] | None = None

    @property
    def today(self) -> Today:
        """What was said today, as far as it may be known."""
        return self._understanding.today

    def _read(self) -> Today:
        return Today.of(self._past, self._person, self._character)

    async def reread(self) -> None:
        """Something was forgotten elsewhere: have before her, and before the model, only what is left."""
        await self._stop_priming()
        self._asking.pass_by()
        self._asking.claimed = []
        if self._hands:
            self._hands.forget()
        self._understanding.today = self._read()
        self._begin_priming()

    async def wake(self) -> None:
        """Have the frozen prefix in the model's cache: from disk, or by reading it once."""
        day = self.today.day
        if not await self._model.restore_prefix(day.name):
            await self._model.prefill(day.frozen)
            await self._model.save_prefix(day.name)
        self._begin_priming()

    async def close(self) -> None:
        """Stop reading."""
        await self._stop_priming()

    async def partial(self, text: str) -> None:
        """Read along: what is known of the utterance goes into the model's cache. Cancellable."""
        await self._stop_priming()
        understood = await asyncio.to_thread(self._understand, text)
        if not (understood.exact or understood.then or understood.stance.kind == "imagine"):
            await self._model.prefill(understood.messages)

    async def draft(self, text: str, via: Via) -> AsyncGenerator[Clause]:
        """The reply to `text`, clause by clause, each one guarded. Raises events.ModelAway.

        Nothing is changed by it: it may be closed and asked again.
        """
        await self._stop_priming()
        # In a thread: what comes to mind costs some ten milliseconds, in which she would not hear.
        understood = await asyncio.to_thread(self._understand, text)
        if self._asking.gone and not (understood.exact or understood.then):
            yield Clause(self._asking.gone)
        if self._hands and (told := self._hands.told) and understood.stance.kind != "care":
            yield Clause(told)
        async with aclosing(self._speaker.speak(understood, aloud=via == "voice")) as spoken:
            async for clause in spoken:
                yield Clause(clause)

    async def look(self, it: Imagined) -> AsyncGenerator[Clause]:
        """What is imagined of one picture. Raises events.ModelAway."""
        await self._stop_priming()
        async with aclosing(self._speaker.speak(self._understanding.imagined(it), aloud=True)) as spoken:
            async for clause in spoken:
                yield Clause(clause)

    def noted(self, words: str) -> None:
        """All that stays in the talk of what she did, as long as it lasts."""
        self.today.add("", words)
        self._begin_priming()

    def _understand(self, said: str) -> Understood:
        understood = self._understanding.of(fluent(said))
        self._chosen = (said, understood.stance)
        return understood

    async def settle(self, heard: Utterance, said: Reply | None) -> None:
        """Remember what was heard and what was really said of the reply, then read it in the silence.

        `said` is None when nothing was said (the model was away, or she kept silent).
        """
        today, text = self.today, fluent(heard.text)
        before, spoken = today.before, as_heard(said.text) if said else ""
        led = self._care.hear(text, today.heard, before)
        first = self._hands if self._hands and self._hands.awaits and not led else None
        done = await asyncio.to_thread(first.hear, text) if first else None
        asked = None if led or done else self._asking.hear(text, before)
        answered = None if led or done or asked else self._bridging.hear(text)
        moment = None
        if self._hands:
            done = None if led or asked or answered else await asyncio.to_thread(self._hands.hear, text)
            self._hands.settle(text, done, spoken)
            # Others' words go no further: not into the memory, the prompt, or what is understood of this talk.
            spoken = done.noted if done and spoken else spoken
        self._care.settle(text, today.heard, before, spoken)
        if not done and (not asked or asked.keep):
            moment = self._keep(heard, said if spoken else None, before)
            if self._care.harmed(text):
                self._past.harmed(moment)
        self._understanding.settle(spoken)
        chosen = self._stance_of(heard.text)
        self._bridging.settle(answered, text, moment, spoken, chosen.kind)
        today.taken.append(chosen)
        if chosen.kind == "inform" and spoken:
            today.fact = (text, spoken)
        apart = bool(done and done.apart)
        if not apart:
            today.add(heard.text, spoken)
        elif today.before != spoken:
            today.add("", spoken)
        if done and not apart:
            today.heard.pop()  # "the one from Anna" is nothing to come back to
        await self._stop_priming()
        if asked and spoken:
            self._asking.settle(asked, text)
            if asked.kind in ("forget", "on"):
                self._understanding.today = self._read()
                self._care.reread()
                if self._hands and asked.kind == "forget":
                    self._hands.forget()
        else:
            self._asking.pass_by()
        if spoken and self._asking.gone and spoken.startswith(self._asking.gone):
            self._asking.gone = ""
        self._asking.claimed = self._past.answers(text) or self._asking.claimed
        self._begin_priming()

    def _keep(self, heard: Utterance, said: Reply | None, before: str) -> Moment:
        """Write both sides of the turn, what was felt, and what it teaches; the person's is given back."""
        moment = self._past.record("person", heard.text, heard.at, heard.via, False)
        self.today.moments.add(moment.id)
        if moment.id:
            self._past.feel(moment, self._felt(heard))
        if said:
            self._record(said)
        self._past.learn(moment, before)
        return moment

    def _record(self, said: Reply) -> str:
        """Write what of hers was heard, which is given back."""
        spoken = as_heard(said.text)
        moment = self._past.record("her", spoken, said.at, said.via, said.interrupted)
        self.today.moments.add(moment.id)
        return spoken

    def _felt(self, heard: Utterance) -> Feeling:
        """What may be felt in what was heard: by its words, and where it was listened for, by its sound."""
        felt = self._perceive(fluent(heard.text), self.today.heard)
        if heard.arousal is None:
            return felt
        return replace(felt, arousal=(felt.arousal + heard.arousal) / 2, source="voice")

    def _stance_of(self, text: str) -> Stance:
        """The stance of the reply that was drafted to these words, or, without one, of the one that would be."""
        if self._chosen and self._chosen[0] == text:
            return self._chosen[1]
        return stance.choose(self._understanding.see(fluent(text)))

    # ── the greeting ────────────────────────────────────────────────────────────────────────

    async def greet(self) -> AsyncGenerator[Clause]:
        """Her first words of a talk: she knows when the last one was, and what about."""
        await self._stop_priming()
        unnamed = self._past.unsayable(f"{self._person.name}.")  # "don't call me that"
        person = replace(self._person, name="") if unnamed else self._person
        plan = greeting.plan(person, self._past.last_talk(), self._clock())
        if after := self._care.returning():
            yield Clause(plan.hello)
            yield Clause(after)
            return
        understood = self._brings(plan.hello) or self._greets(plan)
        async with aclosing(self._speaker.speak(understood, aloud=False)) as spoken:
            async for clause in spoken:
                yield Clause(clause)

    def _greets(self, plan: greeting.Greeting) -> Understood:
        """A greeting that asks how something of the last talk went; a plain one where there is nothing to ask."""
        said = self.today.said
        known = self._understanding.known(plan.about, ())
        if not plan.about or self._care.dark(plan.about) or not self._speaker.passes(plan.opening, known):
            plan = greeting.Greeting(plan.hello)
            known = replace(known, utterance="", said=())  # a greeting may be said twice a day
        chosen = Stance("again" if plan.about else "hello", "she greets")
        asked = self.today.day.messages(f'(Earlier: "{plan.about}") It\'s me.' if plan.about else "It's me.")
        again = beginnings(chosen.kind, Seen("", said), pronoun([plan.about]), self._rng)
        return Understood(chosen, asked, known, plan.opening, questions=again)

    def _brings(self, hello: str) -> Understood | None:
        """A greeting that brings up what is due: a plan that is over, or, where nothing hurts, a thought of hers."""
        self._bringing = None
        it, last = self._past.brings(), self._past.last_talk()
        if it is None or (isinstance(it, Thought) and last and any(map(_hurts, last.moments))):
            return None
        words = greeting.bringing(it, self._clock())
        known = self._understanding.known("", [*self.today.heard, words], facts=True)
        if not self._speaker.passes(f"{hello} {words}", known) or self._care.dark(words):
            return None
        self._bringing = it, words
        return Understood(Stance("memory", "she brings something up"), [], known, f"{hello} {words}")

    async def greeted(self, said: Reply) -> None:
        """Remember what of the greeting was heard."""
        if not as_heard(said.text):
            return
        spoken = self._record(said)
        self._care.greeted(spoken)
        self._bridging.greeted(spoken)
        if self._bringing and self._bringing[1].rstrip(".?!") in spoken:
            self._past.brought(self._bringing[0])
        self.today.add("", spoken)
        await self._stop_priming()
        self._begin_priming()

    # ── the silence ─────────────────────────────────────────────────────────────────────────

    def _begin_priming(self) -> None:
        self._priming = asyncio.create_task(self._prime(), name="prime the history")

    async def _prime(self) -> None:
        # Reading ahead is a favour: when it fails, the next draft meets the same fault and says so.
        with suppress(BecomingError):
            await self._model.prefill(self.today.day.messages())

    async def _stop_priming(self) -> None:
        task, self._priming = self._priming, None
        if task:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def _hurts(moment: Moment) -> bool:
    return moment.role == "person" and stance.choose(Seen(moment.text)).kind == "hard"
