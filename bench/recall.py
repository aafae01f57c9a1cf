"""Whether she finds again what was said, and is reminded of what shares no word with what she hears.

    uv run python -m bench.recall --data ../shared/data/locomo/dev.json [--quick] --json

Recall: each conversation is lived through in a store of its own, by the code that records a talk; then its
questions are asked, and the share of the turns they rest on that is among the first ten is averaged. The
weights are those fitted on the other conversations. Three baselines in the same run: plain BM25 (FTS5,
no stemming, no stop words), vectors alone (the same ones), and reciprocal-rank fusion of these two. As
questions name the speakers, and their names mislead vectors, `*_without_names_at_10` gives the last
two with the names taken out, as ours does.

Association: each cue is planted as a little talk of its own among a conversation's turns and its trigger
said; a hit if the cue (its first line) is among the first ten. Weights fitted on other cues.

`python -m bench.recall --fit` prints the weights fitted on everything, for `memory/recall/weighing.py`.
Milliseconds are those of `Recall.search` with a query it has not seen. Noise: the arms take turns question
by question, and the time is a median.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import numpy as np
import numpy.typing as npt
from sqlalchemy import delete

from becoming.memory import Memory
from becoming.memory.recall.embedding import Sentences
from becoming.memory.recall.search import Recall
from becoming.memory.recall.weighing import SHIPPED, Weights
from becoming.store import Store
from becoming.store.schema import turn
from bench.contract import Figures, run
from bench.fitting import Choice, fit
from bench.locomo import Conversation, Cue, conversations, cues, relived

GOALS = {
    "recall_at_10": ">= 0.80",
    "margin_at_10": ">= 0.15",
    "worst_category_margin": ">= 0",
    "association_hit_at_10": ">= 0.30",
}
DATA = Path("../shared/data/locomo/dev.json")
DEPTHS = (5, 10, 20)
TOKENS = 1000
RRF = 60
TIMED = 150
QUICK_CONVERSATIONS, QUICK_CUES = 2, 24

ASKED_FREE = (
    "words",
    "words_rank",
    "sense",
    "sense_rank",
    "before",
    "after",
    "further",
    "talk",
    "common",
    "speaker",
    "length",
    "asks",
)
TOLD_FREE = ("words", "sense", "common")
"""Of a remark only what says how alike two moments are: the planted cues are no sample of talk, so that to
fit, say, length would be to learn what plants look like."""

Vectors = npt.NDArray[np.float32]


class Remembering:
    """`Sentences`, which embeds no text twice: the same turns are recorded again for each cue."""

    def __init__(self) -> None:
        self._embed, self._known = Sentences(), dict[str, Vectors]()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """(n, dim), of unit length."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self._embed([text])[0]
        return np.stack([self._known[text] for text in texts])


@dataclass
class Life:
    """A conversation lived through: its store is open."""

    conversation: Conversation
    store: Store
    memory: Memory
    ids: list[int]
    recall: Recall


def measure(quick: bool, data: Path, show_fit: bool) -> Figures:
    """Relive, ask, and plant."""
    embed = Remembering()
    talks = conversations(data)[: QUICK_CONVERSATIONS if quick else None]
    hidden = cues(data.parent.parent / "locomo_plus" / data.name)[: QUICK_CUES if quick else None]
    lives: list[Life] = []
    opened = [relived(talk, embed) for talk in talks]
    try:
        for talk, each in zip(talks, opened, strict=True):
            store, memory, ids = each.__enter__()
            lives.append(Life(talk, store, memory, ids, Recall(store, embed)))
            print(f"lived through {len(ids)} turns of {' and '.join(talk.speakers)}", flush=True)
        asked = [_choices(life) for life in lives]
        told = [list(_planted(life, hidden, embed)) for life in (lives[:1] if quick else lives)]
        if show_fit:
            _print_fit(asked, told)
        figures = _recall(lives, asked, embed) | {"association_hit_at_10": _associations(told)}
        figures |= {"ms_per_query": _milliseconds(lives)}
    finally:
        for each in opened[: len(lives)]:
            each.__exit__(None, None, None)
    return Figures(figures, cases=sum(len(each) for each in asked) + len(hidden))


