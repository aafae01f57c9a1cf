"""A small memory in lists; what it would answer is written down by the test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from becoming.events import (
    Belief,
    Checkin,
    Evidence,
    Feeling,
    Lesson,
    Loss,
    Moment,
    Receipt,
    Role,
    Thought,
    Via,
)
from becoming.memory.feelings.looking_back import LookedBack
from becoming.memory.feelings.putting_right import Righted


@dataclass
class LastTalk:
    ended: float
    moments: list[Moment]


@dataclass
class Came:
    moment: Moment
    score: float = 0.0
    around: tuple[Moment, ...] = ()


class Nobody:
    """Nobody is known: no step is offered towards anybody."""

    level = "hello"

    def all(self) -> list[object]:
        return []

    def spoken_of(self, words: str) -> set[int]:
        return set()

    def towards(self, today: object) -> None:
        return None


@dataclass
class Past:
    company = bridges = initiative = Nobody()
    moments: list[Moment] = field(default_factory=list)
    recalled: tuple[str, ...] = ()
    likely: float = 0.0
    held: tuple[Belief, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    taught: tuple[Lesson, ...] = ()
    loss: Loss = field(default_factory=lambda: Loss(""))
    forgotten: list[Loss] = field(default_factory=list)
    off: bool = False
    last: LastTalk | None = None
    forbidden: str = ""
    portrait: tuple[str, ...] = ()
    due: Checkin | Thought | None = None
    brought_up: list[Checkin | Thought] = field(default_factory=list)
    felt: dict[int, Feeling] = field(default_factory=dict)
    looked: LookedBack | None = None
    right: Righted | None = None

    def left(self) -> frozenset[str]:
        return frozenset()

    def noticed(self) -> list[Belief]:
        return [each for each in self.held if each.kind == "reflection"]

    def carried(self) -> list[str]:
        return list(self.portrait)

    def brings(self) -> Checkin | Thought | None:
        return None if self.due in self.brought_up else self.due

    def brought(self, it: Checkin | Thought) -> None:
        self.brought_up.append(it)

    def today(self) -> list[Moment]:
        return list(self.moments)

    def last_talk(self) -> LastTalk | None:
        return self.last

    def recall(self, text: str) -> list[Came]:
        return [
            Came(Moment(-1 - at, "person", line, 0.0), self.likely) for at, line in enumerate(self.recalled)
        ]

    def answers(self, question: str) -> list[Belief]:
        return list(self.held) if question.endswith("?") else []

    def how_known(self, belief: int) -> list[Evidence]:
        return list(self.evidence)

    def lessons(self, text: str, before: str) -> list[Lesson]:
        return list(self.taught)

    def learn(self, moment: Moment, before: str) -> list[Belief]:
        return []

    def feel(self, moment: Moment, feeling: Feeling) -> None:
        self.felt[moment.id] = feeling

    def looked_back(self, question: str) -> LookedBack | None:
        return self.looked if question.endswith("?") else None

    def otherwise(self, text: str, before: str) -> Righted | None:
        return self.right if text.startswith("I wasn't") else None

    def unsayable(self, sentence: str, heard: Sequence[str] = ()) -> str | None:
        return self.forbidden if self.forbidden and self.forbidden in sentence else None

    def plan_forgetting(self, what: str) -> Loss:
        return self.loss

    def forget(self, loss: Loss) -> Receipt:
        self.forgotten.append(loss)
        self.moments.clear()
        return Receipt(len(loss.moments), 0, 0, 0, 0, 0, 0)

    @property
    def unwritten(self) -> bool:
        return self.off

    def off_the_record(self, off: bool) -> None:
        self.off = off

    def record(
        self, role: Role, text: str, at: float, via: Via = "voice", interrupted: bool = False
    ) -> Moment:
        self.moments.append(Moment(len(self.moments) + 1, role, text, at, via, interrupted))
        return self.moments[-1]
