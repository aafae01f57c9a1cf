"""What her first words of a talk are about: chosen by code from true facts; the model words it.

The length of the absence only tells her what is worth mentioning. It is never counted out loud as
a lack, and there is no path from it to guilt.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from becoming.events import Moment, Person

_PASSING = re.compile(
    r"\?$|^(?:tell|remember|remind|can|could|would|what|who|when|why|how|is|are|do|please)\b|"
    r"\b(?:bye|good ?night|to bed|to sleep|see you|talk (?:later|tomorrow))\b",
    re.IGNORECASE,
)
"""A question, a request, a goodbye: nothing to ask about the next day."""


class Past(Protocol):
    """The talk before this one."""

    @property
    def ended(self) -> float:
        """Unix seconds."""

    @property
    def moments(self) -> Sequence[Moment]:
        """Its last few moments, in order."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """What to greet with: a direction for the model, the lines it may rest on, and true words without it."""

    direction: str
    grounds: tuple[str, ...]
    fallback: str


def plan(person: Person, past: Past | None, now: float, rng: random.Random) -> Greeting:
    """Choose what the greeting mentions: the hour, and one thing of the last talk if there was one."""
    hour = _greeting_of(now)
    if past is None:
        return Greeting(
            f"Hello? It's me, {person.name}. We have never talked before.",
            (person.name, person.brings),
            f"{hour}, {person.name}. So this is us. Where shall we begin?",
        )
    thing = worth_mentioning(past.moments)
    when = _when(past.ended, now)
    if thing is None:
        return Greeting(f"{hour}. It's me again.", (), f"{hour}, {person.name}. What's on your mind?")
    return Greeting(
        f'{hour}. It\'s me again. {when.capitalize()} I told you: "{thing}"',
        (thing, when, hour),
        f'{hour}, {person.name}. {when.capitalize()} you said: "{thing}" How is that now?',
    )


def _greeting_of(now: float) -> str:
    hour = time.localtime(now).tm_hour
    return "Good morning" if 4 <= hour < 12 else "Good afternoon" if hour < 18 else "Good evening"


def _when(ended: float, now: float) -> str:
    days = time.localtime(now).tm_yday - time.localtime(ended).tm_yday
    if now - ended < 20 * 3600 and days == 0:
        return "earlier today"
    if now - ended < 40 * 3600:
        return "yesterday"
    return "last time"


def worth_mentioning(moments: Sequence[Moment]) -> str | None:
    """The longest of the person's last lines that says something."""
    theirs = [
        each.text
        for each in moments
        if each.role == "person" and len(each.text.split()) >= 4 and not _PASSING.search(each.text)
    ]
    if not theirs:
        return None
    return max(theirs, key=len)
