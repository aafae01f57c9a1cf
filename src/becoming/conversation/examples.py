"""Examples of how she speaks: small text files in `examples/`, one for each stance, edited by hand.

A file is a list of pairs, separated by an empty line:

    > what a person says
    what she answers
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from becoming.events import InputError

FOLDER = resources.files("becoming.conversation") / "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """One exchange: `heard` from a person, `said` by her."""

    heard: str
    said: str


@cache
def examples(name: str) -> tuple[Example, ...]:
    """The pairs in `examples/<name>.md`, in order. Raises InputError if a pair is incomplete."""
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    return tuple(_pair(block, name) for block in text.strip().split("\n\n"))


def _pair(block: str, name: str) -> Example:
    lines = block.strip().split("\n")
    heard = " ".join(line[1:].strip() for line in lines if line.startswith(">"))
    said = " ".join(line.strip() for line in lines if not line.startswith(">"))
    if not heard or not said:
        raise InputError(
            f"examples/{name}.md: a pair needs a line '> what is said' and the answer below it, here: {block!r}"
        )
    return Example(heard, said)
