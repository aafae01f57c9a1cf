"""Train src/becoming/conversation/hands/intents.npz on the lines in scripts/intents/*.txt.

    uv run --with scipy==1.17.1 python -m scripts.train_intents

To be run after `scripts.train_hearing`, which trains the encoder for both. Softmax regression over [vector of the sentence,
hashed words, pairs of words, runs of letters], by L-BFGS. What is apart (`scripts/intents/lines.py`) is first left out, to
say how well it does and to choose the bounds; then all lines are trained on. The lines that the benchmark holds out
(`bench/phrasings`) are not read here. Some minutes on one core.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from becoming.care.hearing import UPPER
from becoming.care.hearing.head import softmax
from becoming.conversation.hands.intents import BUCKETS, FILE, NONE, PLACES, fitting, heard_as, places
from becoming.memory.recall.embedding import Sentences
from scripts.intents import lines

Array = npt.NDArray[np.float32]

ROUNDS, DECAY, WORDS_DECAY = 300, 1e-6, 1e-6
FALSE_TRIGGERS = {"": 0.015, "mail": 0.015, "done": 0.015, "draft": 0.1}
"""The share of lines kept apart that ask for nothing and may be taken for an intent, by where they are said. They are written
to sound like one: of what is said in passing far less is taken (on the half of `bench/phrasings` that may be looked at: .004). After "Shall I send it?" more may: what is
taken wrongly there leaves the mail unsent."""


class Rows:
    """Lines, by meaning (n, 384) and words (n, BUCKETS), and which intent each has (n,)."""

    def __init__(self, texts: Sequence[str], labels: npt.NDArray[np.int64], sense: Array) -> None:
        self.texts, self.labels, self.sense = texts, labels, sense
        found = [places(text) for text in texts]
        values = np.concatenate([np.full(len(each), 1 / np.sqrt(max(len(each), 1))) for each in found])
        ends = np.cumsum([0, *map(len, found)])
        self.words = csr_matrix(
            (values, np.concatenate(found), ends), (len(texts), BUCKETS), dtype=np.float32
        )

    def __getitem__(self, rows: npt.NDArray[np.bool_]) -> Rows:
        texts = [text for text, chosen in zip(self.texts, rows, strict=True) if chosen]
        return Rows(texts, self.labels[rows], self.sense[rows])


def main() -> None:
    """Read, train without a fifth, tell, choose the bound, train on everything, write."""
    found = lines.read()
    kinds = [NONE, *sorted({each.intent for each in found} - {NONE})]
    texts, names = [each.text for each in found], [kinds.index(each.intent) for each in found]
    rows = Rows(texts, np.array(names), heard_as(Sentences(UPPER), texts))
    apart = np.array([each.apart for each in found])
    fitted = fit(rows[~apart], len(kinds))
    chances, truth = told(rows[apart], *fitted), rows.labels[apart]
    bounds, given = np.zeros(len(PLACES), np.float32), np.zeros(len(truth), np.int64)
    for at, where in enumerate(PLACES):
        open_ = fitting(kinds, (where,))
        thought = chances * open_
        asks = 1 - thought[:, 0] / thought.sum(axis=1)
        wrongly = np.sort(asks[truth == 0])[::-1]
        may = round(FALSE_TRIGGERS[where] * len(wrongly))
        # Between the last that is taken and the first that is not.
        bounds[at] = max(wrongly[may - 1 : may + 1].mean(), 0.3)
        best = np.where(asks >= bounds[at], thought[:, 1:].argmax(1) + 1, 0)
        first = open_[truth] & ((truth > 0) | (at == 0)) & (given == 0)  # where it can be meant
        given = np.where(first, best, given)
    print(f"{len(texts)} lines, {len(kinds)} intents; bounds {bounds}")
    print(
        f"apart: right {np.mean((given == truth)[truth > 0]):.3f} of {np.sum(truth > 0)} that ask for something,"
    )
    print(f"  taken wrongly {np.mean(given[truth == 0] > 0):.4f} of {np.sum(truth == 0)} that do not")
    for kind, name in enumerate(kinds):
        print(f"  {name:18} {np.mean((given == truth)[truth == kind]):.2f} of {np.sum(truth == kind)}")
    sense, words, bias = fit(rows, len(kinds))
    scale = np.abs(words).max(axis=0) / 127 + 1e-9
    np.savez_compressed(
        FILE, allow_pickle=False, names=np.array(kinds), sense=sense.astype(np.float16),
        words=np.round(words / scale).astype(np.int8), scale=scale, bias=bias, bounds=bounds,
    )  # fmt: skip
    print(f"{FILE.name}: {FILE.stat().st_size / 1024:.0f} KiB")


def fit(rows: Rows, kinds: int) -> tuple[Array, Array, Array]:
    """(384, kinds), (BUCKETS, kinds) and (kinds,): the weights of sense and words, and the bias."""
    sense, words, turned = rows.sense, rows.words, rows.words.T.tocsr()
    truth = np.eye(kinds, dtype=np.float32)[rows.labels]
    # What asks for nothing is most of it; every intent is to count about as much as it.
    weight = (1 / np.sqrt(np.bincount(rows.labels, minlength=kinds)))[rows.labels].astype(np.float32)[:, None]
    weight /= weight.sum()
    cut, end = 384 * kinds, (384 + BUCKETS) * kinds

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        of = flat.astype(np.float32)
        of_sense, of_words, bias = of[:cut].reshape(-1, kinds), of[cut:end].reshape(-1, kinds), of[end:]
        logits = sense @ of_sense + words @ of_words + bias
        logits -= logits.max(axis=1, keepdims=True)
        total = np.log(np.exp(logits).sum(axis=1, keepdims=True))
        off = (np.exp(logits - total) - truth) * weight
        value = float(((total - logits) * truth * weight).sum())
        value += float(DECAY * np.square(of_sense).sum() + WORDS_DECAY * np.square(of_words).sum()) / 2
        slopes = (sense.T @ off + DECAY * of_sense, turned @ off + WORDS_DECAY * of_words, off.sum(axis=0))
        return value, np.concatenate([each.ravel() for each in slopes]).astype(np.float64)

    best = minimize(loss, np.zeros(end + kinds), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    flat = best.astype(np.float32)
    return flat[:cut].reshape(-1, kinds), flat[cut:end].reshape(-1, kinds), flat[end:]


def told(rows: Rows, sense: Array, words: Array, bias: Array) -> Array:
    """(n, kinds): the chances of each line."""
    return softmax(rows.sense @ sense + rows.words @ words + bias)


if __name__ == "__main__":
    main()
