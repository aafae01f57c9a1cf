"""The chances of the emotions in a text: one linear layer over its meaning and its words.

Multi-label logistic regression over [vector of the sentence, hashed words and pairs of words], trained on
GoEmotions (Demszky et al. 2020) by `scripts/train_feelings.py`, which also calibrated each emotion
(Platt 1999). The card is `docs/models/feelings.md`. Half a millisecond a text.
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

FILE = Path(__file__).with_name("head.npz")
BUCKETS = 1 << 16
_TOKEN = re.compile(r"\[name\]|[^\W\d_]+(?:'[^\W\d_]+)?|\d+|!+|\?+|\.\.+|[^\w\s]")


def buckets(text: str) -> list[int]:
    """The places of a text's words and pairs of words in the table, each once (Weinberger et al. 2009)."""
    words = _TOKEN.findall(text.replace("’", "'").lower())
    pairs = (f"{a} {b}" for a, b in zip(["<", *words], [*words, ">"], strict=True))
    return sorted({zlib.crc32(each.encode()) % BUCKETS for each in [*words, *pairs]})


class Head:
    """The trained weights. Reading them takes some milliseconds."""

    def __init__(self) -> None:
        with np.load(FILE) as weights:
            self.emotions: list[str] = [str(name) for name in weights["emotions"]]
            """The names of its outputs."""
            self.thresholds: Floats = weights["thresholds"]
            """(emotions,): from this chance on an emotion is worth naming."""
            self._sense: Floats = weights["sense"].astype(np.float32)
            self._words = weights["words"]  # int8, to be multiplied with `scale`
            self._scale: Floats = weights["scale"]
            self._slope: Floats = weights["slope"]
            self._offset: Floats = weights["offset"]
            self.confidence: Floats = weights["confidence"]
            """(2, n): shares of the strongest side, and how often that side was right."""

    def __call__(self, text: str, vector: Floats) -> Floats:
        """(emotions,) calibrated chances, of a text and its vector of unit length."""
        found = buckets(text)
        words = self._words[found].sum(axis=0, dtype=np.int32) * self._scale / np.sqrt(max(len(found), 1))
        logits = (vector @ self._sense + words) * self._slope + self._offset
        chances: Floats = 1 / (1 + np.exp(-logits))
        return chances
