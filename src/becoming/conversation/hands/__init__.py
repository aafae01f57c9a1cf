"""What the person asks of her hands: their mail by ear, a walk among strangers, and whatever waits for their yes.

`hear` only understands and finds what is to be said; whatever is done is done in `settle`, once it was really said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from becoming.conversation import files
from becoming.conversation.hands.done import Done, Hand, Imagined
from becoming.conversation.hands.intents import asked_back, reworded
from becoming.events import BecomingError
from becoming.tools.approval import Approvals
from becoming.tools.browsing import meant, plain

__all__ = ["Done", "Hand", "Hands", "Imagined"]
_SAID = files.patterns("hands/hands.toml")
_PLACES = files.patterns("hands/places.toml")


class Hands:
    """All her hands, and the one place where they are allowed something."""

    def __init__(
        self,
        hands: Sequence[Hand],
        approvals: Approvals,
        intents: Callable[[str, Collection[str]], Sequence[str]] | None = None,
    ) -> None:
        """`hands` are asked in this order, but for the one that was used last: it comes first. `intents` guesses what is
        asked where none of them knows the words, given where they are (see `intents.PLACES`); the surest first."""
        self.approvals, self._hands, self._intents = approvals, list(hands), intents
        self._heard: dict[str, tuple[Hand | None, Done] | None] = {}
        self._awaits: Hand | None = None
        self._just_asked = False
        self._told_since = False  # whether a hand has told something else since it was asked
        self._finished: dict[str, tuple[Hand | None, Done] | None] = {}
        self._turn, self._last = 0, ""

    def hear(self, text: str) -> Done | None:
        """Understand, and look where need be; nothing changes. Seconds at most, where a server is slow."""
        found = self._found(text)
        return found[1] if found else None

    def finish(self, text: str) -> tuple[str, ...]:
        """What else is to be said to it, after `hear` found what there is to find `later`. Takes seconds."""
        found = self._found(text)
        if not found or not found[1].later:
            return ()
        (hand, done), turn = found, self._turn
        try:
            more = found[1].later()
        except BecomingError as error:
            more = replace(done, why="could not", lines=(str(error),))
        if turn == self._turn:  # else it came too late: nobody waits for it any more
            self._finished[text] = hand, replace(more, lines=(*done.lines, *more.lines), later=None)
        return more.lines

    def _found(self, text: str) -> tuple[Hand | None, Done] | None:
        if text in (finished := self._finished):
            return finished[text]
        if text not in (heard := self._heard):  # another thread may hear something else meanwhile
            self._heard = heard = {text: self._understand(text)}
        return heard[text]

    def settle(self, text: str, done: Done | None, spoken: str) -> None:
        """`text` was answered with `done`, and `spoken` was heard of that; None: something else was talked about."""
        found = self._finished.get(text) or self._heard.get(text)
        self._heard, self._finished, self._turn = {}, {}, self._turn + 1
        whose = found[0] if found and done else None
        if spoken:
            self._awaits, self._just_asked = (whose if done and done.awaits else None), False
            self._last = done.why if done else ""
        for hand in self._hands:
            hand.settle(done if hand is whose else None, spoken)
        if whose:
            self._hands.sort(key=lambda hand: hand is not whose)
        self.approvals.told[:] = [each for each in self.approvals.told if each not in spoken]
        if not (done and spoken):
            return
        if done.proposal and all(line.rstrip(".:!?…") in spoken for line in done.lines[:-1]):
            self.approvals.ask(done.proposal)
            self._just_asked, self._told_since = True, False
            return
        self._told_since = True
        if answer := _ANSWERS.get(done.why):
            answer(self.approvals)

    @property
    def awaits(self) -> bool:
        """Whether the next thing said is an answer to one of them, whatever it is."""
        return self._awaits is not None

    def forget(self) -> None:
        """Keep nothing of what was said to them."""
        self.approvals.forget()
        self._heard, self._finished, self._awaits, self._last = {}, {}, None, ""
        for hand in self._hands:
            if forget := getattr(hand, "forget", None):
                forget()

    @property
    def told(self) -> str:
        """What is still to be said of what was done; empty if nothing is."""
        return " ".join(self.approvals.told)

    def _understand(self, text: str) -> tuple[Hand | None, Done] | None:
        if not self._awaits and (answer := self._answer(plain(text))):
            return None, answer
        said = meant(text)
        if (found := self._asked(said, text)) or self._awaits or self._intents is None:
            return found
        intents = self._intents(text, self._places())
        for intent in intents:
            for words in reworded(intent, text):
                if (answer := self._answer(plain(words))) and answer.why != YES:
                    return None, answer
                if found := self._asked(meant(words), words):
                    return found
        asks = asked_back(intents[0], text) if intents else None
        return (None, Done(asks[0], (asks[1],))) if asks else None

    def _places(self) -> list[str]:
        """Where they are: what was done last, as far as nothing else was talked about, and whether it can be taken back."""
        said = (where for where, done in _PLACES.items() if done.search(self._last))
        return [*said, *(["done"] if self.approvals.undoable else [])]

    def _asked(self, said: str, text: str) -> tuple[Hand | None, Done] | None:
        for hand in sorted(self._hands, key=lambda hand: hand is not self._awaits):
            try:
                if done := hand.hear(said, text):
                    return hand, done
            except BecomingError as error:
                return hand, Done("could not", (str(error),))
        return None

    def _answer(self, said: str) -> Done | None:
        """A yes, a no, or a wish to have it back; None where nothing waits. After other talk a mere yes is about that."""
        it = self.approvals.waiting
        if it and (_SAID["firm_no"].fullmatch(said) or (self._just_asked and _SAID["no"].fullmatch(said))):
            return Done(NO, (it.leaving,))
        yes = "yes" if self._just_asked else "told_yes" if self._told_since else "firm_yes"
        if it and _SAID[yes].fullmatch(said):
            return Done(YES, (it.doing,))
        if self.approvals.undoable and _SAID["undo"].fullmatch(said):
            return Done(UNDO, ("I'm taking it back.",))
        return None


YES, NO, UNDO = "says yes", "says no", "wants it undone"
_ANSWERS = {YES: Approvals.yes, NO: Approvals.no, UNDO: Approvals.undo}
