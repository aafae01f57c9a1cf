"""A mail on its way out, over SMTP. Where it cannot be known whether it went, that is said, and it is not sent again."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr

from becoming.tools.mail.accounts import Account, MailError, find_out, here_only
from becoming.tools.mail.box import TIMEOUT_S

ANSWERS_S = 60.0
"""So long a server may take to accept a whole mail."""
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@(?:[a-z0-9-]{1,63}\.)*[a-z0-9-]{1,63}", re.IGNORECASE)


class Unknown(MailError):
    """The line broke after the mail was handed over and before the server said that it has it."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What somebody writes: `id` its Message-ID, `account` whose it is, `name` and `address` whom to, `text` every word of it.

    `sender` is what the person is called; `answers` and `thread` are what it refers to.
    """

    id: str
    account: str
    name: str
    address: str
    subject: str
    text: str
    sender: str = ""
    answers: str = ""
    thread: str = ""


def usable(address: str) -> bool:
    """Whether mail can be sent to it."""
    return bool(_ADDRESS.fullmatch(address)) and address.isascii()


def composed(mail: Mail, at: float) -> bytes:
    """The mail as it goes out. Raises MailError where its address is none."""
    if not usable(mail.address):
        raise MailError(f"{mail.address} is no address I can send to.")
    it = EmailMessage(policy=SMTP)
    it["From"] = formataddr((_line(mail.sender), mail.account))
    it["To"] = formataddr((_line(mail.name), mail.address))
    it["Subject"] = _line(mail.subject)
    it["Date"] = datetime.fromtimestamp(at).astimezone()
    it["Message-ID"] = mail.id
    if mail.answers:
        it["In-Reply-To"] = mail.answers
        it["References"] = f"{mail.thread} {mail.answers}".strip()
    it.set_content(mail.text + "\n", charset="utf-8")
    return it.as_bytes()


def send(account: Account, password: str, mail: Mail, data: bytes) -> None:
    """Hand it over, once. Raises Unknown, or MailError where it surely did not go."""
    with _server(find_out(account), password) as server:
        for code, reply in (server.mail(account.address), server.rcpt(mail.address)):
            if code // 100 != 2:
                raise _refused(mail, reply)
        assert server.sock
        server.sock.settimeout(ANSWERS_S)
        try:
            code, reply = server.data(data)
        except smtplib.SMTPDataError as error:  # refused before a word of it was sent
            raise _refused(mail, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unknown(f"The line to {account.out or account.host} broke at the end of it.") from error
        if code != 250:
            raise _refused(mail, reply)


def signs_in(account: Account, password: str) -> Account:
    """The account, once its server took the password. Raises MailError."""
    with _server(account, password):
        return account


def _refused(mail: Mail, reply: bytes | str) -> MailError:
    said = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
    bare = re.sub(r"\b\d\.\d+\.\d+\b|[^\w .,'-]", " ", said.splitlines()[0] if said else "")
    why = " ".join(bare.split())[:120]
    return MailError(f"The mail server doesn't take it for {mail.address}. It says: {why}.")


@contextmanager
def _server(account: Account, password: str) -> Iterator[smtplib.SMTP]:
    host, server, user = account.out, None, account.user or account.address
    try:
        server = _connected(account)
        if account.out_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if account.issuer:
            server.ehlo_or_helo_if_needed()
            told = f"user={user}\1auth=Bearer {password}\1\1"
            server.auth("XOAUTH2", lambda why=None: "" if why else told)  # why not: to be answered by nothing
        else:
            server.login(user, password)
        yield server
    except ssl.SSLError as error:
        raise MailError(f"{host} can't prove to be your mail server, so I gave it no password.") from error
    except smtplib.SMTPAuthenticationError as error:
        refused = f"{host} doesn't take the password of {account.address} for sending."
        closed = f"{host} doesn't let me send as {account.address}. Is SMTP allowed there?"
        raise MailError(closed if account.issuer else refused) from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailError(f"{host} takes no mail in secret, so I gave it no password.") from error
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(f"The mail server {host} doesn't answer.") from error
    finally:
        if server:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()


def _connected(account: Account) -> smtplib.SMTP:
    where = (account.out, account.out_port)
    if account.out_security == "ssl":
        return smtplib.SMTP_SSL(*where, timeout=TIMEOUT_S, context=ssl.create_default_context())
    if account.out_security == "none":
        here_only(account.out)
    return smtplib.SMTP(*where, timeout=TIMEOUT_S)


def _line(text: str) -> str:
    """On one line, so that no header can begin another."""
    return " ".join(text.split())
