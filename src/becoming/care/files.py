"""The data files of this room."""

from __future__ import annotations

from importlib import resources

FOLDER = resources.files("becoming.care")


def read(name: str) -> str:
    """The text of one of them, with line ends of one kind, so that a digest is the same on every system."""
    return (FOLDER / name).read_text("utf-8").replace("\r\n", "\n")
