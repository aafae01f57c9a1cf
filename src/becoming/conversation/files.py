"""The data files of this room, edited by hand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

FOLDER = resources.files("becoming.conversation")


def read(name: str) -> str:
    """The text of one of them."""
    return FOLDER.joinpath(name).read_text(encoding="utf-8").strip()


@cache
def table(name: str) -> dict[str, Any]:
    """What stands in one of them that is TOML."""
    return tomllib.loads(read(name))


def patterns(name: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns that stand in one of them, each sought without regard to case."""
    return _Patterns(table(name))


class _Patterns(Mapping[str, re.Pattern[str]]):
    """Each is compiled at its first use: together they would hold up every start."""

    def __init__(self, said: Mapping[str, str]) -> None:
        self._said, self._compiled = said, dict[str, re.Pattern[str]]()

    def __getitem__(self, kind: str) -> re.Pattern[str]:
        if kind not in self._compiled:
            self._compiled[kind] = re.compile(self._said[kind], re.IGNORECASE)
        return self._compiled[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)
