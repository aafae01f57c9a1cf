"""Cutting a stream of text into clauses, so that the first can be spoken while the rest is found."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator

# A full stop at the end of what has come so far ends a sentence only after a letter: "3." may become "3.5".
_SENTENCE = re.compile(r"(?:[.?!…]+[\"”’')]*(?=\s)|(?<=[^\W\d])[.?!]$|[?!]$|\s[—–-]+(?=\s)|—(?=\w))")
_COMMA = re.compile(r"(?<!\d),(?=\s)")  # after a digit it may stand within a number
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|vs|etc|[A-Za-z]\.[A-Za-z]|[B-HJ-Z])\.$")
SHORTEST = 2  # words before a comma that make a clause of their own


async def clauses(deltas: AsyncIterator[str], begun: bool = False) -> AsyncGenerator[str]:
    """The text of a stream, clause by clause, each with its mark at the end and no space around it.

    A clause ends at a sentence's end or a dash; the first one (unless a reply has `begun` already)
    also at a comma, so that something can be said early. Closing this closes the stream.
    """
    rest = ""
    try:
        async for delta in deltas:
            rest += delta
            while (end := _border(rest, first=not begun)) is not None:
                clause, rest, begun = rest[:end].strip(), rest[end:], True
                if clause:
                    yield clause
    finally:
        if isinstance(deltas, AsyncGenerator):
            await deltas.aclose()
    if rest.strip():
        yield rest.strip()


def _border(text: str, first: bool) -> int | None:
    sentence = next((each.end() for each in _SENTENCE.finditer(text) if _ends(text[: each.end()])), None)
    if first:
        for comma in _COMMA.finditer(text[:sentence]):
            if len(text[: comma.end()].split()) >= SHORTEST:
                return comma.end()
    return sentence


def _ends(text: str) -> bool:
    return bool(text.strip()) and text.count('"') % 2 == 0 and not _ABBREVIATION.search(text)
