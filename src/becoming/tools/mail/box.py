"""An inbox over IMAP, opened read-only for as long as one question takes. Everything here blocks, seconds at most.

However full it is, only the newest headers are fetched; of a mail only its beginning, where its words are.
"""

from __future__ import annotations

import imaplib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from imap_tools import AND, BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import MailboxLoginError

from becoming.tools.mail.accounts import Account, MailError
from becoming.tools.reading.mail import header

TIMEOUT_S = 10.0
NEWEST = 25
DAYS = 30
BEGINNING = 256 * 1024
_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail by its headers: `at` in Unix seconds, `bulk` if no person wrote it to this person."""

    account: Account
    uid: str
    name: str
    address: str
    subject: str
    at: float
    bulk: bool


def unread(account: Account, password: str) -> tuple[int, list[Letter]]:
    """How many unread mails came in the last month, and the newest of them. Raises MailError."""
    with _opened(account, password) as box:
        lately = AND(seen=False, date_gte=date.today() - timedelta(days=DAYS))
        uids = sorted(box.uids(lately), key=int, reverse=True)
        found = (
            box.fetch(uid_list=uids[:NEWEST], mark_seen=False, headers_only=True, bulk=True) if uids else ()
        )
        letters = [_letter(account, mail.uid, mail.obj) for mail in found if mail.uid]
        return len(uids), sorted(letters, key=lambda it: it.at, reverse=True)


def beginning(letter: Letter, password: str) -> bytes:
    """The beginning of a mail, its flags untouched. Raises MailError."""
    with _opened(letter.account, password) as box:
        _, found = box.client.uid("FETCH", letter.uid, f"(BODY.PEEK[]<0.{BEGINNING}>)")
        data = next((part[1] for part in found if isinstance(part, tuple)), None)
        if data is None:
            raise MailError("That mail isn't in the inbox any more.")
        return bytes(data)


@contextmanager
def _opened(account: Account, password: str) -> Iterator[BaseMailBox]:
    host, box, inside = account.host, None, False
    try:
        box = _connected(account)
        user = account.user or account.address
        login = box.login if (user + password).isascii() else box.login_utf8
        login(user, password, initial_folder=None)
        inside = True
        box.folder.set("INBOX", readonly=True)
        yield box
    except ssl.SSLError as error:
        raise MailError(
            f"{host} can't prove that it is your mail server, so I gave it no password."
        ) from error
    except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
        told = f"The mail server {host} doesn't answer. Check the network, and ask me again in a while."
        if isinstance(error, MailboxLoginError) or (
            type(error) is imaplib.IMAP4.error and box and not inside
        ):
            hint = account.hint or "Many providers want an app password here: one you make on their website."
            told = f"{host} doesn't take the password of {account.address}. {hint}"
        raise MailError(told) from error
    finally:
        if box:
            with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
                box.logout()


def _connected(account: Account) -> BaseMailBox:
    where = (account.host, account.port, TIMEOUT_S)
    if account.security != "none":
        kind = MailBox if account.security == "ssl" else MailBoxStartTls
        return kind(*where, ssl_context=ssl.create_default_context())
    if account.host not in _HERE:
        raise MailError("Without encryption a password goes to this computer only. Choose ssl or starttls.")
    return MailBoxUnencrypted(*where)


def _letter(account: Account, uid: str, mail: Message) -> Letter:
    name, address = parseaddr(header(mail, "From"))
    subject = header(mail, "Subject")
    try:
        at = parsedate_to_datetime(str(mail["Date"])).timestamp()
    except (TypeError, ValueError, OverflowError, OSError):
        at = time.time()
    no_reply = address.partition("@")[0].lower().replace("-", "").replace("_", "").replace(".", "")
    bulk = (
        mail["List-Unsubscribe"] is not None
        or header(mail, "Precedence").lower() in ("bulk", "list", "junk")
        or header(mail, "Auto-Submitted").lower() not in ("", "no")
        or no_reply.startswith(("noreply", "donotreply", "newsletter", "mailerdaemon"))
    )
    return Letter(account, uid, name, address, subject, at, bulk)
