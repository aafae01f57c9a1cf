"""How recall and recording hold up as a life grows: a thousand, ten thousand, a hundred thousand, a million moments.

    uv run python -m bench.memory_scale [--quick] --json

Moments are made from a vocabulary with a Zipf distribution (Zipf 1949) and people's names, each vector near
those of its topic's words, and put in by bulk insert into the tables that `Memory.record` writes. Then, at
each size, queries like those a person would ask (two words of a real moment, a name, a time) go through
`Recall.search`, the embedding of the query included, and moments through `Memory.record`, theirs included.
Figures are percentiles over all of them; the first query, which loads the index, is told apart. Noise: each
size runs in a process of its own; nothing else is started meanwhile.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import psutil
from sqlalchemy import text as sql

from becoming.memory import Memory
from becoming.memory.recall.embedding import WORDPIECE, Sentences
from becoming.memory.recall.search import Recall
from becoming.memory.recall.vectors import codes
from becoming.store import Store
from bench.contract import Figures, run

GOALS = {"recall_p95_ms_100k": "<= 30"}
SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
QUICK = ("1k", "10k", "100k")
QUERIES, QUICK_QUERIES, RECORDS = 300, 100, 60

TOPICS, A_TALK = 2_000, 12
NOW = 1_793_448_000.0
MINUTE_MS = 60_000
BATCH = 20_000
NAMES = ["Iris", "Theo", "Vera", "Omar", "Lena", "Jonas", "Mina", "Pavel", "Ruth", "Noor", "Hugo", "Ada"]
FRAMES = ["what did I say about {0} and {1}?", "the {0} {1} made me think", "when did {2} talk of {0}?",
          "did I tell you about {0} last week?", "do you remember {0} in March?"]  # fmt: skip


def measure(quick: bool) -> Figures:
    """Each size in a process of its own."""
    figures: dict[str, float] = {}
    sizes = QUICK if quick else tuple(SIZES)
    queries = QUICK_QUERIES if quick else QUERIES
    for size in sizes:
        command = [sys.executable, "-m", "bench.memory_scale", "--one", size, str(queries)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{size} failed:\n{done.stderr}")
        one = json.loads(done.stdout.splitlines()[-1])
        print(f"{size}: " + ", ".join(f"{name} {value:,.1f}" for name, value in one.items()), flush=True)
        figures |= {f"{name}_{size}": value for name, value in one.items()}
    figures["bytes_per_moment"] = figures[f"bytes_per_moment_{sizes[-1]}"]
    if "1m" in sizes:
        figures["growth_100k_to_1m"] = figures["recall_p95_ms_1m"] / figures["recall_p95_ms_100k"]
    return Figures(figures, cases=len(sizes) * (queries + RECORDS))


def one_size(size: int, queries: int) -> dict[str, float]:
    """Build a life of that many moments, then ask and record."""
    chance = random.Random(size)
    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "person", passphrase="for the length of a benchmark")
        words = _vocabulary()
        _live(store, size, words, chance)
        embed = Sentences()
        embed(["awake"])
        memory, recall = Memory(store, embed), Recall(store, embed)
        begun = time.perf_counter()
        recall.search("what did Iris say about the weather?", NOW)
        first = time.perf_counter() - begun
        asked = [
            _timed(lambda text=text: recall.search(text, NOW)) for text in _questions(words, chance, queries)
        ]
        kept = [
            _timed(lambda n=n: memory.record("person", _sentence(words, chance, 14), NOW + n))
            for n in range(RECORDS)
        ]
        store.close()
        bytes_on_disk = sum(file.stat().st_size for file in (Path(folder) / "person").glob("memory.db*"))
    return {
        "recall_p50_ms": float(np.percentile(asked, 50)),
        "recall_p95_ms": float(np.percentile(asked, 95)),
        "record_p50_ms": float(np.percentile(kept, 50)),
        "record_p95_ms": float(np.percentile(kept, 95)),
        "first_recall_s": first,
        "bytes_per_moment": bytes_on_disk / size,
        "rss_mb": psutil.Process().memory_info().rss / 2**20,
    }


def _timed(act: object) -> float:
    begun = time.perf_counter()
    act()  # type: ignore[operator]
    return (time.perf_counter() - begun) * 1000


def _vocabulary() -> list[str]:
    """English words, the most common first: whole words of the tokenizer's vocabulary, which is in that order."""
    lines = WORDPIECE.read_text().splitlines()
    return [line for line in lines if line.isascii() and line.isalpha() and len(line) > 1]


def _sentence(words: list[str], chance: random.Random, length: int) -> str:
    said = chance.choices(words, cum_weights=_zipf(len(words)), k=length)
    if chance.random() < 0.2:
        said.insert(chance.randrange(length), chance.choice(NAMES))
    return " ".join(said).capitalize() + chance.choice("...?")


@cache
def _zipf(count: int) -> list[float]:
    return [float(total) for total in np.cumsum(1 / np.arange(1, count + 1))]


def _questions(words: list[str], chance: random.Random, count: int) -> Iterator[str]:
    for n in range(count):
        first, second = (words[int(chance.triangular(200, 8_000, 500))] for _ in range(2))
        yield FRAMES[n % len(FRAMES)].format(first, second, chance.choice(NAMES))


def _live(store: Store, size: int, words: list[str], chance: random.Random) -> None:
    """Put the moments into the tables, BATCH at a time; the last was said just before NOW."""
    topics = np.random.default_rng(size)
    centres = topics.standard_normal((TOPICS, Sentences.DIM), np.float32)
    began = int(NOW * 1000) - size * MINUTE_MS
    for start in range(0, size, BATCH):
        count = min(BATCH, size - start)
        texts = [_sentence(words, chance, chance.randint(4, 24)) for _ in range(count)]
        near = centres[topics.integers(0, TOPICS, count)]
        vectors = codes(near + topics.standard_normal(near.shape, np.float32))
        with store.write() as connection:
            talks = sorted({n // A_TALK for n in range(start, start + count)})
            connection.execute(
                sql("INSERT INTO session(id, began, ended) VALUES (:id, :at, :at) ON CONFLICT DO NOTHING"),
                [{"id": talk + 1, "at": began + talk * A_TALK * MINUTE_MS} for talk in talks],
            )
            connection.execute(
                sql(
                    "INSERT INTO turn(id, session, speaker, said, text, via, interrupted) VALUES (:id, :talk, :who, :at, :text, 'voice', false)"
                ),
                [
                    {
                        "id": start + n + 1,
                        "talk": (start + n) // A_TALK + 1,
                        "who": 1 + n % 2,
                        "at": began + (start + n) * MINUTE_MS,
                        "text": text,
                    }
                    for n, text in enumerate(texts)
                ],
            )
            connection.execute(
                sql("INSERT INTO turn_fts(rowid, own, near) VALUES (:id, :own, :near)"),
                [
                    {
                        "id": start + n + 1,
                        "own": text,
                        "near": "\n".join(texts[max(n - 2, 0) : n] + texts[n + 1 : n + 3]),
                    }
                    for n, text in enumerate(texts)
                ],
            )
            connection.execute(
                sql("INSERT INTO vector(turn, model, v) VALUES (:id, :model, :v)"),
                [
                    {"id": start + n + 1, "model": Sentences.MODEL, "v": row.tobytes()}
                    for n, row in enumerate(vectors)
                ],
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one_size(SIZES[sys.argv[2]], int(sys.argv[3]))))
    else:
        run("memory_scale", measure, GOALS)
