"""A real SMTP server, aiosmtpd, on a free loopback port: it wants a password, and delivers into the mailboxes of the Dovecot."""

from __future__ import annotations

import base64
import ssl
import threading
from dataclasses import dataclass, field, replace
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from becoming.tools.mail import Account
from tests.tools.mail.dovecot import ADDRESS, OTHERS, PASSWORD, Dovecot, free_port


@dataclass
class Post:
    """What the server does with a mail; what it was given."""

    dovecot: Dovecot
    taken: list[bytes] = field(default_factory=list)
    refuses: str = ""
    """Its answer to a recipient or, beginning with DATA, to a whole mail."""
    dies: bool = False
    """Whether the line breaks once a mail is there, before it says so."""
    holds: threading.Event | None = None
    """What it waits for once a mail is there, before it says so."""
    got: threading.Event = field(default_factory=threading.Event)
    tokens: set[str] = field(default_factory=set)
    """What signs in beside the password, where there is a provider of identities."""

    async def auth_XOAUTH2(self, server: Any, args: list[str]) -> AuthResult:
        told = base64.b64decode(args[1]).decode() if len(args) > 1 else ""
        if told in {f"user={ADDRESS}\1auth=Bearer {token}\1\1" for token in self.tokens}:
            return AuthResult(success=True)
        await server.challenge_auth('{"status":"401"}')  # what is wrong; the other side has to answer nothing
        return AuthResult(success=False, handled=False)

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuses and not self.refuses.startswith("DATA"):
            return self.refuses
        if address not in (ADDRESS, *OTHERS):
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        if self.refuses:
            return self.refuses.removeprefix("DATA ")
        data = envelope.original_content or b""
        self.taken.append(data)
        for address in envelope.rcpt_tos:
            self.dovecot.deliver(data.replace(b"\r\n", b"\n"), to=address)
        self.got.set()
        if self.holds:
            await server.loop.run_in_executor(None, self.holds.wait, 30)
        if self.dies:
            server.transport.abort()
        return "250 OK"


def _signs_in(server: Any, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (
        ADDRESS.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=right, handled=False)


class Smtp:
    """The server, running."""

    def __init__(self, dovecot: Dovecot, *, starttls: bool = False) -> None:
        self.post, self.port = Post(dovecot), free_port()
        secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        secure.load_cert_chain(dovecot.folder / "cert.pem", dovecot.folder / "key.pem")
        settings: dict[str, Any] = (
            {"tls_context": secure, "require_starttls": True} if starttls else {"auth_require_tls": False}
        )
        self._controller = Controller(
            self.post,
            hostname="127.0.0.1",
            port=self.port,
            authenticator=_signs_in,
            auth_required=True,
            **settings,
        )
        self._controller.start()

    def of(self, account: Account, security: Any = "none") -> Account:
        """The same account, sending by this server."""
        return replace(account, out="127.0.0.1", out_port=self.port, out_security=security)

    def stop(self) -> None:
        if self.post.holds:
            self.post.holds.set()
        self._controller.stop()
