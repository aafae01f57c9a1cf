"""Where emotions lie between unpleasant and pleasant, calm and stirred.

The circumplex of affect (Russell 1980, doi 10.1037/h0077714). The coordinates are this project's own
judgement, made by asking of each word how a person feels who says "I feel …"; they are no norms
of a study, and no lexicon was used.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

COORDINATES: Mapping[str, tuple[float, float]] = {
    # emotion: (valence -1..1, arousal 0..1)
    "admiration": (0.65, 0.45),
    "amusement": (0.65, 0.6),
    "anger": (-0.75, 0.85),
    "annoyance": (-0.5, 0.6),
    "approval": (0.4, 0.3),
    "caring": (0.45, 0.35),
    "confusion": (-0.1, 0.45),
    "curiosity": (0.1, 0.45),
    "desire": (0.35, 0.55),
    "disappointment": (-0.6, 0.35),
    "disapproval": (-0.45, 0.45),
    "disgust": (-0.7, 0.6),
    "embarrassment": (-0.55, 0.6),
    "excitement": (0.75, 0.9),
    "fear": (-0.7, 0.85),
    "gratitude": (0.75, 0.4),
    "grief": (-0.9, 0.45),
    "joy": (0.85, 0.65),
    "love": (0.85, 0.5),
    "nervousness": (-0.45, 0.75),
    "optimism": (0.5, 0.45),
    "pride": (0.75, 0.6),
    "realization": (0.0, 0.4),
    "relief": (0.6, 0.25),
    "remorse": (-0.6, 0.4),
    "sadness": (-0.75, 0.3),
    "surprise": (0.05, 0.75),
    "neutral": (0.0, 0.25),
}

SAME = {"annoyance": "anger"}
"""Of a comment that is one of the two, the head tells which with an AUC of .78: no better than a guess worth
saying. Every other pair is told apart with .82 and more (`docs/models/feelings.md`)."""

NO_FEELING = frozenset({"neutral", "realization"})
"""Labels of the data that are nothing felt."""

NEITHER = 0.25
"""Within this much of zero a valence says neither pleasant nor unpleasant (best on held-out comments)."""

PLEASANT, STIRRED = 2.0, 1.7
"""Means over unsure chances never reach the ends of the scales; so much they are stretched towards them."""


def sign(valence: float) -> int:
    """-1 unpleasant, 0 neither, 1 pleasant."""
    return int(valence > NEITHER) - int(valence < -NEITHER)


def place(chances: Mapping[str, float]) -> tuple[float, float]:
    """(valence, arousal): the centre of the emotions, each weighing its chance, stretched to the whole scale."""
    weight = sum(chances.values()) or 1.0
    valence = sum(COORDINATES[name][0] * chance for name, chance in chances.items()) / weight
    arousal = sum(COORDINATES[name][1] * chance for name, chance in chances.items()) / weight
    stirred = STIRRED * (arousal - COORDINATES["neutral"][1])
    return math.tanh(PLEASANT * valence) / math.tanh(PLEASANT), min(max(stirred, 0.0), 1.0)


SIDES: Mapping[str, int] = {name: sign(place({name: 1.0})[0]) for name in COORDINATES}
"""Which side of the circumplex each emotion is on: -1, 0 or 1."""
