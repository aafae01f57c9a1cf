"""One house, open.

`Home` is one installation: the person's memory, her ears and mouth, her language model, and the
conversation (or, before it, the birth) that they serve. The page, the wire and the terminal talk
with a `Home` and with nothing behind it.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Self

from becoming import __version__
from becoming.app import parts
from becoming.app.able import Able
from becoming.app.ringing import Ringing
from becoming.app.sight import Sight
from becoming.care import Caring, Guard, notice, self_test, served
from becoming.care.hearing import UPPER, Hearing
from becoming.config import Settings
from becoming.conversation.asked import Lights
from becoming.conversation.birth_talk import BirthTalk
from becoming.conversation.hands.pace import NOTE as PACE
from becoming.conversation.nearest import Nearest
from becoming.conversation.parting import fits
from becoming.conversation.telling import said_at
from becoming.conversation.turn import Conversation
from becoming.events import (
    BecomingError,
    Being,
    Checkin,
    Clause,
    Loss,
    ModelAway,
    Person,
    Receipt,
    Reply,
    SpeechEvent,
    Utterance,
    Via,
)
from becoming.feelings import Perceiving
from becoming.llm.brain import Brain
from becoming.llm.embedded import drop_prompts
from becoming.memory.leaving import goodbye
from becoming.memory.leaving.goodbye import Goodbye
from becoming.memory.recall.embedding import Sentences
from becoming.persona.growing import Growing
from becoming.persona.lines import NOTICE
from becoming.persona.traits import character
from becoming.practice import Playing, Practice
from becoming.sleep import Night
from becoming.sleep.schedule import Sleeper
from becoming.speech.engine import Engine, Senses
from becoming.speech.tts import HibariTts
from becoming.store import Store, open_store
from becoming.tools.push import Phones

SILENCE_BEFORE_ASKING_S = 10 * 60.0


class Home:
    """One person's Becoming, open. Made by `open`, ended by `close`."""

    def __init__(self, settings: Settings, store: Store, brain: Brain) -> None:
        """Used by `open`."""
        self._settings, self._store, self._brain = settings, store, brain
        self._night = parts.brain_at_night(settings, brain)
        sentences = Sentences()
        self.perceive = Perceiving(sentences)
        """What may be felt in words of the person, given their lines before."""
        self.life = parts.life_of(settings, store, sentences, self.perceive)
        """The person's memory."""
        self.sounding = parts.sounding_of(self.life.moments)
        """Listens to how the person sounds, if they wish; None where that part was taken out."""
        self.able = Able(self.life, brain, sentences, ear := Sentences(UPPER), self._speak_at)
        """What she can reach for: mail, calendars, reminders, pages, tools of others."""
        self.hands, notes = self.able.hands, self.life.moments
        """What she does besides talking, and what waits for their yes."""
        self._rng = random.Random(settings.seed)
        self._guard, self._hearing = Guard(), Hearing(ear)
        self._near = Nearest(sentences) if brain.far else None
        self.lights = Lights()
        """Of the page: off, and she is a voice alone."""
        self.sight = Sight(settings, brain.model, self.able.walk, lambda: self._talk)
        """What she sees, at a touch."""
        self.care = Caring(
            self._hearing.hear,
            self.life.moments,
            lambda: time.time(),
            country=settings.country,
            off_the_record=lambda: self.life.forgetting.is_off,
        )
        """What stands outside the language model: asked before anything else, whatever is said."""
        self.ringing = Ringing(
            self.able.reminders,
            Phones(notes.get, notes.put, time.time),
            time.time,
            heard=self._rang,
            quiet=lambda: self.life.checkins.is_quiet(datetime.now().hour),
            held=lambda: bool(self.care.state.open),
        )
        """Rings for what the person is to be reminded of."""
        self.growing = Growing(store)
        """How she has changed since her birth."""
        self.left: Goodbye | None = None
        """Set when they left for good: from then on there is nothing here."""
        self.gone = asyncio.Event()
        self._talk: Conversation | BirthTalk
        self._practice: Practice | None = None
        self._newborn: dict[str, Any] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._senses: Senses | None = None
        self._being: Being | None = None
        self._person: Person | None = None
        self._sleeper = Sleeper(
            lambda: parts.night_of(settings, store, self._night.model, self.life, self.perceive),
            time.time,
            self._woken,
        )
        self.ahead = True
        """Whether she thinks while she listens; a benchmark switches it off to show what it brings."""

    # ── opening and closing ─────────────────────────────────────────────────────────────────

    @classmethod
    async def open(cls, settings: Settings, brain: Brain) -> Self:
        """Wake her: memory, voice and language model at once. Raises BecomingError."""
        passphrase = settings.passphrase.get_secret_value() if settings.passphrase else None
        # The ears need no memory to wake.
        ears = asyncio.create_task(asyncio.to_thread(parts.load_ears, settings))
        try:
            store = await asyncio.to_thread(open_store, settings, passphrase)
        except BaseException:
            ears.cancel()
            raise
        home = cls(settings, store, brain)
        try:
            home.life.moments.begin_session(time.time())
            home.care.talked([moment.at for moment in home.life.moments.since(time.time() - notice.DAY)])
            home._remember_who()
            voice = asyncio.to_thread(HibariTts, home._being.voice if home._being else settings.voice)
            checked = asyncio.to_thread(self_test.check, home._hearing.hear, home._guard)
            waking = (ears, voice, home._wake(), checked, home.sight.open())
            with_voice, tts, *_ = await asyncio.gather(*waking)
            home._senses = with_voice(tts)
            home._speak_at(home.life.moments.get(PACE) or 1.0)
        except BaseException:
            ears.cancel()
            await home.close()
            raise
        works = (
            parts.backing_up(store),
            home._sleeper.run(),
            parts.warming(home.life, home.hands, home._near),
            home.ringing.run(),
        )
        for work in (*works, *home.able.works()):
            home._spawn(work)
        return home

    async def close(self) -> None:
        """Finish what is under way, take a backup, let go of everything."""
        for task in self._tasks:
            task.cancel()
        self.ringing.close()
        await self._mind.close()
        await asyncio.to_thread(self.able.close)
        await self._brain.close()
        if self._night is not self._brain:
            await self._night.close()
        if self._senses:
            self._senses.ear_worker.shutdown()
            self._senses.mouth_worker.shutdown()
        if not self.left:
            with suppress(BecomingError):
                await asyncio.to_thread(self.able.outbox.work, True)
                await asyncio.to_thread(self._store.backup)
            self._store.close()

    def _remember_who(self) -> None:
        being, person = self.life.moments.get("being"), self.life.moments.get("person")
        if being and person:
            self._begin_life(Being(**being), Person(**person))
        else:
            self._talk = BirthTalk(
                parts.birth_of(self.life.moments, self._rng), self._keep_birth, self._born, self.care
            )

    def _keep_birth(self, state: dict[str, Any]) -> None:
        """After each answer. The age is a note of its own: it holds when everything else is forgotten."""
        self.life.moments.put("birth", state)
        if state["step"] == "turned_away":
            self.life.moments.put("age", "under 18")

    def _begin_life(self, born: Being, person: Person) -> None:
        being = replace(born, traits=self.growing.traits(born.traits))
        self._being, self._person = being, person
        self._talk = Conversation(
            model=self._brain.model,
            being=being,
            person=person,
            character=character(being, person),
            past=self.life,
            guard=self._guard,
            care=self.care,
            clock=time.time,
            rng=self._rng,
            perceive=self.perceive,
            listen=self.sounding.consent if self.sounding else None,
            hands=self.hands,
            lights=self.lights,
            near=self._near,
        )
        playing = Playing(self._brain.model, self._guard, self._rng, self.life.unsayable, self.care.dark)
        self._practice = Practice(
            self._talk, playing, self.life, self.care, person.name, time.time,
            self.able.wants_to_practise, self._settings.home / "scenes",
        )  # fmt: skip

    @property
    def _mind(self) -> Practice | BirthTalk | Conversation:
        """What takes the turns: the birth, or the talk with the rehearsals in it."""
        return self._practice or self._talk

    def _speak_at(self, pace: float) -> None:
        self.senses.tts.pace = pace

    async def _wake(self) -> None:
        await self._brain.wake()
        await self._talk.wake()

    async def _woken(self, night: Night) -> None:
        """What the night has made of her is there before the next word."""
        if night.kind == "night":
            await self.regrow()

    async def regrow(self) -> None:
        """She is what her diary says, before her next word."""
        if isinstance(self._talk, Conversation):
            await self._mind.close()
            self._remember_who()
            self._spawn(self._talk.wake())

    @property
    def grows(self) -> bool:
        """Whether she may change overnight."""
        return parts.may_grow(self._settings, self.life)

    @grows.setter
    def grows(self, on: bool) -> None:
        self.life.moments.put(parts.GROWS, on)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # ── birth ───────────────────────────────────────────────────────────────────────────────

    def _born(self, being: Being, person: Person) -> None:
        """She has a name: from now on it is a conversation. Kept before anybody hears of it."""
        self._newborn = {
            **self.birth_step(),  # type: ignore[dict-item]
            "done": True,
            "expects": "none",
            "being": {"name": being.name, "why": being.why},
        }
        self.life.moments.put("person", asdict(person))
        self.care.records.gave_notice(NOTICE)
        self.life.moments.put("being", asdict(being))
        self._begin_life(being, person)
        self._spawn(self._talk.wake())

    def birth_step(self) -> dict[str, Any] | None:
        """The open question of birth for a screen; None when she is born and has been talked with."""
        return self._talk.step() if isinstance(self._talk, BirthTalk) else self._newborn

    # ── who is here ─────────────────────────────────────────────────────────────────────────

    @property
    def name(self) -> str:
        """Hers; empty before birth."""
        return self._being.name if self._being else ""

    @property
    def person(self) -> str:
        """What the person is called; empty before birth."""
        return self._person.name if self._person else ""

    @property
    def senses(self) -> Senses:
        """Her ears and mouth."""
        assert self._senses is not None
        return self._senses

    def state(self) -> dict[str, Any]:
        """What a page shows before anything is said."""
        if self.left:
            return {"born": False, "name": "", "person": "", "gone": self.left.told, "version": __version__}
        last = self.life.last_talk()
        return {
            "born": self._being is not None,
            "name": self.name,
            "person": self.person,
            "notice": notice.FIRST,
            "version": __version__,
            "sees": self.sight.where,
            "last_talk": last and f"You last talked {said_at(last.ended, time.time())}.",
        }

    def stances(self) -> list[dict[str, str]]:
        """What her replies of this talk did and why, oldest first: for the debug view.

        Kept while the talk runs and not written down: it says what was felt, and must not outlive what is forgotten.
        """
        return (
            [asdict(each) for each in self._talk.today.taken] if isinstance(self._talk, Conversation) else []
        )

    def engine_for(self, emit: Callable[[SpeechEvent], None]) -> Engine:
        """Ears and mouth of one connection, thinking with this house's mind."""
        return Engine(
            self.senses,
            self,
            emit,
            names=(self.name,) if self.name else (),
            backchannels=self._settings.backchannels,
            ahead=self.ahead,
            rng=self._rng,
            stirred=self.sounding.stirred if self.sounding else None,
        )

    # ── the mind ────────────────────────────────────────────────────────────────────────────

    async def partial(self, text: str) -> None:
        """Read along with an utterance."""
        self._sleeper.stir()
        await self._mind.partial(text)

    async def draft(self, text: str, via: Via) -> AsyncIterator[Clause]:
        """The reply, after the notice when one is due; who is in danger is answered first."""
        self._sleeper.stir()
        if self.left:
            yield Clause(self.left.told)
            return
        due = self.care.due() if self._being else None
        urgent = due is not None and self.care.urgent(text)
        if due and not urgent:
            yield Clause(due)
        async for clause in self._mind.draft(text, via):
            yield clause
        if due and urgent:
            yield Clause(due)

    async def settle(self, heard: Utterance, said: Reply | None) -> None:
        """Remember what was heard and really said; leave for good where they said yes to it."""
        self._sleeper.stir()
        if self.left:
            return
        self._newborn = None
        if said and self._being:
            self.care.given(said.text)
        await self._mind.settle(heard, said)
        if self.care.leaving:
            self.care.leaving = False
            await self.leave()

    async def greet(self) -> AsyncIterator[Clause]:
        """Her first words to somebody who comes in."""
        self._sleeper.stir()
        if self.left:
            yield Clause(self.left.told)
            return
        if self._being and (due := self.care.due()):
            yield Clause(due)
        away: ModelAway | None = None
        try:
            async for clause in self._mind.greet():
                yield clause
        except ModelAway as error:  # what rang needs no model
            away = error
        if self._being and not self.care.state.open:
            async for clause in self.ringing.say(came_in=True):
                yield clause
        if away:
            raise away

    async def greeted(self, said: Reply | None) -> None:
        """Remember what of the greeting was heard."""
        if said and not self.left and (said := await self.ringing.said(said)):
            if self._being:
                self.care.given(said.text)
            await self._mind.greeted(said)

    async def _rang(self) -> None:
        """She has reminded them of something, aloud."""
        self._sleeper.stir()
        if isinstance(self._talk, Conversation):
            self._talk.noted("I reminded you.")

    def would_ask(self) -> bool:
        """Whether to come up with a plan of theirs that is over, while the page stands open: only where they chose so, after
        some silence, at a fitting hour, and to nobody in danger. The next greeting brings it."""
        silent = bool(self._being) and not self.left and self._sleeper.quiet_s >= SILENCE_BEFORE_ASKING_S
        free = silent and not (self.care.state.open or (self._practice and self._practice.on))
        return free and self.life.initiative.level == "page" and isinstance(self.life.brings(), Checkin)

    def care_card(self) -> dict[str, Any] | None:
        """What can be tapped beside the talk while somebody is in danger; and where everything is, once it is gone."""
        return {"gone": self.left.told} if self.left else served.card(self.care)

    async def forget(self, loss: Loss) -> Receipt:
        """Let it go for good, out of the running talk too. Raises events.StoreError."""
        receipt = await asyncio.to_thread(self.life.forget, loss)
        self.care.reread()
        if self._practice:
            self._practice.reread()
        if isinstance(self._talk, Conversation):
            if "person" in loss.notes:  # what she was told of them at her birth stands in her character
                await self.regrow()
            else:
                await self._talk.reread()
        return receipt

    async def leave(self) -> Goodbye:
        """They leave for good: a letter and everything in a folder, then all of it erased. Raises InputError or
        StoreError with nothing erased, where it cannot be written."""
        folder = goodbye.free(Path.home() / f"becoming-{datetime.now():%Y-%m-%d}")
        await asyncio.to_thread(self.able.outbox.work, True)
        self.hands.forget()
        drop_passwords = self.able.dropping()
        drop, fit = partial(drop_prompts, self._settings.home), partial(fits, hear=self._hearing.hear)
        self.left = await asyncio.to_thread(goodbye.leave, self._store, folder, drop, fit, time.time())
        drop_passwords()
        for task in self._tasks:
            task.cancel()
        self.ringing.close()
        await self._mind.close()
        self.gone.set()
        return self.left
