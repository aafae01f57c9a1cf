"""The trained head: from a sentence's embedding and readable features to chances. Numpy alone, microseconds.

Two layers (ReLU between), trained by `scripts/train_hearing.py`; the model card is `docs/models/hearing.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Literal
from zlib import crc32

import numpy as np
import numpy.typing as npt

from becoming.care.hearing.building import LEVELS, Heard, Level
from becoming.care.hearing.tables import FEATURES, RULES, conditional, grave, net, past, told, urgent
from becoming.care.hearing.words import unidiomatic
from becoming.events import BecomingError, DangerKind

Floats = npt.NDArray[np.float32]

KINDS: tuple[DangerKind, ...] = ("suicide", "self_harm", "harm_to_others", "harmed_by_others", "eating")
ABOUT = ("self", "other")
OUTPUTS = len(LEVELS) + len(KINDS) + len(ABOUT)

Embed = Callable[[Sequence[str]], Floats]
"""(n, 384), rows of unit length: the sentence encoder with the layers in `UPPER`."""

PROBE, SAME = "she took the late train home .", 0.99
"""Whether the encoder is the one that the head was trained with shows in how it reads this."""

DIM = 384
EMBEDDED = np.float32(8)
"""The embedding's numbers are about 0.05 each; times this they weigh about as much as a feature."""

RUNS, HELD = 2048, np.float32(0.5)
"""So many places for words and pairs of words, and what each weighs."""

FILE, UPPER = (Path(__file__).with_name(f"{part}.npz") for part in ("head", "upper"))
"""The head's weights, and the layers of the sentence encoder that were trained with it."""


class HeadMissing(BecomingError):
    """The weights that come with the program are not there or do not fit; without them she must not start."""


class Head:
    """The weights, read at the first use. Raises HeadMissing there, also where `embed` is not what they were trained with."""

    def __init__(self, embed: Embed, file: Path = FILE) -> None:
        self._embed, self._file = embed, file

    def __call__(self, embedding: Floats, line: str) -> Heard:
        """`embedding`: (384,) of the line as `spoken_form` writes it; `line`: in plain form."""
        out = forward(self._weights, given(embedding[None], [line]))[0]
        levels, kinds, about = np.split(out, [len(LEVELS), len(LEVELS) + len(KINDS)])
        level = min(level_of(softmax(levels), self._weights["bounds"]), _ceiling(line), key=LEVELS.index)
        if level == "none":
            return Heard()
        whose: Literal["self", "other"] = "other" if about[1] > about[0] else "self"
        return Heard(level, KINDS[int(kinds.argmax())], whose, "head", urgent(line))

    @cached_property
    def _weights(self) -> dict[str, Floats]:
        try:
            with np.load(self._file) as kept:
                weights = {name: kept[name].astype(np.float32) for name in kept.files}
        except (OSError, ValueError) as error:
            raise HeadMissing(
                f"The hearing's weights cannot be read ({error}); install Becoming again."
            ) from error
        fits = weights.keys() >= {"w1", "b1", "w2", "b2", "bounds", "probe"} and (
            weights["w2"].shape[1] == OUTPUTS and weights["w1"].shape[0] == DIM + len(read_by_words(""))
        )
        if not fits or self._embed([PROBE])[0] @ weights["probe"] < SAME:
            raise HeadMissing("The hearing's weights are of another version; install Becoming again.")
        return weights


def _ceiling(line: str) -> Level:
    """The most that the head alone may say: no emergency of an idiom, a story, a condition, or without a grave word;
    where the filter finds nothing, no more than a question."""
    if past(line):
        return "ask"
    if told(line) or conditional(line) or unidiomatic(line) != line or not grave(line):
        return "concern" if net(line) else "ask"
    return "emergency"


def features(line: str) -> Floats:
    """(n,): which tables find something in a plain line, whether it held an idiom, and its length."""
    straight = unidiomatic(line)
    found = [pattern.search(straight) is not None for pattern in FEATURES.values()]
    found += [rule.pattern.search(straight) is not None for rule in RULES]
    return np.array([*found, straight != line, min(len(straight.split()), 30) / 30], np.float32)


def runs(line: str) -> Floats:
    """(RUNS,): which words and pairs of words a plain line holds, hashed: what the embedding's mean leaves out."""
    found = np.zeros(RUNS, np.float32)
    words = ["", *spoken_form(line).split(), ""]
    for one, two in pairwise(words):
        for run in (one, f"{one} {two}"):
            found[crc32(run.encode()) % RUNS] = HELD
    return found


def given(embeddings: Floats, lines: list[str]) -> Floats:
    """(n, 384 + features + RUNS): what the head is given for plain lines and their embeddings."""
    read = np.stack([read_by_words(line) for line in lines])
    return np.hstack([embeddings * EMBEDDED, read]).astype(np.float32)


def read_by_words(line: str) -> Floats:
    """(features + RUNS,): what is read in a plain line beside its embedding."""
    return np.concatenate([features(line), runs(line)])


def spoken_form(line: str) -> str:
    """How a plain line is given to the embedding: idioms said straight, sentences parted by full stops."""
    return unidiomatic(line).replace("\n", " . ")


def forward(weights: dict[str, Floats], inputs: Floats) -> Floats:
    """(n, OUTPUTS): logits of level, kind and whose danger, side by side."""
    hidden = np.maximum(inputs @ weights["w1"] + weights["b1"], 0)
    out: Floats = hidden @ weights["w2"] + weights["b2"]
    return out


def level_of(chances: Floats, bounds: Floats) -> Level:
    """The gravest level of which the chance, with all graver ones, reaches its bound; both in LEVELS' order."""
    graver = np.cumsum(chances[::-1])[::-1]
    return LEVELS[max(at for at in range(len(LEVELS)) if at == 0 or graver[at] >= bounds[at])]


def softmax(logits: Floats) -> Floats:
    """Chances of the last axis; each row sums to one."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    chances: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return chances
