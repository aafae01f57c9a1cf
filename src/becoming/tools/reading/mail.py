"""Letters by mail: one (.eml) or a mailbox (mbox); who wrote when, without what they quote."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from becoming.events import Excerpt, InputError
from becoming.tools.reading import markup
from becoming.tools.reading.cutting import cut
from becoming.tools.reading.letters import clean, decode
from becoming.tools.reading.talking import day

# With the time in it: a sentence that begins with "From" is no new letter.
_NEXT = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]*\d\d:\d\d[^\r\n]*\r?\n")
_WROTE = r"On .{5,200}\bwrote|Am .{5,200}\bschrieb.{0,100}|Le .{5,200}\ba écrit"
_QUOTED = re.compile(rf"^>.*\n?|^(?:{_WROTE}) ?:[ \t]*\n?", re.MULTILINE)
_BEFORE = "Original Message|Forwarded message|Ursprüngliche Nachricht|Message d'origine"
_FROM = r"(?:From|Von|De) ?: .{1,200}\n(?:Sent|Date|Gesendet|Datum|Envoyé) ?: "
_BELOW = re.compile(rf"^(?:(?:-- ?|-{{2,}} ?(?:{_BEFORE}) ?-{{2,}})$|{_FROM}).*", re.MULTILINE | re.DOTALL)


def mailbox(data: bytes) -> Iterator[Excerpt]:
    """Every letter of an mbox file, in its order."""
    for one in _NEXT.split(data)[1:]:
        yield from letter(one)


def letter(data: bytes) -> Iterator[Excerpt]:
    """One letter: its subject and the words of who wrote it."""
    message = email.message_from_bytes(data)
    name, address = parseaddr(_header(message, "From"))
    place = ", ".join(filter(None, (_day(message), name or address)))
    subject, text = _header(message, "Subject"), own_words(message)
    yield from cut(place, f"{subject}\n\n{text}" if text.strip() else "")


def own_words(message: Message) -> str:
    """What its writer wrote: nothing they quote, no signature after its mark."""
    return _BELOW.sub("", _QUOTED.sub("", _body(message)))


def _header(message: Message, name: str) -> str:
    raw = str(message.get(name, ""))
    with suppress(HeaderParseError, LookupError, ValueError):  # as it stands, then
        raw = str(make_header(decode_header(raw)))
    return " ".join(clean(raw).split())


def _day(message: Message) -> str:
    try:
        return day(parsedate_to_datetime(str(message["Date"])))
    except (TypeError, ValueError, OverflowError):
        return ""


def _body(message: Message) -> str:
    """The plain text of a letter, else that of its page."""
    parts = [part for part in message.walk() if part.get_content_disposition() != "attachment"]
    for part in parts:
        if part.get_content_type() == "text/plain":
            return clean(_decoded(part))
    for part in parts:
        if part.get_content_type() == "text/html":
            with suppress(InputError):
                return "\n\n".join(markup.paragraphs(markup.seen(markup.parse(clean(_decoded(part))))))
    return ""


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, ValueError):
        with suppress(InputError):
            return decode(data)
        return ""
