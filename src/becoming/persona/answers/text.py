"""An answer made plain, before anybody looks for its meaning."""

from __future__ import annotations

import unicodedata

LONGEST = 1_000
"""Characters of an answer that are looked at; no answer of a birth needs more."""


def plain(text: str) -> str:
    """The answer on one line: no control characters, no emoji, straight apostrophes, single spaces."""
    whole = unicodedata.normalize("NFKC", text[: 4 * LONGEST]).replace("’", "'").replace("‘", "'")
    kept = (letter if _readable(letter) else " " for letter in whole)
    return " ".join("".join(kept).split())[:LONGEST]


def _readable(letter: str) -> bool:
    return letter == "+" or unicodedata.category(letter)[0] not in "CSZ"
