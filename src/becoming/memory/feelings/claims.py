"""Does a sentence of hers say how the person once felt, and was it so?

The model must not make up a past: "you were so happy in March" may be said only if the person said it, or a
plain reading of that time is kept. What is told back from what the person is saying right now needs no memory,
as long as it goes the same way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from becoming.memory.feelings import words
from becoming.memory.feelings.holding import Feelings
from becoming.memory.feelings.looking_back import is_account, shows
from becoming.memory.feelings.words import Kind
from becoming.memory.recall import when


def unsupported(sentence: str, heard: Sequence[str], feelings: Feelings, now: float) -> str | None:
    """The words that claim a feeling of the past nobody knows of; None if there are none.

    `heard` is what the person said that the sentence may rest on, what they have just said first.
    """
    for part in re.split(r"(?<=[.!?…])\s+|\n", words.plainly(sentence)):
        found = _claims().search(part)
        if found is None:
            continue
        spans = when.spans(part, now)
        if part.endswith("?") and not (spans or found["memory"] or "," in part):
            continue
        kind = words.kind_of(found["a"] or found["b"] or found["c"] or found["d"])
        if kind is None:
            continue
        remembers = bool(spans or found["memory"] or _BACK_THEN.search(part))
        if _heard(kind, spans, heard, remembers) or _felt(kind, spans, feelings, now):
            continue
        return found[0]
    return None


_BACK_THEN = re.compile(
    r"\b(?:back then|in those days|at the time|that (?:day|night|week|time|morning|evening)|once|before|the other day|"
    r"a while|long time|when we (?:talked|spoke|met)|used to|ever|always|usually|than)\b"
)


@cache
def _claims() -> re.Pattern[str]:
    """A feeling said of the person's past: "you were", "I've seen you", "you used to be", "… than last week"."""
    word = rf"(?:{words.alternatives()})(?![\w'-])"
    degree = r"(?: (?:so|very|really|quite|pretty|a (?:bit|little)|this|that|mostly|more|much|truly|always|often|never|ever|only|already|just|rather|all|feeling|being|feel|be|such|both|as))*"
    state = r"(?:were|weren't|was|felt|seemed|sounded|looked|'ve been|have been|had been|'d been|haven't been|hadn't been|used to (?:be|feel|sound))"
    seen = r"(?P<memory>i(?:'ve| have)?(?: never| only| once| also)? (?:seen|saw|heard|known|knew|watched|remember|recall) (?:you|how|that you|when you|the (?:day|time) you)(?: were| was| felt)?)"
    return re.compile(
        rf"(?:\byou{degree} ?{state}{degree} (?P<a>{word})|\b{seen}{degree} (?P<b>{word})|"
        rf"\bhow (?P<c>{word}) you (?:were|felt|sounded|seemed)|\byou (?:sound|seem|look|are)|\byou're)"
        rf"(?(a)|(?(b)|(?(c)|{degree} (?P<d>{word}) than (?:you|before|last|usual|ever|in|on|the|yesterday))))"
    )


def _heard(kind: Kind, spans: Sequence[when.Span], heard: Sequence[str], remembers: bool) -> bool:
    """Whether the person said it: the feeling, and the time with it where one is named."""
    for number, line in enumerate(heard):
        own = words.named(line)
        same = any(each.name in kind.counts or kind.name in each.counts for each in own)
        if same and all(span.phrase in words.plainly(line) for span in spans):
            return True
        if not remembers and number == 0 and any(each.sign == kind.sign != 0 for each in own):
            return True
    return False


def _felt(kind: Kind, spans: Sequence[when.Span], feelings: Feelings, now: float) -> bool:
    """Whether a plain reading of that time is kept."""
    start, end = (spans[0].start, spans[0].end) if spans else (0.0, now)
    return any(shows(each, kind) and is_account(each, now) for each in feelings.perhaps(kind, start, end))
