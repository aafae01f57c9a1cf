"""The one place where something is allowed: what changes the world outside waits here for the person's own yes.

A proposal names what is done, to whom, and the exact words; it lapses when it is not answered. What was allowed can be
taken back for a minute where that is possible. A standing yes is given for one narrow class, and can be withdrawn.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any

from becoming.events import BecomingError

log = logging.getLogger(__name__)
LAPSES_S, UNDO_S, KEPT = 180.0, 60.0, 500
_RULES, _DEEDS = "standing yes", "deeds"

Work = Callable[[], str | None]
"""Takes seconds at most and runs in a thread; gives what the person is to be told beside, if anything. Raises BecomingError."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something she would do: `what` in a word or two ("send mail"), `whom` it concerns, the exact `words` of it.

    `ask` is the question, `doing` what is said to a yes, `leaving` to a no. `refused` keeps what would be lost by a no, or by
    no answer. `rule` is the narrow class that a standing yes would be given for. A later proposal `about` the same replaces
    this one.
    """

    what: str
    whom: str
    words: str
    ask: str
    doing: str
    do: Work
    undo: Work | None = None
    refused: Work | None = None
    rule: str = ""
    leaving: str = "All right, I'll leave it."
    about: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """What became of a proposal, for the person to look up: "done", "failed", "refused", "lapsed" or "undone"."""

    at: float
    what: str
    whom: str
    words: str
    came: str
    because: str = ""


@dataclass
class Approvals:
    """The proposals of one person, their standing rules and what was done. Its methods may be called from any thread."""

    get: Callable[[str], Any]
    put: Callable[[str, Any], None]
    clock: Callable[[], float]
    told: list[str] = field(default_factory=list)
    """What is still to be said of what was done: mostly what went wrong."""
    _waiting: tuple[float, Proposal] | None = None
    _done: tuple[float, Proposal] | None = None
    _number: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "deeds"))

    @property
    def waiting(self) -> Proposal | None:
        """What waits for a yes."""
        with self._lock:
            if self._waiting and self.clock() - self._waiting[0] > LAPSES_S:
                self._end("lapsed")
            return self._waiting[1] if self._waiting else None

    @property
    def undoable(self) -> Proposal | None:
        """What was done within the last minute and can be taken back."""
        with self._lock:
            done = self._done
            return done[1] if done and done[1].undo and self.clock() - done[0] <= UNDO_S else None

    def ask(self, proposal: Proposal) -> None:
        """It was put to the person; one that was waiting has lapsed. Where a standing yes covers it, it is done."""
        with self._lock:
            self.withdraw(proposal.about)
            self._end("lapsed")
            self._number += 1
            self._waiting = (self.clock(), proposal)
            if proposal.rule and proposal.rule in self.rules():
                self.yes(because=proposal.rule)

    def yes(self, because: str = "a yes") -> bool:
        """The person allows what waits; whether anything did. It is done in a thread."""
        with self._lock:
            if not (proposal := self.waiting):
                return False
            self._waiting = None
            self.did(proposal)
            self._thread.submit(self._carry_out, proposal, proposal.do, "done", because)
            return True

    def by_rule(self, proposal: Proposal) -> bool:
        """Do what a standing yes covers, without asking; whether one does."""
        covered = proposal.rule in self.rules()
        if covered:
            self._thread.submit(self._carry_out, proposal, proposal.do, "done", proposal.rule)
        return covered

    def withdraw(self, about: str = "") -> None:
        """What waits about this is no more; nothing is done and nothing written down."""
        with self._lock:
            if self._waiting and about and self._waiting[1].about == about:
                self._waiting = None

    def forget(self) -> None:
        """Keep nothing of what waits, or could be taken back, and ask for it no more."""
        with self._lock:
            self._waiting = self._done = None
            self.told.clear()

    def fell_through(self, said: str, what: str, whom: str, words: str) -> None:
        """What was allowed came to nothing afterwards: that is to be said, and is written down."""
        self.told.append(said)
        self._write(what, whom, words, "failed", said)

    def card(self) -> dict[str, Any] | None:
        """What waits, or can be taken back, for a page: every word of it, and how long that is so."""
        with self._lock:
            it, at, lasts = self.waiting, self._waiting, LAPSES_S
            if not it:
                it, at, lasts = self.undoable, self._done, UNDO_S
            if not (it and at):
                return None
            left = round(at[0] + lasts - self.clock(), 1)
            told = {"what": it.what, "whom": it.whom, "words": it.words, "ask": it.ask}
            return {"number": self._number, "done": at is self._done, "left_s": left, **told}

    def tapped(self, number: int, answer: str) -> bool:
        """A tap on that card: "yes", "no" or "undo"; whether it was still so. A card is for what it shows alone."""
        with self._lock:
            deeds = {"yes": self.yes, "no": self.no, "undo": self.undo}
            return number == self._number and answer in deeds and deeds[answer]()

    def no(self) -> bool:
        """The person does not want what waits; whether anything did."""
        with self._lock:
            return bool(self.waiting) and self._end("refused")

    def undo(self) -> bool:
        """Take back what was done last; whether that was possible."""
        with self._lock:
            if not ((it := self.undoable) and it.undo):
                return False
            self._done = None
            self._thread.submit(self._carry_out, it, it.undo, "undone", "asked to undo")
            return True

    def did(self, proposal: Proposal) -> None:
        """It was asked for so plainly that it is done already: for a minute it can be taken back."""
        with self._lock:
            self._done = (self.clock(), proposal)

    def rules(self) -> list[str]:
        """What a standing yes was given for."""
        return list(self.get(_RULES) or [])

    def always(self, rule: str) -> None:
        """A standing yes for one narrow class."""
        with self._lock:
            self.put(_RULES, [*(each for each in self.rules() if each != rule), rule])

    def no_longer(self, rule: str) -> None:
        """The standing yes is withdrawn."""
        with self._lock:
            self.put(_RULES, [each for each in self.rules() if each != rule])

    def deeds(self) -> list[Deed]:
        """What became of the latest proposals, oldest first."""
        return [Deed(**row) for row in self.get(_DEEDS) or []]

    def close(self) -> None:
        """Finish what is under way; what waits has lapsed."""
        with self._lock:
            self._end("lapsed")
        self._thread.shutdown()

    def _end(self, came: str) -> bool:
        if not self._waiting:
            return False
        proposal, self._waiting = self._waiting[1], None
        if proposal.refused:
            self._thread.submit(self._carry_out, proposal, proposal.refused, came, "")
        else:
            self._write(proposal.what, proposal.whom, proposal.words, came)
        return True

    def _carry_out(self, it: Proposal, work: Work, came: str, because: str) -> None:
        try:
            told = work()
        except BecomingError as error:
            told, came, because = str(error), "failed", str(error)
        except Exception as error:  # the edge of a thread: it must be heard of
            log.error("%s", it.what, exc_info=error)
            told, came = f"I couldn't {it.what}. Something went wrong.", "failed"
            because = type(error).__name__
        self._write(it.what, it.whom, it.words, came, because)
        if told:
            self.told.append(told)

    def _write(self, *told: str) -> None:
        with self._lock:
            deed = asdict(Deed(self.clock(), *told))
            self.put(_DEEDS, [*(self.get(_DEEDS) or []), deed][-KEPT:])
