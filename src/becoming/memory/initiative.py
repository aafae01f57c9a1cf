"""How much she may begin by herself, as the person sets it: plain notes, read anew at each look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from becoming.events import InputError
from becoming.memory.moments import Memory

Level = Literal["never", "hello", "page"]
"""Asks nothing unasked; asks when the person comes in; asks also while the page stands open and nobody speaks."""

_NOTE = "initiative"


class Initiative:
    """The person's choice. `quiet` are the hours before they chose any. Raises events.StoreError."""

    def __init__(self, notes: Memory, quiet: tuple[int, int]) -> None:
        self._notes, self._quiet = notes, quiet

    @property
    def level(self) -> Level:
        """How much."""
        level = self._kept.get("level")
        return level if level in get_args(Level) else "hello"  # type: ignore[return-value]

    @property
    def quiet(self) -> tuple[int, int]:
        """From which hour to which she asks nothing, in the computer's time zone."""
        start, end = self._kept.get("from"), self._kept.get("until")
        return (start, end) if isinstance(start, int) and isinstance(end, int) else self._quiet

    def choose(self, level: str, quiet: tuple[int, int]) -> None:
        """Keep what the person chose. Raises InputError for what is no choice."""
        if level not in get_args(Level):
            raise InputError(f"She may ask {', '.join(get_args(Level))}; {level!r} is none of these.")
        if not all(0 <= hour <= 23 for hour in quiet):
            raise InputError("An hour is a number from 0 to 23.")
        self._notes.put(_NOTE, {"level": level, "from": quiet[0], "until": quiet[1]})

    @property
    def _kept(self) -> Mapping[str, object]:
        kept = self._notes.get(_NOTE)
        return kept if isinstance(kept, dict) else {}
