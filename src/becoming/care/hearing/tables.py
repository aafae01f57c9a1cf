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
NEGATED = re.compile(rf"(?:{_READ['guard']['negated']})\s*$")
FEATURES = {name: _compiled(table) for name, table in _READ["feature"].items()}

Says = Callable[[str], bool]


def _any(*patterns: re.Pattern[str]) -> Says:
    return lambda line: any(pattern.search(line) for pattern in patterns)


def _features(guard: str) -> Says:
    """Whether any of the features that a guard names finds something."""
    return _any(*(FEATURES[name] for name in _READ["guard"][guard].split()))


def _words(guard: str) -> Says:
    """Whether a guard's own table finds something."""
    return _any(_compiled(_READ["guard"][guard]))


# What is asked of a plain line:
net = _features("net")
"""The filter: whether anything could have to do with danger. Wide on purpose."""
grave = _features("grave")
"""Whether there is a word of death, of means, of wounds, of violence."""
told = _words("told")
"""Whether it tells of a film, a dream, a joke."""
of_somebody = _words("somebody")
"""Whether it speaks of anybody at all."""
somebody = _any(FEATURES["kin"])
"""Whether it speaks of somebody near to the person."""
conditional = _words("condition")
"""Whether it puts it under a condition, or in jest."""
urgent = _words("urgent")
"""Whether it speaks of means, of doing it now, or of taking leave for good."""
_past, _present = _words("past"), _words("present")


def past(line: str) -> bool:
    """Whether it tells of something long over, and of nothing that is back."""
    return _past(line) and not _present(line)
