"""Mail by ear: what is new, going through it, reading.

The place in the list and in a mail moves in `settle`, as far as it was really heard. What a mail says is somebody
else's words: read aloud, given to no model, kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from becoming.conversation import files
from becoming.conversation.hands.done import Done, heard_upto, page
from becoming.conversation.telling import said_at
from becoming.tools.browsing import Browsing
from becoming.tools.mail import Letter, MailError, Post, sender

HOLDS_S = 600.0
"""So long "next" still means the list."""
NO_ACCOUNT = 'I know no mail account of yours. Close me, type "becoming mail add" and your address, and start me again.'
_SAID = files.patterns("hands/mail.toml")


@dataclass(frozen=True, slots=True)
class Read(Done):
    """With the `letters` and the place among them afterwards; `sentences` of a mail, of which those from `at` on are read."""

    noted: str = "I told you about your mail."
    letters: tuple[Letter, ...] = ()
    browsing: Browsing | None = None
    sentences: tuple[str, ...] = ()
    at: int = 0


@dataclass
class MailByEar:
    """The small state of it: what she did last, when, how much of a mail was heard; and whether they talk apart from it."""

    post: Post
    clock: Callable[[], float]
    last: Read = Read("", ())
    upto: int = 0
    at: float = 0.0
    apart: bool = False

    def hear(self, said: str, text: str) -> Done | None:
        """See `Hand`."""
        try:
            return self._understand(said)
        except MailError as error:
            return replace(self.last, why="mail is away", lines=(str(error),), sentences=())

    def settle(self, done: Done | None, spoken: str) -> None:
        """See `Hand`."""
        self.apart = self.apart or done is None
        if isinstance(done, Read) and spoken:
            self.last, self.at, self.apart = done, self.clock(), False
            self.upto = heard_upto(done.sentences, done.at, spoken)

    def letter(self, which: str = "") -> Letter | None:
        """The mail that was told or read last; of those that were told, the one that is spoken of so, or is from somebody."""
        browsing, letters = self.last.browsing, self.last.letters
        if not (browsing and letters) or self.clock() - self.at > HOLDS_S:
            return None
        if which:
            at = browsing.find(which)
            by_name = (n for n, it in enumerate(letters) if which.lower() in sender(it).lower().split())
            at = next(by_name, None) if at is None else at
        else:
            at = 0 if len(letters) == 1 else browsing.at
        return letters[at] if at is not None and 0 <= at < len(letters) else None

    def _understand(self, said: str) -> Read | None:
        asked = _SAID["mail"].fullmatch(said)
        # What may be asked for is looked at first: the accounts lie in the memory, and every partial comes by here.
        accounts = self.post.accounts.all() if asked or _SAID["news"].fullmatch(said) else []
        if asked and not accounts:
            return Read("asks for mail", (NO_ACCOUNT,))
        if accounts:
            letters, items, told = self.post.news()
            lines = tuple(re.split(r"(?<=[.?!]) (?=[A-Z])", told))
            return Read("asks for mail", lines, letters=letters, browsing=Browsing(items))
        last, browsing = self.last, self.last.browsing
        if not (browsing and browsing.items) or self.clock() - self.at > HOLDS_S:
            return None
        if last.sentences[self.upto :] and _SAID["on"].fullmatch(said) and not self.apart:
            return _page(replace(last, at=self.upto))
        step, read = browsing.hear(said), _SAID["read"].fullmatch(said)
        if step and self.apart and step.kind not in ("item", "none"):
            return None  # after other talk "stop" or "again" are about that
        if last.sentences and step and step.kind == "again":
            return _page(last)
        if read and (at := browsing.find(read["which"] or "it")) is not None and 0 <= at < len(last.letters):
            return self._read(replace(last, browsing=replace(browsing, at=at)), last.letters[at])
        if _SAID["who"].fullmatch(said):
            it = last.letters[max(browsing.at, 0)]
            line = f"{sender(it)}, from {it.address.partition('@')[2]}, {said_at(it.at, self.clock())}."
            return replace(last, why="asks whose mail it is", lines=(line,), at=self.upto)
        if step is None:
            return None
        place = None if step.kind == "stop" else replace(browsing, at=step.at)
        return Read("goes through the mail", (step.said,), letters=last.letters, browsing=place)

    def _read(self, it: Read, letter: Letter) -> Read:
        (sentences, language), who = self.post.told(letter), sender(letter)
        if sentences and not language:
            return _page(replace(it, sentences=(f"{who} writes:", *sentences), at=0))
        why = f"is in {language}, which my voice can't read" if language else "has no words in it"
        return replace(it, why="reads a mail", lines=(f"The mail from {who} {why}.",), sentences=())


def _page(it: Read) -> Read:
    lines = page(it.sentences, it.at)
    return replace(it, why="reads a mail", lines=lines, noted="I read you a mail.")
