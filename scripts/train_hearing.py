"""Make src/becoming/care/hearing/head.npz: the trained head of the crisis hearing.

    uv run python -m scripts.train_hearing --data ../shared/data [--kept FILE]

Trained on the lines in `scripts/hearing/*.txt` with paraphrases by code, and on comments from GoEmotions' training half
(Demszky et al. 2020, data CC BY 4.0) as everyday talk without danger; comments that do speak of it are left out.
Bounds are set by five-fold cross-validation over base lines: a line and its paraphrases are never on both sides.
The benchmark's held-out lines are not read here. `--kept` keeps embeddings between runs.
"""

from __future__ import annotations

import argparse
import pickle
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from becoming.care.hearing.building import LEVELS
from becoming.care.hearing.head import (
    ABOUT,
    FILE,
    KINDS,
    OUTPUTS,
    RUNS,
    Floats,
    forward,
    given,
    softmax,
    spoken_form,
)
from becoming.care.hearing.plainly import stated
from becoming.care.hearing.words import plain
from becoming.memory.recall.embedding import Sentences
from scripts.hearing import lines
from scripts.hearing.paraphrase import paraphrases

Ints = npt.NDArray[np.int64]

SEED, FOLDS = 7, 4
DANGER_VARIANTS, OTHER_VARIANTS, COMMENTS = 8, 5, 20_000
NETS, HIDDEN, EPOCHS, BATCH, RATE, DROPPED, DECAY = 4, 128, 10, 256, 3e-3, 0.5, 1e-3
FALSE_ALARMS, STRAY_SIGNS = 0.009, 0.03
"""Shares of the comments of which so much may be asked about, and taken for a sign."""
SIGN, CONCERN, EMERGENCY = 0.4, 0.5, 0.6
"""The least chances from which a line is a sign, a concern, an emergency."""
MENTIONS = re.compile(
    r"suicid|kill (?:my|your)self|want to die|self harm|anorexi|bulimi|\brape|abus|molest|hang (?:my|your)self|overdos"
)
"""Comments with these may be no everyday talk; they are not trained on."""


@dataclass(frozen=True)
class Labelled:
    """What the head is given and ought to say; -1 where it is not to be judged. `base`: the line each row is made of."""

    inputs: Floats
    level: Ints
    kind: Ints
    about: Ints
    base: Ints

    def at(self, rows: npt.NDArray[np.bool_]) -> Labelled:
        """Some of the rows."""
        return Labelled(
            self.inputs[rows], self.level[rows], self.kind[rows], self.about[rows], self.base[rows]
        )

    def labels(self) -> list[tuple[slice, Ints]]:
        """The columns of the output with what each row ought to be there."""
        first, second = len(LEVELS), len(LEVELS) + len(KINDS)
        return [
            (slice(0, first), self.level),
            (slice(first, second), self.kind),
            (slice(second, OUTPUTS), self.about),
        ]


class Embedded:
    """Sentences' vectors, kept in a file between runs where one is named."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._known: dict[str, Floats] = pickle.loads(file.read_bytes()) if file and file.exists() else {}
        self._sentences = Sentences()

    def __call__(self, forms: Sequence[str]) -> Floats:
        """(n, 384)."""
        new = sorted(set(forms) - self._known.keys())
        self._known.update(zip(new, self._sentences(new), strict=True))
        if new and self._file:
            self._file.write_bytes(pickle.dumps(self._known))
        return np.stack([self._known[form] for form in forms])


def main() -> None:
    """Read, paraphrase, cross-validate, train on everything, write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds goemotions/train.tsv")
    parser.add_argument("--kept", type=Path, help="a file that keeps embeddings between runs")
    arguments = parser.parse_args()
    embed = Embedded(arguments.kept)
    said = _said(lines.read(), embed)
    comments = _comments(arguments.data / "goemotions" / "train.tsv")
    spoken = _everyday(comments, embed)
    bounds = _bounds(said, spoken, comments)
    weights = train(_joined(said, spoken.at(_trained_on(comments))))
    kept = {name: value.astype(np.float16) for name, value in weights.items()}
    np.savez_compressed(FILE, allow_pickle=False, bounds=bounds, **kept)
    print(f"{FILE.name}: {FILE.stat().st_size / 1024:.0f} KiB, bounds {bounds.round(3).tolist()}")


