"""Which of several was chosen: a voice, or what to do about her name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .names import NOT_NAMES, called, first_name, only_spelled, strip_fillers
from .text import plain

_PLACES = tuple(
    re.compile(rf"\b(?:{said})\b")
    for said in ("first|1|number one", "second|2|two", "third|3|three", "fourth|4|four", "fifth|5|five")
)
_GENDERED = {
    "female": set("female woman women her hers girl lady feminine".split()),
    "male": set("male man men him his guy boy masculine".split()),
}
_EITHER = re.compile(
    r"either|\bany\b|don't (?:care|mind|know)|you (?:choose|decide|pick)|wh(?:ich|at)ever|up to you"
)


def picked(text: str, labels: Sequence[str], genders: Sequence[str]) -> int | None:
    """Which of the voices was meant: by its name, as a woman's or a man's, or by its place in the list."""
    low = plain(text).lower()
    words = set(re.findall(r"[^\W_]+(?:'(?!s\b)\w+)?", low))
    for place, label in enumerate(labels):
        if words & (set(re.findall(r"\w+", label.lower())) - NOT_NAMES - {"voice"}):
            return place
    for gender, said in _GENDERED.items():
        if words & said and gender in genders:
            return list(genders).index(gender)
    if "last" in words:
        return len(labels) - 1
    for place, said_place in enumerate(_PLACES[: len(labels)]):
        if said_place.search(low):
            return place
    return 0 if _EITHER.search(low) else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the person thinks of her name; `name` is the one they would rather call her (kind "call")."""

    kind: Literal["keep", "another", "call", "why", "meaning", "unclear"]
    name: str = ""


_CALL_HER = re.compile(
    r"\b(?:be called|call (?:you|yourself)|name (?:you|yourself)|how about|what about|let's (?:say|take)"
    r"|^(?:please )?be(?: called)?|your name (?:is|should be|will be|could be)|go (?:with|by)"
    r"|you(?:'re| are| could be| can be| should be| look like an?)|i prefer|i like"
    r"|i(?:'d| would) (?:like|love|prefer|rather have)(?: you to be| it to be)?)\s+",
    re.IGNORECASE,
)
_MEANING = re.compile(r"\bmean(?:s|ing)?\b|come from|\borigin")
_WHY = re.compile(r"^(?:(?:but|and|hm+|oh|ok|okay)\W+)?(?:why\b(?! not)|how come)")
_CONTENT = re.compile(
    r"no (?:problem|objections?|worries|(?:strong |special |particular |real )?preferences?)|don't mind|not (?:bad|at all)|why not|can't complain"
)
_AGAIN = re.compile(
    r"\b(?:another|others?|different|else|again|next|change|shorter|longer|softer|stronger|older|modern|rarer"
    r"|unusual|more common|simpler|no|nope|nah|hate|dislike|not|ugly|weird)\b|n't\b"
)
_GOOD = re.compile(
    r"\b(?:yes|yeah|yep|yup|sure|ok|okay|keep|lovely|love|like|nice|beautiful|good|great|perfect|fine|works|suits"
    r"|pretty|cool|hello|hi|hey|welcome|pleased|wonderful|right|alright|agreed|stay|deal|mm-hm|uh-huh|happy)\b"
)
_UNSURE = re.compile(r"not (?:so |really |quite )?sure|don't know|dunno|maybe|let me think")
_NOT_HER_NAME = NOT_NAMES | frozenset(
    """it that this one another something someone else different other shorter longer softer older modern
    new her his name names sounds whatever anything very more less better perhaps mine silly joking
    kidding nice lovely pretty beautiful perfect weird either both same first last previous before
    being how when""".split()
)


def verdict(text: str, name: str) -> Verdict:
    """What an answer to "may I be called `name`?" means."""
    line = plain(text)
    low = line.lower()
    wanted = _wanted(line)
    if wanted:
        return Verdict("keep") if wanted.lower() == name.lower() else Verdict("call", wanted)
    if _MEANING.search(low):
        return Verdict("meaning")
    if _WHY.search(low):
        return Verdict("why")
    if _UNSURE.search(low):
        return Verdict("unclear")
    content = _CONTENT.search(low) is not None
    if _AGAIN.search(low) and not content:
        return Verdict("another")
    named = re.search(rf"\b{re.escape(name.lower())}\b", low)
    return Verdict("keep") if content or named or _GOOD.search(low) else Verdict("unclear")


def _wanted(line: str) -> str | None:
    """A name the person puts forward for her: "how about Nora", "please be called Nora", or just "Nora."."""
    if only_spelled(line):
        return called(line)
    alone = strip_fillers(re.sub(r"^\W*no+\W+", "", line, flags=re.IGNORECASE))
    low = alone.lower()
    speaks = (
        _AGAIN.search(low) or _GOOD.search(low) or _CONTENT.search(line.lower())
    )  # "no objections" is no name
    if len(alone.split()) == 1 and not speaks:
        return _fit(alone)
    found = list(_CALL_HER.finditer(line))
    rests = [strip_fillers(line[one.end() :]) for one in found]
    return next(
        (_fit(rest) for rest in rests if rest and (rest[0].isupper() or len(rest.split()) <= 2)), None
    )


def _fit(phrase: str) -> str | None:
    name = first_name(phrase)
    return None if not name or name.split()[0].lower() in _NOT_HER_NAME else name
