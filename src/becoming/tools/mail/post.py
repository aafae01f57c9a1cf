"""What has come in, over all accounts: looked for in threads of its own, so that an answer is at hand when asked for.

A server that is slow holds nobody up: what was found last is told, or that it takes long.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from functools import partial
from threading import Lock, Thread
from typing import Any

from becoming.tools.browsing import Item, number
from becoming.tools.mail import aloud, box
from becoming.tools.mail.accounts import Account, Accounts, MailError
from becoming.tools.mail.box import Letter

EVERY_S, FRESH_S, STALE_S = 240.0, 45.0, 900.0
SOON_S, PATIENCE_S = 1.0, 3.0
"""So long somebody is kept waiting where something was found lately, and where nothing was."""

_DUE = re.compile(aloud.WORDS["due"], re.IGNORECASE)
_ANSWER = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr)\s*(?:\[\d+\])?:\s*|\[[^\]]{1,40}\]\s*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class News:
    """What is unread: the newest, what matters first, as things of a list; and how it is told."""

    letters: Sequence[Letter]
    items: Sequence[Item]
    told: str


class Post:
    """One person's mail. Its methods may be called from any thread."""

    def __init__(self, accounts: Accounts, known: Callable[[], Collection[str]]) -> None:
        """`known` gives the names of the people she knows of, in lower case."""
        self.accounts, self._known = accounts, known
        self._lock, self._jobs = Lock(), dict[Any, Future[Any]]()
        self._found: dict[str, tuple[float, int, list[Letter]]] = {}

    async def keep_fresh(self) -> None:
        """Look every few minutes, where there is an account; without end."""
        while True:
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

    def told(self, letter: Letter) -> aloud.Told:
        """What a mail says, within seconds. Raises MailError."""
        job = self._begin(
            letter, lambda: aloud.told(box.beginning(letter, self.accounts.password(letter.account)))
        )
        wait([job], PATIENCE_S)
        if trouble := _trouble(job, letter.account.address):
            raise MailError(trouble)
        found: aloud.Told = job.result()
        return found

    def _look(self) -> dict[str, Future[Any]]:
        """Have every inbox looked into that was not just now; what is under way, by address."""
        old = time.monotonic() - FRESH_S
        accounts = {each.address: each for each in self.accounts.all()}
        stale = [it for it in accounts if it not in self._found or self._found[it][0] < old]
        return {
            address: self._begin(address, partial(self._look_into, accounts[address])) for address in stale
        }

    def _look_into(self, account: Account) -> None:
        found = box.unread(account, self.accounts.password(account))
        self._found[account.address] = (time.monotonic(), *found)

    def _begin(self, key: object, work: Callable[[], object]) -> Future[Any]:
        """Do it in a thread that keeps nobody from leaving; the same as before while that runs, or where it read a mail."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None or (job.done() and (isinstance(key, str) or job.exception())):
                job = self._jobs[key] = Future()
                Thread(target=_carry_out, args=(job, work), name="mail", daemon=True).start()
            return job


def _carry_out(job: Future[Any], work: Callable[[], object]) -> None:
    try:
        job.set_result(work())
    except MailError as error:
        job.set_exception(error)
    finally:
        if not job.done():
            job.set_exception(
                MailError("Something went wrong with your mail. The program's output says what.")
            )


def _trouble(job: Future[Any], address: str) -> str:
    if not job.done():
        return f"The mail server of {address} is slow. Ask me again in a minute."
    return str(job.exception() or "")


# ── what matters ────────────────────────────────────────────────────────────────────────────


def _news(count: int, letters: Sequence[Letter], known: Collection[str], wrong: str) -> News:
    ordered = sorted(letters, key=lambda it: (_rank(it, known), -it.at))
    matter = [each for each in ordered if _rank(each, known) < 3][:2]
    told = [_told(count, ordered, matter), wrong]
    items = [
        Item(label(each), each.name or each.address, "newsletter" if each.bulk else "") for each in ordered
    ]
    return News(ordered, items, " ".join(filter(None, told)))


def _rank(letter: Letter, known: Collection[str]) -> int:
    """How much it matters: 0 from somebody she knows, 1 with a day in it, 2 a question, 3 neither, 4 to many."""
    name = sender(letter).lower()
    if letter.bulk or name in known or name.split()[0] in known:
        return 4 if letter.bulk else 0
    return 1 if _DUE.search(letter.subject) else 2 if "?" in letter.subject else 3


def _told(count: int, letters: Sequence[Letter], matter: Sequence[Letter]) -> str:
    """How many, the two that matter, and what the rest is."""
    bulk, left, these = (
        sum(each.bulk for each in letters),
        count - len(matter),
        ", and ".join(map(label, matter)),
    )
    if count < 2:
        return (
            f"One new: {label(letters[0])}{', a newsletter' if bulk else ''}." if letters else "Nothing new."
        )
    told = f"{number(count)} new. {'One that matters' if len(matter) == 1 else 'Two that matter'}: {these}."
    if not matter:
        told = f"{number(count)} new, nothing that looks pressing."
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


def label(letter: Letter) -> str:
    """Who writes about what, in a breath."""
    words = aloud.speakable(_ANSWER.sub("", letter.subject)).rstrip(" .!").split()
    subject, asks = " ".join(words[:12]), bool(words) and words[-1].endswith("?") and len(words) <= 12
    if asks and len(words) > 3:
        return f"{sender(letter)} asks: {subject}"
    about = f" about {subject.rstrip('?')}" if subject else ""
    return f"{sender(letter)} {'asks' if asks else 'writes'}{about}"