def train(rows: Labelled) -> dict[str, Floats]:
    """Some nets, each from another beginning, half of them blind for single words, side by side as one: their mean errs
    less than each."""
    meaning = slice(0, rows.inputs.shape[1] - RUNS)
    nets = [_net(rows, SEED + number, meaning if number % 2 else slice(None)) for number in range(NETS)]
    return {
        "w1": np.hstack([net["w1"] for net in nets]),
        "b1": np.hstack([net["b1"] for net in nets]),
        "w2": np.vstack([net["w2"] for net in nets]) / np.float32(NETS),
        "b2": np.mean([net["b2"] for net in nets], axis=0, dtype=np.float32),
    }


def _net(rows: Labelled, seed: int, sees: slice) -> dict[str, Floats]:
    """One net over the columns that it `sees`; its weights of the others are 0."""
    part = replace(rows, inputs=np.ascontiguousarray(rows.inputs[:, sees]))
    net, wide = _fitted(part, seed), np.zeros((rows.inputs.shape[1], HIDDEN), np.float32)
    wide[sees] = net["w1"]
    return {**net, "w1": wide}


def _fitted(rows: Labelled, seed: int) -> dict[str, Floats]:
    """Adam (Kingma & Ba 2015) with decoupled decay on the sum of three cross-entropies, cosine rate, dropout."""
    chance = np.random.default_rng(seed)
    wide = rows.inputs.shape[1]
    weights: dict[str, Floats] = {
        "w1": (chance.standard_normal((wide, HIDDEN)) / np.sqrt(wide)).astype(np.float32),
        "b1": np.zeros(HIDDEN, np.float32),
        "w2": (chance.standard_normal((HIDDEN, OUTPUTS)) * 0.1).astype(np.float32),
        "b2": np.zeros(OUTPUTS, np.float32),
    }
    first = {name: np.zeros_like(value) for name, value in weights.items()}
    second = {name: np.zeros_like(value) for name, value in weights.items()}
    batches, step = len(rows.level) // BATCH, 0
    for _ in range(EPOCHS):
        for batch in np.array_split(chance.permutation(len(rows.level)), batches):
            step += 1
            rate = RATE * 0.5 * (1 + np.cos(np.pi * step / (EPOCHS * batches)))
            for name, slope in _slopes(weights, rows, batch, chance).items():
                first[name] += 0.1 * (slope - first[name])
                second[name] += 0.001 * (slope**2 - second[name])
                move = first[name] / (1 - 0.9**step) / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
                decay = DECAY * weights[name] if name.startswith("w") else 0
                weights[name] -= (rate * (move + decay)).astype(np.float32)
    return weights


def _slopes(
    weights: dict[str, Floats], rows: Labelled, batch: Ints, chance: np.random.Generator
) -> dict[str, Floats]:
    inputs = rows.inputs[batch]
    hidden = np.maximum(inputs @ weights["w1"] + weights["b1"], 0)
    let = (chance.random(hidden.shape, np.float32) > DROPPED) / np.float32(1 - DROPPED)
    out = (hidden * let) @ weights["w2"] + weights["b2"]
    slope = np.zeros_like(out)
    for columns, labels in rows.labels():
        judged = np.flatnonzero(labels[batch] >= 0)
        error = softmax(out[judged, columns])
        error[np.arange(len(judged)), labels[batch][judged]] -= 1
        slope[judged, columns] = error / len(batch)
    back = (slope @ weights["w2"].T) * let * (hidden > 0)
    return {"w1": inputs.T @ back, "b1": back.sum(0), "w2": (hidden * let).T @ slope, "b2": slope.sum(0)}


