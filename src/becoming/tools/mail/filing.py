"""What is put, moved and marked in a mailbox once the person allowed it; and whom they write with. Everything blocks."""

from __future__ import annotations

import email
import re
from email.utils import getaddresses

from imap_tools import BaseMailBox, MailMessageFlags

from becoming.tools.mail.accounts import Account, MailError
from becoming.tools.mail.box import Letter, opened

LATEST = 150
"""So many of the latest mails of a folder tell whom somebody writes with."""
_NAMES = {
    "Drafts": r"drafts|entw(ü|&APw-)rfe|brouillons",
    "Sent": r"sent|sent (items|mail|messages)|gesendet.*|envoy.*|objets envoy.*",
    "Archive": r"archives?|archiv",
}

Correspondent = tuple[str, str, str]
"""A name, an address, and the account they are known by."""


def put(account: Account, password: str, where: str, data: bytes, id_: str) -> None:
    """Into the drafts or the sent mails, unless it lies there already. Raises MailError."""
    with opened(account, password) as box:
        if not _holds(box, where, id_):
            flag = MailMessageFlags.DRAFT if where == "Drafts" else MailMessageFlags.SEEN
            box.append(data, _folder(box, where, make=True), flag_set=[flag])


def holds(account: Account, password: str, where: str, id_: str) -> bool:
    """Whether a mail lies in such a folder. Raises MailError."""
    with opened(account, password) as box:
        return _holds(box, where, id_)


def archive(letter: Letter, password: str) -> None:
    """Out of the inbox, where it stays findable. Raises MailError."""
    with opened(letter.account, password, read_only=False) as box:
        _there(box, letter)
        box.move(letter.uid, _folder(box, "Archive", make=True))


def bring_back(letter: Letter, password: str) -> None:
    """Into the inbox again. Raises MailError."""
    with opened(letter.account, password, read_only=False) as box:
        box.folder.set(_folder(box, "Archive"))
        if not (found := box.uids(f'HEADER Message-ID "{letter.id}"') if letter.id else []):
            raise MailError("I don't find that mail in the archive any more.")
        box.move(found, "INBOX")


def flag(letter: Letter, password: str, on: bool) -> None:
    """Mark it, or take the mark away. Raises MailError."""
    with opened(letter.account, password, read_only=False) as box:
        _there(box, letter)
        box.flag(letter.uid, MailMessageFlags.FLAGGED, on)


def correspondents(account: Account, password: str) -> list[Correspondent]:
    """Whom somebody writes with lately, those they wrote to first. Raises MailError."""
    known: dict[str, Correspondent] = {}
    with opened(account, password) as box:
        sent = _folder(box, "Sent")
        for folder, names in ((sent, ("to", "cc")), ("INBOX", ("from",))):
            for header in _latest(box, folder) if folder else ():
                said = [str(value) for name in names for value in header.get_all(name, [])]
                for name, address in getaddresses(said):
                    if "@" in address and address.lower() != account.address.lower():
                        before = known.get(address.lower())
                        known[address.lower()] = (before and before[0]) or name, address, account.address
    return list(known.values())


def _latest(box: BaseMailBox, folder: str) -> list[email.message.EmailMessage]:
    """The headers of the latest mails, newest first, and nothing else of them."""
    count = box.folder.status(folder, ["MESSAGES"])["MESSAGES"]
    if not count:
        return []
    box.folder.set(folder, readonly=True)
    _, found = box.client.fetch(f"{max(1, count - LATEST + 1)}:*", "(BODY.PEEK[HEADER.FIELDS (FROM TO CC)])")
    data = [part[1] for part in found if isinstance(part, tuple)]
    read = email.message_from_bytes
    return [read(each, policy=email.policy.default) for each in reversed(data)]


def _there(box: BaseMailBox, letter: Letter) -> None:
    if not box.uids(f"UID {letter.uid}"):
        raise MailError("That mail isn't in the inbox any more.")


def _holds(box: BaseMailBox, where: str, id_: str) -> bool:
    if not (folder := _folder(box, where)):
        return False
    box.folder.set(folder, readonly=True)
    return bool(box.uids(f'HEADER Message-ID "{id_}"'))


def _folder(box: BaseMailBox, use: str, make: bool = False) -> str:
    """The folder that serves this use: as the server says (RFC 6154), else by its name; empty if there is none."""
    there = box.folder.list()
    wanted = (f"\\{use}", "\\All") if use == "Archive" else (f"\\{use}",)
    by_use = [it.name for flag in wanted for it in there if flag in it.flags]
    called = re.compile(_NAMES[use], re.IGNORECASE)
    by_name = [it.name for it in there if called.fullmatch(it.name.rpartition(it.delim or "/")[2])]
    found = next(iter((*by_use, *by_name)), "")
    if not found and make:
        box.folder.create(found := use)
    return found
