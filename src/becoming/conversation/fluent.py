"""Speech as it was meant: without the "um"s and false starts that thinking aloud leaves in it.

What is remembered stays verbatim; this is only what she understands by it. Follows the reparandum /
interregnum / repair structure of Shriberg (1994): fillers go, and a stretch said again at once is said once.
"""

from __future__ import annotations

import re

_FILLER = re.compile(r"(?<![\w'])(?:u+m+|u+h+m*|e+r+m*|hmm+)(?![\w'])[,.…]*\s*", re.IGNORECASE)
_BREAK = re.compile(r"\s*(?:…|\.\.\.|--|—)\s*")
_ASKS = re.compile(
    r"(?:(?:and|so|but|okay|well),? )*(?:(?:what|who|where|when|which|why|how)(?:'s| (?:is|are|was|were|do|does|did|can|could|"
    r"will|would|should|has|have|wrote|made|many|much|old|far|long)\b)|(?:do|does|did|is|are|can|could|would|will) "
    r"(?:you|i|he|she|it|we|they|the|my)\b)",
    re.IGNORECASE,
)
_LONGEST_REPEAT = 4
_MEANT_TWICE = frozenset("very no so really had that bye there now please never knock".split())


def fluent(text: str) -> str:
    """The utterance without fillers and immediate repetitions; itself where nothing else was said."""
    words = _FILLER.sub("", _BREAK.sub(" ", text)).split()
    for length in range(_LONGEST_REPEAT, 0, -1):
        words = _once(words, length)
    said = " ".join(words).lstrip(",. ")
    if not said:
        return text.strip()
    if _ASKS.match(said) and said.endswith(","):
        said = f"{said[:-1]}?"  # a small recogniser writes a comma where it hears no long silence
    return capital(said)


def capital(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _once(words: list[str], length: int) -> list[str]:
    kept: list[str] = []
    for word in words:
        kept.append(word)
        last, before = kept[-length:], kept[-2 * length : -length]
        bare = [_bare(each) for each in last]
        # A sentence that ended was meant, and so is "very very".
        ended = bool(before) and before[-1].endswith((".", "!", "?"))
        if bare == [_bare(each) for each in before] and not ended and not _MEANT_TWICE.issuperset(bare):
            kept[-2 * length :] = last
    return kept


def _bare(word: str) -> str:
    return word.strip(",.!?;:").lower()


def as_heard(text: str) -> str:
    """What reached the ear, without the mark of an interruption: "..." must not become her manner."""
    return re.sub(r"(?:\s*(?:\.\.\.|…|—|-))+$", "", text.strip())