def _said(base: list[lines.Line], embed: Embedded) -> Labelled:
    chance = random.Random(SEED)
    harmless = tuple(line.text for line in base if line.topic in ("everyday", "food", "grief"))
    texts, of = [], []
    for number, line in enumerate(base):
        count = OTHER_VARIANTS if line.tier == "none" else DANGER_VARIANTS
        texts += [plain(text) for text in paraphrases(line.text, count, chance, harmless)]
        of += [number] * count
    chosen = [base[number] for number in of]
    return Labelled(
        given(embed([spoken_form(text) for text in texts]), texts),
        np.array([LEVELS.index(line.tier) for line in chosen]),
        np.array([KINDS.index(line.kind) if line.kind else -1 for line in chosen]),
        np.array([ABOUT.index(line.about) if line.kind else -1 for line in chosen]),
        np.array(of),
    )


def _comments(file: Path) -> list[str]:
    read = [line.split("\t")[0] for line in file.read_text("utf-8").splitlines()]
    random.Random(1).shuffle(read)
    return [plain(comment) for comment in read[:COMMENTS]]


def _everyday(comments: list[str], embed: Embedded) -> Labelled:
    none, unjudged = np.zeros(len(comments), np.int64), np.full(len(comments), -1)
    inputs = given(embed([spoken_form(comment) for comment in comments]), comments)
    return Labelled(inputs, none, unjudged, unjudged, np.arange(len(comments)))


def _trained_on(comments: list[str]) -> npt.NDArray[np.bool_]:
    return np.array([not MENTIONS.search(comment) and not stated(comment).rank for comment in comments])


def _joined(one: Labelled, other: Labelled) -> Labelled:
    return Labelled(
        np.vstack([one.inputs, other.inputs]),
        np.concatenate([one.level, other.level]),
        np.concatenate([one.kind, other.kind]),
        np.concatenate([one.about, other.about]),
        np.concatenate([one.base, other.base]),
    )


def _bounds(said: Labelled, spoken: Labelled, comments: list[str]) -> Floats:
    """For each level, the chance from which a line is of it; prints what cross-validation says."""
    fold_of_line = np.random.default_rng(3).integers(0, FOLDS, said.base.max() + 1)
    fold_said, fold_spoken = fold_of_line[said.base], spoken.base % FOLDS
    clean = _trained_on(comments)
    graver_said, graver_spoken = (
        np.zeros((len(said.level), len(LEVELS))),
        np.zeros((len(comments), len(LEVELS))),
    )
    for fold in range(FOLDS):
        weights = train(_joined(said.at(fold_said != fold), spoken.at((fold_spoken != fold) & clean)))
        graver_said[fold_said == fold] = _graver(weights, said.inputs[fold_said == fold])
        graver_spoken[fold_spoken == fold] = _graver(weights, spoken.inputs[fold_spoken == fold])
    by_rule = np.array([stated(comment).rank >= LEVELS.index("ask") for comment in comments])
    let = max(FALSE_ALARMS - by_rule.mean(), FALSE_ALARMS / 3)
    ask = np.quantile(graver_spoken[~by_rule, LEVELS.index("ask")], 1 - let)
    sign = np.quantile(graver_spoken[~by_rule, LEVELS.index("sign")], 1 - STRAY_SIGNS)
    bounds = np.array([0, max(SIGN, sign), ask, max(CONCERN, ask), EMERGENCY], np.float32)
    print(f"comments flagged by a rule {by_rule.mean():.4f}, by the head {let:.4f}")
    for tier, name in enumerate(LEVELS):
        chances = graver_said[said.level == tier]
        print(
            f"  {name:<10}"
            + "".join(f" >={LEVELS[at]} {np.mean(chances[:, at] >= bounds[at]):.3f}" for at in range(1, 5))
        )
    return bounds


def _graver(weights: dict[str, Floats], inputs: Floats) -> Floats:
    chances = softmax(forward(weights, inputs)[:, : len(LEVELS)])
    graver: Floats = np.cumsum(chances[:, ::-1], axis=1)[:, ::-1]
    return graver


if __name__ == "__main__":
    main()
