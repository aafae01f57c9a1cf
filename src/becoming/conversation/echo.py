"""Giving back the few words of the person's that carry the weight: "In front of the whole team."

A good listener often only repeats the telling words. They are chosen here from the utterance by
plain rules, turned from "my" to "your", and may open a reply: nobody has to wait for the model to
hear that she listened, and what the model adds then stays with the matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from becoming.care.known import STOP

_TURNED = {
    "i": "you", "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll", "me": "you", "my": "your",
    "mine": "yours", "myself": "yourself", "we": "you", "we're": "you're", "we've": "you've", "we'd": "you'd",
    "we'll": "you'll", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves", "am": "are",
}  # fmt: skip
_LED = "in on at with without for after before over under from by about into like since until behind between during "
_LED_BY = frozenset((_LED + "through against inside outside next across beside while because except").split())
_COUNTED = frozenset(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred every another "
    "third fourth fifth both half nobody nothing one first last only no".split()
)
_SHADED = frozenset("kind too almost nearly never always hardly barely".split())
_ARTICLES = frozenset("a an the my our his her their your this that these some".split())
_WEAK = frozenset(
    "thing things lot bit way day time today tomorrow now morning evening night kind sort stuff anything something "
    "everything it that this there here them him her you me us again actually though anyway honest way please "
    "one ones then too really just week guess course okay yeah years months weeks days hours minutes times front "
    "end middle side top".split()
)
_LEFT_OUT = re.compile(
    r"^(?:and|but|so|well|or|then|anyway|okay|oh|yeah|no|yes|hey|god|right),? ", re.IGNORECASE
)
_HARD_TO_SAY_BACK = re.compile(
    r"^(?:that|her she|him he|i swear)\b|\b(?:fuck\w*|shit\w*|damn|asshole|bastard|bitch|goddamn|you|you're|your|yours|yourself)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[,;:—]\s*|\s(?:and|but|because|so|which)\s")
_TRAILING = re.compile(
    r"(?:,?\s(?:now|too|though|today|again|either|anyway|actually|already|yet|yesterday|tonight|tomorrow|"
    r"(?:last|next) (?:week|night|month|year|summer|winter|weekend)|this (?:morning|afternoon|evening)))+[.!…]*$",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:said|says|told me|thinks)(?: that)? (?:i|we)\b", re.IGNORECASE
)  # their words, not hers
_NEGATED = re.compile(r"n['’]t\b|\bnever\b|\bnot\b", re.IGNORECASE)
_LOOSE = _LED_BY | _ARTICLES | frozenset("to of and or i worst best".split())  # no fragment ends so
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
LONGEST = 6  # words


@dataclass(frozen=True, slots=True)
class Echo:
    """A fragment of the utterance, ready to be said, and how telling it looks (higher is more)."""

    text: str
    weight: float


def echo(utterance: str) -> Echo | None:
    """The most telling fragment of an utterance, turned towards the person; None if none is worth it."""
    sentences = [each for each in re.split(r"(?<=[.?!…])\s+", utterance.strip()) if _WORD.search(each)]
    found = [
        Echo(_said(words), _weight(words) + late)
        for at, sentence in enumerate(sentences)
        if not sentence.endswith("?") and not _REPORTED.search(sentence)
        for late in [0.5 * (at + 1 == len(sentences))]
        for words in _fragments(sentence)
        if len(words) < max(3, len(_WORD.findall(utterance)) - 1)
    ]
    best = max(found, key=lambda each: each.weight, default=None)
    return best if best and best.weight >= 2 else None


def whole(utterance: str) -> Echo | None:
    """The first sentence given back whole, if it is short: "You got the job."."""
    sentence = _LEFT_OUT.sub("", re.split(r"(?<=[.?!…])\s+", utterance.strip())[0])
    words = _WORD.findall(sentence)
    short = (
        2 <= len(words) <= LONGEST and not sentence.endswith("?") and not _HARD_TO_SAY_BACK.search(sentence)
    )
    return Echo(_said(words), 3.0) if short else None


def topic(lines: Sequence[str]) -> str | None:
    """One thing these lines were about, as "the tomatoes" or "your fence"; the most telling, the latest of equals."""
    named = [
        (_weight(words), at, turned(" ".join(words)))
        for at, line in enumerate(lines)
        for sentence in re.split(r"(?<=[.?!…])\s+", line)
        for words in _fragments(sentence)
        if words[0].lower() in ("the", "my", "our")
        and len(words) <= 4
        and words[-1].lower() not in STOP | _WEAK
    ]
    best = max(named, default=None)
    return best[2][0].lower() + best[2][1:] if best and best[0] >= 1.5 else None


def turned(text: str) -> str:
    """The words of the person from her side: "my fault" becomes "your fault"."""
    words = text.split()
    out = []
    for at, word in enumerate(words):
        bare = word.strip(".,!?;:").lower().replace("’", "'")
        new = _TURNED.get(bare)
        if bare == "was" and at and words[at - 1].lower() in ("i", "we"):
            new = "were"
        out.append(word if new is None else word.lower().replace("’", "'").replace(bare, new))
    return " ".join(out)


def _fragments(sentence: str) -> Iterator[list[str]]:
    """Runs of words that can stand alone: a short sentence, its led or counted end, its last name or noun."""
    for part in _PARTS.split(_LEFT_OUT.sub("", sentence.strip())):
        words = _WORD.findall(_TRAILING.sub("", _LEFT_OUT.sub("", part)))
        lower = [word.lower() for word in words]
        if 2 <= len(words) <= LONGEST:
            yield words
        for at in range(max(0, len(words) - LONGEST), len(words) - 1):
            if lower[at] in _LED_BY | _COUNTED | _SHADED | _ARTICLES and (
                at == 0 or lower[at - 1] not in _LED_BY | _ARTICLES
            ):
                if lower[at] == "like" or _NEGATED.search(" ".join(words[:at])):
                    continue  # "I don't like my haircut" is not "like your haircut"
                yield words[at:]
        if len(words) > 3 and lower[0] in _ARTICLES and lower[1] not in STOP:
            yield words[:2]
        if len(words) > 2 and _NEGATED.search(part) and lower[-2] in ("a", "an", "single"):
            yield ["not", *words[-2:]]
        for at in range(len(words) - 1):
            if lower[at] in _COUNTED:
                yield words[at : at + 2]
        if len(words) > 2 and lower[-1] not in STOP | _WEAK:
            yield words[-1:]


def _weight(words: list[str]) -> float:
    """How telling a fragment is: what it holds counts for it, vagueness and length against it."""
    first, last = words[0].lower(), words[-1].lower()
    lower = [word.lower() for word in words]
    if last in _LOOSE or last.endswith(("'s", "’s")) or _HARD_TO_SAY_BACK.search(" ".join(words)):
        return 0.0
    telling = [word for word in lower if word not in STOP | _WEAK | _COUNTED]
    counted = first == "not" or any(word in _COUNTED for word in lower)
    if not (telling or counted or first in _SHADED):
        return 0.0
    marks = (
        (1.2 * min(len(telling), 2), True),
        (1.2, counted),
        (1.6 if first == "kind" else 0.6, first in _SHADED),
        (0.6, first in _LED_BY),
        (0.3, len(words) in (2, 3, 4)),
        (-1.0, not counted and first not in _SHADED and last in _WEAK | STOP),
        (-0.8, first in ("i", "i'm", "it", "it's", "that's")),
        (-0.6, len(words) == 1 and words[0][0].islower()),
        (-0.5, any(len(word) < 3 for word in telling)),
    )
    return sum(points for points, holds in marks if holds)


def _said(words: list[str]) -> str:
    text = turned(" ".join(words))
    return f"{text[0].upper()}{text[1:]}."
