"""Who did what to whom: a hundred lines about several people, and what of a reply shows that they were mixed up.

Written by hand for this project (`persons.toml`). Each case has what a person says, patterns of which any in a reply means
that persons are mixed up, and replies that must be caught and must not be: `tests/bench` hold the patterns to these.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "persons.toml"


@dataclass(frozen=True)
class Case:
    """What was `heard`, and the replies that tell whether `mixed_up` judges rightly."""

    name: str
    heard: tuple[str, ...]
    wrong: tuple[str, ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]

    def mixed_up(self, reply: str) -> bool:
        """Whether the reply gives a deed, a relative or a gender to the wrong one."""
        plain = reply.replace("’", "'")
        return any(re.search(pattern, plain, re.IGNORECASE) for pattern in self.wrong)


@cache
def cases() -> tuple[Case, ...]:
    """All of them."""
    read = tomllib.loads(FILE.read_text("utf-8"))["case"]
    return tuple(
        Case(each["name"], *(tuple(each[part]) for part in ("heard", "wrong", "bad", "good")))
        for each in read
    )
