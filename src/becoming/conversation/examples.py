"""Pairs of lines in small text files, edited by hand: what is said, and what she answers.

A file is a list of pairs, separated by an empty line:

    > what a person says
    what she answers
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from becoming.events import InputError

FOLDER = resources.files("becoming.conversation")


@dataclass(frozen=True, slots=True)
class Example:
    """One exchange: `heard` from a person, `said` by her."""

    heard: str
    said: str


@cache
def pairs(file: str) -> tuple[Example, ...]:
    """The pairs in a file beside this module, in order. Raises InputError if one is incomplete."""
    text = FOLDER.joinpath(file).read_text(encoding="utf-8")
    return tuple(_pair(block, file) for block in text.strip().split("\n\n"))


def _pair(block: str, file: str) -> Example:
    lines = block.strip().split("\n")
    heard = " ".join(line[1:].strip() for line in lines if line.startswith(">"))
    said = " ".join(line.strip() for line in lines if not line.startswith(">"))
    if not heard or not said:
        raise InputError(
            f"{file}: a pair is a line '> what is said' and the answer below it; here: {block!r}"
        )
    return Example(heard, said)
