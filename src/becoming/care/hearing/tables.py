"""`tables.toml`, compiled: what is misheard, idioms, rules for plain statements, and the readable features."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from becoming.events import DangerKind, Tier


@dataclass(frozen=True)
class Rule:
    """A plain statement of danger: what it says, and the tier it is at least worth (or that it is a sign).

    `about` is whose danger it is; `softens`: under a condition ("if she leaves me …") it is a concern at most.
    """

    name: str
    kind: DangerKind
    tier: Tier | Literal["sign"]
    pattern: re.Pattern[str]
    about: Literal["self", "other"]
    softens: bool


def _compiled(table: str) -> re.Pattern[str]:
    """A table, one phrase a line, as one expression that finds any of them as whole words."""
    lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    return re.compile("|".join(rf"(?<!\w)(?:{_grouped(line)})(?!\w)" for line in lines))


def _grouped(line: str) -> str:
    """A phrase with its `{groups}` filled in and no capturing brackets."""
    while groups := re.findall(r"\{([a-z_]+)\}", line):
        for name in groups:
            line = line.replace(f"{{{name}}}", f"({' '.join(_READ['words'][name].split())})")
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", line)


def _pairs(name: str) -> Iterator[tuple[re.Pattern[str], str]]:
    for instead, table in _READ[name].items():
        yield _compiled(table), "" if instead == "nothing" else instead


_READ: dict[str, Any] = tomllib.loads(Path(__file__).with_name("tables.toml").read_text("utf-8"))

HEARD_AS = tuple(_pairs("heard_as"))
IDIOMS = tuple(_pairs("idiom"))
RULES = tuple(
    Rule(
        rule["name"],
        rule["kind"],
        rule["tier"],
        _compiled(rule["phrases"]),
        rule.get("about", "self"),
        rule.get("softens", False),
    )
    for rule in _READ["rule"]
)
_TOLD, _PAST, _PRESENT = (_compiled(_READ["guard"][name]) for name in ("told", "past", "present"))
NEGATED = re.compile(rf"(?:{_READ['guard']['negated']})\s*$")
_URGENT = _compiled(_READ["guard"]["urgent"])
_CONDITION = _compiled(_READ["guard"]["condition"])
FEATURES = {name: _compiled(table) for name, table in _READ["feature"].items()}
_SOMEBODY = _compiled(_READ["guard"]["somebody"])


def _one_of(guard: str) -> Callable[[str], bool]:
    """Whether any of the features that a guard names finds something in a plain line."""
    patterns = [FEATURES[name] for name in _READ["guard"][guard].split()]
    return lambda line: any(pattern.search(line) for pattern in patterns)


net = _one_of("net")
"""The filter: whether anything in a plain line could have to do with danger. Wide on purpose."""
weighty = _one_of("weighty")
"""Whether a plain line holds a word that weighs by itself."""
grave = _one_of("grave")
"""Whether a plain line holds a word of death, of means, of wounds, of violence."""


def told(line: str) -> bool:
    """Whether a plain line tells of a film, a dream, a joke."""
    return _TOLD.search(line) is not None


def past(line: str) -> bool:
    """Whether a plain line tells of something long over, and of nothing that is back."""
    return _PAST.search(line) is not None and _PRESENT.search(line) is None


def of_somebody(line: str) -> bool:
    """Whether a plain line speaks of anybody at all."""
    return _SOMEBODY.search(line) is not None


def conditional(line: str) -> bool:
    """Whether a plain line puts it under a condition, or in jest."""
    return _CONDITION.search(line) is not None


def somebody(line: str) -> bool:
    """Whether a plain line speaks of somebody near to the person."""
    return FEATURES["kin"].search(line) is not None


def urgent(line: str) -> bool:
    """Whether a plain line speaks of means, of doing it now, or of taking leave for good."""
    return _URGENT.search(line) is not None
