"""What she can do besides talking, joined: mail, calendars, reminders and notes, pages and files, tools of others, a walk."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from becoming.app.asking import forms_of, picks_of
from becoming.conversation.hands import Hand, Hands
from becoming.conversation.hands.calendar import CalendarByEar
from becoming.conversation.hands.intents import Intents
from becoming.conversation.hands.mail import MailByEar
from becoming.conversation.hands.notes import NotesByEar
from becoming.conversation.hands.others import OthersByEar
from becoming.conversation.hands.pace import Pace
from becoming.conversation.hands.page import PageByEar
from becoming.conversation.hands.reminders import RemindersByEar
from becoming.conversation.hands.sorting import Sorting
from becoming.conversation.hands.walk import Walk
from becoming.conversation.hands.writing import Writing
from becoming.events import BecomingError
from becoming.llm.brain import Brain
from becoming.memory import Life
from becoming.memory.beliefs.dates import upcoming
from becoming.memory.recall.embedding import Sentences
from becoming.tools.approval import Approvals
from becoming.tools.calendar.accounts import Accounts as Calendars
from becoming.tools.calendar.diary import Diary
from becoming.tools.files import Folders
from becoming.tools.mail import Accounts, Mail, Outbox, Post
from becoming.tools.notebook import Notebook
from becoming.tools.others import Calling, Choosing, Servers
from becoming.tools.reminders import Reminders


class Able:
    """Her hands, and what they reach for, of the person of one memory. To be made where the loop runs."""

    def __init__(
        self, life: Life, brain: Brain, encode: Sentences, ear: Sentences, speak: Callable[[float], None]
    ) -> None:
        """`encode` is recall's encoder, `ear` the hearing's; `speak` sets how fast she speaks."""
        get, put, clock = life.moments.get, life.moments.put, time.time
        self._notes, self._calling = life.moments, Calling()
        self.approvals = Approvals(get, put, clock)
        self.post = Post(Accounts(get, put), life.names)
        self.diary = Diary(Calendars(get, put))
        self.reminders = Reminders(get, put, clock)
        self.outbox = Outbox(self.post.accounts, get, put, clock, self._not_sent)
        self.walk, reading = Walk(clock), MailByEar(self.post, clock)
        sorting = Sorting(self.post, self.outbox, self.approvals, reading.letter)
        self.post.sorted = sorting.arrived
        hands: list[Hand] = [
            reading,
            Writing(
                self.post, self.outbox, self.approvals, clock, reading.letter,
                self._person, life.called, self._addresses,
            ),
            sorting,
            RemindersByEar(self.approvals.did, clock, reminders=self.reminders, upcoming=upcoming),
            NotesByEar(self.approvals.did, clock, notebook=Notebook(get, put), upcoming=upcoming),
            CalendarByEar(self.diary, upcoming, clock),
            PageByEar(Folders(get, put), clock),
            Pace(get, put, speak),
            self.walk,
            OthersByEar(
                Servers(get, put), self._calling, Choosing(encode), forms_of(brain), clock, picks_of(brain)
            ),
        ]  # fmt: skip
        self._guess = Intents(ear).among
        self.hands = Hands(hands, self.approvals, self._guess)

    def wants_to_practise(self, said: str) -> bool:
        """Whether a rehearsal is asked for, and no answer to one of her hands."""
        return not self.hands.awaits and self._guess(said, ())[:1] == ["practice_begin"]

    def works(self) -> tuple[Coroutine[Any, Any, None], ...]:
        """What goes on in the background as long as she is awake."""
        return self.post.keep_fresh(), self.outbox.keep_going(), self.diary.keep_fresh()

    def dropping(self) -> Callable[[], object]:
        """What drops every password, also once the memory itself is gone."""
        drops = [each.accounts.dropping() for each in (self.post, self.diary)]
        return lambda: [drop() for drop in drops]

    def close(self) -> None:
        """Finish what is under way; takes seconds at most."""
        self.approvals.close()
        self._calling.close()

    def _not_sent(self, said: str, mail: Mail) -> None:
        self.approvals.fell_through(said, "send a mail", f"{mail.name} <{mail.address}>", mail.text)

    def _person(self) -> str:
        return str((self._notes.get("person") or {}).get("name", ""))

    def _addresses(self, whom: str) -> list[tuple[str, str]]:
        with suppress(BecomingError):  # what is wrong with it is told where it is asked for
            known = self.diary.found().contacts if self.diary.accounts.all() else ()
            return [(it.name, address) for it in known for _, address in it.mails]
        return []
