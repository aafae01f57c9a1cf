"""She chooses her own name: her taste over the whole book, less what would not do as a name here."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from ..events import InputError
from .book import Book, Gender
from .brings import themes, words
from .reasons import more, why
from .sound import alike, apart, clashes, frames, key, keys, sounds
from .taste import draw, liking, wished

CHILDREN = (2_000, 400_000)
"""How many children a name must have had, so that a stranger can say it, and may have had."""
YEARS, RECENT = 75, 300
"""In how many years the book must have it, and for how many children of the last twenty years:
a name that lived long and still lives, not one season's fashion."""
LETTERS = (3, 9)
COMMON = 20_000
"""How many of the most common names are looked through for the spelling of a person's name."""
SHADOW = 8
"""A name is a variant of another that sounds nearly the same and is this many times as common."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A name, why, and how it came: `seconds` from opening the book to the choice, `read` names read."""

    name: str
    why: str
    seconds: float
    read: int


def choose(
    book: Book,
    seed: int,
    traits: Mapping[str, float],
    person: str,
    brings: str,
    gender: Gender | None = None,
    refused: Sequence[str] = (),
    wishes: str = "",
) -> Choice:
    """The name she likes best of those that would do; the same seed and answers give the same name.

    `person` is what the person is called, `brings` their words; names like theirs, or like any
    word they said, are left out. `gender` is the voice's. `refused` are names they did not want,
    `wishes` what they said about it ("something shorter"). Raises InputError when every name was refused.
    """
    started = time.perf_counter()
    told = themes(brings)
    taste = wished(draw(seed, traits, told, person), wishes)
    rows = pool(book, gender)
    likes = liking(taste, book, rows, sounds(book.names[rows]), seed)
    said = words(brings) | words(person)
    spellings = Spellings(book)
    for row in rows[np.argsort(-likes, kind="stable")]:
        name = book.names[row].decode()
        if decent(name) and spellings.usual(name) and _free(name, person, said, refused):
            reason = why(book.page(int(row)), taste, told, person, seed, book.last_year)
            return Choice(name, reason, book.seconds + time.perf_counter() - started, len(book.names))
    raise InputError("Those were all the names I'd like. Please give me one yourself.")


def pool(book: Book, gender: Gender | None = None) -> NDArray[np.intp]:
    """The rows of names that could be hers: long in use and still alive, fit for her voice.

    A name given to both girls and boys is open to every voice.
    """
    children = book.children
    alive = (children >= CHILDREN[0]) & (children <= CHILDREN[1])
    alive &= (book.years.max(axis=0) >= YEARS) & (book.recent.sum(axis=0) >= RECENT)
    rows = np.flatnonzero(alive)
    length = np.char.str_len(book.names[rows])
    fits = (length >= LETTERS[0]) & (length <= LETTERS[1])
    if gender is not None:
        share = book.share_female[rows]
        fits &= (share if gender == "female" else 1 - share) >= 0.3
    found: NDArray[np.intp] = rows[fits]
    return found


class Spellings:
    """Every well-known name of the book by its sound, to tell a name from a variant spelling of it."""

    def __init__(self, book: Book) -> None:
        known = np.flatnonzero(book.children >= CHILDREN[0])
        self._names: list[str] = [name.decode() for name in book.names[known]]
        self._counts: list[int] = book.children[known].tolist()
        self._sounds = keys(self._names)
        self._frames = frames(self._sounds)

    def usual(self, name: str) -> bool:
        """Whether a well-known name is nobody's variant.

        Variants have the sound of a more common name (Kandy), or nearly that of a far more common
        one with the same consonants (Henery, Jerimiah).
        """
        place = self._names.index(name)
        sound, frame, count = self._sounds[place], self._frames[place], self._counts[place]
        kin = (other for other, its_frame in enumerate(self._frames) if its_frame == frame)
        return not any(
            (self._counts[other] > count and self._sounds[other] == sound)
            or (self._counts[other] >= SHADOW * count and apart(self._sounds[other], sound) <= 1)
            for other in kin
        )


def given(book: Book, name: str, seed: int) -> Choice:
    """The name the person gave her, with a true word about it.

    Raises InputError, whose message is for the person's ear, when nobody should bear it.
    """
    if never(name):
        raise InputError("I'd rather not be called that. Another one, please.")
    row = book.find(name)
    known = "The book doesn't have it at all."
    if row is not None:
        known = more(book.page(row), book.last_year, seed)
    return Choice(name, f"You gave it to me, and I said yes. {known}", book.seconds, len(book.names))


def respelled(book: Book, name: str, letters: str, present: bool) -> str:
    """The book's most common name that sounds like `name` and has (or has not) these letters; else `name`."""
    order = np.argsort(-book.children, kind="stable")[:COMMON]
    names: list[str] = [spelling.decode() for spelling in book.names[order]]
    sound = key(name)
    for spelling, other in zip(names, keys(names), strict=True):
        if other == sound and (letters.lower() in spelling.lower()) is present:
            return spelling
    return name


def never(name: str) -> bool:
    """Whether nobody should be called so (hateful, rude), not even when asked to."""
    return not words(name).isdisjoint(NEVER)


def decent(name: str) -> bool:
    """Whether she would take the name at all: not on any list of `avoid.toml`, nor like one nobody has."""
    return name.lower() not in AVOIDED and key(name) not in _NEVER_KEYS


def _free(name: str, person: str, said: set[str], refused: Sequence[str]) -> bool:
    """Whether nobody here is called so or nearly so, and it is not like a name already turned down."""
    if any(clashes(name, part) for part in person.split() if key(part)):
        return False
    near = any(alike(name, word) if len(word) > 3 else key(name) == key(word) for word in said)
    return not near and not any(name[:3] == other[:3] or alike(name, other) for other in refused)


_LISTS: dict[str, list[str]] = tomllib.loads((files(__package__) / "avoid.toml").read_text("utf-8"))
NEVER = frozenset(_LISTS["never"])
AVOIDED = frozenset(name for listed in _LISTS.values() for name in listed)
_NEVER_KEYS = frozenset(keys(sorted(NEVER)))
