"""What has come in, over all accounts: looked for in threads, so that no slow server holds anybody up."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from functools import partial
from typing import Any, cast

from becoming.events import BecomingError
from becoming.tools.browsing import Item, number
from becoming.tools.mail import aloud, box, filing
from becoming.tools.mail.accounts import Account, Accounts, MailError
from becoming.tools.mail.box import Letter
from becoming.tools.mail.filing import Correspondent

log = logging.getLogger(__name__)
EVERY_S, FRESH_S, STALE_S, KNOWN_S = 240.0, 45.0, 900.0, 3600.0
SOON_S, PATIENCE_S = 1.0, 3.0  # somebody waits where something was found lately, and where nothing was
_LITTLE = frozenset("the a an your our my this new some".split())

News = tuple[tuple[Letter, ...], tuple[Item, ...], str]
"""What is unread: the newest, what matters first; the same as things of a list; how it is told."""


class Post:
    """One person's mail. Its methods may be called from any thread."""

    def __init__(self, accounts: Accounts, known: Callable[[], Collection[str]]) -> None:
        """`known` gives the names of the people she knows of, in lower case."""
        self.accounts, self._known = accounts, known
        self._threads, self._jobs = ThreadPoolExecutor(4, "mail"), dict[Any, Future[Any]]()
        self._found: dict[str, tuple[float, int, list[Letter]]] = {}
        self._known_by: dict[str, tuple[float, list[Correspondent]]] = {}
        self.sorted: Callable[[Sequence[Letter]], Collection[Letter]] = lambda found: ()
        """Takes what came in, and gives back what it put away by a standing yes."""

    async def keep_fresh(self) -> None:
        """Look every few minutes, where there is an account; without end."""
        while True:
            with suppress(BecomingError):  # who asks meets the same fault and is told
                await asyncio.to_thread(self._look)
            await asyncio.sleep(EVERY_S)

    def news(self) -> News:
        """What is new, within seconds; what was found last where a server is slow. Raises MailError."""
        jobs, old = self._look(), time.monotonic() - STALE_S
        lately = all(each in self._found and self._found[each][0] > old for each in jobs)
        wait(jobs.values(), SOON_S if lately else PATIENCE_S)
        troubles = [_trouble(job, each) for each, job in jobs.items() if job.done() or not lately]
        wrong = " ".join(filter(None, troubles))
        found = [self._found[each.address] for each in self.accounts.all() if each.address in self._found]
        if not found:
            raise MailError(wrong)
        return _news(sum(it[1] for it in found), [one for it in found for one in it[2]], self._known(), wrong)

    def told(self, it: Letter) -> tuple[tuple[str, ...], str]:
        """The sentences of a mail, and its language if that is not English. Takes seconds. Raises MailError."""
        job = self._begin(it, lambda: aloud.told(box.beginning(it, self.accounts.password(it.account))))
        wait([job], PATIENCE_S)
        if trouble := _trouble(job, it.account.address):
            raise MailError(trouble)
        return cast("tuple[tuple[str, ...], str]", job.result())

    def letters(self) -> list[Letter]:
        """What was found last."""
        return [one for it in list(self._found.values()) for one in it[2]]

    def correspondents(self) -> list[Correspondent]:
        """Whom they write with, as far as that is known within seconds."""
        old, known = time.monotonic() - KNOWN_S, self._known_by
        stale = [it for it in self.accounts.all() if it.address not in known or known[it.address][0] < old]
        wait([self._begin(f"whom {it.address}", partial(self._learn, it)) for it in stale], PATIENCE_S)
        return [one for _, found in list(known.values()) for one in found]

    def _learn(self, account: Account) -> None:
        found = filing.correspondents(account, self.accounts.password(account))
        self._known_by[account.address] = (time.monotonic(), found)

    def gone(self, letters: Collection[Letter]) -> None:
        """They are in the inbox no more, as far as this is known."""
        for address, (at, count, found) in list(self._found.items()):
            left = [each for each in found if each not in letters]
            self._found[address] = (at, count - len(found) + len(left), left)

    def _look(self) -> dict[str, Future[Any]]:
        """Have every inbox looked into that was not just now; what is under way, by address."""
        old, found = time.monotonic() - FRESH_S, self._found
        stale = [it for it in self.accounts.all() if it.address not in found or found[it.address][0] < old]
        return {it.address: self._begin(it.address, partial(self._look_into, it)) for it in stale}

    def _look_into(self, account: Account) -> None:
        count, found = box.unread(account, self.accounts.password(account))
        away = self.sorted(found)
        left = [each for each in found if each not in away]
        self._found[account.address] = (time.monotonic(), count - len(away), left)

    def _begin(self, key: object, work: Callable[[], object]) -> Future[Any]:
        """Do it in a thread, if it is not under way; a mail is read once."""
        job = self._jobs.get(key)
        if job is None or (job.done() and (isinstance(key, str) or job.exception())):
            job = self._jobs[key] = self._threads.submit(work)
        return job


