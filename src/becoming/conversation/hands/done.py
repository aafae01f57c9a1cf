"""What a hand does with an utterance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from becoming.language import Message
from becoming.tools.approval import Proposal


@dataclass(frozen=True, slots=True)
class Done:
    """What she does: `lines` are said exactly so, and `noted` is all that stays of it in the talk; nothing is recorded.

    Of what is `apart` the person's words go no further, either. A `proposal` is what the last line asks about: it waits for a
    yes once the lines before it were heard. `later` finds what else is to be said, where that takes a while or asks
    somebody: only for a reply, never for a partial. Where it `awaits` something, the next thing said is that.
    """

    why: str
    lines: tuple[str, ...]
    noted: str = "I did what you asked."
    proposal: Proposal | None = None
    awaits: str = ""
    apart: bool = False
    later: Callable[[], Done] | None = None


@dataclass(frozen=True, slots=True)
class Imagined(Done):
    """A detail of a stranger's life that the model finds: after the `lead`, to `messages` of its own; `after` is asked
    then, and `instead` stands in for what it cannot find. `before` are her details so far, `described` is what the person
    told, and `they` whom it is about."""

    noted: str = "We imagined lives for strangers."
    apart: bool = True
    opened: str = ""
    messages: tuple[Message, ...] = ()
    lead: str = ""
    after: str = ""
    instead: str = ""
    before: tuple[str, ...] = ()
    described: str = ""
    they: str = "they"


class Hand(Protocol):
    """One thing she can do besides talking."""

    def hear(self, said: str, text: str) -> Done | None:
        """Understand and find what is to be said; nothing changes, for it is asked of every partial, too.

        `said` is what was meant (`browsing.meant`: lower case, no punctuation), `text` as it was transcribed. Seconds at
        most. Raises BecomingError, whose message is said.
        """

    def settle(self, done: Done | None, spoken: str) -> None:
        """It was answered with `done` of this hand, and `spoken` was heard of that; None: something else was talked about."""
