"""How her question begins: decided by code, from what is felt or from the shape of what is told; the model finds the
end of it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Any

from becoming.conversation.files import table
from becoming.conversation.kinds import Kind, Seen
from becoming.conversation.manner import manner, spoken
from becoming.conversation.naming import heard

OF_WHAT_IS_TOLD = frozenset[Kind]({"ask", "reflect", "hard", "celebrate"})
"""Stances whose question follows what is told; the others have their own in `manners.toml`."""

_WHO = re.compile(r"\b[Mm]y ((?:\w+-)*\w+)(?: ([A-Z]\w+))?", re.UNICODE)

BEFORE = 2
"""So many lines before this one still colour it."""

CHOICE = 4
"""So many beginnings the model may choose from."""

LATELY = 20
"""A beginning does not come again within so many replies."""


def beginnings(kind: Kind, seen: Seen, they: str, rng: random.Random) -> list[str]:
    """A few beginnings of a question that fit now, as they are said."""
    own = _spoken(manner(kind).questions, they)
    if kind not in OF_WHAT_IS_TOLD:
        return _fresh(own, seen.said) or own
    fitting = [each.replace("{who}", _who(seen.text)) for each in _group(kind, seen)["questions"]]
    fitting = _fresh(_spoken(fitting, they), seen.said)
    if len(fitting) < 2:
        fitting += _fresh(own, seen.said)
    return rng.sample(fitting, min(CHOICE, len(fitting))) or own


def _spoken(beginnings: Sequence[str], they: str) -> list[str]:
    """Those that fit whom the talk is about, as they are said: none of "them" where there is nobody."""
    return [spoken(each, they) for each in beginnings if they or "{the" not in each]


def _who(text: str) -> str:
    """Somebody of the person's who is named in a line, as she says it: "Ines", "your aunt"."""
    found = _WHO.search(text)
    return (found[2] or f"your {found[1]}") if found else "{they}"


def _group(kind: Kind, seen: Seen) -> dict[str, Any]:
    """The group of the strongest feeling that is heard; where it hurts or is good news, of the words, else of those just
    before; and where neither is, of the shape of this line."""
    groups: list[dict[str, Any]] = [*table("questions.toml").values()]
    if not seen.mixed and (feelings := heard(seen.text, seen.feeling)):
        for group in groups:
            if feelings[0][0] in group.get("feelings", ()):
                return group
    glad = kind == "celebrate"
    if glad or kind == "hard" or "hard" in seen.taken[-BEFORE:]:
        for line in (seen.line, *(each.lower() for each in reversed(seen.earlier[-BEFORE:]))):
            for group in groups:
                fits = "cues" in group and re.search(rf"\b(?:{group['cues']})(?!\w)", line)
                if fits and (glad or not group.get("glad")):
                    return group
    return next(
        group for group in groups if "shape" in group and re.search(rf"\b(?:{group['shape']})", seen.line)
    )


def _fresh(lines: Sequence[str], said: Sequence[str]) -> list[str]:
    return [each for each in lines if not any(each in line for line in said[-LATELY:])]
