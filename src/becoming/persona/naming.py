"""She chooses her own name: her taste over the whole book, less what would not do as a name here."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from .book import Book, Gender
from .brings import themes, words
from .reasons import why
from .sound import alike, apart, clashes, key, keys, sounds
from .taste import draw, liking, wished

CHILDREN = (2_000, 400_000)
"""How many children a name must have had, so that a stranger can say it, and may have had."""
YEARS, RECENT = 75, 300
"""In how many years the book must have it, and for how many children of the last twenty years:
a name that lived long and still lives, not one season's fashion."""
LETTERS = (3, 9)
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
    `wishes` what they said about it ("something shorter").
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
    raise AssertionError("a book of thousands of names ran out")  # every name refused, one by one


def pool(book: Book, gender: Gender | None = None) -> NDArray[np.intp]:
    """The rows of names that could be hers: long in use and still alive, fit for her voice.

    A name given to both girls and boys is open to every voice.
    """
    children = book.total.sum(axis=1)
    alive = (children >= CHILDREN[0]) & (children <= CHILDREN[1])
    alive &= (book.years.max(axis=1) >= YEARS) & (book.recent.sum(axis=1) >= RECENT)
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
        children = book.total.sum(axis=1)
        known = np.flatnonzero(children >= CHILDREN[0])
        known = known[np.argsort(-children[known], kind="stable")]
        self._elders: dict[str, list[tuple[str, str, int]]] = {}
        names = [name.decode() for name in book.names[known]]
        for name, sound, count in zip(names, keys(names), children[known].tolist(), strict=True):
            self._elders.setdefault(_family(sound), []).append((name, sound, count))

    def usual(self, name: str) -> bool:
        """Whether a name of the pool is nobody's variant.

        Variants have the sound of a more common name (Kandy), or nearly that of a far more common
        one that has the same consonants (Henery, Jerimiah).
        """
        sound = key(name)
        family = self._elders[_family(sound)]
        count = next(count for other, _, count in family if other == name)
        return not any(
            (crowd > count and elder == sound) or (crowd >= SHADOW * count and apart(sound, elder) <= 1)
            for _, elder, crowd in family
        )


def _family(sound: str) -> str:
    return sound[0] + sound[1:].translate(_NO_VOWELS)


def never(name: str) -> bool:
    """Whether nobody should be called so (hateful, rude), not even when asked to."""
    return bool(words(name) & NEVER) or name.lower() in NEVER


def decent(name: str) -> bool:
    """Whether she would take the name at all: not on any list of `avoid.toml`, nor like one nobody has."""
    return name.lower() not in AVOIDED and key(name) not in _NEVER_KEYS


def _free(name: str, person: str, said: set[str], refused: Sequence[str]) -> bool:
    """Whether nobody here is called so or nearly so, and it is not like a name already turned down."""
    if any(clashes(name, part) for part in person.split() if key(part)):
        return False
    near = any(alike(name, word) if len(word) > 3 else key(name) == key(word) for word in said)
    return not near and not any(alike(name, other) or name[:3] == other[:3] for other in refused)


_LISTS: dict[str, list[str]] = tomllib.loads((files(__package__) / "avoid.toml").read_text("utf-8"))
NEVER = frozenset(_LISTS["never"])
AVOIDED = frozenset(name for listed in _LISTS.values() for name in listed)
_NO_VOWELS = str.maketrans("", "", "aeiouA")
_NEVER_KEYS = frozenset(keys(sorted(NEVER)))
