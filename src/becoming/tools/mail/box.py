"""An inbox over IMAP, read for as long as one question takes and left as it was. Everything here blocks, seconds at most.

However full it is, only the newest headers are fetched; of a mail only its beginning, where its words are.
"""

from __future__ import annotations

import imaplib
import re
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta

from imap_tools import AND, BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.message import MailMessage

from becoming.tools.mail.accounts import Account, MailError, here_only

TIMEOUT_S, NEWEST, DAYS, BEGINNING = 8.0, 25, 30, 256 * 1024
_HINT = "Many providers want an app password here: one you make on their website."
_ID = re.compile(r"<[!#-;=?-\[\]-~]{3,300}>")  # no quotation mark: it is searched for
_NOBODY = re.compile(r"(?:no|do.?not).?reply|newsletter|mailer.?daemon", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail by its headers: `at` in Unix seconds, `bulk` if no person wrote it to this person.

    `back` is where answers go, `id` and `thread` what they refer to; `off` is what its list says about leaving it.
    """

    account: Account
    uid: str
    name: str
    address: str
    subject: str
    at: float
    bulk: bool
    back: str = ""
    id: str = ""
    thread: str = ""
    off: str = ""
    one_click: bool = False
    flagged: bool = False


def unread(account: Account, password: str) -> tuple[int, list[Letter]]:
    """How many unread mails came in the last month, and the newest of them. Raises MailError."""
    with opened(account, password) as box:
        lately = AND(seen=False, date_gte=date.today() - timedelta(days=DAYS))
        if not (uids := sorted(box.uids(lately), key=int, reverse=True)):
            return 0, []
        found = box.fetch(uid_list=uids[:NEWEST], mark_seen=False, headers_only=True, bulk=True)
        return len(uids), [_letter(account, mail) for mail in found]


def beginning(letter: Letter, password: str) -> bytes:
    """The beginning of a mail, its flags untouched. Raises MailError."""
    with opened(letter.account, password) as box:
        _, found = box.client.uid("FETCH", letter.uid, f"(BODY.PEEK[]<0.{BEGINNING}>)")
        if data := next((part[1] for part in found if isinstance(part, tuple)), None):
            return bytes(data)
        raise MailError("That mail isn't in the inbox any more.")


@contextmanager
def opened(account: Account, password: str, *, read_only: bool = True) -> Iterator[BaseMailBox]:
    """The inbox, for as long as one question takes. Raises MailError."""
    host, user, box, asked = account.host, account.user or account.address, None, False
    try:
        box = _connected(account)
        asked = True
        plain = box.login if (user + password).isascii() else box.login_utf8
        login = box.xoauth2 if account.issuer else plain
        login(user, password, initial_folder=None)
        asked = False
        box.folder.set("INBOX", readonly=read_only)
        yield box
    except ssl.SSLError as error:
        raise MailError(f"{host} can't prove to be your mail server, so I gave it no password.") from error
    except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
        if asked and not isinstance(error, OSError | imaplib.IMAP4.abort):
            refused = f"{host} doesn't take the password of {account.address}."
            whose = f"{host} doesn't let me in as {account.address}. Was it {account.address} who signed in on the page,"
            anew = f"{whose} and is IMAP allowed there? If it ever worked, add the account anew."
            raise MailError(anew if account.issuer else f"{refused} {account.hint or _HINT}") from error
        told = f"The mail server {host} doesn't answer. Check the network, and ask me again in a while."
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
    here_only(account.host)
    return MailBoxUnencrypted(*where)


def _letter(account: Account, mail: MailMessage) -> Letter:
    name, address = (mail.from_values.name, mail.from_values.email) if mail.from_values else ("", "")
    plain = {header.lower(): " ".join(str(value).split()) for header, value in mail.obj.items()}
    headers = {header: value.lower() for header, value in plain.items()}
    listed = "list-unsubscribe" in headers or headers.get("precedence") in ("bulk", "list", "junk")
    bulk = listed or headers.get("auto-submitted", "no") != "no" or bool(_NOBODY.match(address))
    at = mail.date.timestamp() if mail.date.year > 1970 else time.time()  # 1900 stands for none
    back = next((it.email for it in mail.reply_to_values if "@" in it.email), address)
    thread = " ".join(_ID.findall(f"{plain.get('references', plain.get('in-reply-to', ''))}")[-20:])
    id_ = next(iter(_ID.findall(plain.get("message-id", ""))), "")
    one_click = headers.get("list-unsubscribe-post", "").replace(" ", "") == "list-unsubscribe=one-click"
    off = plain.get("list-unsubscribe", "")
    flagged = "\\Flagged" in mail.flags
    told = (back, id_, thread, off, one_click, flagged)
    return Letter(account, mail.uid or "", name, address, mail.subject, at, bulk, *told)
