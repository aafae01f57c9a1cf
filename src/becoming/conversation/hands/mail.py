"""Mail by ear: what is new, going through it, reading.

The place in the list and in a mail moves in `settle`, as far as it was really heard. What a mail says is somebody
else's words: read aloud, given to no model, kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from becoming.conversation import files
from becoming.conversation.hands import reading
from becoming.conversation.hands.done import Done
from becoming.conversation.hands.reading import HOLDS_S, Reader
from becoming.conversation.telling import said_at
from becoming.tools.browsing import Browsing
from becoming.tools.mail import Letter, MailError, Post, sender

NO_ACCOUNT = 'I know no mail account of yours. Close me, type "becoming mail add" and your address, and start me again.'
_SAID = files.patterns("hands/mail.toml")


@dataclass(frozen=True, slots=True)
class Read(reading.Read):
    """With the `letters` and the place among them afterwards."""

    noted: str = "I told you about your mail."
    letters: tuple[Letter, ...] = ()
    browsing: Browsing | None = None


@dataclass
class MailByEar(Reader):
    """The inbox, and what is read of it."""

    post: Post
    clock: Callable[[], float]
    last: Read = Read("", ())

    def hear(self, said: str, text: str) -> Done | None:
        """See `Hand`."""
        try:
            return self._understand(said)
        except MailError as error:
            return replace(self.last, why="mail is away", lines=(str(error),), sentences=())

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
            return _reads(reading.read(replace(last, at=self.upto)))
        step, read = browsing.hear(said), _SAID["read"].fullmatch(said)
        if step and self.apart and step.kind not in ("item", "none"):
            return None  # after other talk "stop" or "again" are about that
        if last.sentences and step and step.kind == "again":
            return _reads(reading.read(last))
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
        who = sender(letter)
        return _reads(reading.begun(it, f"The mail from {who}", f"{who} writes:", *self.post.told(letter)))


def _reads(it: Read) -> Read:
    return replace(it, why="reads a mail", noted="I read you a mail." if it.sentences else it.noted)
