"""How her question begins: decided by code from what is felt; the model finds the end of it."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from becoming.conversation.kinds import Kind
from becoming.conversation.manner import about, manner, spoken
from becoming.conversation.naming import heard
from becoming.conversation.stance import Seen

BY_FEELING = frozenset[Kind]({"ask", "reflect", "hard", "celebrate"})
"""Stances whose question follows the feeling; the others have their own in `manners.toml`."""

BEFORE = 2
"""So many lines before this one still colour it."""

CHOICE = 4
"""So many beginnings the model may choose from."""

LATELY = 20
"""A beginning does not come again within so many replies."""


def beginnings(kind: Kind, seen: Seen, they: str, rng: random.Random) -> list[str]:
    """A few beginnings of a question that fit now, as they are said."""
    own = [spoken(each, they) for each in about(manner(kind).questions, they)]
    if kind not in BY_FEELING:
        return _fresh(own, seen.said) or own
    fitting = _fresh([spoken(each, they) for each in about(_group(kind, seen)["questions"], they)], seen.said)
    if len(fitting) < 2:
        fitting += _fresh(own, seen.said)
    return rng.sample(fitting, min(CHOICE, len(fitting))) or own


def _group(kind: Kind, seen: Seen) -> dict[str, Any]:
    """The group of the strongest feeling that is heard, else by the words, else by those just before."""
    if not seen.mixed and (feelings := heard(seen.text, seen.feeling)):
        for group in _groups():
            if feelings[0][0] in group["feelings"]:
                return group
    glad = kind == "celebrate"
    for line in (seen.line, *(each.lower() for each in reversed(seen.earlier[-BEFORE:]))):
        for group in _groups():
            if re.search(rf"\b(?:{group['cues']})(?!\w)", line) and (glad or not group.get("glad")):
                return group
    return _groups()[-1]


def _fresh(lines: Sequence[str], said: Sequence[str]) -> list[str]:
    return [each for each in lines if not any(each in line for line in said[-LATELY:])]


@cache
def _groups() -> tuple[dict[str, Any], ...]:
    file = resources.files("becoming.conversation") / "questions.toml"
    return tuple(tomllib.loads(file.read_text(encoding="utf-8")).values())