def _choices(life: Life) -> list[Choice]:
    """What may come to mind at each question, and what should."""
    return [
        _choice(
            life.recall, question.text, life.conversation.asked_at, [life.ids[n] for n in question.evidence]
        )
        for question in life.conversation.questions
    ]


def _choice(recall: Recall, text: str, now: float, right: list[int]) -> Choice:
    ids, candidates = recall.candidates(text, now)
    return Choice(candidates, np.flatnonzero(np.isin(ids, right)))


def _planted(life: Life, hidden: list[Cue], embed: Remembering) -> Iterator[Choice]:
    """Plant each cue in the middle of the time of the conversation, say its trigger, and take it away again."""
    turns = life.conversation.turns
    middle = (turns[0].at + turns[-1].at) / 2
    for cue in hidden:
        life.memory.begin_session(middle)
        ids = [
            life.memory.record("her" if n % 2 else "person", line, middle + n, "text").id
            for n, line in enumerate(cue.lines)
        ]
        yield _choice(life.recall, cue.trigger, life.conversation.asked_at, ids[:1])
        with life.store.write() as connection:
            connection.execute(delete(turn).where(turn.c.id.in_(ids)))
        life.recall.forget(ids)


def _associations(told: list[list[Choice]]) -> float:
    """The share of cues found, each with weights fitted on the other three quarters of the cues."""
    hits = []
    for fold in range(4):
        others = [choice for each in told for n, choice in enumerate(each) if n % 4 != fold]
        weights = fit(others, TOLD_FREE, SHIPPED.told)
        for each in told:
            for choice in each[fold::4]:
                best = np.argsort(-choice.candidates.scores(weights), kind="stable")[:10]
                hits.append(bool(len(choice.right)) and int(choice.right[0]) in best)
    return mean(hits)


def _recall(lives: list[Life], asked: list[list[Choice]], embed: Remembering) -> dict[str, float]:
    got: dict[str, list[float]] = defaultdict(list)
    of_category: dict[tuple[str, int], list[float]] = defaultdict(list)
    for held_out, life in enumerate(lives):
        others = [choice for n, each in enumerate(asked) if n != held_out for choice in each]
        weights = Weights(fit(others, ASKED_FREE, SHIPPED.asked), SHIPPED.told)
        ours, plain = Recall(life.store, embed, weights), Baselines(life, embed)
        for question in life.conversation.questions:
            rests_on = {life.ids[n] for n in question.evidence}
            now = life.conversation.asked_at
            arms = plain.ranked(question.text) | {"ours": _ids(ours, question.text, now, 20, 10**6)}
            for arm, ids in arms.items():
                for depth in DEPTHS:
                    got[f"{arm}_at_{depth}"].append(_share(ids[:depth], rests_on))
                of_category[arm, question.category].append(_share(ids[:10], rests_on))
            within = _ids(ours, question.text, now, 100, TOKENS)
            got["recall_in_1000_tokens"].append(_share(within, rests_on))
    return _figures({name: mean(each) for name, each in got.items()}, of_category)


def _figures(shares: dict[str, float], of_category: dict[tuple[str, int], list[float]]) -> dict[str, float]:
    baselines = ("bm25", "vectors", "rrf")
    by = {key: mean(each) for key, each in of_category.items()}
    categories = sorted({category for _, category in by})
    for category in categories:
        print(f"category {category} (n={len(of_category['ours', category])}): " + ", ".join(
            f"{arm} {by[arm, category]:.3f}" for arm in ("ours", *baselines)
        ))  # fmt: skip
    best = max(shares[f"{arm}_at_10"] for arm in baselines)
    figures = {f"recall_at_{depth}": shares[f"ours_at_{depth}"] for depth in DEPTHS}
    figures |= {f"recall_at_10_category_{category}": by["ours", category] for category in categories}
    figures |= {
        name: share for name, share in shares.items() if name.endswith("_at_10") and name != "ours_at_10"
    }
    worst = min(by["ours", c] - max(by[arm, c] for arm in baselines) for c in categories)
    return figures | {
        "recall_in_1000_tokens": shares["recall_in_1000_tokens"],
        "best_baseline_at_10": best,
        "margin_at_10": shares["ours_at_10"] - best,
        "worst_category_margin": worst,
    }


