"""The mails that are on their way, in a note: what is written there survives a kill, and goes out once or not at all.

held     dictated and read back; with no yes it becomes a draft
allowed  the person said yes; it can be taken back until it is due, then it is sent
going    handed to the server: who finds it so after a kill cannot know whether it went, and does not send it again
sent     the server has it; a copy belongs among the sent mails
draft    it belongs among the drafts, as soon as the server can be reached
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from becoming.events import BecomingError
from becoming.tools.approval import LAPSES_S, UNDO_S
from becoming.tools.mail import filing
from becoming.tools.mail.accounts import Account, Accounts, MailError
from becoming.tools.mail.sending import Mail, Unknown, composed, send

NOTE = "outbox"
LOOKS_EVERY_S, AGAIN_S = 1.0, 300.0
LATE_S = 900.0
"""What was not sent when it should have been, because she was closed, is not sent so much later without a word."""
State = Literal["held", "allowed", "going", "sent", "draft"]


@dataclass(frozen=True, slots=True)
class Row:
    """A mail, how far it is, when it was written, and from when on something is to be done about it."""

    mail: Mail
    state: State
    at: float
    due: float


@dataclass
class Outbox:
    """One person's. Its methods may be called from any thread."""

    accounts: Accounts
    get: Callable[[str], Any]
    put: Callable[[str, Any], None]
    clock: Callable[[], float]
    tell: Callable[[str, Mail], None]
    """Takes what the person is to be told of a mail that did not go as they allowed."""
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _at_work: threading.Lock = field(default_factory=threading.Lock)
    _kept: int = -1

    def hold(self, mail: Mail) -> None:
        """It was read back; in place of an earlier version of it."""
        self._keep(Row(mail, "held", self.clock(), self.clock() + LAPSES_S))

    def allow(self, id_: str) -> None:
        """It may go, in a minute. Raises MailError where it is not here any more."""
        with self._lock:
            if not (row := self._row(id_, "held", "draft")):
                raise MailError("That mail isn't here any more.")
            self._keep(replace(row, state="allowed", due=self.clock() + UNDO_S))

    def shelve(self, id_: str) -> None:
        """Taken back within the minute: a draft. Raises MailError where it went already."""
        with self._lock:
            if not (row := self._row(id_, "allowed")):
                raise MailError("It has gone out already, I can't take it back.")
            self._keep(replace(row, state="draft", due=self.clock()))

    def aside(self, id_: str) -> None:
        """There was no yes: a draft, if it is still here."""
        with self._lock:
            if row := self._row(id_, "held"):
                self._keep(replace(row, state="draft", due=self.clock()))

    def drop(self, id_: str) -> None:
        """Nothing of it is kept."""
        with self._lock:
            self._write([row for row in self.rows() if row.mail.id != id_])

    def holds(self, id_: str) -> bool:
        """Whether it waits for a yes."""
        return self._row(id_, "held") is not None

    def rows(self) -> list[Row]:
        """Every mail that is here."""
        read = [(Mail(**kept["mail"]), kept) for kept in self.get(NOTE) or []]
        rows = [Row(mail, kept["state"], kept["at"], kept["due"]) for mail, kept in read if mail.text]
        self._kept = len(rows)
        return rows

    # ── at work ─────────────────────────────────────────────────────────────────────────────

    async def keep_going(self) -> None:
        """Do what is due, without end; at first what a kill left undone."""
        await asyncio.to_thread(self.take_up)
        while True:
            if self._kept:
                await asyncio.to_thread(self.work)
            await asyncio.sleep(LOOKS_EVERY_S)

    def take_up(self) -> None:
        """After a start: what was on its way when she was closed."""
        for row in self.rows():
            if row.state == "going":
                with suppress(BecomingError):
                    self._find_out(row)
            elif row.state == "allowed" and self.clock() - row.due > LATE_S:
                self._to_drafts(row, "I was closed before it could go.")

    def work(self, closing: bool = False) -> None:
        """Whatever is due. `closing`: nobody will be here to do it later, so what was allowed goes now."""
        with self._at_work:
            for _ in range(2):  # what did not go in the first round becomes a draft in the second
                for row in self.rows():
                    if row.due <= self.clock() or (closing and row.state in ("held", "allowed")):
                        try:
                            self._next(row)
                        except MailError:  # the server is away: it stays as it is
                            self._move(row, row.state, self.clock() + AGAIN_S)

    def _next(self, row: Row) -> None:
        if not (account := self._account(row)):
            self.drop(row.mail.id)
            self.tell(f"The mail to {_whom(row)} is lost: its account is gone.", row.mail)
        elif row.state == "held":
            self._to_drafts(row, "There was no yes.")
        elif row.state == "allowed":
            self._send(row, account)
        elif row.state in ("sent", "draft"):
            where, data = "Sent" if row.state == "sent" else "Drafts", composed(row.mail, row.at)
            filing.put(account, self.accounts.password(account), where, data, row.mail.id)
            self.drop(row.mail.id)

    def _send(self, row: Row, account: Account) -> None:
        try:
            password, data = self.accounts.password(account), composed(row.mail, row.at)
            if not self._move(row, "going", row.due):
                return  # taken back, or forgotten, at the last moment
            send(account, password, row.mail, data)
        except Unknown:
            self._find_out(row)
        except MailError as error:
            self._to_drafts(row, str(error))
        else:
            self._move(row, "sent", self.clock())
            self._next(replace(row, state="sent"))

    def _find_out(self, row: Row) -> None:
        """Some providers keep a copy of what they sent; otherwise nobody can know."""
        account = self._account(row)
        with suppress(MailError):
            if account and filing.holds(account, self.accounts.password(account), "Sent", row.mail.id):
                self.drop(row.mail.id)
                return
        self._move(row, "draft", self.clock())
        unknown = f"I can't tell whether the mail to {_whom(row)} went out: I was cut off in the middle."
        self.tell(f"{unknown} I keep it as a draft, and don't send it again.", row.mail)

    def _account(self, row: Row) -> Account | None:
        return next((it for it in self.accounts.all() if it.address == row.mail.account), None)

    def _to_drafts(self, row: Row, why: str) -> None:
        if self._move(row, "draft", self.clock()):
            self.tell(f"The mail to {_whom(row)} isn't sent. {why} I keep it as a draft.", row.mail)

    # ── the note ────────────────────────────────────────────────────────────────────────────

    def _row(self, id_: str, *states: State) -> Row | None:
        return next((row for row in self.rows() if row.mail.id == id_ and row.state in states), None)

    def _move(self, row: Row, state: State, due: float) -> bool:
        """Write how far it is, if it is still here and no further than it was; whether it is."""
        with self._lock:
            if now := self._row(row.mail.id, row.state, "going"):
                self._keep(replace(now, state=state, due=due))
            return now is not None

    def _keep(self, row: Row) -> None:
        with self._lock:
            self._write([*(each for each in self.rows() if each.mail.id != row.mail.id), row])

    def _write(self, rows: list[Row]) -> None:
        self.put(NOTE, [asdict(row) for row in rows])
        self._kept = len(rows)


def _whom(row: Row) -> str:
    return row.mail.name or row.mail.address
