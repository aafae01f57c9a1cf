"""Leaving a mailing list as its own headers offer it: by one POST (RFC 8058), or by a mail. No link of a mail is ever opened."""

from __future__ import annotations

import re
import ssl
from urllib.parse import parse_qs, unquote, urlsplit

from becoming.events import InputError
from becoming.tools.address import leads_to
from becoming.tools.mail.accounts import MailError
from becoming.tools.mail.box import TIMEOUT_S, Letter
from becoming.tools.mail.sending import usable

Way = tuple[str, str, str]
"""An address to write to with a subject, or an https address to post to and nothing; and the place of either, as it is said."""


def way(letter: Letter) -> Way | None:
    """How the list of a mail can be left; None where it says nothing of that, or wants its website visited."""
    for each in re.findall(r"<\s*([^<>\s]+)\s*>", letter.off):
        at = urlsplit(each)
        if at.scheme == "https" and letter.one_click and at.hostname:
            return each, "", at.hostname
        if at.scheme == "mailto" and usable(address := unquote(at.path)):
            subject = parse_qs(at.query).get("subject", ["unsubscribe"])[0]
            return address, " ".join(subject.split())[:200] or "unsubscribe", address
    return None


def post(url: str) -> None:
    """Tell a list by one POST; nothing of the person goes with it. Raises MailError."""
    import httpx2  # late: nothing else here speaks HTTP

    host = urlsplit(url).hostname or ""
    if urlsplit(url).scheme != "https" or not _public(host):
        raise MailError(f"{host} is no place I would send that to.")
    try:
        with httpx2.Client(verify=ssl.create_default_context(), trust_env=False, timeout=TIMEOUT_S) as client:
            answer = client.post(url, data={"List-Unsubscribe": "One-Click"})
    except httpx2.HTTPError as error:
        raise MailError(f"{host} doesn't answer, so you are still on that list.") from error
    if not answer.is_success:
        raise MailError(f"{host} didn't take it, so you may still be on that list.")


def _public(host: str) -> bool:
    """Whether a name leads out into the internet: a mail must not reach what stands in the person's own network."""
    try:
        return bool(leads_to(host, 443, private=False))
    except InputError:
        return False
