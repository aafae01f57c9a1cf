"""The base lines, read from the text files beside this one (or from another folder of the same form).

`## TIER KIND WHOSE [past]` or `## none ABOUT` heads the lines below it; `sign` is what means nothing alone and
something beside others. In `talks.txt` " / " parts the turns of a talk, whose last line is the one heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TIERS = ("none", "sign", "ask", "concern", "emergency")
KINDS = ("suicide", "self_harm", "harm_to_others", "harmed_by_others", "eating")


@dataclass(frozen=True)
class Line:
    """One base line: what is said, and what ought to be heard in it. `topic` is for those without danger."""

    text: str
    tier: str
    kind: str | None = None
    about: str = "self"
    past: bool = False
    topic: str = ""


def read(folder: Path = HERE) -> list[Line]:
    """Every line but those of `talks.txt`."""
    files = sorted(file for file in folder.glob("*.txt") if file.name != "talks.txt")
    return [line for file in files for line in _read(file)]


def talks(folder: Path = HERE) -> list[tuple[list[str], Line]]:
    """The turns before, oldest first, and the line heard after them."""
    found = []
    for line in _read(folder / "talks.txt"):
        *before, last = line.text.split(" / ")
        found.append((before, Line(last, line.tier, line.kind, line.about)))
    return found


def _read(file: Path) -> list[Line]:
    found: list[Line] = []
    heading: list[str] = []
    for text in file.read_text("utf-8").splitlines():
        if text.startswith("## "):
            heading = text[3:].split()
        elif text and heading[0] == "none":
            found.append(Line(text, "none", topic=" ".join(heading[1:])))
        elif text:
            tier, kind, about = heading[:3]
            found.append(Line(text, tier, kind, about, past=heading[3:] == ["past"]))
    return found
