"""What her first words of a talk are about: chosen by code from true facts; the model only asks on.

How long the person was away decides what is worth mentioning. It is never counted out loud, and
there is no path from it to guilt.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from becoming.care.known import STOP, words
from becoming.conversation import telling
from becoming.conversation.echo import turned
from becoming.events import Checkin, Moment, Person, Thought
from becoming.memory import LastTalk
from becoming.memory.ahead import HOW, WHAT

SAME_TALK = 30 * 60.0
LONGEST = 16  # words of what was said that are given back; longer lines tire an ear


_PASSING = re.compile(
    r"\?|^(?:tell|remember|remind|can|could|would|please|set|call)\b|\b(?:bye|good ?night|to (?:bed|sleep)|see you|"
    r"i should go|talk (?:later|tomorrow))\b",
    re.IGNORECASE,
)  # a question, a request, a goodbye: nothing to ask about the next day


@dataclass(frozen=True, slots=True)
class Greeting:
    """Her first words, and the line of the person's that they give back (empty: none)."""

    hello: str
    told: str = ""
    about: str = ""

    @property
    def opening(self) -> str:
        """All that is said before she asks on."""
        return f"{self.hello} {self.told}".strip()


def plan(person: Person, past: LastTalk | None, now: float) -> Greeting:
    """Greet by the hour, and name one thing of the last talk if there was one worth it."""
    hello = f"{_hour(now)}, {person.name}." if person.name else f"{_hour(now)}."
    if past is None:
        return Greeting(f"{hello} Here we are, then.")
    if now - past.ended < SAME_TALK:
        return Greeting("There you are.")
    thing = worth_mentioning(past.moments)
    if thing is None:
        return Greeting(hello)
    return Greeting(hello, f"{_when(past.ended, now)} you told me: {_reported(thing)}.", thing)


def bringing(it: Checkin | Thought, now: float) -> str:
    """A plan of the person's that is over, in their words, with the question; or a thought of hers as it is."""
    if isinstance(it, Thought):
        return it.text
    if it.asks not in (HOW, WHAT):
        return it.asks  # the question names what it is about
    return f"{telling.raised(it.quote, it.at, now)} {it.asks}"


def worth_mentioning(moments: Sequence[Moment]) -> str | None:
    """The longest of the person's last lines that says something and is not too long to give back."""
    told = [each.text for each in moments if each.role == "person" and _says_something(each.text)]
    return max(told, key=len, default=None)


def thread(heard: Sequence[str]) -> str | None:
    """Where the talk was: the latest of the person's lines of today that says something."""
    return next((each for each in reversed(heard[-8:]) if _says_something(each)), None)


def _says_something(line: str) -> bool:
    return 4 <= len(line.split()) <= LONGEST and not _PASSING.search(line)


def _reported(thing: str) -> str:
    """Their line from her side; its first letter small unless it is a name's."""
    said = turned(thing).rstrip(".!")
    first = words(thing)[0]
    return f"{said[0].lower()}{said[1:]}" if first in STOP or first != words(said)[0] else said


def _hour(now: float) -> str:
    hour = time.localtime(now).tm_hour
    return "Good morning" if 4 <= hour < 12 else "Good afternoon" if 12 <= hour < 18 else "Good evening"


def _when(ended: float, now: float) -> str:
    """ "Earlier", "Yesterday", or just "Last time": after a week nobody hears how many days it were."""
    days = (datetime.fromtimestamp(now).date() - datetime.fromtimestamp(ended).date()).days
    return {0: "Earlier", 1: "Yesterday"}.get(days, "Last time")
