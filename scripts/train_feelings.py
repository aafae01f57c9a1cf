"""Train src/becoming/feelings/head.npz on GoEmotions.

    uv run --with scipy==1.17.1 python scripts/train_feelings.py --data ../shared/data/goemotions

Logistic regression of 28 labels over [MiniLM vector, hashed words and pairs of words], fitted by L-BFGS on
most of train.tsv. The rest of it, which the weights never saw, calibrates each label (Platt 1999), chooses
each label's threshold (best F1), and measures how often the sign of the valence is right (isotonic
regression). dev.tsv is only reported on. Ten minutes on one core, nearly all of it for the vectors, which are
kept in the cache folder. The result holds numbers for hashes, and no text.
"""

from __future__ import annotations

import argparse
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from platformdirs import user_cache_path
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack

from becoming.feelings.circumplex import SIDES, place, sign
from becoming.feelings.head import BUCKETS, FILE, buckets
from becoming.feelings.perceiving import side_share
from becoming.memory.recall.embedding import Sentences

Array = npt.NDArray[np.float32]

HELD_OUT = 5000
ROUNDS = 100
SENSE_DECAY, WORDS_DECAY = 1e-4, 2e-4
"""L2 on the weights, chosen by macro-F1 on the held-out part."""

SPOKEN = Path(__file__).with_name("feelings_spoken.txt")
SPOKEN_WEIGHT = 4.0
"""One line of speech, written for this, counts as so many comments of strangers."""

KNOTS = 12


@dataclass
class Comments:
    """Texts: `labels` (n, 28) bool, `sense` (n, 384), `words` (n, BUCKETS) sparse, `weight` (n,)."""

    labels: npt.NDArray[np.bool_]
    sense: Array
    words: csr_matrix
    weight: Array

    def __getitem__(self, rows: npt.NDArray[np.int64]) -> Comments:
        """Some of them."""
        return Comments(self.labels[rows], self.sense[rows], self.words[rows], self.weight[rows])

    def __add__(self, other: Comments) -> Comments:
        """These and those."""
        return Comments(
            np.concatenate([self.labels, other.labels]),
            np.concatenate([self.sense, other.sense]),
            vstack([self.words, other.words]).tocsr(),
            np.concatenate([self.weight, other.weight]),
        )


def read(file: Path) -> Comments:
    """Read a file of GoEmotions, and make its features."""
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()]
    texts = [row[0] for row in rows]
    labels = np.zeros((len(rows), 28), np.bool_)
    for n, row in enumerate(rows):
        labels[n, [int(each) for each in row[1].split(",")]] = True
    return Comments(labels, _sense(texts), _words(texts), np.ones(len(rows), np.float32))


def read_spoken(file: Path, emotions: list[str]) -> Comments:
    """Read lines under headings of emotions."""
    texts, labels = list[str](), list[npt.NDArray[np.bool_]]()
    for line in filter(None, map(str.strip, file.read_text("utf-8").splitlines())):
        if line.startswith("["):
            named = np.isin(emotions, line.strip("[]").split())
        elif not line.startswith("#"):
            texts.append(line)
            labels.append(named)
    weight = np.full(len(texts), SPOKEN_WEIGHT, np.float32)
    return Comments(np.array(labels), _sense(texts), _words(texts), weight)


def _sense(texts: list[str]) -> Array:
    name = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    file = user_cache_path("becoming-bench", appauthor=False) / f"sentences-{name}.npy"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        np.save(file, Sentences()(texts).astype(np.float16))
    vectors: Array = np.load(file).astype(np.float32)
    return vectors


def _words(texts: list[str]) -> csr_matrix:
    found = [buckets(text) for text in texts]
    ends = np.cumsum([0, *map(len, found)])
    values = np.concatenate([np.full(len(each), 1 / np.sqrt(max(len(each), 1))) for each in found])
    columns = np.concatenate([np.array(each, np.int32) for each in found])
    return csr_matrix((values.astype(np.float32), columns, ends), (len(texts), BUCKETS))


def fit(comments: Comments) -> tuple[Array, Array, Array]:
    """(384, 28), (BUCKETS, 28) and (28,): the weights of sense and words, and the bias."""
    rarity = np.log(len(comments.labels) / (1 + np.bincount(comments.words.indices, minlength=BUCKETS)))
    words = (comments.words @ _diagonal(rarity)).tocsr()
    turned = words.T.tocsr()
    sense, labels = comments.sense, comments.labels.astype(np.float32)
    cut, weight = sense.shape[1] * 28, comments.weight[:, None] / comments.weight.sum()

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        weights = flat.astype(np.float32)
        of_sense, of_words, bias = (
            weights[:cut].reshape(-1, 28),
            weights[cut:-28].reshape(-1, 28),
            weights[-28:],
        )
        logits = sense @ of_sense + words @ of_words + bias
        off = (1 / (1 + np.exp(-logits)) - labels) * weight
        value = float(((np.logaddexp(0, logits) - labels * logits) * weight).sum())
        value += float(SENSE_DECAY * np.square(of_sense).sum() + WORDS_DECAY * np.square(of_words).sum()) / 2
        slopes = (
            sense.T @ off + SENSE_DECAY * of_sense,
            turned @ off + WORDS_DECAY * of_words,
            off.sum(axis=0),
        )
        return value, np.concatenate([each.ravel() for each in slopes]).astype(np.float64)

    start = np.zeros(cut + BUCKETS * 28 + 28)
    start[-28:] = np.log(labels.mean(axis=0) / (1 - labels.mean(axis=0)))
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x.astype(
        np.float32
    )
    return (
        best[:cut].reshape(-1, 28),
        best[cut:-28].reshape(-1, 28) * rarity[:, None].astype(np.float32),
        best[-28:],
    )