def _trouble(job: Future[Any], address: str) -> str:
    if not job.done():
        return f"The mail server of {address} is slow. Ask me again in a minute."
    if (error := job.exception()) and not isinstance(error, MailError):
        log.error("mail", exc_info=error)
        return "Something went wrong with your mail."
    return str(error or "")


def _news(count: int, letters: Sequence[Letter], known: Collection[str], wrong: str) -> News:
    ordered = sorted(letters, key=lambda it: (_rank(it, known), -it.at))
    matter = [it for it in ordered if _rank(it, known) < 3][:2]
    told = f"{_told(count, ordered, matter)} {wrong}".strip()
    items = [Item(label(it), it.name or it.address, "newsletter" if it.bulk else "") for it in ordered]
    return tuple(ordered), tuple(items), told


def _rank(letter: Letter, known: Collection[str]) -> int:
    """How much it matters: 0 from somebody she knows, 1 with a day in it, 2 a question, 3 neither, 4 to many."""
    name = sender(letter).lower()
    if letter.bulk or name in known or name.split()[0] in known:
        return 4 if letter.bulk else 0
    return 1 if aloud.SAYS["due"].search(letter.subject) else 2 if "?" in letter.subject else 3


def _told(count: int, letters: Sequence[Letter], matter: Sequence[Letter]) -> str:
    """How many, the two that matter, and what the rest is."""
    bulk, left, these = sum(it.bulk for it in letters), count - len(matter), ", and ".join(map(label, matter))
    if count < 2:
        kind = ", a newsletter" if bulk else ""
        return f"One new: {label(letters[0])}{kind}." if letters else "Nothing new."
    which = "One that matters" if len(matter) == 1 else "Two that matter"
    told = f"{number(count)} new" + (f". {which}: {these}." if matter else ", nothing that presses.")
    if count > len(letters):
        return f"{told} I looked at the newest {len(letters)} only."
    if left == bulk > 0:
        return f"{told} {'The other is a newsletter' if left == 1 else 'The rest are newsletters'}."
    newsletters = f", and {number(bulk).lower()} newsletter{'s' if bulk > 1 else ''}" if bulk else ""
    return f"{told} Besides, {number(left - bulk).lower()} more{newsletters}." if left and matter else told


def sender(letter: Letter) -> str:
    """Whom it says it is from, as one says a name: "Weber, Anna" is Anna Weber; without one, by the address."""
    last, _, first = aloud.speakable(letter.name).strip("\"' ").partition(", ")
    user, _, domain = letter.address.partition("@")
    by_address = domain if letter.bulk else user.replace(".", " ").replace("_", " ").title()
    return f"{first} {last}".strip()[:60] or by_address or "Somebody"


def subject_of(letter: Letter) -> str:
    """What it is about, without the marks of an answer."""
    return " ".join(aloud.SAYS["answer"].sub("", letter.subject).split())


def about(letter: Letter) -> str:
    """The same as it can be said."""
    return " ".join(aloud.speakable(subject_of(letter)).rstrip(" .!").split()[:12])


def label(letter: Letter) -> str:
    """Who writes about what, in a breath."""
    words = about(letter).split()
    subject, verb = " ".join(words), "asks" if words and words[-1].endswith("?") else "writes"
    if len(words) > 3:
        return f"{sender(letter)} {verb}: {subject}"
    if words and words[0].lower() in _LITTLE:
        subject = subject[0].lower() + subject[1:]
    return f"{sender(letter)} {verb}{' about' if subject else ''} {subject.rstrip('?')}".strip()
