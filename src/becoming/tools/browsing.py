"""Browsing by ear: one component for every list. It understands where somebody wants to go, and keeps the place.

A breath holds three labels and no more. Nothing is changed by hearing: `Step.at` is where they would be then.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources

NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
IN_A_BREATH = 3

_SAID = tomllib.loads(resources.files("becoming.tools").joinpath("browsing.toml").read_text("utf-8"))
_FRAME = re.compile(f"{_SAID.pop('before')}(?P<it>.*?){_SAID.pop('after')}")
_PLACE, _BESIDE, _SUCH = (re.compile(_SAID.pop(each)) for each in ("place", "beside", "such"))
_WAYS = {kind: re.compile(ways) for kind, ways in _SAID.items()}
_ORDER = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_AT = {str(n + 1): n for n in range(999)} | {it: n for of in (NUMBERS[1:], _ORDER) for n, it in enumerate(of)}
_SMALL = frozenset("the a an my our your his her their one about from with of".split())


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a list: how it is told, whom it is from, and what else it may be asked for by."""

    label: str
    who: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What was meant (a key of browsing.toml, "item" or "none"), where one is then, and what is said to it."""

    kind: str
    at: int
    said: str


@dataclass(frozen=True, slots=True)
class Browsing:
    """A list and a place in it, -1 before the first; it stays however long something else is talked about."""

    items: Sequence[Item]
    at: int = -1

    def hear(self, text: str) -> Step | None:
        """What these words mean in a list; None where they mean something else."""
        said, left = meant(text), len(self.items) - self.at - 1
        match next((kind for kind, ways in _WAYS.items() if ways.fullmatch(said)), ""):
            case "next" | "back" as kind:
                return self._to(self.at + (1 if kind == "next" else -1))
            case "again" | "this" as kind:
                return replace(self._to(max(self.at, 0)), kind=kind)
            case "count":
                told = f"{number(len(self.items))}, {number(left).lower()} still to come."
                return Step("count", self.at, told)
            case "stop":
                return Step("stop", self.at, "All right.")
            case "some" if left:
                some = self.items[self.at + 1 :][:IN_A_BREATH]
                more = f"; and {number(left - len(some)).lower()} more" if left > len(some) else ""
                return Step("some", self.at + len(some), f"{'; '.join(it.label for it in some)}{more}.")
            case "some":
                return self._to(len(self.items))
        if (found := self.find(said)) is not None:
            return self._to(found)
        asked = _SUCH.fullmatch(said)
        return Step("none", self.at, "I don't see one like that.") if asked and asked["by"] else None

    def find(self, words: str) -> int | None:
        """Which one is spoken of: by its place, by whom it is from, by what it is about, by the one beside it."""
        said = meant(words)
        if _WAYS["this"].fullmatch(said):
            return max(self.at, 0)
        if place := _PLACE.fullmatch(said):
            return _AT.get(place["which"], len(self.items) - 1)  # "the last"
        if beside := _BESIDE.fullmatch(said):
            other = self.find(f"the one about {beside['other']}")
            return None if other is None else other + (1 if beside["side"] == "after" else -1)
        if not (such := _SUCH.fullmatch(said)):
            return None
        wanted = [word for word in (such["words"] or such["kind"]).split() if word not in _SMALL]
        whole = [f"{each.who} {each.words} {each.label}" for each in self.items]
        senders = [each.who for each in self.items] if such["by"] in ("from", "by") else []
        return next((at for of in (senders, whole) for at, it in enumerate(of) if _has(it, wanted)), None)

    def _to(self, at: int) -> Step:
        if 0 <= at < len(self.items):
            return Step("item", at, f"{self.items[at].label}.")
        if at < 0:
            return Step("none", self.at, "There is none before it.")
        return Step("none", self.at, "That was the last." if self.items else "There is none.")


def plain(text: str) -> str:
    """What was said in lower case, without punctuation."""
    return " ".join(re.sub(r"[^\w'@. -]|\.(?!\w)", " ", text.lower().replace("’", "'")).split())


def meant(text: str) -> str:
    """The same without the words that only lead up to it."""
    bare = plain(text)
    found = _FRAME.fullmatch(bare)
    return found["it"] if found and found["it"] else bare


def number(count: int) -> str:
    """As it is said: "Four"; beyond twelve in figures."""
    return NUMBERS[count].capitalize() if 0 < count < len(NUMBERS) else f"{count:,}" if count else "None"


def _has(text: str, wanted: Sequence[str]) -> bool:
    there = re.findall(r"\w+", text.lower())
    stems = [re.sub(r"(?<=\w\w)(?:'s|s)$", "", word) for word in wanted]
    return bool(stems) and all(any(it.startswith(stem) for it in there) for stem in stems)
