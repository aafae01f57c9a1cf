"""Questions about how the person felt, answered from what was kept: "when was I last this light?".

`understand` is pure and reads the question; `look` finds what answers it. Only a plain reading answers; where
there is none, nothing is claimed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Literal

from becoming.memory.feelings import words
from becoming.memory.feelings.holding import Feelings, Felt
from becoming.memory.feelings.words import Kind, is_plainly, says_so
from becoming.memory.recall import when

MOST = 3
"""So many moments are given; an ear holds no more."""

_ASKING = r"(?:(?:and|so|but|hey|well|okay|tell me|do you know|can you (?:tell me|remember)|do you remember|i wonder),? )*"
_FELT = r"(?:feel|felt|feeling|be|been|being|sound|sounded|seem|seemed|look|looked|was|were|am|get|got)"
_LAST = re.compile(
    rf"^{_ASKING}(?:when\b|how long (?:ago|since|has it been)\b|(?:what|which) day\b|(?:what|when) was the last time\b|the last time\b)"
)
_EVER = re.compile(
    rf"^{_ASKING}(?:(?:have|had|did|do|can) you (?:ever |really |also |only )?(?:see|seen|hear|heard|know|known|notice|noticed|find|found|remember) "
    rf"(?:me|a (?:time|day|moment) (?:when )?i|i|how)\b|(?:have|had|did|was) i\b|is there (?:a|any) (?:time|day|moment) (?:when )?i\b)"
)
_HOW = re.compile(
    rf"^{_ASKING}(?:how (?:(?:was|were|have|had|did|do|am) i|i (?:was|have been|felt|did|'ve been)|(?:did|have|do) you (?:find|found|hear|heard|think) (?:me|i was|i felt))"
    rf"(?: (?:{_FELT}|doing|holding up|all in all|overall|mostly|really|keeping|emotionally|like)\b)*|"
    r"what(?:'s| was| has| is) my mood(?: been)?(?: like)?|how(?:'s| was| has| is) my mood(?: been)?(?: like)?|"
    r"what (?:did|have) i (?:feel|felt|been feeling)(?: like)?|what was i like)(?P<rest>.*)$"
)
_THIS = re.compile(r"\b(?:this|that|so|as) ?$")


@dataclass(frozen=True, slots=True)
class LookedBack:
    """What a question about how the person felt finds: "when was I last this light?", "how was I last week?".

    `kind` is what is asked: "last" when it last was so, "ever" whether it was, "how" it was in general. `word` is
    the feeling asked about, as a word fit for "you sounded …", `phrase` the time in the person's words; each may
    be empty. `found` are moments whose reading is plain: for "last" and "ever" the latest first, for "how" the
    strongest first. `kept` counts what the person said then, plain or not; `mostly` are shares of `found` by
    feeling, the greatest first.
    """

    kind: Literal["last", "ever", "how"]
    word: str = ""
    phrase: str = ""
    found: tuple[Felt, ...] = ()
    kept: int = 0
    mostly: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question about how the person felt: the kind asked about, a time, and what it was about ("work")."""

    asks: Literal["last", "ever", "how"]
    kind: Kind | None
    span: when.Span | None
    about: str = ""
    before_today: bool = False


def understand(text: str, now: float) -> Question | None:
    """Read a question asked at Unix time `now`; None if it asks for something else."""
    line = words.plainly(text).rstrip(" .!?")
    spans = when.spans(" ".join(text.split()), now)
    span = spans[0] if spans else None
    named = words.plainly(span.phrase) if span else ""
    if how := _HOW.match(line):
        rest = how["rest"].replace(named, "")
        lately = "have i been" in line or "'ve been" in line or "has my mood" in line
        if not rest.strip(" ,") and (span or lately):
            return Question("how", None, span or when.Span(now - when.LATELY.total_seconds(), now, ""))
    asks = "last" if _LAST.match(line) else "ever" if _EVER.match(line) else None
    found = _of_me().search(line) if asks else None
    if not asks or not found:
        return None
    last = asks == "last" or "last time" in line
    about = (found["about"] or "").replace(named, "").strip(" ,")
    this = bool(_THIS.search(line[: found.start("word")]))
    return Question("last" if last else "ever", words.kind_of(found["word"]), span, about, last and this)


