"""What goes together over weeks, more than chance would have it: days on which something came up, and how they felt.

The unit is a day: what is said in one day hangs together, so its lines are no separate evidence. For every word
that came up on enough days the mean feeling of those days is compared with that of the others. Whether that is
more than chance is told by permuting the days' feelings among them; as many words are looked at, the largest
difference of all of them is what each permutation counts (the max-T test of Westfall & Young 1993), which holds
the chance of a single false finding among all words to LEVEL. It is looked for once a week, as looking every
night would find chance sooner or later.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from becoming.care.known import content, stem, words
from becoming.events import Lesson, Moment
from becoming.sleep.night import Claim

LEVEL, PERMUTATIONS = 0.01, 2_000
LEAST_DAYS, LEAST_WITH, LEAST_WITHOUT = 12, 5, 5
MARKED = 0.3
"""A day at least so far from nothing, of -1 to 1, is called heavy or light."""

QUOTES = 4
_GENERAL = frozenset(
    content("feel feeling felt day today evening morning night week weekend life lot bit start end")
)
"""Words that are of no matter; nor is one that is itself a feeling."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """On `fits` of the `days` on which `word` came up it felt so; on `fits_else` of the `others` too."""

    word: str
    heavy: bool
    days: int
    fits: int
    others: int
    fits_else: int
    rests: tuple[tuple[Moment, str], ...]

    @property
    def text(self) -> str:
        """Said with its evidence and a hedge."""
        how = "heavy" if self.heavy else "light"
        return (
            f'it may be chance, but on {self.fits} of the {self.days} days on which you spoke of "{self.word}" you sounded {how}, '
            f"and on {self.fits_else} of the other {self.others}"
        )


def patterns(moments: Sequence[Moment], feel: Callable[[str], float], seed: int) -> list[Pattern]:
    """Those that are there, the surest first. `moments` are those of the person over the last weeks."""
    days: dict[str, list[Moment]] = {}
    for moment in moments:
        if moment.role == "person" and moment.via not in ("book", "tool"):
            days.setdefault(f"{datetime.fromtimestamp(moment.at):%Y-%m-%d}", []).append(moment)
    if len(days) < LEAST_DAYS:
        return []
    felt = np.array([_mood([feel(each.text) for each in said]) for said in days.values()])
    stems = [{each for moment in said for each in content(moment.text)} for said in days.values()]
    candidates = _candidates(stems, moments, feel)
    if not candidates or not felt.any():
        return []
    came_up = np.array([[word in here for here in stems] for word in candidates])
    spread = _differences(came_up, felt)
    chances = _chances(came_up, felt, np.abs(spread), random.Random(seed).randrange(2**32))
    found = [
        _pattern(candidates[place], came_up[place], felt, list(days.values()))
        for place in np.argsort(-np.abs(spread))
        if chances[place] <= LEVEL
    ]
    return [pattern for pattern in _apart(found) if pattern.fits >= 0.6 * pattern.days]


def _candidates(
    stems: Sequence[set[str]], moments: Sequence[Moment], feel: Callable[[str], float]
) -> list[str]:
    """The words that came up on enough days, and not on too many, and are no feeling themselves."""
    forms: dict[str, set[str]] = {}
    for moment in moments:
        for word in words(moment.text):
            forms.setdefault(stem(word), set()).add(word)
    counts = Counter(each for here in stems for each in here)
    most = len(stems) - LEAST_WITHOUT
    often = [word for word, count in counts.items() if LEAST_WITH <= count <= most]
    return sorted(
        word
        for word in often
        if len(word) > 2
        and word not in _GENERAL
        and not any(abs(feel(form)) >= MARKED for form in forms.get(word, ()))
    )


def claims(found: Sequence[Pattern]) -> list[Claim]:
    """Patterns as something she may hold, with the days' own words as the evidence."""
    return [
        Claim(
            Lesson("you", "reflection", "pattern", each.word, each.text, each.rests[0][1]), each.rests, "rule"
        )
        for each in found
    ]


def _mood(felt: Sequence[float]) -> float:
    """The day as a whole: the mean of what was felt at all."""
    marked = [each for each in felt if abs(each) >= MARKED]
    return float(np.mean(marked)) if marked else 0.0


def _differences(came_up: npt.NDArray[np.bool_], felt: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """(words,): the mean of the days with each word less that of the others, in standard errors."""
    with_it = came_up.sum(axis=1)
    without = len(felt) - with_it
    means = came_up @ felt / with_it - (~came_up) @ felt / without
    scale = max(float(felt.std()), 1e-9)
    result: npt.NDArray[np.float64] = means / (scale * np.sqrt(1 / with_it + 1 / without))
    return result


def _chances(
    came_up: npt.NDArray[np.bool_], felt: npt.NDArray[np.float64], seen: npt.NDArray[np.float64], seed: int
) -> npt.NDArray[np.float64]:
    """(words,): how often the largest difference of all words is as large when feelings are dealt to days at random."""
    chance = np.random.default_rng(seed)
    largest = np.array(
        [np.abs(_differences(came_up, chance.permutation(felt))).max() for _ in range(PERMUTATIONS)]
    )
    result: npt.NDArray[np.float64] = (1 + (largest[None] >= seen[:, None]).sum(axis=1)) / (1 + PERMUTATIONS)
    return result


def _pattern(
    word: str,
    came_up: npt.NDArray[np.bool_],
    felt: npt.NDArray[np.float64],
    days: Sequence[Sequence[Moment]],
) -> Pattern:
    heavy = bool(felt[came_up].mean() < felt[~came_up].mean())
    so = felt <= -MARKED if heavy else felt >= MARKED
    spoken = [each for day, here in zip(days, came_up, strict=True) if here for each in day]
    named = [each for each in spoken if word in content(each.text)]
    rests = tuple((each, each.text.strip()) for each in named[-QUOTES:])
    return Pattern(
        _as_said(word, named), heavy, int(came_up.sum()), int(so[came_up].sum()), int((~came_up).sum()),
        int(so[~came_up].sum()), rests,
    )  # fmt: skip


def _as_said(stemmed: str, named: Sequence[Moment]) -> str:
    """The word as it was said most often."""
    said = [word for each in named for word in words(each.text) if stem(word) == stemmed]
    return max(sorted(set(said)), key=said.count)


def _apart(found: Sequence[Pattern]) -> list[Pattern]:
    """Words that came up on the same days are one pattern: the surest stands for them."""
    kept: list[Pattern] = []
    for each in found:
        if not any({m.id for m, _ in each.rests} & {m.id for m, _ in other.rests} for other in kept):
            kept.append(each)
    return kept
