"""What she likes in a name: a few numbers of her own, drawn once, moved by what she was told."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .book import Book
from .sound import Sounds

WHIM = 0.5
"""Standard deviation of the liking that nothing explains, beside weights of up to 1."""


@dataclass(frozen=True, slots=True)
class Taste:
    """Weights are -1..1; `era` is the year she likes best, `crowd` how many children at best (log10).

    `letter` is one she is fond of; `keepsake` is a letter of the person's name she would like to
    carry, "" when she has no such wish.
    """

    soft: float
    crisp: float
    open_end: float
    syllables: float
    era: float
    crowd: float
    letter: str
    keepsake: str


def draw(seed: int, traits: Mapping[str, float], themes: Collection[str], person: str) -> Taste:
    """Her taste. The seed makes it hers; her traits and what the person said lean on it."""
    chance = random.Random(f"{seed}:taste")
    lean = {trait: value - 0.5 for trait, value in traits.items()}
    soft = chance.gauss(0.3, 0.4) + lean["warm"] + ("heavy" in themes) * 0.8
    crisp = chance.gauss(0, 0.4) + lean["direct"] + ("light" in themes) * 0.6 - ("heavy" in themes) * 0.6
    letters = sorted(set(person.lower()) & set("bcdfghjklmnopqrstuvwxyz"))  # a, e and i are everybody's
    return Taste(
        soft=math.tanh(soft),
        crisp=math.tanh(crisp),
        open_end=math.tanh(chance.gauss(0.1, 0.6) + lean["dreamy"]),
        syllables=chance.choice([1.6, 2, 2, 2.4, 3, 3]) + lean["wordy"] - ("work" in themes) * 0.5,
        era=chance.choice([chance.uniform(1885, 1935), chance.uniform(1975, 2012)])
        - ("words" in themes) * 40,
        crowd=chance.uniform(3.4, 5.0) - lean["curious"] - ("wonder" in themes) * 0.4,
        letter=chance.choice("jlmnorvwyz"),
        keepsake=chance.choice(letters) if letters and chance.random() < 0.5 else "",
    )


def liking(taste: Taste, book: Book, rows: NDArray[np.intp], heard: Sounds, seed: int) -> NDArray[np.float64]:
    """How much she likes each name of `rows` (shape (n,)); `heard` are the sounds of the same rows."""
    total = book.total[:, rows]
    peak = book.peak_year[total.argmax(axis=0), rows]
    crowd = np.log10(total.sum(axis=0))
    whim = np.random.default_rng([seed & (2**63 - 1), 7]).normal(0, WHIM, len(book.names))[rows]
    likes = taste.soft * heard.soft + taste.crisp * heard.crisp + taste.open_end * heard.open_end
    likes -= 0.6 * np.abs(heard.syllables - taste.syllables)
    likes += np.exp(-(((peak - taste.era) / 30) ** 2)) + np.exp(-(((crowd - taste.crowd) / 0.6) ** 2))
    for letter, weight in ((taste.letter, 0.5), (taste.keepsake, 0.7)):
        if letter:
            likes += weight * heard.letters[:, ord(letter) - ord("a")]
    return np.asarray(likes + whim)


_WISHES: tuple[tuple[str, dict[str, float]], ...] = (
    (r"short", {"syllables": 1.2}),
    (r"long", {"syllables": 3.5}),
    (r"soft|gentl|warm|sweet", {"soft": 1.0, "crisp": -1.0}),
    (r"strong|hard|crisp|clear", {"crisp": 1.0, "soft": -0.5}),
    (r"\bold|classic|tradition", {"era": 1895.0}),
    (r"modern|new|young", {"era": 2005.0}),
    (r"rare|unusual|special|unique|different kind|uncommon", {"crowd": 3.2}),
    (r"(?<!un)common|(?<!un)usual|normal|ordinary|simpl|familiar", {"crowd": 5.3}),
)


def wished(taste: Taste, said: str) -> Taste:
    """Her taste, moved by what the person said about the names they turned down ("shorter, please")."""
    for pattern, change in _WISHES:
        if re.search(pattern, said.lower()):
            taste = replace(taste, **change)  # type: ignore[arg-type]  # only the numbers are changed
    return taste
