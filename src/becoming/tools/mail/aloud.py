"""A mail as a person would read it to somebody: their words, no links spelled, no quoted mail, no signature."""

from __future__ import annotations

import email
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from importlib import resources

from becoming.tools.reading.letters import clean
from becoming.tools.reading.mail import own_words

WORDS = tomllib.loads(resources.files(__package__).joinpath("mail.toml").read_text("utf-8"))
_LANGUAGES = {name: frozenset(words.split()) for name, words in WORDS["languages"].items()}
_LINK = re.compile(
    r"[<(\[]?\b(?:https?://|www\.)(?:[^\s/@]*@)?(?:www\.)?([\w.-]*\w)[^\s<>)\]]*[>)\]]?", re.IGNORECASE
)
_SENT_FROM = re.compile(
    r"^(?:Sent from my |Get Outlook for |Von meinem .{1,40} gesendet|Envoyé de mon ).*$", re.MULTILINE
)
_MARKS = re.compile(
    r"^[\s*•·–>-]+(?=\w)|\[(?:image|cid):[^\]]*\]|[*_=~#|<>-]{2,}|[*_#`~|<>\\{}]", re.MULTILINE
)
_GIBBERISH = re.compile(r"\S{46,}")
_END = re.compile(
    r"(?<=[.?!…])(?<!\b[A-Z][a-z]\.)\s+(?=[\"“‘'(]?[^\W_a-z])|(?<=[.?!…][\"”’')])\s+|\n{2,}|\n(?=\s*[-*•·] )"
)
LONGEST = 320


@dataclass(frozen=True, slots=True)
class Told:
    """What a mail says, sentence by sentence; its language where that is surely not English."""

    sentences: tuple[str, ...]
    language: str = ""


def told(data: bytes) -> Told:
    """What a mail says, from the beginning of it; nothing where it has no words."""
    text = _SENT_FROM.sub("", own_words(email.message_from_bytes(data)))
    pieces = [speakable(piece) for piece in _END.split(text.strip())]
    sentences = [part for piece in pieces if re.search(r"\w", piece) for part in _bearable(piece)]
    return Told(tuple(sentences), _language(text))


def speakable(text: str) -> str:
    """Without what an ear cannot use: links by their place, no pictures, no marks, nothing endless."""
    text = _LINK.sub(lambda link: f"a link to {link[1]}", clean(text))
    text = _GIBBERISH.sub("", _MARKS.sub(" ", text))
    return " ".join(
        "".join(each for each in text if unicodedata.category(each) not in ("So", "Sk", "Cf")).split()
    )


def _bearable(sentence: str) -> list[str]:
    """One clause to be spoken at once, or, of an endless sentence, several; each with a mark at its end."""
    parts = re.findall(rf".{{1,{LONGEST}}}(?:(?<=[,;])\s|\s|$)", sentence)
    return [
        part.strip() if re.search(r"[.?!…:,;][\"”’')]*\s*$", part) else f"{part.strip()}." for part in parts
    ]


def _language(text: str) -> str:
    words = re.findall(r"\w+", text.lower())
    shares = {name: sum(word in common for word in words) for name, common in _LANGUAGES.items()}
    likely = max(shares, key=lambda name: shares[name])
    return (
        likely
        if shares[likely] >= 3 and shares[likely] > 2 * shares["English"] and likely != "English"
        else ""
    )
