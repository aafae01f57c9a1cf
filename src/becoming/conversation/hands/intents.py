"""What is asked of her hands, where no pattern knows the words: one linear layer over their meaning and the words.

Softmax regression over [vector of the sentence, hashed words and pairs of words], trained by `scripts/train_intents.py`
on lines written for it; the vector is the one that recall needs anyway.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from becoming.care.hearing.head import softmax
from becoming.conversation import files
from becoming.feelings.head import buckets
from becoming.tools.calendar.when import when

Floats = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]

FILE = Path(__file__).with_name("intents.npz")
BUCKETS = 1 << 13
NONE = "none"


def places(text: str) -> list[int]:
    """Where a text's words and pairs of words stand in the table."""
    return sorted({place % BUCKETS for place in buckets(text)})


def reworded(intent: str, said: str) -> str:
    """What was meant, as the patterns of the hands know it; empty where its words must be there to be taken."""
    if not (words := str(files.table("hands/intents.toml").get(intent, ""))):
        return ""
    left = Counter(when(said, datetime.now(), lambda *_: None).rest.split())
    left.subtract(said.split())
    times = " ".join(word for word in said.split() if left[word] < 0)
    return words.format(times=times or "this week").strip()


class Intents:
    """Which intent a line has. Any thread may call it."""

    def __init__(self, embed: Embed, file: Path = FILE) -> None:
        """`embed` gives (n, 384) rows of unit length, by recall's encoder."""
        self._embed, self._file = embed, file

    def __call__(self, text: str) -> str:
        """The surest intent of a line, or NONE where none is sure enough."""
        chances = self.chances(text)
        best = int(chances.argmax())
        return self.names[best] if chances[best] >= self._weights["bound"] else NONE

    def chances(self, text: str) -> Floats:
        """(intents,), in the order of `names`; they sum to one."""
        weights, found = self._weights, places(text)
        words = weights["words"][found].sum(axis=0, dtype=np.int32) * weights["scale"]
        sense = self._embed([text])[0] @ weights["sense"]
        return softmax(sense + words / np.sqrt(max(len(found), 1)) + weights["bias"])

    @cached_property
    def names(self) -> list[str]:
        """What it tells apart; NONE is among them."""
        return [str(name) for name in self._weights["names"]]

    @cached_property
    def _weights(self) -> dict[str, npt.NDArray[np.generic]]:
        with np.load(self._file) as kept:
            return {**kept, "sense": kept["sense"].astype(np.float32)}