def _ids(recall: Recall, text: str, now: float, limit: int, tokens: int) -> list[int]:
    return [each.moment.id for each in recall.search(text, now, limit=limit, tokens=tokens)]


def _share(found: Sequence[int], wanted: set[int]) -> float:
    return len(wanted.intersection(found)) / len(wanted)


class Baselines:
    """Plain BM25, vectors alone, and their reciprocal-rank fusion, over one conversation."""

    def __init__(self, life: Life, embed: Remembering) -> None:
        self._ids, self._embed = life.ids, embed
        self._names = re.compile(rf"\b(?:{'|'.join(life.conversation.speakers)})\b(?:'s)?", re.IGNORECASE)
        self._vectors = embed([each.text for each in life.conversation.turns])
        self._index = sqlite3.connect(":memory:")
        self._index.execute("CREATE VIRTUAL TABLE plain USING fts5(text)")
        rows = [(id_, each.text) for id_, each in zip(life.ids, life.conversation.turns, strict=True)]
        self._index.executemany("INSERT INTO plain(rowid, text) VALUES (?, ?)", rows)

    def ranked(self, text: str) -> dict[str, list[int]]:
        """The ids of each arm, best first."""
        bare = self._names.sub("", text)
        words, bare_words = self._by_words(text), self._by_words(bare)
        vectors, bare_vectors = self._by_vectors(text), self._by_vectors(bare)
        return {
            "bm25": words,
            "vectors": vectors,
            "rrf": _fused(words, vectors),
            "vectors_without_names": bare_vectors,
            "rrf_without_names": _fused(bare_words, bare_vectors),
        }

    def _by_words(self, text: str) -> list[int]:
        query = " OR ".join(f'"{word}"' for word in dict.fromkeys(re.findall(r"\w+", text.lower())))
        found = self._index.execute("SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank", (query,))
        return [row[0] for row in found]

    def _by_vectors(self, text: str) -> list[int]:
        order = np.argsort(-(self._vectors @ self._embed([text])[0]), kind="stable")
        return [self._ids[n] for n in order]


def _fused(*rankings: list[int]) -> list[int]:
    """Reciprocal-rank fusion (Cormack et al. 2009)."""
    score: dict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, id_ in enumerate(ranking, 1):
            score[id_] += 1 / (RRF + rank)
    return sorted(score, key=score.__getitem__, reverse=True)


def _milliseconds(lives: list[Life]) -> float:
    """A median over questions, each put for the first time to a Recall that is awake."""
    took = []
    for life in lives:
        recall = Recall(life.store, Sentences())
        recall.search("Is she awake?", life.conversation.asked_at)
        for question in life.conversation.questions[: TIMED // len(lives)]:
            begun = time.perf_counter()
            recall.search(question.text, life.conversation.asked_at)
            took.append((time.perf_counter() - begun) * 1000)
    return median(took)


def _print_fit(asked: list[list[Choice]], told: list[list[Choice]]) -> None:
    for name, free, choices, start in (
        ("ASKED", ASKED_FREE, asked, SHIPPED.asked),
        ("TOLD", TOLD_FREE, told, SHIPPED.told),
    ):
        fitted = fit([choice for each in choices for choice in each], free, start)
        print(name, {feature: round(weight, 2) for feature, weight in fitted.items() if weight})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--fit", action="store_true")
    own, others = parser.parse_known_args(sys.argv[1:])
    run("recall", lambda quick: measure(quick, own.data, own.fit), GOALS, others)
