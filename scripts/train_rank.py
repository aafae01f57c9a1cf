"""Train src/becoming/conversation/hers.npz: what tells a line of hers from what the packaged model says in her place.

    uv run --with scipy==1.17.1 python -m scripts.train_rank

The packaged model is asked, with her prompt and without an adapter, what it would say where the book of her voice has a line
of hers; its answers are kept in `scripts/voice/instead.jsonl`, and a run that was broken off goes on there (a second or two
each). Then logistic regression over hashed words and pairs of words of their sentences, by L-BFGS, on every situation but
those kept apart; and what it and the rest of the ranking make of those.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from becoming.care.known import Known
from becoming.conversation import rank
from becoming.conversation.examples import Situation, book
from becoming.conversation.manner import sentences
from becoming.conversation.prompt import Day, prefix
from becoming.persona.traits import character
from bench.talks import BEING, PERSON, model

ROOT = Path(__file__).parent.parent
INSTEAD = ROOT / "scripts/voice/instead.jsonl"
EVERY, TOKENS, SEED, DECAY = 2, 60, 1, 0.02
"""Every other situation to be learned from is enough; all that are apart are asked."""

Array = npt.NDArray[np.float64]


def main() -> None:
    """Ask, train, tell, write."""
    chosen = [it for at, it in enumerate(book()) if it.apart or at % EVERY == 0]
    instead = asyncio.run(_asked(chosen))
    learned = [it for it in chosen if not it.apart]
    lines = [(it.exchanges[-1].said, 1) for it in learned] + [(instead[_key(it)], 0) for it in learned]
    rows = [(each, truth) for line, truth in lines for each in _sentences(line)]
    weights = _fit([each for each, _ in rows], np.array([truth for _, truth in rows]))
    scale = np.abs(weights).max() / 127
    np.savez_compressed(
        rank.FILE,
        allow_pickle=False,
        words=np.round(weights / scale).astype(np.int8),
        scale=np.float32(scale),
    )
    rank.weights.cache_clear()
    apart = [(it, it.exchanges[-1].said, instead[_key(it)]) for it in chosen if it.apart]
    print(f"{len(rows)} sentences; apart, of {len(apart)} situations hers is put first:")
    for name, judge in (("by what is learned", _like_hers), ("by all of it", _whole)):
        print(f"  {name}: {mean(judge(it, hers) > judge(it, its) for it, hers, its in apart):.3f}")


async def _asked(chosen: Sequence[Situation]) -> dict[str, str]:
    """What the model says in each situation, by its key."""
    kept = INSTEAD.read_text("utf-8").splitlines() if INSTEAD.is_file() else []
    found = {each["of"]: each["said"] for each in map(json.loads, kept)}
    start = prefix(PERSON, character(BEING, PERSON))
    async with model() as chat:
        for at, it in enumerate(chosen):
            if (key := _key(it)) in found:
                continue
            day = Day(start, it.remembered)
            for heard, answered in it.exchanges[:-1]:
                day.add(heard, answered)
            said = "".join(
                [
                    delta
                    async for delta in chat.stream(
                        day.messages(it.exchanges[-1].heard), max_tokens=TOKENS, temperature=0.6, seed=SEED,
                        stop=("\n",), extra={"grammar": sentences(".?!", after=""), "min_p": 0.1},
                    )
                ]
            )  # fmt: skip
            found[key] = said.strip()
            with INSTEAD.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"of": key, "said": said.strip()}, ensure_ascii=False) + "\n")
            if at % 50 == 0:
                print(f"{at} of {len(chosen)}", flush=True)
    return found


def _key(it: Situation) -> str:
    return " / ".join([it.title, it.exchanges[-1].heard])


def _sentences(line: str) -> list[str]:
    return [each for each in re.split(r"(?<=[.?!])\s+", line) if each]


def _like_hers(it: Situation, said: str) -> float:
    return mean(rank.like_hers(each) for each in _sentences(said)) if said else -1.0


def _whole(it: Situation, said: str) -> float:
    known = Known(it.exchanges[-1].heard, said=[each.said for each in it.exchanges[:-1]])
    return mean(rank.score(each, "", known) for each in _sentences(said)) if said else -9.0


def _fit(texts: Sequence[str], truth: Array) -> Array:
    """(SIZE,): the weight of each place. The model asks more often than she does; whether to ask is decided elsewhere, so that
    has a weight of its own here, which is left behind."""
    dense = np.zeros((len(texts), rank.SIZE + 2))
    dense[:, rank.SIZE :] = [(each.endswith("?"), 1) for each in texts]
    for row, places in zip(dense, map(rank.places, texts), strict=True):
        row[places] = 1 / np.sqrt(max(len(places), 1))
    decay = np.array([DECAY] * rank.SIZE + [0.0, 0.0])
    balance = np.where(truth == 1, 1 / truth.sum(), 1 / (len(truth) - truth.sum())) / 2

    def loss(weights: Array) -> tuple[float, Array]:
        logits = dense @ weights
        missed = np.logaddexp(0, np.where(truth == 1, -logits, logits))
        off = (1 / (1 + np.exp(-logits)) - truth) * balance
        value = float(missed @ balance + weights @ (decay * weights) / 2)
        return value, dense.T @ off + decay * weights

    found: Array = minimize(loss, np.zeros(len(decay)), jac=True, method="L-BFGS-B").x
    return found[: rank.SIZE]


if __name__ == "__main__":
    main()
