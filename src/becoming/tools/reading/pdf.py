"""PDF, by PDFium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from becoming.events import Excerpt, InputError
from becoming.tools.reading.cutting import cut
from becoming.tools.reading.letters import clean

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_MOST_PAGES = 20_000
_ONE_AT_A_TIME = threading.Lock()  # PDFium is not safe to use from two threads
_HYPHEN_AT_LINE_END = "\ufffe\r\n"  # PDFium's mark


def read(data: bytes) -> tuple[str, Iterator[Excerpt]]:
    """Its title and its excerpts, page by page. Raises InputError if it is locked, broken or only pictures."""
    with _ONE_AT_A_TIME:
        title, pages = _pages(data)
    if not any(page.strip() for page in pages):
        raise InputError(
            "its pages are pictures without text. Run text recognition on it first (for example ocrmypdf)."
        )
    return title, (one for n, page in enumerate(pages, 1) for one in cut(f"page {n}", page))


def _pages(data: bytes) -> tuple[str, list[str]]:
    import pypdfium2 as pdfium  # only here: most days bring no PDF, and every start would wait for it

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(
                "it is locked with a password. Save a copy without one and try again."
            ) from error
        raise InputError("it is a broken PDF. Get it anew, or save it as text.") from error
    try:
        if len(document) > _MOST_PAGES:
            raise InputError(f"it has more than {_MOST_PAGES:,} pages. Give her a part of it.")
        title = document.get_metadata_dict().get("Title", "")
        return title, [_text(document[number]) for number in range(len(document))]
    except pdfium.PdfiumError as error:
        raise InputError("one of its pages is broken. Print it to a new PDF, or save it as text.") from error
    finally:
        document.close()


def _text(page: pdfium.PdfPage) -> str:
    words = page.get_textpage()
    try:
        return clean(words.get_text_bounded().replace(_HYPHEN_AT_LINE_END, ""))
    finally:
        words.close()
        page.close()
