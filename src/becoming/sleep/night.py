"""A night as plain data: what it would change, and why. It can be printed before anything happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from becoming.events import Belief, Lesson, Moment

Kind = Literal["nap", "night"]


@dataclass(frozen=True, slots=True)
class Claim:
    """Something to be held true, resting on one or more moments, each with its exact quote."""

    lesson: Lesson
    rests: tuple[tuple[Moment, str], ...]
    author: Literal["model", "rule"] = "model"


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was proposed and is not kept, and why; for the audit."""

    what: str
    why: str
    moment: Moment | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Two beliefs that say the same: the evidence of `double` goes to `kept`."""

    kept: Belief
    double: Belief


@dataclass(frozen=True, slots=True)
class Growth:
    """One bounded step of a trait or a habit, and the moments that are the reason."""

    name: str
    step: float
    because: str
    rests: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Idea:
    """A thought to be kept: kind is journal, dream, question or change."""

    kind: str
    text: str
    rests: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A moment that came up again: from now on it lasts `stability` days until half of it has faded."""

    moment: int
    stability: float


@dataclass(frozen=True, slots=True)
class Night:
    """What one night would change. `since` and `upto` are ids of moments: what is new lies between.

    `after` is the id of the night before, so that nobody sleeps the same night twice; `lived` counts what was
    said since the last night of this kind.
    """

    kind: Kind
    began: float
    after: int
    since: int
    upto: int
    lived: int
    replayed: tuple[Moment, ...] = ()
    claims: tuple[Claim, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    merges: tuple[Merge, ...] = ()
    over: tuple[Belief, ...] = ()
    growth: tuple[Growth, ...] = ()
    ideas: tuple[Idea, ...] = ()
    uses: tuple[Use, ...] = ()
    tokens: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nothing happened since the last one."""
        return not self.lived and self.upto <= self.since

    def told(self) -> Iterator[str]:
        """Line by line, for a person to read."""
        if self.nothing:
            yield "Nothing was said since the last night."
            return
        yield f"{self.kind} of {datetime.fromtimestamp(self.began):%-d %B %Y, %H:%M}: {len(self.replayed)} moments replayed"
        for claim in self.claims:
            yield f'  holds     {claim.lesson.text}, since you said "{claim.rests[0][1]}"'
        for merge in self.merges:
            yield f"  merges    {merge.double.text} into {merge.kept.text}"
        for belief in self.over:
            yield f"  closes    {belief.text}"
        for step in self.growth:
            yield f"  grows     {step.name} {step.step:+.2f}: {step.because}"
        for idea in self.ideas:
            yield f"  {idea.kind:<9} {idea.text}"
        if self.uses:
            yield f"  lasts     {len(self.uses)} moments came up again and fade slower"
        for each in self.dropped:
            yield f"  dropped   {each.what}: {each.why}"
