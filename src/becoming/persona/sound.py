"""How a spelling sounds: features of many names at once, and a rough key for one.

English spelling does not tell its sound for certain. The features are good enough to *like* one
name more than another; what she *says* about a sound uses only `beats` and the letters themselves,
which do not guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

VOWELS = "aeiou"
SOFT = "lmnrvwhy"
HARD = "bcdgkpqtxjz"
PLOSIVES = "bdgkpt"


@dataclass(frozen=True, eq=False)
class Sounds:
    """Features of n names, each of shape (n,). Shares are of the consonants, 0..1."""

    length: NDArray[np.int64]
    syllables: NDArray[np.int64]
    open_end: NDArray[np.bool_]
    soft: NDArray[np.float64]
    crisp: NDArray[np.bool_]
    letters: NDArray[np.bool_]
    """Shape (n, 26): which letters of the alphabet the name has."""


def sounds(names: NDArray[np.bytes_]) -> Sounds:
    """Features of ASCII names; syllables are an estimate from the groups of vowels."""
    width = names.dtype.itemsize
    text = np.char.lower(np.ascontiguousarray(names)).view(np.uint8).reshape(-1, width)
    length = (text > 0).sum(axis=1)
    vowel = _is(text, VOWELS)
    vowel |= (text == ord("y")) & ~_shifted(vowel, -1) & _shifted(text > 0, 1)
    consonant = (text > 0) & ~vowel
    last, before = _at(text, length - 1), _at(text, length - 2)
    return Sounds(
        length=length,
        syllables=_syllables(text, vowel, length),
        open_end=_is(last, "aiouy") | ((last == ord("h")) & _is(before, "aeo")),
        soft=(consonant & _is(text, SOFT)).sum(axis=1) / np.maximum(consonant.sum(axis=1), 1),
        crisp=_is(text[:, 0], PLOSIVES + "cqj"),
        letters=np.stack([(text == ord("a") + i).any(axis=1) for i in range(26)], axis=1),
    )


def _syllables(text: NDArray[Any], vowel: NDArray[np.bool_], length: NDArray[np.int64]) -> NDArray[np.int64]:
    """Groups of vowels, plus the breaks inside some (Mar-i-a, Le-o, Da-ni-el), minus a silent e."""
    last, before = _at(text, length - 1), _at(text, length - 2)
    starts = vowel & ~_shifted(vowel, 1)

    def pair(first: str, second: str) -> NDArray[np.bool_]:
        return _is(text, first) & _shifted(_is(text, second), -1)

    ends = np.arange(text.shape[1]) == (length - 2 - (last == ord("h")))[:, None]
    before_l = (np.arange(text.shape[1]) == (length - 3)[:, None]) & (last == ord("l"))[:, None]
    broken = pair("i", "aou") | pair("e", "o") | (pair("u", "a") & ~_shifted(text == ord("q"), 1))
    broken |= (pair("eo", "a") | pair("o", "e")) & ends | pair("iu", "e") & before_l
    silent = (last == ord("e")) & ~_is(before, VOWELS + "y")
    silent &= ~((before == ord("l")) & ~_is(_at(text, length - 3), VOWELS + "ly"))
    return np.asarray(np.maximum(starts.sum(axis=1) + broken.sum(axis=1) - silent, 1))


def _shifted(table: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """Every row moved `by` places to the right (or left), zeros moving in."""
    moved = np.zeros_like(table)
    if by > 0:
        moved[:, by:] = table[:, :-by]
    else:
        moved[:, :by] = table[:, -by:]
    return moved


def _is(text: NDArray[Any], letters: str) -> NDArray[np.bool_]:
    table = np.zeros(256, np.bool_)
    table[[ord(letter) for letter in letters]] = True
    found: NDArray[np.bool_] = table[text]
    return found


def _at(text: NDArray[Any], position: NDArray[np.int64]) -> NDArray[np.uint8]:
    inside = np.take_along_axis(text, np.maximum(position, 0)[:, None], axis=1)[:, 0]
    return np.where(position >= 0, inside, 0).astype(np.uint8)


def beats(name: str) -> int | None:
    """The number of syllables where the spelling leaves no doubt (Nora 2), else None (Odile, Mia)."""
    word = name.lower()
    if word[:1] == "y" and word[1:2] in VOWELS:
        word = word[1:]
    first = re.search(r"[aeiouy]", word)
    if first is None or re.search(r"[aeiouy]{2}", word):
        return None
    after = re.sub(r"e([lnrtm])\1?$", "", word[first.end() :])  # Helen, Estelle: this e is spoken
    return None if "e" in after else len(re.findall(r"[aeiouy]", word))


_RULES = [
    (re.compile(pattern, re.MULTILINE), sound)
    for pattern, sound in (
        (r"[^a-z\n]", ""),
        (r"ph", "f"),
        (r"e?igh", "i"),
        (r"^[kgp]n", "n"),
        (r"^wr", "r"),
        (r"ch(?=[rl])|ck|q", "k"),
        (r"sch|sh|tch|ch", "S"),
        (r"c(?=[eiy])|z", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"dg|g(?=[ey])", "j"),
        (r"(?<=.)h", ""),  # Sarah, Thomas, Rhys
        (r"y", "i"),
        (r"ei|ie(?!l)|ee|ea(?=.)", "i"),
        (r"ai|ae", "A"),
        (r"ou|oo|ue$|ew|eu", "u"),
        (r"au|aw", "o"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[^aeiouA])e$", ""),
    )
]
_INNER_VOWELS = re.compile(r"(?<=.)[aeiouA]")
_RHYME = re.compile(r"[aeiouA][^aeiouA]+[aeiouA]?$|[aeiouA]+$")


def keys(names: Sequence[str]) -> list[str]:
    """A rough key of each name's sound: names that a listener could take for each other share it."""
    text = "\n".join(name.lower().replace("\n", "") for name in names)
    for pattern, sound in _RULES:  # over all names at once: thousands cost a few milliseconds
        text = pattern.sub(sound, text)
    return text.split("\n")


@lru_cache(maxsize=1024)
def key(name: str) -> str:
    """The key of one name."""
    return keys([name])[0]


def frames(sound_keys: Sequence[str]) -> list[str]:
    """The first sound of each key and the consonants after it, which variants of a name share."""
    return _INNER_VOWELS.sub("", "\n".join(sound_keys)).split("\n")


def rhyme(sound_key: str) -> str:
    """The end of a key from its last stressed-looking vowel: `ora` for Nora, `eo` for Theo."""
    found = _RHYME.search(sound_key)
    return found.group() if found else sound_key


def alike(one: str, other: str) -> bool:
    """Whether two names could be taken for each other: the same sound, or one sound apart."""
    a, b = key(one), key(other)
    return a == b or (min(len(a), len(b)) > 2 and apart(a, b) <= (2 if min(len(a), len(b)) > 5 else 1))


def clashes(one: str, other: str) -> bool:
    """Whether two names are tiresome to call in one room: alike, rhyming, or beginning alike."""
    a, b = key(one), key(other)
    return alike(one, other) or rhyme(a) == rhyme(b) or a[:2] == b[:2]


def apart(a: str, b: str) -> int:
    """Levenshtein distance of two short keys."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (x != y))
    return row[-1]
