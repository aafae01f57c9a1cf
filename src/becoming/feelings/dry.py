"""Polite words that say the opposite: "great." after bad news, "Wonderful, it broke again"."""

from __future__ import annotations

import re

_PRAISE = (
    r"(?:great|good|fine|wonderful|perfect|lovely|nice|awesome|fantastic|brilliant|amazing|cool|super|excellent|"
    r"splendid|marvell?ous|terrific|delightful|fun|charming|congratulations|thanks|thank you)"
)
_BEFORE = r"(?:(?:oh|well|yeah|yes|ok|okay|ah|no|so|just|how|that's|that is|it's|i'm|i am|all|really|absolutely|simply|very|so) )*"
_AFTER = r"(?:,? (?:then|now|i guess|i suppose|really|just great|thanks))*"
_BARE = re.compile(rf"{_BEFORE}{_PRAISE}{_AFTER}", re.IGNORECASE)
_OPENER = re.compile(
    rf"(?:(?:oh|well|yeah|ah|just),? )*{_PRAISE}(?:,|\.+|!|…| -| —)\s+(?P<rest>.+)", re.IGNORECASE
)
_BITTER = re.compile(
    r"\b(?:thanks (?:a lot )?for nothing|(?:that's )?just my luck|so much for (?:that|the|my|our)|(?:the )?story of my life|"
    r"yeah,? right|as if\b[.!]?$|wouldn't be the first time)",
    re.IGNORECASE,
)
_WEARY = re.compile(
    r"\b(?:another|yet again|once again|again|of course|as (?:usual|always)|just what i needed|exactly what i needed|"
    r"what else|on top of (?:it|that|everything)|now (?:i|we|my|the)|so much for)\b",
    re.IGNORECASE,
)


def bare(text: str) -> bool:
    """Whether it is nothing but a polite word or two: what they mean stands in the lines before."""
    return bool(_BARE.fullmatch(re.sub(r"[.,!…\s]+", " ", text).strip()))


def after_praise(text: str) -> str:
    """What follows "Great, …"; empty where the text does not begin like that."""
    found = _OPENER.fullmatch(text.strip())
    return found["rest"] if found else ""


def bitter(text: str) -> bool:
    """Whether it holds a phrase that nobody means kindly."""
    return bool(_BITTER.search(text))


def weary(text: str) -> bool:
    """Whether it says that something unwelcome has come once more."""
    return bool(_WEARY.search(text))
