"""Fit the weights of recall: a conditional logit model, by Newton's method, with a little shrinkage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from becoming.memory.recall.weighing import FEATURES, Candidates

SHRINKAGE = 1e-3
STEPS = 30


@dataclass(frozen=True)
class Choice:
    """Moments that could come to mind, and which of them (places among the candidates) should have."""

    candidates: Candidates
    right: npt.NDArray[np.int64]


def fit(choices: Sequence[Choice], free: Sequence[str], start: Mapping[str, float]) -> dict[str, float]:
    """The weights under which the right moments are likeliest; those not in `free` stay as in `start`."""
    places = [FEATURES.index(name) for name in free]
    at = np.array([start[name] for name in FEATURES])
    usable = [choice for choice in choices if len(choice.right)]
    for _ in range(STEPS):
        slope, curve = SHRINKAGE * at[places], SHRINKAGE * np.eye(len(places))
        for choice in usable:
            rows = choice.candidates.features.astype(float)
            score = rows @ at + choice.candidates.bias
            chance = np.exp(score - score.max())
            chance /= chance.sum()
            varied = rows[:, places]
            mean = chance @ varied
            slope += (mean - varied[choice.right].mean(axis=0)) / len(usable)
            curve += (varied.T * chance @ varied - np.outer(mean, mean)) / len(usable)
        step = np.linalg.solve(curve, slope)
        at[places] -= step * min(1.0, 3.0 / np.abs(step).max())
        if np.abs(step).max() < 1e-4:
            break
    return dict(zip(FEATURES, at.tolist(), strict=True))
