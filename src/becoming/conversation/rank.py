"""Which of several sentences says more: judged by code, from words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from becoming.care.known import Known, content, words

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
