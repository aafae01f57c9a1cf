"""Which of several sentences says more, and is more like her: judged by code, from words alone.

What is like her was learned by `scripts/train_rank.py` from the book of her voice and what the packaged model says in the
place of her lines there: logistic regression over hashed words and pairs of words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from math import tanh
from pathlib import Path

import numpy as np
import numpy.typing as npt

from becoming.care.known import Known, content, words
from becoming.feelings.head import buckets

FILE = Path(__file__).with_name("hers.npz")
SIZE, HERS = 1 << 13, 1.5
"""Places in the table; the points that a sentence may gain or lose by being like her lines."""

_VAGUE = re.compile(
    r"\b(?:what (?:happened|do you think|does (?:that|it) mean|do you mean|are you (?:talking about|doing)|about (?:it|that|"
    r"the)|is it|was (?:it|that)\\?)|what's (?:up|that|it|going on|the (?:issue|problem|matter|situation|next step|forecast|"
    r"plan|point|deal))|how (?:did it go|was it|is it|is that|did (?:that|you) go)|did you mean|mean to say|do you have|"
    r"what do you want|did you like|anything|something|someone|make you feel|a good (?:idea|thing)|is (?:it|that) "
    r"(?:okay|good|interesting|it|always|all)|always like|a big deal|enjoy|relationship|situation|reason|it's okay|"
    r"you know|how to handle|your thoughts|need to know|have to know|depends|preference|ask me to|"
    r"tell me|most (?:exciting|difficult|important|interesting)|what i'm|about me)\b"
)
_BROKEN = re.compile(
    r"(?:'s|'re|'ll|'ve|'d|\b(?:the|a|an|and|or|but|your|my|his|very|so|because|is|are))[?.]$", re.IGNORECASE
)
_SWEARS = re.compile(
    r"\b(?:fuck\w*|shit\w*|asshole|bastard|bitch)\b", re.IGNORECASE
)  # theirs to say, not hers
GOOD_ENOUGH = 1.1
WORTH_SAYING = 0.05


def score(sentence: str, opening: str, known: Known, begun: Sequence[str] = ()) -> float:
    """Higher is better: near to what was said, not vague, short, and not shaped like her last lines.

    A statement must rest on the person's words; a question may bring a word of its own, or none
    ("What did you do?"); those of its beginning, one of `begun`, were chosen for it and do not count.
    """
    start = max((each for each in begun if sentence.startswith(each)), key=len, default="")
    own, opened = set(content(sentence.removeprefix(start))), set(content(opening))
    near = own & known.shared_stems - opened
    asks = sentence.endswith("?")
    new = len(own - known.shared_stems) - asks
    points = (0.6 if asks else 0.0) + 0.6 * min(2, len(near)) - 0.15 * max(0, len(words(sentence)) - 10)
    points += HERS * like_hers(sentence)
    points -= 2.0 * bool(_SWEARS.search(sentence) or _BROKEN.search(sentence))
    points -= (
        1.2 * bool(_VAGUE.search(sentence.removeprefix(start).lower()))
        + 0.4 * len(own & opened)
        + 0.5 * max(0, new)
    )
    return points - 0.8 * any(
        _begin(sentence) == _begin(each)
        for line in known.said[-4:]
        for each in re.split(r"(?<=[.?!])\s+", line)
    )


def _begin(sentence: str) -> list[str]:
    return words(sentence)[:2]


def like_hers(sentence: str) -> float:
    """From -1, as the packaged model speaks, to 1, as her lines in the book do."""
    found = places(sentence)
    table, scale = weights()
    return tanh(float(table[found].sum(dtype=np.int32)) * scale / max(len(found), 1) ** 0.5)


def places(sentence: str) -> list[int]:
    """Where its words and pairs of words stand in the table."""
    return sorted({place % SIZE for place in buckets(sentence.rstrip(".?!"))})


@cache
def weights() -> tuple[npt.NDArray[np.int8], float]:
    """(SIZE,): the weight of each place, and what a unit of it is worth."""
    with np.load(FILE) as kept:
        return kept["words"], float(kept["scale"])