@cache
def _of_me() -> re.Pattern[str]:
    """A feeling said of the person, with nothing behind it that would make it something else ("a light lunch")."""
    degree = r"(?:this|that|so|really|very|ever|last|truly|properly|just|completely|as|a (?:bit|little)|feel|feeling|felt|be|been|being|sound\w*|seem\w*|look\w*|was|were|am|full of)"
    ends = r"(?:,? (?:about|over|because of|with) (?P<about>.+)|,? (?:like (?:this|that|now)|as (?:this|now)|again|at all|before|lately|(?:in|on|at|this|last|since|yesterday|today|these|during|the|over|for|back|when|while|ago|as far|to you|around)\b.*))?"
    return re.compile(
        rf"\b(?:i|me|my|myself)(?: {degree})* (?P<word>{words.alternatives()})(?![\w'-]){ends}$"
    )


def look(feelings: Feelings, asked: Question, now: float, about: Collection[int] | None = None) -> LookedBack:
    """What answers it. `about` are the moments that its matter brings to mind, where it names one."""
    span = asked.span
    start, end = (span.start, span.end) if span else (0.0, now)
    kept, phrase = feelings.said_between(start, end), span.phrase if span else ""
    kind = asked.kind
    if kind is None:
        felt = feelings.between(start, end)
        accounts = (each for each in felt if _weight(each) and is_account(each, now))
        plain = sorted(accounts, key=_weight, reverse=True)
        mostly = _mostly(plain)
        found = _told_apart(plain, mostly[0][0]) if plain else ()
        return LookedBack("how", "", phrase, tuple(found), kept, mostly)
    latest = (
        replace(each, word=_fitting(each, kind))
        for each in sorted(feelings.perhaps(kind, start, end), key=lambda each: each.moment.at, reverse=True)
        if (about is None or each.moment.id in about)
        and not (asked.before_today and _same_day(each.moment.at, now))
        and shows(each, kind)
        and is_account(each, now)
    )
    return LookedBack(asked.asks, kind.says, phrase, tuple(islice(latest, MOST)), kept)


def _fitting(felt: Felt, kind: Kind) -> str:
    """The word for a moment that was asked for as this kind: who asks for "stressed" and finds "anxious" hears that."""
    itself = replace(kind, counts=frozenset([kind.name]))
    named = kind.name in dict(felt.feeling.emotions) or says_so(felt.moment.text, felt.feeling, itself)
    if named:
        return kind.says
    said = [each.says for each in words.named(felt.moment.text) if each.name in kind.counts]
    return felt.word or (said[0] if said else kind.says)


def is_account(felt: Felt, now: float) -> bool:
    """Whether it tells of something; a question holds words for feelings without any being felt."""
    text = felt.moment.text.rstrip()
    return not text.endswith("?") and understand(text, now) is None


def shows(felt: Felt, kind: Kind) -> bool:
    """Whether a moment shows this kind of feeling plainly, by its reading or in so many words."""
    if felt.feeling.source == "person":
        return is_plainly(felt.feeling, kind)
    if words.of_another(felt.moment.text, kind.sign):
        return False
    return is_plainly(felt.feeling, kind) or says_so(felt.moment.text, felt.feeling, kind)


def _weight(felt: Felt) -> float:
    """How much a moment says of how somebody was: nothing where the reading is not plain."""
    reading = felt.feeling
    if not felt.word or not reading.emotions:
        return 0.0
    return reading.emotions[0][1] * (0.5 + reading.arousal / 2)


def _mostly(plain: Sequence[Felt]) -> tuple[tuple[str, float], ...]:
    count = Counter(each.word for each in plain)
    return tuple((word, number / len(plain)) for word, number in count.most_common())


def _told_apart(plain: Sequence[Felt], most: str) -> list[Felt]:
    """The strongest of what it mostly was, the strongest of the other side, and one more."""
    first = next(each for each in plain if each.word == most)
    second = [each for each in plain if each.feeling.valence * first.feeling.valence < 0][:1]
    return [first, *second, *[each for each in plain if each not in (first, *second)]][:MOST]


def _same_day(one: float, other: float) -> bool:
    return datetime.fromtimestamp(one).date() == datetime.fromtimestamp(other).date()
