"""Danger that builds up over turns: signs that mean nothing alone, and what was said outright a little before.

Only lines about the person's own danger, and of one kind, add up. Lines before this one can raise its tier and never
lower it, so that fifty warm turns change nothing: the same disclosure has the tier it has cold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from becoming.events import Danger, DangerKind, Tier

Level = Literal["none", "sign", "ask", "concern", "emergency"]
LEVELS: tuple[Level, ...] = ("none", "sign", "ask", "concern", "emergency")
"""What one line may be; a sign means nothing alone, and something beside others."""

WINDOW = 16
"""The person's last lines that are counted in."""

_TO_ASK, _TO_CONCERN = 2, 4
"""Points from which built-up danger is asked about, and is a concern."""
_POINTS = {"none": 0, "sign": 1, "ask": 2, "concern": 3, "emergency": 3}

_FAMILY: dict[DangerKind | None, str] = {"suicide": "self", "self_harm": "self"}


@dataclass(frozen=True, slots=True)
class Heard:
    """What one line says by itself. `urgent`: it speaks of means, of a time, of leave being taken."""

    level: Level = "none"
    kind: DangerKind | None = None
    about: Literal["self", "other"] = "self"
    why: str = ""
    urgent: bool = False

    @property
    def rank(self) -> int:
        """How grave it is; to compare with."""
        return LEVELS.index(self.level)


def built_up(now: Heard, before: Sequence[Heard]) -> Danger:
    """The danger in a line after those before it, oldest first."""
    alone = _danger(now)
    if now.level == "none" or now.about == "other":
        return alone
    kin = [each for each in before if each.about == "self" and _family(each.kind) == _family(now.kind)]
    if now.level != "sign":  # what was said outright is not made graver by signs, which may be misheard
        kin = [each for each in kin if each.level != "sign"]
    gravest = max((each.rank for each in kin), default=0)
    points = _POINTS[now.level] + sum(_POINTS[each.level] for each in kin)
    tier: Tier = "none"
    if gravest >= LEVELS.index("concern") and now.urgent:
        tier = "emergency"
    elif gravest >= LEVELS.index("ask") and points >= _TO_CONCERN:
        tier = "concern"
    elif points >= _TO_ASK:
        tier = "ask"
    if LEVELS.index(tier) <= LEVELS.index(alone.tier):
        return alone
    return Danger(tier, now.kind, "self", "builds up over turns")


def _danger(heard: Heard) -> Danger:
    if heard.level == "none" or heard.level == "sign":
        return Danger("none")
    return Danger(heard.level, heard.kind, heard.about, heard.why)


def _family(kind: DangerKind | None) -> str:
    """Hurting and killing oneself are one matter when danger builds up."""
    return _FAMILY.get(kind, kind or "")
