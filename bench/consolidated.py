"""Whether nights cost recall: long conversations (LoCoMo) lived through with a night after each talk, and without.

The nights are whole ones without a language model: what they do to recall (what came up again fades more slowly,
doubles become one, plans close) is code. The same questions are asked of both memories.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from statistics import mean

from becoming.events import Being, Person
from becoming.memory import Life, Memory
from becoming.memory.recall.embedding import Words
from becoming.persona.traits import TRAITS
from becoming.sleep import Sleeping, apply, plan
from becoming.sleep.replay import Feel
from becoming.store import Store
from bench.locomo import Conversation, conversations, relived
from bench.recall import Remembering

DEPTH = 10
AFTER_S = 6 * 3600.0


def measure(data: Path, feel: Feel, quick: bool) -> dict[str, float]:
    """Recall at ten before nights and after, and the difference, over the questions of all conversations."""
    embed, words = Remembering(), Words()
    before: list[float] = []
    after: list[float] = []
    for talk in conversations(data)[: 1 if quick else None]:
        before += _lived(talk, embed, words, None)
        after += _lived(talk, embed, words, feel)
        print(
            f"{' and '.join(talk.speakers)}: recall at {DEPTH} {mean(before):.4f}, with nights {mean(after):.4f}"
        )
    return {
        "locomo_recall_awake": mean(before),
        "locomo_recall_slept": mean(after),
        "recall_change": mean(after) - mean(before),
    }


def _lived(talk: Conversation, embed: Remembering, words: Words, feel: Feel | None) -> list[float]:
    """For each question the share of what it rests on among the first ten; with `feel` she sleeps after each talk."""
    now = talk.turns[0].at

    def clock() -> float:
        return now

    def night(store: Store, _: Memory, ended: float) -> None:
        nonlocal now
        now = ended + AFTER_S
        life = Life(store, embed, words, clock, lambda: 0)
        being = Being("Mira", "", "heart", talk.turns[0].at, dict.fromkeys(TRAITS, 0.5))
        assert feel
        planned = asyncio.run(plan(Sleeping(store, life, being, Person(talk.speakers[0]), clock, feel)))
        apply(store, planned, now)

    with relived(talk, embed, night if feel else None) as (store, _, ids):
        now = talk.asked_at
        life = Life(store, embed, words, clock, lambda: 0)
        return [
            mean(
                ids[n] in {each.moment.id for each in life.search(question.text, DEPTH)}
                for n in question.evidence
            )
            for question in talk.questions
        ]
