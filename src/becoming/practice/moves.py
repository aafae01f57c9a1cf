"""What somebody does in a hard talk, known by their words: moves that help, and moves of power."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from becoming.care.known import plain
from becoming.practice.scenes import table

YIELDS = re.compile(table("moves.toml")["yields"])
"""Somebody gives in."""


@dataclass(frozen=True, slots=True)
class Move:
    """A move as moves.toml tells of it."""

    key: str
    name: str
    source: str
    tip: str
    worked: str
    role: str
    leads: tuple[str, ...]
    sounds: str


@dataclass(frozen=True, slots=True)
class Found:
    """A move in what somebody said, and the sentence it is in, verbatim."""

    key: str
    quote: str


@cache
def moves() -> dict[str, Move]:
    """The moves that help, by their key."""
    fields = ("name", "source", "tip", "worked", "role", "sounds")
    return {
        key: Move(key, leads=tuple(it["leads"]), **{name: it[name] for name in fields})
        for key, it in table("moves.toml")["move"].items()
    }


def instead(power: str) -> Move:
    """The move that is told in the place of one of power."""
    return moves()[table("moves.toml")["power"][power]["instead"]]


@cache
def _patterns(kind: str) -> dict[str, re.Pattern[str]]:
    return {key: re.compile(it["says"]) for key, it in table("moves.toml")[kind].items()}


def sentences(text: str) -> list[str]:
    """The sentences of what somebody said, as they said them."""
    return [each for each in re.split(r"(?<=[.?!…])\s+", text.strip()) if each]


def helping(text: str) -> list[Found]:
    """The moves that help; a sentence with power in it holds none."""
    return _found(text, "move", [each for each in sentences(text) if not _powers(each)])


def power(text: str) -> list[Found]:
    """The moves of power."""
    return _found(text, "power", sentences(text))


def _found(text: str, kind: str, within: Sequence[str]) -> list[Found]:
    return [
        Found(key, each)
        for each in within
        for key, pattern in _patterns(kind).items()
        if pattern.search(plain(each))
    ]


def _powers(sentence: str) -> bool:
    return any(each.search(plain(sentence)) for each in _patterns("power").values())


def yields(text: str) -> bool:
    """Whether somebody gives in."""
    return any(YIELDS.search(line) for line in plain(text).split("\n"))
