"""All calendars and address books of one person, as they were found last: looked at in threads, worked out in a process
of its own, so that no slow server and no endless calendar holds anybody up.
"""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from becoming.events import BecomingError
from becoming.tools.calendar.accounts import Account, Accounts, CalendarError
from becoming.tools.calendar.dav import LARGEST, Server, Shelf
from becoming.tools.calendar.entries import BACK, FAR, Found
from becoming.tools.reading.letters import decode

log = logging.getLogger(__name__)
EVERY_S, FRESH_S, READING_S, ACCOUNT_S = 240.0, 45.0, 60.0, 3.0
SOON_S, PATIENCE_S = 1.0, 5.0  # somebody waits where something was found, and where nothing was
_SLOW = "Your calendar's server is slow. Ask me again in a minute."


class Diary:
    """One person's calendars. Its methods may be called from any thread, and raise CalendarError."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self._threads, self._looks = ThreadPoolExecutor(4, "calendar"), ThreadPoolExecutor(1, "calendars")
        self._jobs, self._kept = dict[str, Future[None]](), dict[str, dict[str, _Kept]]()
        self._looking: Future[Found] | None = None
        self._found: Found | None = None
        self._of: tuple[Any, date] | None = None
        self._at, self._lock = -FRESH_S, Lock()

    async def keep_fresh(self) -> None:
        """Look every few minutes, where there is an account; without end."""
        while True:
            if await asyncio.to_thread(self.accounts.all):
                with suppress(BecomingError):  # who asks meets the same fault and is told
                    await asyncio.wrap_future(self._look())
            await asyncio.sleep(EVERY_S)

    def found(self) -> Found:
        """What stands in them, within seconds; what was found last where a server is slow."""
        if self._found and time.monotonic() - self._at < FRESH_S:
            return self._found
        looking = self._look()
        wait([looking], SOON_S if self._found else PATIENCE_S)
        if looking.done():
            return looking.result()
        if self._found:
            return self._found
        raise CalendarError(_SLOW)

    def account(self, url: str) -> Account:
        """Whose entry, or calendar, that is, where it can be changed."""
        for account in self.accounts.all():
            for shelf, _, texts in list(self._kept.get(account.address, {}).values()):
                if shelf.writable and (url == shelf.url or any(url == each for each, _ in texts)):
                    return account
        raise CalendarError("That calendar can only be read.")

    def server(self, url: str) -> Server:
        """The server where this entry, or this calendar, is."""
        account = self.account(url)
        return Server(account, self.accounts.password(account))

    def writable(self) -> str:
        """The calendar for something new: the first that can be written to."""
        for shelf in [it.shelf for kept in list(self._kept.values()) for it in kept.values()]:
            if shelf.writable and not shelf.book:
                return shelf.url
        raise CalendarError("There is no calendar that I can write to, only ones to read.")

    def changed(self) -> None:
        """Something was changed: what was found is not fresh any more."""
        with self._lock:
            self._at = -FRESH_S
            self._kept = {
                whose: {url: it._replace(day=date.min) for url, it in kept.items()}
                for whose, kept in self._kept.items()
            }
        self._look()

    def _look(self) -> Future[Found]:
        with self._lock:
            if self._looking is None or self._looking.done():
                self._looking = self._looks.submit(self._looked)
            return self._looking

    def _looked(self) -> Found:
        today, accounts = datetime.now().date(), self.accounts.all()
        self._kept = {it.address: self._kept.get(it.address, {}) for it in accounts}
        for each in accounts:
            if each.address not in self._jobs or self._jobs[each.address].done():
                self._jobs[each.address] = self._threads.submit(self._gather, each, today)
        wait([self._jobs[each.address] for each in accounts], ACCOUNT_S)
        wrong = " ".join(filter(None, (_trouble(self._jobs[each.address]) for each in accounts)))
        kept = [(_whose(each), it) for each in accounts for it in self._kept[each.address].values()]
        if wrong and not kept:
            raise CalendarError(wrong)
        sources = [[url, whose, text] for whose, it in kept for url, text in it.texts]
        if self._found is None or (sources, today) != self._of:
            self._found, self._of = _worked_out(sources, today), (sources, today)
        self._found, self._at = replace(self._found, wrong=wrong), time.monotonic()
        return self._found

    def _gather(self, account: Account, today: date) -> None:
        password = self.accounts.password(account) if account.user else ""
        self._kept[account.address] = _read(account, password, today, self._kept.get(account.address, {}))


class _Kept(NamedTuple):
    """What was read of a calendar, and when: it is read again once its stamp is another."""

    shelf: Shelf
    day: date
    texts: list[tuple[str, str]]


def tried(account: Account, password: str) -> Found:
    """What is found with an account that is not kept yet. Takes its time. Raises CalendarError."""
    today, whose = datetime.now().date(), _whose(account)
    kept = _read(account, password, today, {}).values()
    return _worked_out([[url, whose, text] for it in kept for url, text in it.texts], today)


def _read(account: Account, password: str, today: date, before: dict[str, _Kept]) -> dict[str, _Kept]:
    """What is in one account; what was not changed since is not read again."""

    def kept(shelf: Shelf, read: Callable[[], list[tuple[str, str]]]) -> _Kept:
        it = before.get(shelf.url)
        same = it and shelf.stamp and (it.shelf.stamp, it.day) == (shelf.stamp, today)
        return it if it and same else _Kept(shelf, today, read())

    if not account.url:
        file = Path(account.address)
        shelf = Shelf(account.address, file.suffix.lower() == ".vcf", stamp=_stamp(file))
        found = [kept(shelf, lambda: [(account.address, decode(file.read_bytes()))])]
    else:
        with Server(account, password) as server:
            dates = (today - BACK, today + FAR)
            found = [kept(it, partial(server.read, it, *dates)) for it in server.shelves()]
    return {it.shelf.url: it for it in found}


def _stamp(file: Path) -> str:
    try:
        it = file.stat()
    except OSError as error:
        raise CalendarError(f"I can't read the file {file.name} any more. Is it still there?") from error
    if it.st_size > LARGEST:
        raise CalendarError(f"The file {file.name} is larger than I can take in.")
    return f"{it.st_mtime_ns} {it.st_size}"


def _whose(account: Account) -> str:
    return account.user if "@" in account.user else account.address


def _trouble(job: Future[None]) -> str:
    if not job.done():
        return _SLOW
    if (error := job.exception()) and not isinstance(error, BecomingError):
        log.error("calendar", exc_info=error)
        return "Something went wrong with your calendar."
    return str(error or "")


def _worked_out(sources: Sequence[Sequence[str]], today: date) -> Found:
    """In a process of its own, which is ended when it takes too long."""
    job = json.dumps({"sources": sources, "day": today.isoformat()}).encode()
    asked = [sys.executable, "-m", "becoming.tools.calendar.reading"]
    try:
        done = subprocess.run(asked, input=job, capture_output=True, timeout=READING_S, check=True)
        return TypeAdapter(Found).validate_json(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        log.error("calendar", exc_info=error)
        raise CalendarError("There is something in your calendar that I can't work out.") from error
