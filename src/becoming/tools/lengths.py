"""Lengths of time as they are said, from now or at all: "in half an hour", "a ten minute timer", "an hour and a half"."""

from __future__ import annotations

import re

from becoming.tools.browsing import NUMBERS, number

_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORTH = {word: at for at, word in enumerate([*NUMBERS[1:], *_TEENS], 1)}
WORTH |= {word: 10 * at for at, word in enumerate(_TENS, 2)}
"""What the words for numbers are worth, without those that stand for a part."""

_WORTH = {"half": 0.5, "a quarter": 0.25, "three quarters": 0.75, **WORTH}
_WORTH |= {"a": 1, "an": 1, "a couple": 2, "another": 1}
_S = {"second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3600, "day": 86_400, "week": 7 * 86_400}
_SMALL = "|".join(NUMBERS[1:10])
_COUNT = rf"(?P<count>\d{{1,3}}|(?:{'|'.join(_TENS)})(?:[ -](?:{_SMALL}))?|{'|'.join(sorted(_WORTH, key=len, reverse=True))})"
_ONE = rf"{_COUNT}(?P<half> and a half)?(?: of)?(?: an?)?[ -](?P<unit>{'|'.join(_S)})s?(?P<more> and a half)?"
_PART = re.compile(rf"(?<!\S){_ONE}(?!\S)")
_ANY = re.sub(r"\?P<\w+>", "?:", _ONE)
_WHOLE = rf"{_ANY}(?:(?: and)? {_ANY})*"
_SOON = re.compile(
    rf"(?<!\S)(?:(?:in|after) (?P<in>{_WHOLE})(?:'s time)?|(?P<from>{_WHOLE}) from now)(?: time)?(?!\S)"
)
LENGTH = re.compile(rf"(?<!\S){_WHOLE}(?!\S)")


def seconds(said: str) -> float:
    """How long these words are."""
    return sum(
        (_worth(it["count"]) + 0.5 * bool(it["half"] or it["more"])) * _S[it["unit"]]
        for it in _PART.finditer(said)
    )


def soon(said: str) -> tuple[float, str] | None:
    """In how many seconds these words say that it is to be, and the words left over."""
    found = _SOON.search(said)
    rest = " ".join((said[: found.start()] + said[found.end() :]).split()) if found else ""
    return (seconds(found["in"] or found["from"]), rest) if found else None


def told(length: float) -> str:
    """As it is said: "half an hour", "an hour and 20 minutes", "ten minutes"."""
    whole = round(length)
    if named := {1800: "half an hour", 5400: "an hour and a half", 900: "a quarter of an hour"}.get(whole):
        return named
    if 60 < whole < 120:
        return f"{whole} seconds"
    whole = whole if whole < 60 else round(whole / 60) * 60
    units = (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))
    parts = [
        f"{number(count).lower() if count > 1 else 'an' if unit == 'hour' else 'a'} {unit}{'s' * (count > 1)}"
        for at, (unit, each) in enumerate(units)
        if (count := (whole % units[at - 1][1] if at else whole) // each)
    ]
    return " and ".join(parts[:2]) or "a moment"


def _worth(words: str) -> float:
    if words.isdigit():
        return float(words)
    return _WORTH.get(words) or sum(_WORTH[each] for each in re.split("[ -]", words))
