"""A rehearsal in the middle of a talk: asked for, set up in two short questions, played, talked over, and followed up.

The same verbs as a conversation, which it wraps: while nothing is rehearsed every turn is the conversation's. As
there, `draft` has no effect and `settle` makes true what was really heard. No line of a play goes into the shared memory,
and none into the conversation; care hears them all, and when it leads the play is over.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from becoming.care import Caring, Led, farewell
from becoming.conversation import Conversation
from becoming.conversation.echo import turned
from becoming.conversation.fluent import fluent
from becoming.events import BecomingError, Clause, Part, Reply, Utterance, Via
from becoming.memory import Life
from becoming.memory.ahead import Ahead, day
from becoming.practice.asking import ASKED, Asked, asked_for, commands
from becoming.practice.debrief import progress
from becoming.practice.moves import sentences
from becoming.practice.playing import Play, Playing, Said
from becoming.practice.rehearsed import NOTE
from becoming.practice.scenes import Scene, scenes
from becoming.practice.steering import DECLINED, Stage, Step, steered

KEPT = 60
"""Of so many rehearsals something is kept."""

LONGEST_DAY = 12
"""Words in which a day is named; who says more is telling something."""

LEADS = ("crisis", "stay", "plan", "read")
"""What of care ends a play. "That's not okay", "do you love me?" and "I'm done with you" are said to whom she plays."""

HOW = "What do they say when they hear something they don't like?"
HOW_ONE = "What does {they} say when {they} hears something {they} doesn't like?"
LEARNED = "And what would you keep from it, for the next time?"
HER_WORDS = "you, as I'd say it"


ASKED_HOW = ("which", "who", "how")
"""Stages in which she has asked what the other one does when it gets hard."""


class Practice:
    """One person's rehearsals, around their conversation."""

    def __init__(
        self,
        talk: Conversation,
        playing: Playing,
        past: Life,
        care: Caring,
        you: str,
        clock: Callable[[], float],
        wanted: Callable[[str], bool],
        own: Path | None = None,
    ) -> None:
        """`you` is what the person is called; `own` a folder of scenes of theirs. `wanted` guesses whether somebody wants to
        practise, where no pattern knows the words."""
        self._talk, self._playing, self._past, self._care = talk, playing, past, care
        self._you, self._clock, self._wanted, self._own = you, clock, wanted, own
        self._stage = Stage()
        self._drafted: tuple[str, Step | None, list[Clause]] = ("", None, [])
        self._aside: list[str] = []
        self._debriefed = ""
        self._of = 0.0  # when the rehearsal was that is talked of afterwards
        self._unkept = False  # nothing of it may be kept
        self._reading: asyncio.Task[None] | None = None

    @property
    def on(self) -> bool:
        """Whether something is rehearsed now, or set up."""
        return self._stage.kind in ("which", "who", "memory", "how", "play")

    # ── the verbs of a talk ─────────────────────────────────────────────────────────────────

    async def wake(self) -> None:
        """As the conversation does."""
        await self._talk.wake()

    async def close(self) -> None:
        """Stop reading."""
        if self._reading:
            self._reading.cancel()
            with suppress(asyncio.CancelledError):
                await self._reading
        await self._talk.close()

    def reread(self) -> None:
        """Something was forgotten elsewhere, and a play may hold it: it is over."""
        self._stage, self._aside, self._debriefed, self._of = Stage(), [], "", 0.0

    async def partial(self, text: str) -> None:
        """Read along, in the play where there is one."""
        if play := self._stage.play if self._stage.kind == "play" else None:
            await self._playing.read(play, text)
        else:
            await self._talk.partial(text)

    async def greet(self) -> AsyncGenerator[Clause]:
        """Somebody comes back in the middle of a play: who speaks is said first."""
        if self._stage.kind == "play" and self._stage.play:
            told = f"We're in the middle of it, and I'm {self._stage.play.scene.told}. Go on, or say stop."
            yield Clause(told)
            return
        async for clause in self._talk.greet():
            yield clause

    async def greeted(self, said: Reply) -> None:
        """Where she asked how the real talk went, what was learned is asked next."""
        if self.on:
            return
        await self._talk.greeted(said)
        asked = [it for it in self._notes() if it.get("asks") and it["asks"].rstrip("?") in said.text]
        if asked:
            self._stage = Stage("went")
            self._of = next((it["at"] for it in reversed(asked) if "went" not in it), asked[-1]["at"])
            self._add(said.at)

    async def draft(self, text: str, via: Via) -> AsyncGenerator[Clause]:
        """The reply; nothing is changed by it. Raises events.ModelAway, and SceneError for a broken scene file."""
        if led := self._led(text):
            for line in led.lines:
                yield Clause(line)
            return
        step = await asyncio.to_thread(self._hear, text)
        clauses: list[Clause] = []
        self._drafted = (text, step, clauses)
        async for clause in self._said(step) if step else self._talk_on(text, via):
            clauses.append(clause)
            yield clause

    async def settle(self, heard: Utterance, said: Reply | None) -> None:
        """What was heard and said counts: for the play alone, or for the conversation."""
        led, stage, text = self._led(heard.text), self._stage, heard.text
        (drafted, step, clauses), self._drafted = self._drafted, ("", None, [])
        if drafted != text:
            step, clauses = None if led else await asyncio.to_thread(self._hear, text), []
        if led or step is None:
            aside = self._aside if led else []
            self._pass_on(heard, said, led)
            await self._talk.settle(heard, said)
            self._talk.today.heard[-1:-1] = aside  # care goes on from all that was said, here too
        elif said:
            if stage.kind not in ASKED_HOW:
                for each in self._singly(text):
                    self._care.settle(each, self._talk.today.heard, self._talk.today.before, said.text)
                    self._aside.append(each)
            self._follow(step, heard, said, clauses)
        if (stage.kind == "play") != (self._stage.kind == "play"):
            self._turn_over()

    async def _talk_on(self, text: str, via: Via) -> AsyncGenerator[Clause]:
        """The conversation's reply; after the real talk, what was learned is asked in the place of any other question."""
        calm = not (farewell.leaves(text) or self._care.urgent(text))
        after = self._stage.kind == "went" and calm
        async for clause in self._talk.draft(text, via):
            if not (after and clause.text.endswith("?")):
                yield clause
        if after:
            yield Clause(LEARNED)

    async def _said(self, step: Step) -> AsyncGenerator[Clause]:
        play, move = step.then.play or self._stage.play, step.move
        for line in step.lines:
            if "{sounds}" in line and play and move:
                line = line.replace("{sounds}", await self._playing.suggest(play, move))
            yield Clause(line)
        if not play:
            return
        if step.theirs:
            yield Clause(step.theirs, play.scene.part)
        if step.does:
            async for line in self._playing.answer(play, step.heard, step.does):
                yield Clause(line, play.scene.part)
        if step.for_you and move:
            voice = Part(HER_WORDS, "female" if play.scene.voice == "male" else "male")
            yield Clause(await self._playing.suggest(play, move), voice)

    # ── care ────────────────────────────────────────────────────────────────────────────────

    def _led(self, text: str) -> Led | None:
        """Care, where it leads out of a rehearsal."""
        kind = self._stage.kind
        if kind in ("off", "went", "learned"):
            return None
        if kind in ASKED_HOW and self._care.tier(text) in ("none", "ask"):
            return None  # she has just asked what the other one does when it gets hard
        heard = self._talk.today.heard  # signs do not add up in a play: its lines are said to somebody else
        led = (self._care.hear(each, heard, self._talk.today.before) for each in self._singly(text))
        return next((each for each in led if each and each.kind in LEADS), None)

    def _singly(self, text: str) -> list[str]:
        """A line to somebody who is played, as care hears it: by its sentences, where only together they sound like danger."""
        parts, dark = sentences(text), self._care.dark
        apart = self._stage.kind == "play" and dark(text) and not any(map(dark, parts))
        return parts if apart else [text]

    def _pass_on(self, heard: Utterance, said: Reply | None, led: Led | None) -> None:
        """The turn was the conversation's: a rehearsal is over, and what was asked afterwards is answered or not."""
        kind, text = self._stage.kind, heard.text
        times = [heard.at, *([said.at] if said else [])]
        tells = not (farewell.leaves(text) or self._care.dark(text) or text.rstrip().endswith("?"))
        if kind == "learned" and len(text.split()) >= 3 and tells:
            self._add(*times, learned=heard.at)
        if kind == "went" and tells:
            self._add(*times, went=heard.at)
        on = kind == "went" and not (led or farewell.leaves(text))
        self._stage, self._aside = Stage("learned" if on else "off"), []

    # ── understanding ───────────────────────────────────────────────────────────────────────

    def _hear(self, text: str) -> Step | None:
        """What comes of these words; None where they are the conversation's. Nothing changes."""
        said, stage = fluent(text), self._stage
        match stage.kind:
            case "play" if stage.play:
                tried = str(self._notes()[-1].get("try", "")) if self._notes() else ""
                return steered(text, stage.play, self._care.dark, self._clock(), tried)
            case "which" | "who" | "memory" | "how" if ASKED["harm"].search(said):
                return Step(Stage(), (DECLINED.format(them="them"),))
            case "which" | "who" | "memory" | "how" if {"stop", "unplanned"} & commands(said):
                return Step(Stage(), ("All right, another time.",))
            case "memory" if stage.asked:
                knows = stage.asked.knows if "yes" in commands(said) else ()
                return self._set_up(replace(stage.asked, knows=knows), offered=True)
            case "how" if stage.asked:
                return self._begin(stage.asked.scene(said))
            case "which" | "who":
                asked = asked_for(f"practise {said}", scenes(self._own), always=True)
                if asked and not (asked.ready or ASKED["talk"].search(said)):
                    goal = stage.asked.goal if stage.asked else ""
                    asked = replace(asked, goal=goal, how=said if len(said.split()) > 5 else "")
                return self._set_up(asked, offered=False) if asked and (asked.who or asked.ready) else None
            case "plan" if stage.play:
                return self._after(said, stage.play)
        return self._asked(said)

    def _asked(self, said: str) -> Step | None:
        """Where nothing is rehearsed: is it asked for?"""
        if self._care.state.open:
            return None
        for kind in commands(said):
            if kind == "list":
                names = [each.title for each in scenes(self._own).values() if each.asked.pattern != "(?!)"]
                told = f"I have {', '.join(names[:-1])}, and {names[-1]}. Or anything of your own: whom do you want to talk with?"
                return Step(Stage("which"), (told,))
            if kind == "progress" and self._notes():
                return Step(self._stage, (progress(self._notes()),))
        asked = asked_for(said, scenes(self._own)) if ASKED["open"].search(said) else None
        if asked is None and self._wanted(said):
            asked = asked_for(f"practise {said}", scenes(self._own), always=True)
        if asked is None:
            return None
        if asked.harmful:
            return Step(Stage(), (DECLINED.format(them=asked.them),))
        return self._set_up(asked, offered=False)

    def _set_up(self, asked: Asked, *, offered: bool) -> Step:
        """The next of at most two questions, or the beginning."""
        if asked.ready:
            return self._begin(asked.ready)
        if not asked.who:
            what = "Whom do you want to talk with, and how are they when they don't like what they hear?"
            return Step(Stage("who" if asked.goal else "which", asked), (what,))
        if not offered and (knows := self._knows(asked)):
            told = f"I know that {' and that '.join(knows)}. May I use that?"
            return Step(Stage("memory", replace(asked, knows=tuple(knows))), (told,))
        if asked.how:
            return self._begin(asked.scene(asked.how))
        line = HOW if asked.they == "they" else HOW_ONE.format(they=asked.they)
        return Step(Stage("how", asked), (line,))

    def _knows(self, asked: Asked) -> list[str]:
        """What she knows of them that may be said: two things at most, what they are called first."""
        names = [name for name, kin in self._past.kinships().items() if kin == asked.kin]
        whom = filter(None, (asked.kin, asked.name, *names))
        held = [it.text for who in whom for it in self._past.beliefs.current(who) if it.kind != "rule"]
        texts = dict.fromkeys([*(f"your {asked.kin} is called {name}" for name in names), *held])
        return [each for each in texts if not self._past.unsayable(each)][:2]

    def _begin(self, scene: Scene) -> Step:
        who = (
            f"{scene.name}, {scene.calls}," if scene.name.lower() not in scene.calls.lower() else scene.calls
        )
        play = Play(scene, self._you)
        return Step(Stage("play", None, play), (f"From here on I'm {who} until you say stop.",), scene.opens)

    def _after(self, said: str, play: Play) -> Step | None:
        """The play is over: a day for the real talk, once more, or a wish to keep it."""
        asked = commands(said)
        if {"again", "over"} & asked:
            return self._begin(play.scene)
        if "keep" in asked and not self._debriefed:
            return Step(self._stage, ("Of this one I keep nothing.",))
        if "keep" in asked:
            told = "Then I keep what I said of it, with your words in it."
            return Step(self._stage, (told,), keeps=self._debriefed)
        if len(said.split()) <= LONGEST_DAY and (found := day(said, self._clock())):
            if self._past.forgetting.is_off:
                return Step(Stage(), ("We're off the record, so I keep no date. Go well with it.",))
            if self._unkept:
                return Step(Stage(), ("Of this I keep nothing, so I keep no date either. Go well with it.",))
            return Step(Stage(), ("Good. I'll ask you afterwards how it went.",), plans=found)
        if "unplanned" in asked:
            return Step(Stage(), ("No hurry. It's here when you want to try it again.",))
        return self._asked(said)

    # ── what follows ────────────────────────────────────────────────────────────────────────

    def _follow(self, step: Step, heard: Utterance, said: Reply, clauses: list[Clause]) -> None:
        """It was answered: the play goes on with what of it was heard."""
        play, stage = step.then.play, step.then
        spoken = [each.text for each in clauses if each.part and each.text in said.text]
        if stage.kind == "play" and self._stage.kind != "play":
            self._debriefed, self._of, self._unkept = "", 0.0, False
        if step.note:
            self._unkept = not self._past.forgetting.keeps(f"{step.note['title']}, {step.note['for']}")
            if not self._unkept:
                self._past.moments.put(NOTE, [*self._notes(), step.note][-KEPT:])
                self._debriefed, self._of = said.text, step.note["at"]
        if step.plans and self._stage.play:
            self._plan(step.plans, heard, said, self._stage.play.scene)
        if step.keeps:
            self._past.record("her", step.keeps, said.at, said.via)
            self._add(said.at, kept=said.at)
        if play and stage.kind == "play":
            if step.heard:
                play = play.adding(Said("you", step.heard))
            if spoken:
                who = "me" if step.for_you else "they"
                play = play.adding(Said(who, " ".join(spoken), step.does or "", play.tone))
            stage = replace(stage, play=play)
        self._stage = stage
        if stage.kind == "off":
            self._aside = []

    def _plan(self, span: tuple[float, float], heard: Utterance, said: Reply, scene: Scene) -> None:
        """The day is kept, which they were told, and she asks afterwards."""
        title = turned(scene.title)
        asks = f"You had the real talk ahead of you, {title}. How did it go?"
        moment = self._past.record("person", heard.text, heard.at, heard.via)
        if moment.id:
            self._past.record("her", said.text, said.at, said.via)
            self._past.checkins.mean_to_ask(moment, Ahead(scene.title, asks, *span))
            self._add(heard.at, said.at, plan=round(span[0]), asks=asks)

    def _turn_over(self) -> None:
        """The model's cache is the play's, or the talk's again. A favour: when it fails, the next draft says so."""

        async def read(play: Play | None) -> None:
            with suppress(BecomingError):
                await self._talk.close()
                await (self._playing.read(play) if play else self._talk.wake())

        if self._reading:
            self._reading.cancel()
        self._reading = asyncio.create_task(read(self._stage.play if self._stage.kind == "play" else None))

    # ── the note ────────────────────────────────────────────────────────────────────────────

    def _notes(self) -> list[dict[str, Any]]:
        return list(self._past.moments.get(NOTE) or [])

    def _add(self, *times: float, **more: Any) -> None:
        """To the rehearsal that is talked of: when this was said, in moments of the memory, and what `more` there is."""
        if not self._past.forgetting.is_off:
            notes = [
                {**it, **more, "said": [*it.get("said", ()), *times]} if it["at"] == self._of else it
                for it in self._notes()
            ]
            self._past.moments.put(NOTE, notes)
