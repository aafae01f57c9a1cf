"""Lines in small text files, edited by hand: what is said, and what she answers.

A file of pairs is a list of them, separated by an empty line:

    > what a person says
    what she answers

The book of her voice (`examples/book/`) has whole situations: the stance of her last line and the situation in a few
words, what she remembers in the person's words, then the exchanges.

    hard: the interview was over in four minutes
    (My interview at the library is on Thursday.)
    > It took four minutes.
    Four. They hadn't even got to the gap.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, get_args

from becoming.conversation.files import FOLDER, read
from becoming.conversation.kinds import Kind
from becoming.events import InputError

BOOK = "examples/book"
APART = 10
"""One in so many situations is kept apart from every training, by a hash of its words."""


class Example(NamedTuple):
    """One exchange: `heard` from a person, `said` by her."""

    heard: str
    said: str


class Situation(NamedTuple):
    """A few exchanges in the book of her voice; `stance` is that of her last line, `remembered` in the person's words."""

    stance: Kind
    title: str
    remembered: tuple[str, ...]
    exchanges: tuple[Example, ...]

    @property
    def apart(self) -> bool:
        """Whether no training may read it."""
        said = "\n".join(each.heard for each in self.exchanges)
        return int(hashlib.sha256(said.encode()).hexdigest(), 16) % APART == 0


@cache
def pairs(file: str) -> tuple[Example, ...]:
    """The pairs in a file beside this module, in order. Raises InputError if one is incomplete."""
    return tuple(_pair(block.split("\n"), file) for block in read(file).split("\n\n"))


@cache
def book() -> tuple[Situation, ...]:
    """The book of her voice. Raises InputError where a situation is written otherwise."""
    files = sorted(each.name for each in FOLDER.joinpath(BOOK).iterdir() if each.name.endswith(".md"))
    return tuple(
        _situation(block.split("\n"), file)
        for file in files
        for block in read(f"{BOOK}/{file}").split("\n\n")
    )


def _situation(lines: Sequence[str], file: str) -> Situation:
    stance, colon, title = lines[0].partition(": ")
    remembered = [each for each in lines[1:] if each.startswith("(")]
    spoken = lines[1 + len(remembered) :]
    if not colon or stance not in get_args(Kind) or not spoken or len(spoken) % 2:
        raise InputError(
            f"{file}: a situation is a line 'stance: in a few words', lines '(what she remembers)', then '> what is "
            f"said' and her answer, in turn; here: {lines!r}"
        )
    exchanges = [_pair(spoken[at : at + 2], file) for at in range(0, len(spoken), 2)]
    return Situation(stance, title, tuple(each[1:-1] for each in remembered), tuple(exchanges))  # type: ignore[arg-type]


def _pair(lines: Sequence[str], file: str) -> Example:
    heard = " ".join(line[1:].strip() for line in lines if line.startswith(">"))
    said = " ".join(line.strip() for line in lines if not line.startswith(">"))
    if not heard or not said:
        raise InputError(
            f"{file}: a pair is a line '> what is said' and the answer below it; here: {list(lines)!r}"
        )
    return Example(heard, said)
