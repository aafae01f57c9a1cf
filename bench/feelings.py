"""Whether she perceives what is felt, and knows how sure she is.

    uv run python -m bench.feelings --data ../shared/data [--quick] --json

Emotions: macro-F1 over all 28 labels of GoEmotions' dev comments (Demszky et al. 2020; the published BERT has .46
on their test part), by the head alone. Polarity and its calibration: by `Perceiving` as it is used, three ways
(unpleasant, neither, pleasant), on the same comments; VADER (Hutto & Gilbert 2014), with its authors'
thresholds of ±.05, sees the same texts in a process of its own. `ece` is the expected calibration error of
`Feeling.confidence` in ten bins. Speech: lines written by hand (`tests/feelings/said.py`). EmoBench: `emobench.py`.
Milliseconds are medians of the thread's own time on a processor, so that other programs do not count, with the
sentence's vector (`ms_per_text`) and without it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median

import numpy as np
import numpy.typing as npt

from becoming.events import Feeling
from becoming.feelings import Perceiving
from becoming.feelings.circumplex import SIDES, sign
from becoming.feelings.head import Head
from becoming.memory.recall.embedding import Sentences
from bench import emobench, environments
from bench.contract import Figures, run
from bench.talks import model
from tests.feelings.said import PLAIN

GOALS = {
    "macro_f1": ">= 0.46",
    "ece": "<= 0.10",
    "ms_per_text": "<= 15",
    "plain_reading_share": ">= 0.60",
    "margin_to_vader": ">= 0.05",
}
DATA = Path("../shared/data")
QUICK_COMMENTS, QUICK_STORIES, STORIES = 1200, 2, 40
BINS = 10
PINS = Path(__file__).with_name("vader.txt")

VADER = """
import json, sys, time
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
of = SentimentIntensityAnalyzer().polarity_scores
texts = json.load(sys.stdin)
begun = time.perf_counter()
scores = [of(text)["compound"] for text in texts]
print(json.dumps({"scores": scores, "ms": (time.perf_counter() - begun) * 1000 / len(texts)}))
"""

Labels = npt.NDArray[np.bool_]


def measure(quick: bool, data: Path) -> Figures:
    """Comments first, then speech, then EmoBench."""
    texts, labels, emotions = _comments(data / "goemotions", QUICK_COMMENTS if quick else None)
    sentences = Sentences()
    vectors = dict(zip(texts, sentences(texts), strict=True))

    def known(asked: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.stack([vectors[text] if text in vectors else sentences([text])[0] for text in asked])

    perceive = Perceiving(known)
    figures = _emotions(texts, labels, emotions, vectors)
    felt = [perceive(text) for text in texts]
    figures |= _polarity(texts, labels, emotions, felt)
    figures |= _speech(perceive) | _milliseconds(texts)
    asked = list(emobench.questions(data / "emobench", QUICK_STORIES if quick else STORIES))
    figures |= asyncio.run(_emobench(asked, perceive))
    return Figures(figures, cases=len(texts) + len(PLAIN) + len(asked))


def _comments(folder: Path, limit: int | None) -> tuple[list[str], Labels, list[str]]:
    emotions = (folder / "labels.txt").read_text("utf-8").split()
    rows = [line.split("\t") for line in (folder / "dev.tsv").read_text("utf-8").splitlines()[:limit]]
    labels = np.zeros((len(rows), len(emotions)), np.bool_)
    for n, row in enumerate(rows):
        labels[n, [int(each) for each in row[1].split(",")]] = True
    return [row[0] for row in rows], labels, emotions


def _emotions(
    texts: list[str], labels: Labels, emotions: list[str], vectors: dict[str, npt.NDArray[np.float32]]
) -> dict[str, float]:
    head = Head()
    assert head.emotions == emotions
    chances = np.stack([head(text, vectors[text]) for text in texts])
    named = chances >= head.thresholds
    scores = 2 * (named & labels).sum(axis=0) / np.maximum(named.sum(axis=0) + labels.sum(axis=0), 1)
    for name, score, count in zip(emotions, scores, labels.sum(axis=0), strict=True):
        print(f"  {name:<16}F1 {score:.2f}  n={count}")
    here = labels.any(axis=0)  # a short run may lack a rare one
    return {
        "macro_f1": float(scores[here].mean()),
        "published_bert_macro_f1": 0.46,
        "ece_emotions": _ece(chances.astype(float).ravel(), labels.astype(float).ravel()),
    }


def _polarity(texts: list[str], labels: Labels, emotions: list[str], felt: list[Feeling]) -> dict[str, float]:
    sides = [{SIDES[name] for name, here in zip(emotions, row, strict=True) if here} - {0} for row in labels]
    one = [n for n, each in enumerate(sides) if len(each) < 2]  # people who felt both ways agree with nobody
    truth = np.array([next(iter(sides[n]), 0) for n in one])
    ours = np.array([sign(felt[n].valence) for n in one])
    sure = np.array([felt[n].confidence for n in one])
    scores, vader_ms = _vader([texts[n] for n in one])
    theirs = np.where(scores >= 0.05, 1, np.where(scores <= -0.05, -1, 0))
    polar = truth != 0
    two_ways = np.sign([felt[n].valence for n in one])
    figures = {
        "polarity_accuracy": float(np.mean(ours == truth)),
        "vader_polarity_accuracy": float(np.mean(theirs == truth)),
        "polar_only_accuracy": float(np.mean(two_ways[polar] == truth[polar])),
        "vader_polar_only_accuracy": float(np.mean(np.sign(scores)[polar] == truth[polar])),
        "opposite_share": float(np.mean(ours * truth < 0)),
        "vader_opposite_share": float(np.mean(theirs * truth < 0)),
        "ece": _ece(sure, (ours == truth).astype(float)),
        "vader_ms_per_text": vader_ms,
    }
    return figures | {"margin_to_vader": figures["polarity_accuracy"] - figures["vader_polarity_accuracy"]}


def _vader(texts: list[str]) -> tuple[npt.NDArray[np.float64], float]:
    """Its compound scores, and its milliseconds a text."""
    python = environments.python(PINS, "vader", "1 MB")
    told = subprocess.run(
        [python, "-c", VADER], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    answer = json.loads(told.stdout)
    return np.array(answer["scores"]), float(answer["ms"])


def _ece(chances: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> float:
    """Expected calibration error: how far chance and share right are apart, by bins of chance, each by its size."""
    places = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = [
        abs(chances[places == n].mean() - right[places == n].mean()) * np.mean(places == n)
        for n in range(BINS)
        if (places == n).any()
    ]
    return float(sum(gaps))


def _speech(perceive: Perceiving) -> dict[str, float]:
    felt = [(line, perceive(line.text, line.earlier)) for line in PLAIN]
    return {
        "plain_reading_share": mean(bool(feeling.emotions) for _, feeling in felt),
        "plain_polarity_accuracy": mean(sign(feeling.valence) == line.side for line, feeling in felt),
    }


def _milliseconds(texts: Sequence[str], count: int = 200) -> dict[str, float]:
    """Medians over texts that are new to it; the second without the time of the vectors."""
    spent: list[float] = []
    sentences = Sentences()

    def timed(asked: Sequence[str]) -> npt.NDArray[np.float32]:
        begun = time.thread_time()
        vectors = sentences(asked)
        spent[-1] += time.thread_time() - begun
        return vectors

    perceive = Perceiving(timed)
    whole = []
    for text in ["Wake up.", *texts[:count]]:
        spent.append(0.0)
        begun = time.thread_time()
        perceive(text)
        whole.append(time.thread_time() - begun)
    beyond = [all_ - vector for all_, vector in zip(whole, spent, strict=True)]
    return {"ms_per_text": median(whole[1:]) * 1000, "ms_beyond_the_vector": median(beyond[1:]) * 1000}


async def _emobench(asked: list[emobench.Question], perceive: Perceiving) -> dict[str, float]:
    plain, heard = list[bool](), list[bool]()
    async with model() as chat:
        for question in asked:
            plain.append(await emobench.right(chat, question, None))
            heard.append(await emobench.right(chat, question, perceive))
    chance = mean(1 / len(question.choices) for question in asked)
    return {
        "emobench_plain": mean(plain),
        "emobench_with_feelings": mean(heard),
        "emobench_by_chance": chance,
        "emobench_questions": len(asked),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--data", type=Path, default=DATA)
    own, others = parser.parse_known_args(sys.argv[1:])
    run("feelings", lambda quick: measure(quick, own.data), GOALS, others)
