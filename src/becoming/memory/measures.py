"""What the person measures themselves with, if they like: loneliness, well-being, real conversations of a week.

Offered on a page only. She never asks for it, never speaks of it, and nothing of what she does depends on it but what
is counted of a week. Kept in one note of the person's own store; each entry can be taken away.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from becoming.events import InputError
from becoming.memory.moments import Memory

_NOTE = "measures"
TALKS = "talks"
MOST_TALKS = 200


@dataclass(frozen=True, slots=True)
class Measured:
    """One entry: an instrument and its score, or the real conversations of the week that began at `at` (Unix seconds)."""

    kind: str
    at: float
    score: int


@cache
def instruments() -> dict[str, dict[str, Any]]:
    """Those of `measures.toml`."""
    return tomllib.loads((resources.files("becoming.memory") / "measures.toml").read_text("utf-8"))


class Measures:
    """Keeps what was answered. Raises events.StoreError."""

    def __init__(self, notes: Memory, clock: Callable[[], float]) -> None:
        self._notes, self._clock = notes, clock

    def all(self) -> list[Measured]:
        """Every entry, oldest first."""
        kept = self._notes.get(_NOTE) or []
        return sorted((Measured(**each) for each in kept), key=lambda each: each.at)

    def answer(self, kind: str, answers: Sequence[int]) -> Measured:
        """Score the answers (the place of each among the choices) and keep it. Raises InputError."""
        it = instruments().get(kind)
        if it is None or len(answers) != len(it["items"]):
            raise InputError("Answer every line of it, or leave it; nothing was kept.")
        if any(not 0 <= each < len(it["answers"]) for each in answers):
            raise InputError("That is no answer of this page. Look at it anew; nothing was kept.")
        score = it["times"] * sum(it["answers"][each][1] for each in answers)
        return self._keep(Measured(kind, self._clock(), score))

    def count(self, week: float, talks: int) -> Measured:
        """So many real conversations in the week that began then; said again it is put right. Raises InputError."""
        if not 0 <= talks <= MOST_TALKS:
            raise InputError(f"A number from 0 to {MOST_TALKS}, please.")
        if not 0 <= week <= self._clock():
            raise InputError("That week has not begun yet.")
        return self._keep(Measured(TALKS, week, talks))

    def take_away(self, kind: str, at: float) -> None:
        """It is not kept any more. Raises InputError where there is none."""
        kept = self.all()
        left = [each for each in kept if (each.kind, each.at) != (kind, at)]
        if len(left) == len(kept):
            raise InputError("That is not there any more.")
        self._notes.put(_NOTE, [asdict(each) for each in left])

    def _keep(self, it: Measured) -> Measured:
        kept = [each for each in self.all() if (each.kind, each.at) != (it.kind, it.at)]
        self._notes.put(_NOTE, [asdict(each) for each in [*kept, it]])
        return it
