"""Words of a memory on a terminal."""

from __future__ import annotations

from datetime import datetime

from rich.markup import escape

from becoming.cli.asking import console


def say(text: str) -> None:
    """A line with styles in it."""
    console.print(text, highlight=False)


def plain(text: str) -> str:
    """What somebody said or wrote: nothing in it is a style, or moves the cursor."""
    return escape("".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text))


def day(at: float) -> str:
    """3 May 2024."""
    then = datetime.fromtimestamp(at)
    return f"{then.day} {then:%B} {then.year}"
