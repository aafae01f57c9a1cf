"""Something long of somebody else's that is read aloud: in breaths, and on from where it was really heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from becoming.conversation import files
from becoming.conversation.hands.done import Done, heard_upto, page
from becoming.tools.browsing import Browsing, Item

HOLDS_S = 600.0
"""So long "go on" still means it."""
_ON, _ONE = files.patterns("hands/mail.toml")["on"], Browsing([Item("")], 0)


@dataclass(frozen=True, slots=True)
class Read(Done):
    """`sentences` of somebody else's, of which those from `at` on are read."""

    sentences: tuple[str, ...] = ()
    at: int = 0


It = TypeVar("It", bound=Read)


class Reader:
    """A hand that reads: what it read last, and when; how much of that was heard; whether they talk apart from it."""

    clock: Callable[[], float]
    last: Read = Read("", ())
    upto: int = 0
    at: float = 0.0
    apart: bool = True

    def further(self, said: str) -> Read | None:
        """Whether the reading goes on, begins again or ends; None where the words mean something else."""
        last = self.last
        if self.apart or not last.sentences or self.clock() - self.at > HOLDS_S:
            return None
        if last.sentences[self.upto :] and _ON.fullmatch(said):
            return read(replace(last, at=self.upto))
        step = _ONE.hear(said)
        if step and step.kind == "again":
            return read(last)
        return Read("stops reading", (step.said,), last.noted) if step and step.kind == "stop" else None

    def settle(self, done: Done | None, spoken: str) -> None:
        """See `Hand`."""
        self.apart = self.apart or done is None
        if isinstance(done, Read) and spoken:
            self.last, self.at, self.apart = done, self.clock(), False
            self.upto = heard_upto(done.sentences, done.at, spoken)


def read(it: It) -> It:
    """With the lines of its next breath."""
    return replace(it, lines=page(it.sentences, it.at), later=None, proposal=None)


def begun(it: It, what: str, lead: str, sentences: Sequence[str], language: str) -> It:
    """Read from its beginning, after the `lead`; or why it cannot be, where there are no words, or no English ones."""
    if sentences and not language:
        return read(replace(it, sentences=(lead, *sentences), at=0))
    why = f"is in {language}, which my voice can't read" if language else "has no words in it"
    return replace(it, lines=(f"{what} {why}.",), sentences=())
