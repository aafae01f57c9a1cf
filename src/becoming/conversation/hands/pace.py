"""How fast she speaks: "slower, please"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from becoming.conversation import files
from becoming.conversation.hands.done import Done

_SAID = files.patterns("hands/pace.toml")
NOTE, STEP, SLOWEST, FASTEST = "pace", 1.15, 0.65, 1.5


@dataclass(frozen=True, slots=True)
class Paced(Done):
    """With the pace from then on."""

    noted: str = "I changed how fast I speak."
    pace: float = 1.0


@dataclass
class Pace:
    """Kept in a note, where 1 is as she speaks by herself."""

    get: Callable[[str], Any]
    put: Callable[[str, Any], None]
    speak: Callable[[float], None]
    """Sets it for all she says from now on."""

    def hear(self, said: str, text: str) -> Done | None:
        """See `Hand`."""
        kind = next((kind for kind, ways in _SAID.items() if ways.fullmatch(said)), "")
        if not kind:
            return None
        now = self.get(NOTE) or 1.0
        pace = {"slower": now / STEP, "faster": now * STEP, "normal": 1.0}[kind]
        if not SLOWEST <= pace <= FASTEST:
            return Paced(
                "cannot speak so", (f"That's as {'slow' if pace < 1 else 'fast'} as I can.",), pace=now
            )
        line = {
            "slower": "All right, more slowly.",
            "faster": "All right, quicker.",
            "normal": "As I usually do, then.",
        }[kind]
        return Paced(f"is to speak {kind}", (line,), pace=round(pace, 3))

    def settle(self, done: Done | None, spoken: str) -> None:
        """See `Hand`."""
        if isinstance(done, Paced) and spoken:
            self.put(NOTE, done.pace)
            self.speak(done.pace)
