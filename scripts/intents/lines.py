"""The lines of the intents, read from the text files beside this one.

Each file holds lines of one intent, named by it, in which "[this|that]" is one of these and "{name}" something of
`slots.toml`; `none.txt` and the everyday lines of the hearing's training hold what asks for nothing.
"""

from __future__ import annotations

import csv
import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

from becoming.conversation.hands.intents import NONE
from scripts.hearing import lines as everyday

FOLDER = Path(__file__).parent
RECOGNISED = FOLDER / "recognised.tsv"
"""A line of a file here, and what the recogniser once made of it; empty where that was every word (`speaking.py`)."""
APART, WAYS = 5, 8


@dataclass(frozen=True)
class Line:
    """What is said, what it asks for, and whether it is kept from trainings that are to be told how well they do: every
    fifth of the files here, all forms of a line together."""

    text: str
    intent: str
    apart: bool


def read() -> list[Line]:
    """Each line as it is, as a recogniser may write it, and as one did."""
    slots = tomllib.loads((FOLDER / "slots.toml").read_text("utf-8"))
    found: dict[str, Line] = {}
    recognised: dict[str, list[str]] = {}
    with RECOGNISED.open(encoding="utf-8", newline="") as rows:
        for line, heard in csv.reader(rows, "excel-tab"):
            recognised.setdefault(line, []).extend(filter(None, [heard]))
    for file in sorted(FOLDER.glob("*.txt")):
        for line in filter(None, map(str.strip, file.read_text("utf-8").splitlines())):
            for text in (*said(line, slots), *recognised.get(line, ())):
                found.setdefault(text, Line(text, file.stem, crc32(line.encode()) % APART == 0))
    for told in everyday.read():
        if told.tier == "none":
            found.setdefault(told.text, Line(told.text, NONE, False))
    for each in list(found.values()):
        found.setdefault(bare(each.text), replace(each, text=bare(each.text)))
    return list(found.values())


def said(line: str, slots: Mapping[str, Sequence[str]]) -> list[str]:
    """Some of the ways to say a line: one of "[this|that]" each, and something for "{name}"; always the same."""
    if not re.search(r"[\[{]", line):
        return [line]
    chance, ways = random.Random(line), dict[str, None]()
    for _ in range(WAYS * 2):
        text = line
        while found := re.search(r"\[([^\[\]]*)\]", text):
            text = text[: found.start()] + chance.choice(found[1].split("|")) + text[found.end() :]
        text = re.sub(r"\{(\w+)\}", lambda it: chance.choice(slots[it[1]]), text)
        ways[" ".join(text.split())] = None
    return list(ways)[:WAYS]


def bare(line: str) -> str:
    """As a recogniser may write it."""
    return re.sub(r"[^\w\s']", "", line).lower()
