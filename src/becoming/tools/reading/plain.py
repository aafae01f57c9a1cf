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
    place, held = "", list[str]()
    for paragraph in text.split("\n\n"):
        if (heading := _heading(paragraph)) and heading != place:
            yield place, "\n\n".join(held)
            place, held = heading, []
        held.append(paragraph)
    yield place, "\n\n".join(held)


def _heading(paragraph: str) -> str | None:
    """The heading that a paragraph is, or begins with; None for any other."""
    beginning = paragraph[: _LONGEST_HEADING + 20].lstrip()
    if beginning[:1] not in _FIRST_LETTERS or not _HEADING.match(beginning):
        return None
    line = beginning.partition("\n")[0].strip()
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
