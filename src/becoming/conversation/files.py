"""The data files of this room, edited by hand."""

from __future__ import annotations

import re
import tomllib
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


def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """The patterns that stand in one of them, each sought without regard to case."""
    return {kind: re.compile(said, re.IGNORECASE) for kind, said in table(name).items()}