def _diagonal(values: npt.NDArray[np.float64]) -> csr_matrix:
    places = np.arange(len(values))
    return csr_matrix((np.maximum(values, 0).astype(np.float32), (places, places)))


def platt(logits: Array, truth: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset that make chances of logits (Platt 1999, with his targets)."""
    count = int(truth.sum())
    goal = np.where(truth, (count + 1) / (count + 2), 1 / (len(truth) - count + 2))

    def loss(by: npt.NDArray[np.float64]) -> float:
        line = by[0] * logits + by[1]
        return float((np.logaddexp(0, line) - goal * line).mean())

    slope, offset = minimize(loss, np.array([1.0, 0.0]), method="BFGS").x
    return float(slope), float(offset)


def threshold(chances: Array, truth: npt.NDArray[np.bool_]) -> float:
    """The chance from which on naming it gives the best F1."""
    tried = np.linspace(0.03, 0.9, 88)
    named = chances[None, :] >= tried[:, None]
    scores = 2 * (named & truth).sum(axis=1) / np.maximum(named.sum(axis=1) + truth.sum(), 1)
    return float(tried[scores.argmax()])


def isotonic(x: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> Array:
    """(2, KNOTS): how often right at x, never falling: pool adjacent violators over equal bins."""
    order = np.argsort(x)
    bins = [(float(x[each].mean()), float(right[each].mean()), 1) for each in np.array_split(order, KNOTS)]
    pooled: list[tuple[float, float, int]] = []
    for each in bins:
        pooled.append(each)
        while len(pooled) > 1 and pooled[-2][1] > pooled[-1][1]:
            (x1, y1, n1), (x2, y2, n2) = pooled[-2:]
            n = n1 + n2
            pooled[-2:] = [((x1 * n1 + x2 * n2) / n, (y1 * n1 + y2 * n2) / n, n)]
    return np.array([(each[0], each[1]) for each in pooled], np.float32).T


def side_of(emotions: list[str], labels: npt.NDArray[np.bool_]) -> int:
    """The sign that the labels of a comment agree on; 0 for none, and for both."""
    sides = {SIDES[name] for name, here in zip(emotions, labels, strict=True) if here} - {0}
    return sides.pop() if len(sides) == 1 else 0


def main(data: Path) -> None:
    """Fit, calibrate, write, report."""
    emotions = (data / "labels.txt").read_text().split()
    everything, dev = read(data / "train.tsv"), read(data / "dev.tsv")
    order = np.random.default_rng(0).permutation(len(everything.labels))
    held = everything[order[:HELD_OUT]]
    sense, words, bias = fit(everything[order[HELD_OUT:]] + read_spoken(SPOKEN, emotions))
    scale = np.maximum(np.abs(words).max(axis=0), 1e-9) / 127
    codes = np.round(words / scale).astype(np.int8)

    def logits(comments: Comments) -> Array:
        given: Array = comments.sense @ sense + (comments.words @ codes.astype(np.float32)) * scale
        return given

    raw = logits(held)
    lines = [platt(raw[:, n] + bias[n], held.labels[:, n]) for n in range(28)]
    slope = np.array([each[0] for each in lines], np.float32)
    offset = np.array([each[1] for each in lines], np.float32) + slope * bias
    chances = 1 / (1 + np.exp(-(raw * slope + offset)))
    thresholds = np.array([threshold(chances[:, n], held.labels[:, n]) for n in range(28)], np.float32)
    confidence = _confidence(emotions, chances, held.labels)
    np.savez_compressed(
        FILE,
        emotions=np.array(emotions),
        thresholds=thresholds,
        sense=sense.astype(np.float16),
        words=codes,
        scale=scale.astype(np.float32),
        slope=slope,
        offset=offset,
        confidence=confidence,
    )
    _report(emotions, thresholds, 1 / (1 + np.exp(-(logits(dev) * slope + offset))), dev.labels)


def _confidence(emotions: list[str], chances: Array, labels: npt.NDArray[np.bool_]) -> Array:
    shares, right = [], []
    for row, truth in zip(chances, labels, strict=True):
        by_name = dict(zip(emotions, map(float, row), strict=True))
        side = sign(place(by_name)[0])
        shares.append(side_share(by_name, side))
        right.append(float(side == side_of(emotions, truth)))
    return isotonic(np.array(shares), np.array(right))


def _report(emotions: list[str], thresholds: Array, chances: Array, truth: npt.NDArray[np.bool_]) -> None:
    named = chances >= thresholds
    scores = 2 * (named & truth).sum(axis=0) / np.maximum(named.sum(axis=0) + truth.sum(axis=0), 1)
    for name, score, count in zip(emotions, scores, truth.sum(axis=0), strict=True):
        print(f"{name:<16}{score:.3f}  ({count})")
    print(f"macro-F1 on dev {scores.mean():.4f}, {FILE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="the folder with train.tsv, dev.tsv and labels.txt"
    )
    main(parser.parse_args().data)
