"""What somebody who asks, or just talks, wants brought to mind: words, people, times. On partial sentences too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from becoming.memory.feelings import words
from becoming.memory.people import HERSELF, PERSON
from becoming.memory.recall import when
from becoming.memory.recall.words import telling_words

_ASKS = re.compile(
    r"\?|^\W*(?:(?:and|but|so|well|hey|um|uh|ok|okay|please)\W+)*"
    r"(?:who|whom|whose|what|which|when|where|why|how|do|does|did|is|are|was|were|am|can|could|will|would|should|"
    r"has|have|had|remember|remind|tell)\b|\b(?:do you remember|remind me|tell me)\b",
    re.IGNORECASE,
)
_I_SAID = re.compile(
    r"\bI\s+(?:\w+\s+)?(?:said|told|tell|say|mentioned|mention|promised?)\b|\bdid I\b", re.IGNORECASE
)
_YOU_SAID = re.compile(
    r"\byou\s+(?:\w+\s+)?(?:said|told|tell|say|suggested|suggest|promised?|advised?|recommended)\b",
    re.IGNORECASE,
)


_WHEN_I_WAS = re.compile(
    r"\b(?:when|times?|days?|moments?)(?: that| when)? (?:(?:was|did|have) i|i(?: was| felt| have been|'ve been|'m| am| feel))(?P<rest>.*)"
)
"""A moment is asked for by how it felt, not merely told of."""


@dataclass(frozen=True, slots=True)
class Query:
    """`plain` is the text without the names of the two who talk, who are in every moment anyway."""

    plain: str
    words: list[str]
    asks: bool
    speaker: int | None
    spans: list[when.Span]
    relative: when.Relative | None
    felt: int = 0
    """1 where a glad moment is asked for ("when I was happy about work"), -1 where a low one; 0 in all else."""

    @property
    def words_beyond_time(self) -> bool:
        """Whether it names no time, or has telling words besides."""
        phrases = {word for span in self.spans for word in telling_words(span.phrase)}
        return not self.spans or not phrases.issuperset(self.words)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.words or self.spans or self.relative)


def understand(text: str, now: float, names: Mapping[int, str]) -> Query:
    """Read `text`; `names` are those of the two who talk, by being."""
    named = {
        who
        for who, name in names.items()
        if name and re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
    }
    plain = text
    for who in named:
        plain = re.sub(rf",?\s*\b{re.escape(names[who])}\b(?:['’]s)?", "", plain, flags=re.IGNORECASE)
    spans = when.spans(text, now)
    return Query(
        plain=plain.strip(),
        words=telling_words(plain),
        asks=bool(_ASKS.search(text)),
        speaker=_speaker(text, named),
        spans=spans,
        relative=None if spans else when.relative(text),
        felt=_felt(text),
    )


def _felt(text: str) -> int:
    found = _WHEN_I_WAS.search(words.plainly(text))
    kinds = words.named(found["rest"]) if found else []
    return kinds[0].sign if kinds else 0


def _speaker(text: str, named: set[int]) -> int | None:
    """Whose words are looked for, if it is clear."""
    if len(named) == 1:
        return next(iter(named))
    if named or bool(_I_SAID.search(text)) == bool(_YOU_SAID.search(text)):
        return None
    return PERSON if _I_SAID.search(text) else HERSELF
