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
from becoming.conversation.fluent import capital

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
_NOT_A_NUMBER = frozenset("nobody nothing only no last first every another both".split())
_JOINS = frozenset("while since after before until because except like".split())
_INSIDE = frozenset("i i'm i've i'd he he's she she's they they're we we're it's".split())
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
    r"^(?:that|her she|him he|i swear)\b|\bgod\b|\b(?:fuck\w*|shit\w*|damn|asshole|bastard|bitch|goddamn|you|you're|your|yours|yourself)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"[,;:—]\s*|\s(?:and|but|because|which|so(?=\s(?:i|we|he|she|they|it|the|my)\b))\s", re.IGNORECASE
)
_TRAILING = re.compile(
    r"(?:,?\s(?:now|too|though|today|again|either|anyway|actually|already|yet|yesterday|tonight|tomorrow|"
    r"(?:\w+ )?(?:days?|weeks?|months?|years?|hours?) ago|lately|(?:last|next) (?:week|night|month|year|summer|winter|weekend)|this (?:morning|afternoon|evening)))+[.!…]*$",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:said|says|told me|thinks)(?: that)? (?:i|we)\b", re.IGNORECASE
)  # their words, not hers
_NEGATED = re.compile(r"n['’]t\b|\bnever\b|\bnot\b", re.IGNORECASE)
_LOOSE = _LED_BY | _ARTICLES | frozenset("to of and or i worst best".split())  # no fragment ends so
_CALENDAR = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|spring|summer|autumn|fall|winter|midnight|noon|morning|evening|night|week|weekend|month|year|work|school|home|"
    r"college|bed|town|christmas)$",
    re.IGNORECASE,
)
_WHEN = re.compile(rf"\s(?:on|in|at) {_CALENDAR.pattern}", re.IGNORECASE)
_SUBJECTS = frozenset("he she they i we nobody everyone everybody somebody someone".split())
_BEGUN = re.compile(
    r"^(?:(?:and|but|so|then|now|later|finally|just|it's just that|i think|i guess|i mean|honestly|actually|maybe|suddenly|"
    r"afterwards|that|because|still|anyway)\b,? ?)+",
    re.IGNORECASE,
)
_NOT_A_CLAUSE = re.compile(
    r"^(?:i|we) (?:think|guess|know|mean|don't know|feel|wonder|hope|wish|thought|say|said|suppose|do|did|can't decide)\b|"
    r"^(?:he|she|they|everyone|everybody|nobody) (?:says?|said|asked|told|thinks?|thought|knows?|just said)\b|"
    r"\bshould\b",
    re.IGNORECASE,
)  # what stands for something else, or would be advice in her mouth
_UNKIND = re.compile(
    r"\b(?:yell\w*|shout\w*|mess\w*|ruin\w*|fail\w*|worst|stupid|lied|lie|idiot|hates?|loser|useless|worthless|terrible|fraud|burden)\b",
    re.IGNORECASE,
)  # what somebody says of themselves, and she would not agree with
_UNFINISHED = frozenset(
    "is are was were be been has have had do does did said say says told tell asked ask think thought want wanted wants get got "
    "make made keep kept let know knew feel felt like likes liked used going gonna rather would could should will can if whether that".split()
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
LONGEST = 6  # words
LONGEST_CLAUSE = 7
BARE = 0.8
LATER = 0.6
"""What each later part of a sentence has before the one it follows: the end is where the weight lies."""


@dataclass(frozen=True, slots=True)
class Echo:
    """A fragment of the utterance, ready to be said, and how telling it looks (higher is more)."""

    text: str
    weight: float


def echo(utterance: str) -> Echo | None:
    """The most telling fragment of an utterance, turned towards the person; None if none is worth it."""
    sentences = [each for each in re.split(r"(?<=[.?!…])\s+", utterance.strip()) if _WORD.search(each)]
    found = [
        Echo(_said(words), _weight(words) + late + LATER * min(place, 2) - BARE * _is_bare(words))
        for at, sentence in enumerate(sentences)
        if not sentence.endswith("?")
        for late in [0.5 * (at + 1 == len(sentences))]
        for place, part in enumerate(_PARTS.split(_LEFT_OUT.sub("", sentence.strip())))
        if not _REPORTED.search(part)
        for words in (*_fragments(part), *_clause(part))
        if len(words) <= max(2, len(_WORD.findall(utterance)) - 1)
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
        if not sentence.rstrip().endswith("?")
        for part in _PARTS.split(_LEFT_OUT.sub("", sentence.strip()))
        for words in _things(part)
        if words[0].lower() in ("the", "my", "our")
        and len(words) <= 4
        and words[-1].lower() not in STOP | _WEAK | _QUALIFIERS
    ]
    best = max(named, default=None)
    return best[2][0].lower() + best[2][1:] if best and best[0] >= 1.5 else None


def _things(part: str) -> Iterator[list[str]]:
    """Runs that name a thing. A short sentence names what stands before its verb: "my boss is leaving" is about my boss;
    where its verb is none of those known here ("the boat leaks"), nothing is taken."""
    for words in _fragments(part):
        verb = next((at for at, word in enumerate(words) if word.lower() in _VERBS), 0)
        whole = len(words) > 2 and part.lower().lstrip().startswith(" ".join(words[:2]).lower())
        if verb or not whole:
            yield words[: verb or None]


_VERBS = frozenset("is was are were isn't wasn't has had will would can could went goes got gets".split())
_QUALIFIERS = frozenset(
    "old new little big small young older younger best whole first last next late only favourite".split()
)


def turned(text: str) -> str:
    """The words of the person from her side: "my fault" becomes "your fault"."""
    words = text.split()
    out = []
    for at, word in enumerate(words):
        bare = word.strip(".,!?;:").lower().replace("’", "'")
        new = _TURNED.get(bare)
        if at and words[at - 1].lower() in ("i", "we"):
            new = {"was": "were", "wasn't": "weren't"}.get(bare, new)
        out.append(word if new is None else word.lower().replace("’", "'").replace(bare, new))
    return " ".join(out)


def _fragments(part: str) -> Iterator[list[str]]:
    """Runs of words that can stand alone: a short sentence, its led or counted end, its last name or noun."""
    words = _WORD.findall(_TRAILING.sub("", _LEFT_OUT.sub("", part)))
    lower = [word.lower() for word in words]
    if 2 <= len(words) <= LONGEST:
        yield words
    for at in range(max(0, len(words) - LONGEST), len(words) - 1):
        leads = lower[at] in _LED_BY | _COUNTED | _SHADED | _ARTICLES or (
            lower[at] == "to" and lower[at + 1] in _ARTICLES
        )
        if leads and (at == 0 or lower[at - 1] not in _LED_BY | _ARTICLES | {"to"}):
            if lower[at] not in _JOINS and _INSIDE.intersection(lower[at + 1 :]):
                continue  # "my dad I'm gay" is two things
            if lower[at] in _SHADED and lower[at - 1] == "you" and at:
                continue
            if lower[at] == "like" or _NEGATED.search(" ".join(words[:at])):
                continue  # "I don't like my haircut" is not "like your haircut"
            yield words[at:]
    if len(words) > 3 and lower[0] in _ARTICLES and lower[1] not in STOP:
        yield words[:2]
    if len(words) > 2 and _NEGATED.search(part) and lower[-2] in ("a", "an", "single"):
        yield ["not", *words[-2:]]
    for at in range(len(words) - 1):
        if lower[at] in _COUNTED - _NOT_A_NUMBER:
            yield words[at : at + 2]
    if len(words) > 2 and lower[-1] not in STOP | _WEAK:
        yield words[-1:]


def _clause(part: str) -> Iterator[list[str]]:
    """The whole of a short clause with its subject: "He forgot your birthday."."""
    bare = _WHEN.sub("", _TRAILING.sub("", _BEGUN.sub("", _LEFT_OUT.sub("", part.strip()))))
    words = _WORD.findall(bare)
    if not 3 <= len(words) <= LONGEST_CLAUSE or _NOT_A_CLAUSE.search(bare):
        return
    first, last = words[0].lower(), words[-1].lower()
    named = first in ("my", "our", "the", "all") and words[1].lower() not in STOP - {"the", "my"}
    if (first in _SUBJECTS or named) and last not in _UNFINISHED | _LOOSE:
        yield words


def _is_bare(words: list[str]) -> bool:
    """Whether it only names a thing: "Your husband." says little back."""
    return len(words) == 2 and words[0].lower() in _ARTICLES


def _is_clause(words: list[str]) -> bool:
    first = words[0].lower()
    return len(words) >= 3 and (
        first in _SUBJECTS or (first in ("my", "our", "the", "all") and len(words) >= 4)
    )


def _weight(words: list[str]) -> float:
    """How telling a fragment is: what it holds counts for it, vagueness and length against it."""
    first, last = words[0].lower(), words[-1].lower()
    lower = [word.lower() for word in words]
    if lower[-1].isdigit() and len(lower) <= 2:
        return 0.0
    own = "i" in lower or "i'm" in lower
    if own and (_UNKIND.search(" ".join(lower)) or "should" in lower):
        return 0.0
    if (
        last in _LOOSE | _UNFINISHED
        or last.endswith(("'s", "’s"))
        or _HARD_TO_SAY_BACK.search(" ".join(words))
    ):
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
        (-0.8, first in ("i", "i'm", "it", "it's", "that's") and not _is_clause(words)),
        (-1.6, len(words) == 1 and words[0][0].islower()),
        (-0.5, any(len(word) < 3 for word in telling)),
        (-1.5, first in _LED_BY and len(words) > 2 and lower[1] in ("me", "him", "them", "us", "it")),
        (
            -1.0,
            len(words) <= 3
            and bool(telling)
            and all(_CALENDAR.match(word) for word in telling)
            and not counted,
        ),
        (0.3 if first in ("i", "we", "it") else 0.6, _is_clause(words)),
    )
    return sum(points for points, holds in marks if holds)


def _said(words: list[str]) -> str:
    return f"{capital(turned(' '.join(words)))}."
