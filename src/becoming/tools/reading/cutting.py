"""Excerpts: pieces of a text of some 120 to 200 words, cut at the ends of paragraphs.

Measured in characters, as not every language puts spaces between words. Long enough to say
something, short enough that the words around a match are about the same matter.
"""

from __future__ import annotations

from collections.abc import Iterator

from becoming.events import Excerpt

ENOUGH, MOST = 700, 1150

_SENTENCE_ENDS = (". ", "! ", "? ", ".\n", "!\n", "?\n", '." ', ".”", "…", "。")


def cut(place: str, text: str) -> Iterator[Excerpt]:
    """The excerpts of a text whose paragraphs are parted by empty lines; all are at that place."""
    held: list[str] = []
    size = 0
    for paragraph in text.split("\n\n"):
        for piece in (paragraph,) if len(paragraph) <= MOST else _sentences(paragraph):
            words = piece.strip()
            if held and size + len(words) > MOST:
                yield Excerpt(place, "\n\n".join(held))
                held, size = [], 0
            if words:
                held.append(words)
                size += len(words)
            if size >= ENOUGH:
                yield Excerpt(place, "\n\n".join(held))
                held, size = [], 0
    if held:
        yield Excerpt(place, "\n\n".join(held))


def _sentences(paragraph: str) -> Iterator[str]:
    """A long paragraph in pieces, cut at the end of a sentence, else of a word, else anywhere."""
    start = 0
    while len(paragraph) - start > MOST:
        window = start + 1, start + MOST
        end = max(paragraph.rfind(mark, *window) + len(mark) - 1 for mark in _SENTENCE_ENDS)
        if end < start + ENOUGH / 2:
            end = max(paragraph.rfind(" ", *window), paragraph.rfind("\n", *window))
        if end < start + ENOUGH / 2:
            end = start + MOST - 1
        yield paragraph[start : end + 1]
        start = end + 1
    yield paragraph[start:]
