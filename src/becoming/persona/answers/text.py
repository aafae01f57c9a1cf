"""An answer made plain, before anybody looks for its meaning."""

from __future__ import annotations

import re
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


_NOTHING = re.compile(
    r"(?:(?:oh|um+|uh+|well|just)\W+)*"
    r"(?:nothing(?: special| really| much| in particular)?|no|nope|no (?:reason|idea)|skip|pass|whatever"
    r"|never ?mind|none of your business|(?:i'd |i would )?(?:rather|prefer) not(?: to)?(?: say)?"
    r"|(?:i )?don't know|dunno|not sure)?\W*"
)


def nothing(text: str) -> bool:
    """Whether the whole answer only says that there is none; "nothing works any more" says a great deal."""
    return _NOTHING.fullmatch(plain(text).lower()) is not None
