"""Something long of somebody else's that is read aloud: in breaths, and on from where it was really heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from becoming.conversation import files
from becoming.conversation.hands.done import Done
from becoming.tools.browsing import Browsing, Item

IN_A_BREATH = 90
"""Words that are read before she asks whether to go on."""

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
            self.last, self.at, self.apart, upto = done, self.clock(), False, done.at
            while upto < len(done.sentences) and done.sentences[upto].rstrip(".:!?…") in spoken:
                upto += 1
            self.upto = upto


def read(it: It) -> It:
    """With the lines of its next breath: as much at once as an ear takes, and a question where there is more."""
    end, words = it.at, 0
    while end < len(it.sentences) and words < IN_A_BREATH:
        words += len(it.sentences[end].split())
        end += 1
    more = ("There is more. Shall I go on?",) if end < len(it.sentences) else ()
    return replace(it, lines=(*it.sentences[it.at : end], *more), later=None, proposal=None)


def begun(it: It, what: str, lead: str, sentences: Sequence[str], language: str) -> It:
    """Read from its beginning, after the `lead`; or why it cannot be, where there are no words, or no English ones."""
    if sentences and not language:
        return read(replace(it, sentences=(lead, *sentences), at=0))
    why = f"is in {language}, which my voice can't read" if language else "has no words in it"
    return replace(it, lines=(f"{what} {why}.",), sentences=())
