"""Plain text, Markdown and web pages: chapters by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from becoming.events import Excerpt
from becoming.tools.reading import markup
from becoming.tools.reading.cutting import cut

_KINDS = "chapter|book|part|volume|act|scene|canto|letter|stave"
_HEADING = re.compile(rf"#{{1,6}} \S|(?i:{_KINDS})\s+\w+\b")
_FIRST_LETTERS = frozenset("#BbCcPpVvAaSsLl")  # told by these, most paragraphs need no closer look
_LONGEST_HEADING = 90


def read(text: str) -> tuple[str, Iterator[Excerpt]]:
    """Its title where Markdown gives one, and its excerpts, each in its chapter or some way into it."""
    first = text.lstrip()[:_LONGEST_HEADING].partition("\n")[0]
    title = first.removeprefix("# ") if first.startswith("# ") else ""
    excerpts = [excerpt for place, chapter in _chapters(text) for excerpt in cut(place, chapter)]
    return title, iter(_placed(excerpts))


def read_html(text: str) -> tuple[str, Iterator[Excerpt]]:
    """A web page somebody saved."""
    page = markup.parse(text)
    return markup.title(page), iter(_placed([*cut("", "\n\n".join(markup.paragraphs(page)))]))


def _chapters(text: str) -> Iterator[tuple[str, str]]:
    """(heading, text with the heading) of each chapter; no heading for what stands before the first."""
    place, start, at = "", 0, 0
    while at >= 0:
        if text[at : at + 1] in _FIRST_LETTERS and (heading := _heading(text, at)) and heading != place:
            yield place, text[start:at]
            place, start = heading, at
        at = text.find("\n\n", at)
        while at >= 0 and text[at : at + 1].isspace():
            at += 1
    yield place, text[start:]


def _heading(text: str, at: int) -> str | None:
    """The heading that stands there, at the beginning of a paragraph; None where it is a sentence."""
    if not _HEADING.match(text, at):
        return None
    end = text.find("\n\n", at)
    paragraph = text[at:] if end < 0 else text[at:end]
    line = paragraph.partition("\n")[0].strip()
    if line.startswith("#"):
        return line.lstrip("# ")
    # "Part of me knew …" is a sentence; "PART ONE" and "Chapter 3: The Sea" stand alone.
    alone = paragraph.strip().count("\n") <= 1 and len(line) <= _LONGEST_HEADING
    return line if alone and (line.isupper() or (line[0].isupper() and line[-1] not in ".,;")) else None


def _placed(excerpts: list[Excerpt]) -> Iterable[Excerpt]:
    """Where there are no headings, how far into it an excerpt stands."""
    many = len(excerpts)
    if many < 4 or any(excerpt.place for excerpt in excerpts):
        return excerpts
    return [Excerpt(f"{100 * n // many} % in", excerpt.text) for n, excerpt in enumerate(excerpts)]
