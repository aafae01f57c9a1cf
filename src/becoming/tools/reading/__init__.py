"""Reading: from a file a person hands her to a document of excerpts, each with its place.

Plain text and Markdown, HTML, PDF, EPUB, letters (.eml), mailboxes (mbox), chats (WhatsApp's text,
Telegram's result.json), and folders or zips of these. A file is untrusted: each is bounded in size
before and after unpacking, nothing is fetched or run, and whatever cannot be read raises
events.InputError with what to do instead. The text is data: nobody here looks for meaning in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from becoming.events import Document, Excerpt, InputError
from becoming.tools.reading import epub, mail, pdf, plain, telegram, whatsapp
from becoming.tools.reading.letters import clean, decode
from becoming.tools.reading.sources import Source, sources, sources_in

__all__ = ["Source", "read", "sources", "sources_in"]

MOST_CHARACTERS = 40_000_000
"""About sixty novels; a bigger file is not something to read in one go."""

Parts = tuple[str, Iterator[Excerpt]]
"""A title, empty if the text does not say its own, and the excerpts."""

_BINARY: dict[bytes, tuple[str, Callable[[bytes], Parts]]] = {
    b"%PDF-": ("pdf", pdf.read),
    b"PK\x03\x04": ("epub", epub.read),  # other zips were opened by `sources`
}


def read(source: Source) -> Document:
    """Read one file: its clean text, cut at the ends of paragraphs. Raises InputError."""
    data = source.load()
    form, (title, excerpts) = _parts(source.name, data)
    kept: list[Excerpt] = []
    size = 0
    for excerpt in excerpts:
        kept.append(excerpt)
        size += len(excerpt.text)
        if size > MOST_CHARACTERS:
            raise InputError(
                f"{source.name} holds more text than can be read in one go; give it in smaller parts."
            )
    if not kept:
        raise InputError(f"There are no words in {source.name}. Give her a file that has some.")
    named = " ".join(clean(title).split())[:200] or source.title
    return Document(named, form, hashlib.sha256(data).digest(), kept)


def _parts(name: str, data: bytes) -> tuple[str, Parts]:
    """What kind of file it is, by its content rather than its name, and the parts of it."""
    try:
        for beginning, (form, parse) in _BINARY.items():
            if data.startswith(beginning):
                return form, parse(data)
        if data.startswith(b"From "):
            return "mbox", ("", mail.mailbox(data))
        if name.lower().endswith(".eml"):
            return "letter", ("", mail.letter(data))
        text = clean(decode(data))
        if name.lower().endswith(".json"):
            return "telegram", telegram.read(text)
        if whatsapp.looks_like(text):
            return "whatsapp", ("", whatsapp.read(text))
        if name.lower().endswith((".html", ".htm", ".xhtml")):
            return "text", plain.read_html(text)
    except InputError as error:
        raise InputError(f"{name} cannot be read: {error}") from error
    return "text", plain.read(text)
