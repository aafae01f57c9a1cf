"""Pairs of lines in small text files, edited by hand: what is said, and what she answers.

A file is a list of pairs, separated by an empty line:

    > what a person says
    what she answers
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from becoming.conversation.files import read
from becoming.events import InputError


class Example(NamedTuple):
    """One exchange: `heard` from a person, `said` by her."""

    heard: str
    said: str


@cache
def pairs(file: str) -> tuple[Example, ...]:
    """The pairs in a file beside this module, in order. Raises InputError if one is incomplete."""
    return tuple(_pair(block, file) for block in read(file).split("\n\n"))


def _pair(block: str, file: str) -> Example:
    lines = block.strip().split("\n")
    heard = " ".join(line[1:].strip() for line in lines if line.startswith(">"))
    said = " ".join(line.strip() for line in lines if not line.startswith(">"))
    if not heard or not said:
        raise InputError(
            f"{file}: a pair is a line '> what is said' and the answer below it; here: {block!r}"
        )
    return Example(heard, said)
