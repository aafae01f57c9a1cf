"""Make src/becoming/memory/recall/common_talk.npy: what people say all the time, as 32 vectors.

    uv run python scripts/common_talk.py ../shared/data/goemotions/train.tsv

A moment that is like everything everybody says ("that's great!") is near to any query; `recall.py` takes
off for it. Centres by spherical k-means of comments from GoEmotions (Demszky et al. 2020, data CC BY 4.0).
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np

from becoming.memory.recall.embedding import Sentences
from becoming.memory.recall.vectors import codes

CENTRES, COMMENTS, ROUNDS = 32, 4000, 30
FILE = Path(__file__).resolve().parent.parent / "src/becoming/memory/recall/common_talk.npy"


def main(comments: Path) -> None:
    """Embed a sample, find the centres, write the file."""
    lines = [line.split("\t")[0] for line in comments.read_text().splitlines()]
    chance = random.Random(0)
    rows = Sentences()(chance.sample(lines, COMMENTS))
    centres = rows[chance.sample(range(COMMENTS), CENTRES)]
    for _ in range(ROUNDS):
        nearest = (rows @ centres.T).argmax(axis=1)
        sums = np.stack([rows[nearest == n].sum(axis=0) for n in range(CENTRES)])
        centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    np.save(FILE, codes(centres.astype(np.float32)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
