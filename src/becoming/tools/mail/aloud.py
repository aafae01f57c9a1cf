"""A mail as a person would read it to somebody: their words, no links spelled, no quoted mail, no signature."""

from __future__ import annotations

import email
import re
import tomllib
import unicodedata
from importlib import resources
from itertools import groupby

from becoming.tools.reading.letters import clean
from becoming.tools.reading.mail import own_words

_TABLE = tomllib.loads(resources.files(__package__).joinpath("mail.toml").read_text("utf-8"))
SAYS = {name: re.compile(it, re.IGNORECASE | re.MULTILINE) for name, it in _TABLE["patterns"].items()}
_LANGUAGES = {name: frozenset(words.split()) for name, words in _TABLE["languages"].items()}
_PIECE = re.compile(r".{1,320}(?:(?<=[,;])\s|\s|$)")


def told(data: bytes) -> tuple[tuple[str, ...], str]:
    """What the beginning of a mail says, sentence by sentence; and its language, where that is surely not English."""
    text = own_words(email.message_from_bytes(data))
    return sentences(text), language(text)


def sentences(text: str) -> tuple[str, ...]:
    """A text in pieces to be said at once, each with an end that a voice can hear."""
    said = [speakable(each) for each in SAYS["end"].split(_tables_by_size(text).strip())]
    pieces = [piece.strip() for each in said if re.search(r"\w", each) for piece in _PIECE.findall(each)]
    return tuple(it if re.search(r"[.?!…:,;][\"”’')]*$", it) else f"{it}." for it in pieces)


def _tables_by_size(text: str) -> str:
    """A table that was drawn with letters, told by its size, as one of a page is."""
    told = list[str]()
    for drawn, lines in groupby(text.split("\n"), lambda line: bool(SAYS["row"].search(line.strip()))):
        rows = list(lines)
        full = sum(bool(re.search(r"\w", row)) for row in rows)
        told += ["", f"(A table with {full} rows.)", ""] if drawn and len(rows) > 2 and full > 1 else rows
    return "\n".join(told)


def speakable(text: str) -> str:
    """Without what an ear cannot use: links by their place, no pictures, no marks, nothing endless."""
    text = SAYS["silent"].sub(" ", SAYS["link"].sub(lambda link: f"a link to {link[1]}", clean(text)))
    return " ".join("".join(it for it in text if unicodedata.category(it) not in ("So", "Sk", "Cf")).split())


def language(text: str) -> str:
    """Which language a text is in, where that is surely not English; empty otherwise."""
    words = re.findall(r"\w+", text.lower())
    shares = {name: sum(word in common for word in words) for name, common in _LANGUAGES.items()}
    english, likely = shares["English"], max(shares, key=lambda name: shares[name])
    return likely if shares[likely] >= 3 and shares[likely] > 2 * english else ""
