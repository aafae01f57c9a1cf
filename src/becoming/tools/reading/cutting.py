"""Excerpts: pieces of a text of some 120 to 200 words, cut at the ends of paragraphs.

Measured in characters, as not every language puts spaces between words. Long enough to say
something, short enough that the words around a match are about the same matter.
"""

from __future__ import annotations

from collections.abc import Iterator

from becoming.events import Excerpt

ENOUGH, MOST = 700, 1150

_GAP = "\n\n"
_SENTENCE_ENDS = (". ", "! ", "? ", ".\n", "!\n", "?\n", '." ', ".”", "…", "。")


def cut(place: str, text: str) -> Iterator[Excerpt]:
    """The excerpts of a text whose paragraphs are parted by empty lines; all are at that place."""
    start = 0
    while len(text) - start > MOST:
        end = text.find(_GAP, start + ENOUGH, start + MOST + len(_GAP))
        if end < 0:
            end = text.rfind(_GAP, start + 1, start + ENOUGH)  # a long paragraph begins a piece of its own
        if end < 0 or not text[start:end].strip():
            end = _sentence_end(text, start)
        if words := text[start:end].strip():
            yield Excerpt(place, words)
        start = end
    if words := text[start:].strip():
        yield Excerpt(place, words)


def _sentence_end(text: str, start: int) -> int:
    """Where a piece of a long paragraph ends: with a sentence, else with a word, else anywhere."""
    window = start + 1, start + MOST
    end = max(text.rfind(mark, *window) + len(mark) - 1 for mark in _SENTENCE_ENDS)
    if end < start + ENOUGH / 2:
        end = max(text.rfind(" ", *window), text.rfind("\n", *window))
    return (end if end >= start + ENOUGH / 2 else start + MOST - 1) + 1
