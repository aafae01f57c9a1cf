"""What is kept or let go at once, as it was asked for plainly: for a minute it can be taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from becoming.conversation import files
from becoming.conversation.hands.done import Done
from becoming.tools.approval import Proposal
from becoming.tools.browsing import Browsing
from becoming.tools.rows import Row, Undo

HOLDS_S = 300.0
"""So long "the second one" still means the list that was told."""

_SAID = files.patterns("hands/kept.toml")


@dataclass(frozen=True, slots=True)
class Kept(Done):
    """What is to be done once it was said (`act`, which gives how to take it back), and the list that was told, as ids."""

    act: Callable[[], Undo] | None = None
    ids: tuple[int, ...] = ()
    browsing: Browsing | None = None


@dataclass
class Keeping:
    """The small state of a hand that keeps something: what it did last, when, and when something else was talked about."""

    did: Callable[[Proposal], None]
    clock: Callable[[], float]
    last: Kept = Kept("", ())
    at: float = 0.0
    other: float = 0.0
    apart: bool = True

    @property
    def held(self) -> bool:
        """Whether what is said may still go on from there."""
        return not self.apart and self.clock() - self.at < HOLDS_S

    def settle(self, done: Done | None, spoken: str) -> None:
        """See `Hand`."""
        if not isinstance(done, Kept):
            self.other, self.apart = self.clock(), True
        elif spoken:
            self.last, self.at, self.apart = done, self.clock(), False
            if done.act:
                undo = done.act()

                def back() -> None:
                    undo()

                self.did(Proposal(done.why, "", "", "", "", lambda: None, back))

    def forget(self) -> None:
        """Keep nothing of what was said to it."""
        self.last, self.apart = Kept("", ()), True

    def further(self, said: str) -> Kept | None:
        """Going on through the list that was told."""
        browsing = self.last.browsing if self.held else None
        step = browsing.hear(said) if browsing and browsing.items else None
        if not (browsing and step) or step.kind == "none":
            return None
        on = Browsing(browsing.items, step.at)
        return Kept("goes through the list", (step.said,), self.last.noted, ids=self.last.ids, browsing=on)

    def which(self, words: str) -> int | None:
        """The id of the one that is meant in the list that was told."""
        browsing = self.last.browsing if self.held else None
        at = browsing.find(words) if browsing and browsing.items else None
        return None if at is None or not 0 <= at < len(self.last.ids) else self.last.ids[at]


def ids_of(those: Sequence[Row]) -> tuple[int, ...]:
    """Which they are, in order."""
    return tuple(it.id for it in those)


def bare(text: str) -> str:
    """What was said in lower case, without punctuation and the politeness around it."""
    plain = re.sub(r"[^\w'@.:-]|[.:](?!\d)|(?<!\d)[.:]", " ", text.lower().replace("’", "'"))
    return _SAID["after"].sub("", _SAID["before"].sub("", " ".join(plain.split())))


def as_said(words: str, text: str) -> str:
    """These words with the capitals and commas they were said with."""
    if not words or (found := re.search(r"\W+".join(map(re.escape, words.split())), text, re.IGNORECASE)):
        return " ".join(found[0].split()) if words and found else ""
    cased = {each.lower(): each for each in re.findall(r"[\w'’-]+", text)}
    return " ".join(cased.get(each, each) for each in words.split())
