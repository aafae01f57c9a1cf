"""Small steps back to people: one is offered at a fitting moment, agreed to or dropped, and asked about afterwards.

Code chooses whether, towards whom (`memory/bridges.py`) and in which words; no model is asked. Nothing is offered in
the first minutes, while it hurts most, at a goodbye, or where danger was heard; `hear` and `offer` only understand,
and what follows happens in `settle`, when it was really said.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from becoming.conversation import files
from becoming.conversation.fluent import capital
from becoming.conversation.kinds import Kind, Seen, Stance
from becoming.conversation.stance import VERY_SURE
from becoming.events import Moment
from becoming.memory import Life
from becoming.memory.ahead import days
from becoming.memory.bridges import when
from becoming.memory.company import Someone

SILENCE_S, FIRST_S, FIRST_TURNS = 30 * 60.0, 3 * 60.0, 5
"""After so long a new talk begins; so much of it goes by first, in time and in turns."""

HEARD_OUT, LONG = 2, 4
"""Turns on something hard before a step is offered; in the middle of it, so many."""

HARD: tuple[Kind, ...] = ("hard", "leans", "challenge", "other_side")
FITTING: tuple[Kind, ...] = ("reflect", "ask", "brief", "thanks", "suggest", "leans", "light", "celebrate")
_TABLE = files.table("bridges.toml")
_ANSWER = {kind: re.compile(said, re.IGNORECASE) for kind, said in _TABLE["answer"].items()}


@dataclass(frozen=True, slots=True)
class Step:
    """One small step towards somebody: `line` offers it, `asks` is asked afterwards, for the time it is offered for."""

    who: int
    line: str
    asks: str
    when: str
    begins: float
    over: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What was made of an answer: her reply, and the step where it was agreed to."""

    reply: str
    why: str
    step: Step | None = None
    declined: int = 0


class Bridging:
    """The small state of it, for the talk that goes on."""

    def __init__(
        self, past: Life, clock: Callable[[], float], rng: random.Random, calm: Callable[[], bool]
    ) -> None:
        """`calm` says whether no danger was heard lately."""
        self._past, self._clock, self._rng, self._calm = past, clock, rng, calm
        self._planned: Step | None = None
        self._open: Step | None = None
        self._asked_after = False
        self._begin()

    def _begin(self) -> None:
        self._began = self._last = self._clock()
        self._turns = self._hard = 0
        self._hurts: list[str] = []
        self._done = False

    def hear(self, text: str) -> Answer | None:
        """Understand an answer to the step she has just offered, or has asked about; nothing changes."""
        said = text.strip().replace("’", "'")
        if self._asked_after and _ANSWER["undone"].search(said) and len(said.split()) <= 12:
            return Answer(self._one("not_done"), "did not get to a step, and need not have")
        step = self._open
        if step is None:
            return None
        turns = _ANSWER["turns"].search(re.sub(r"\bwhy not\b", "", said, flags=re.IGNORECASE))
        if _ANSWER["yes"].match(said) and not turns:
            begins, over = days(said, self._clock()) or (step.begins, step.over)
            own = (begins, over) != (step.begins, step.over)
            named = _said(begins, over, self._clock()) if own else step.when
            reply = self._one("agreed", when=named, When=capital(named))
            agreed = Step(step.who, step.line, step.asks, named, self._clock(), over)
            return Answer(reply, "agrees to a step towards somebody", agreed)
        if _ANSWER["no"].match(said):
            if len(said.split()) > 8:  # a no with a story: it is dropped, and the story heard
                return None
            return Answer(self._one("declined"), "declines a step", declined=step.who)
        return None

    def offer(self, chosen: Stance, seen: Seen) -> Step | None:
        """The step to offer with the reply that is being found; None nearly always."""
        self._planned = None
        long = self._hard >= LONG and chosen.kind == "hard"
        fits = chosen.kind in FITTING or long
        now = self._clock()
        early = now - self._began < FIRST_S or self._turns < FIRST_TURNS or now - self._last > SILENCE_S
        if self._done or early or not fits or self._hard < HEARD_OUT:
            return None
        if seen.unpleasant(VERY_SURE) and not long:
            return None
        if not self._calm() or self._past.initiative.level == "never" or self._past.left() & _WITHOUT:
            return None
        lines = [*self._hurts, seen.text]
        today = {who for line in lines for who in self._past.company.spoken_of(line)}
        if one := self._past.bridges.towards(today):
            self._planned = self._step(one, now)
        return self._planned

    def settle(
        self, answer: Answer | None, text: str, moment: Moment | None, spoken: str, kind: Kind
    ) -> None:
        """The turn is over: an answer that was given counts, and a step that was heard is open for the next words."""
        now, step, bridges = self._clock(), self._open, self._past.bridges
        if now - self._last > SILENCE_S:
            self._begin()
        self._last, self._turns, self._asked_after = now, self._turns + 1, False
        self._hard += kind in HARD
        self._done = self._done or kind == "care"
        if kind in HARD:
            self._hurts.append(text)
        self._open, planned = None, self._planned
        self._planned = None
        if answer and answer.step and moment and moment.id and spoken:
            it = answer.step
            bridges.agreed(it.who, moment, it.asks, it.begins, it.over)
        elif step and moment and moment.id and _ANSWER["no"].match(text.strip().replace("’", "'")):
            bridges.declined(step.who)
        if planned and planned.line.rstrip("?") in spoken:
            self._open, self._done = planned, True
            bridges.offered(planned.who)

    def greeted(self, spoken: str) -> None:
        """A talk begins; perhaps with the question how it was."""
        self._begin()
        self._asked_after = bool(_ANSWER["after"].search(spoken))

    def _step(self, one: Someone, now: float) -> Step:
        far = any(each.relation == "lives_in" for each in one.facts)
        steps = [each for each in _TABLE["step"] if each.get("far", True) or not far]
        chosen, (words, begins, over) = self._rng.choice(steps), when(now)
        name = one.name if one.name != one.kin else one.called
        line = self._rng.choice(chosen["says"]).format(name=name, when=words)
        asks = self._one("asks", do=chosen["do"], name=name)
        return Step(one.id, line, asks, words, begins, over)

    def _one(self, kind: str, **named: str) -> str:
        chosen: str = self._rng.choice(_TABLE["said"][kind])
        return chosen.format(**named)


_WITHOUT: frozenset[str] = frozenset({"steps towards people", "questions"})


def _said(begins: float, over: float, now: float) -> str:
    """Near days as one says them."""
    day, away = datetime.fromtimestamp(begins), (datetime.fromtimestamp(begins).date() - datetime.fromtimestamp(now).date()).days  # fmt: skip
    if over - begins > 1.5 * 86_400:
        return "at the weekend" if day.weekday() == 5 else "next week" if away > 1 else "this week"
    return {0: "today", 1: "tomorrow"}.get(away, f"{day:%A}" if away < 7 else f"{day:%A} week")
