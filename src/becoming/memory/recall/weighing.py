"""What speaks for a moment to come to mind, as numbers, and how much each counts.

A moment's score is the weighted sum of its features, as in a conditional logit model (McFadden 1974), plus
the logarithm of its salience, so that salience multiplies the odds of a moment and never excludes one.

The weights were fitted by `bench/recall.py`, which also says how good they are on conversations they were
not fitted on. There are two sets: for a question, which is about something said, and for a remark, which
may remind of something that shares no word with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from becoming.memory.recall.index import Index, Rows
from becoming.memory.recall.query import Query
from becoming.memory.recall.vectors import unit

Floats = npt.NDArray[np.float32]

FEATURES = (
    "words",  # BM25 of its own words and those around it, the best being 1
    "words_rank",  # 1 for the best of these, less the further down
    "sense",  # cosine of its vector and the query's
    "sense_rank",
    "before",  # the same of the moment before it in its talk
    "after",  # and of the one after
    "further",  # the mean of the ones beyond these two
    "talk",  # the mean of the best three in its talk
    "common",  # how much like what everybody says it is
    "speaker",  # 1 if it was said by whom the query names
    "people",  # 1 if it speaks of somebody the query speaks of
    "time",  # 1 if it was said in the time the query names, less the further off
    "length",  # logarithm of its length
    "asks",  # 1 if it is a question
)

ASKED = dict.fromkeys(FEATURES, 0.0) | {
    "words": 3.63, "words_rank": 0.8, "sense": 2.06, "sense_rank": 0.97, "before": 2.35, "after": 0.89,
    "further": 1.04, "talk": 2.84, "common": 1.07, "speaker": 2.95, "people": 1.0, "time": 3.0,
    "length": 2.26, "asks": -0.61,
}  # fmt: skip
TOLD = dict.fromkeys(FEATURES, 0.0) | {
    "sense": 16.26, "common": -15.77, "people": 1.0, "time": 3.0, "asks": -0.7,
}  # fmt: skip

FORGOTTEN, VIVID = 0.3, 1.5
"""Bounds of the salience: however old, a moment keeps this part of its odds; at most they rise so much."""

ASKED_FOR = 1.5
"""How much more likely a moment is that felt as it is asked for, at most, as the logarithm of its odds."""

COMMONEST = 4
"""So many of the nearest kinds of common talk say how common a moment is."""

RANKS = 5

_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Weights:
    """One number a feature, for questions and for remarks."""

    asked: Mapping[str, float]
    told: Mapping[str, float]


SHIPPED = Weights(ASKED, TOLD)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Moments that may come to mind: their places in the index, their features, their bias."""

    rows: Rows
    features: Floats  # (n, len(FEATURES))
    bias: Floats  # (n,)

    def scores(self, weights: Mapping[str, float]) -> Floats:
        """(n,): the higher, the sooner it comes to mind."""
        total: Floats = self.features @ np.array([weights[name] for name in FEATURES], np.float32) + self.bias
        return total


def features(
    index: Index, query: Query, vector: Floats, rows: Rows, words: Floats, people: npt.NDArray[np.bool_]
) -> Floats:
    """(n, len(FEATURES)) for the moments `rows`, given what full-text search and mentions say of each."""
    sense = index.likeness(vector, rows)
    around = {step: _in_talk(index, vector, rows, step) for step in (-1, 1, -2, 2)}
    common = np.partition(index.vectors(rows) @ _common_talk().T, -COMMONEST, axis=1)
    columns = {
        "words": words / max(float(words.max(initial=0)), 1e-9),
        "words_rank": _rank(words),
        "sense": sense,
        "sense_rank": _rank(sense),
        "before": around[-1],
        "after": around[1],
        "further": (around[-2] + around[2]) / 2,
        "talk": _of_talk(index["session"][rows], sense),
        "common": common[:, -COMMONEST:].mean(axis=1),
        "speaker": index["speaker"][rows] == query.speaker if query.speaker else np.zeros(len(rows)),
        "people": people,
        "time": _in_time(query, index["said"][rows] / 1000),
        "length": np.log1p(index["length"][rows] / 5.5) / 4,
        "asks": index["asks"][rows],
    }
    return np.stack([np.asarray(columns[name], np.float32) for name in FEATURES], axis=1)


def salience(index: Index, rows: Rows, now: float) -> Floats:
    """(n,) logarithms of a factor within FORGOTTEN and VIVID.

    Forgetting is a power law (Wickelgren 1974), slower the more stable a memory is: stability, in days,
    grows with use, and with arousal at the time.
    """
    days = np.maximum(now * 1000 - index["seen"][rows], 0) / _DAY_MS
    stability = index["stability"][rows] * (1 + index["arousal"][rows])
    kept = (1 + days / (9 * stability)) ** -0.5
    factor = np.clip(
        FORGOTTEN + (1 - FORGOTTEN) * kept + (VIVID - 1) * index["arousal"][rows], FORGOTTEN, VIVID
    )
    bias: Floats = np.log(factor).astype(np.float32)
    return bias


def asked_for(index: Index, rows: Rows, felt: int) -> Floats:
    """(n,): moments that felt as asked for come sooner; nothing where no feeling was asked for."""
    return np.float32(ASKED_FOR * felt) * index["valence"][rows].astype(np.float32)


def _in_talk(index: Index, vector: Floats, rows: Rows, step: int) -> Floats:
    """The likeness of the moment so many steps on, if it is of the same talk, else 0."""
    there = np.clip(rows + step, 0, len(index) - 1)
    same = (there == rows + step) & (index["session"][there] == index["session"][rows])
    return np.where(same, index.likeness(vector, there), np.float32(0))


def _of_talk(talks: npt.NDArray[np.int64], sense: Floats) -> Floats:
    """For each moment the mean of the best three in its talk; where there are fewer, the others count 0."""
    order = np.lexsort((-sense, talks))
    talks_in_order = talks[order]
    begins = np.r_[True, talks_in_order[1:] != talks_in_order[:-1]]
    first, which = np.flatnonzero(begins), np.cumsum(begins) - 1
    best = np.arange(len(order)) - first[which] < 3
    sums = np.bincount(which, np.where(best, sense[order], 0))
    means = np.empty(len(order), np.float32)
    means[order] = sums[which] / 3
    return means


def _rank(values: Floats) -> Floats:
    """1 for the highest, a half for the sixth: an order says what sizes, which vary with the query, do not."""
    ranks = np.empty(len(values), np.float32)
    ranks[np.argsort(-values, kind="stable")] = np.arange(len(values))
    return np.float32(1) / (1 + ranks / np.float32(RANKS))


def _in_time(query: Query, said: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """1 within a span, falling off outside it over about its own length, as who looks back is often a little off."""
    best = np.zeros(len(said))
    for span in query.spans:
        off = np.maximum(np.maximum(span.start - said, said - span.end), 0)
        slack = min(max(span.end - span.start, 86_400.0), 30 * 86_400.0) / 4
        best = np.maximum(best, np.exp(-off / slack))
    return best


@cache
def _common_talk() -> Floats:
    """(32, dim): what people say all the time (`scripts/common_talk.py`)."""
    return unit(np.load(Path(__file__).with_name("common_talk.npy")))
