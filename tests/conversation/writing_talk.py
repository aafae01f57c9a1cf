"""A talk in which mail is read, written, sent and sorted, over real servers; the minute to take something back is turned by hand."""

from __future__ import annotations

from becoming.conversation.hands import Hand
from becoming.conversation.hands.mail import MailByEar
from becoming.conversation.hands.sorting import Sorting
from becoming.conversation.hands.writing import Writing
from becoming.tools.mail import Mail, Outbox
from tests.conversation.test_hands import Talk

KNOWN = {"anna": ["anna", "my sister"], "my sister": ["anna", "my sister"], "tom": ["tom"]}


class WritingTalk(Talk):
    """As in a home: every hand that has to do with mail."""

    def all_hands(self) -> list[Hand]:
        reading = MailByEar(self.post, lambda: self.now)
        self.outbox = Outbox(
            self.accounts,
            self.notes.get,
            self.notes.__setitem__,
            lambda: self.now,
            self._fell_through,
        )
        self.contacts: list[tuple[str, str]] = []
        self.writing = Writing(
            self.post, self.outbox, self.approvals, lambda: self.now, reading.letter, lambda: "Jonas",
            lambda whom: KNOWN.get(whom.lower(), []), lambda whom: self.contacts,
        )  # fmt: skip
        self.sorting = Sorting(self.post, self.outbox, self.approvals, reading.letter)
        self.post.sorted = self.sorting.arrived
        return [reading, self.writing, self.sorting]

    def _fell_through(self, said: str, mail: Mail) -> None:
        self.approvals.fell_through(said, "send a mail", mail.name, mail.text)

    def done(self) -> None:
        """Wait for what is under way in the thread of the deeds."""
        self.approvals._thread.submit(lambda: None).result(20)

    def later(self, seconds: float) -> None:
        """Time passes, and what is due is done."""
        self.done()
        self.now += seconds
        self.outbox.work()
