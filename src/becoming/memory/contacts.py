"""Who was really met or talked with, as the person tells it: "I had coffee with Anna", "my brother came by".

Read by patterns (`company.toml`); no model is asked. What was only meant, or is doubted, counts for nothing: a week
that looks fuller than it was would have her offer less than is good.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from becoming.memory.beliefs import doubt
from becoming.memory.beliefs.phrases import SENTENCE, WHO, plainly
from becoming.memory.people import KIN

_FONDLY = r"(?: (?:have|just|finally|also|even|actually|really|then|both|all|did|ended up|only))*"
_WHO = rf"(?:{WHO}|(?P<them>her|him|them))(?!\w)"
_NOT_REALLY = re.compile(
    r"\b(?:not|never|nobody|no one|almost|nearly|instead of|used to|would|could|should|if|going to|want to|tomorrow|next (?:week|month))\b", re.I
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Met:
    """One contact. `who` is a kinship or a name as it was said, empty where nobody is named; `sure` whether a name that
    nobody knows yet is somebody's."""

    who: str
    sure: bool


@cache
def _read() -> dict[str, Any]:
    file = resources.files("becoming.memory") / "company.toml"
    return tomllib.loads(file.read_text("utf-8"))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    filled = [
        (kind, said.format(who=_WHO, fondly=_FONDLY))
        for kind in ("with", "met", "some")
        for said in _read()[kind]
    ]
    return tuple((kind, re.compile(rf"(?<![\w'-]){said}", re.IGNORECASE)) for kind, said in filled)


@cache
def _words(kind: str) -> re.Pattern[str]:
    return re.compile(_read()[kind], re.IGNORECASE)


def hurt(text: str) -> bool:
    """Whether somebody is told of as hurtful, or there was a quarrel."""
    return bool(_words("hurt").search(plainly(text)))


def missed(text: str) -> bool:
    """Whether somebody is missed, or spoken of as dear."""
    return bool(_words("missed").search(text.replace("’", "'")))


def told(text: str) -> list[Met]:
    """The contacts that these words tell of."""
    return [] if doubt.whole(text) else list(dict.fromkeys(_told(text)))


def _told(text: str) -> Iterator[Met]:
    for span in SENTENCE.finditer(doubt.unquoted(text)):
        said = plainly(span[0])
        if doubt.sentence(said):
            continue
        for kind, pattern in _patterns():
            match = pattern.search(said)
            before = said[: match.start()] if match else ""
            if (
                match
                and not doubt.around(before, said[match.end() :])
                and not _NOT_REALLY.search(match[0] + before)
            ):
                yield Met(_who(match.groupdict()), kind == "with")
                break


def _who(parts: dict[str, str | None]) -> str:
    if kin := parts.get("who_kin"):
        return parts.get("named") or KIN.get(kin.lower().split()[-1], kin.lower())
    return parts.get("who") or ""
