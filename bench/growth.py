"""What thirty nights make of her: four scripted lives from one birth, lived by day and slept on by night.

    uv run python -m bench.growth --data ../shared/data [--quick] --json

Every evening the day's lines are told to a memory of its own, on a clock of its own, and learned from as in a
talk; then a whole night is planned and applied with the packaged language model and the real perceiving of
feelings. Beside it the same life without nights (what the day teaches by itself) as the baseline; whether nights
cost recall is measured on LoCoMo (`bench/consolidated.py`). Planted facts are looked for among what is held at the
end; the planted patterns and the coincidence among what was noticed.
The first life is lived twice with the same seed. Only nights are timed; nothing else runs in this process then.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import func, select

from becoming.events import Belief, Person
from becoming.feelings import Perceiving
from becoming.llm.client import ChatModel
from becoming.memory import Life
from becoming.memory.recall.embedding import Sentences, Words
from becoming.persona.growing import Growing
from becoming.persona.traits import TRAITS
from becoming.sleep import Sleeping, apply, plan
from becoming.store import Store
from becoming.store.schema import belief, evidence, turn
from bench import consolidated
from bench.contract import Figures, run
from bench.talks import BEING, EVENING, model

GOALS = {
    "facts_held_share": ">= 0.85",
    "superseded_current_share": ">= 1",
    "patterns_found": ">= 2",
    "coincidences_claimed": "<= 0",
    "unsourced": "<= 0",
    "divergence": "> 0",
    "rerun_divergence": "<= 0",
    "recall_change": ">= 0",
}
DATA = Path("../shared/data")
FOLDER = Path(__file__).parent / "lives"
DAYS, QUICK_DAYS, FILLER, SEED = 30, 8, 3, 7
BORN = dict.fromkeys(TRAITS, 0.5)
_SENTENCES, _WORDS = Sentences(), Words()
_PERCEIVE = Perceiving(_SENTENCES)
_SURE = 0.6


@dataclass
class Lived:
    """What became of one life."""

    held: list[Belief] = field(default_factory=list)
    noticed: list[Belief] = field(default_factory=list)
    traits: dict[str, float] = field(default_factory=dict)
    unsourced: int = 0
    found: int = 0
    seconds: list[float] = field(default_factory=list)
    tokens: int = 0


def measure(quick: bool, data: Path) -> Figures:
    """Live every life, with nights and without, and look what is left; then whether nights cost recall."""
    files = sorted(FOLDER.glob("*.toml"))[: 1 if quick else None]
    lives = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files}
    lived = asyncio.run(_live_all(lives, QUICK_DAYS if quick else DAYS))
    recall = consolidated.measure(data / "locomo" / "dev.json", _feel, quick)
    return Figures({**lived.values, **recall}, lived.cases)


async def _live_all(lives: dict[str, dict[str, Any]], days: int) -> Figures:
    async with model() as chat:
        slept: dict[str, Lived] = {}
        awake: dict[str, Lived] = {}
        for name, life in lives.items():
            awake[name] = await live(life, days, None, nights=False)
            slept[name] = await live(life, days, chat)
            _show(name, life, days, slept[name], awake[name])
        first = next(iter(lives))
        again = await live(lives[first], days, chat)
    facts = [(name, fact) for name, life in lives.items() for fact in life["fact"] if fact["day"] < days]
    changes = [
        (name, each) for name, life in lives.items() for each in life["change"] if each["later"] < days
    ]
    nights = [seconds for each in slept.values() for seconds in each.seconds]
    figures = {
        "facts_held_share": mean(_holds(slept[name].held, fact["held"]) for name, fact in facts),
        "patterns_found": float(sum(_found(life, slept[name]) for name, life in lives.items())),
        "coincidences_claimed": float(
            sum(each.value == life.get("coincidence") for name, life in lives.items() for each in slept[name].noticed)
        ),
        "unsourced": float(sum(each.unsourced for each in slept.values())),
        "divergence": mean(_apart(a.traits, b.traits) for a, b in combinations(slept.values(), 2)) if len(slept) > 1 else 0.0,
        "rerun_divergence": _apart(again.traits, slept[first].traits),
        "fact_recall_change": float(sum(slept[name].found - awake[name].found for name in lives)) / max(1, len(facts)),
        "minutes_per_night": mean(nights) / 60,
        "tokens_per_night": sum(each.tokens for each in slept.values()) / len(nights),
        "day_only_facts_held_share": mean(_holds(awake[name].held, fact["held"]) for name, fact in facts),
    }  # fmt: skip
    if changes:
        figures["superseded_current_share"] = mean(
            _holds(slept[name].held, each["right"]) and not _holds(slept[name].held, each["wrong"])
            for name, each in changes
        )
    return Figures(figures, cases=len(facts) + len(changes))


async def live(life: dict[str, Any], days: int, chat: ChatModel | None, *, nights: bool = True) -> Lived:
    """So many days and, unless switched off, nights; without `chat` nothing is read out by a model in them."""
    now = EVENING

    def clock() -> float:
        return now

    lived = Lived()
    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder), "a passphrase for the benchmark")
        memory = Life(store, _SENTENCES, _WORDS, clock, lambda: 0)
        for day in range(days):
            now = EVENING + day * 86_400.0
            for line in _lines(life, day):
                now += 60
                memory.learn(memory.record("person", line, now), "")
            now += 6 * 3600
            if nights:
                asleep = Sleeping(store, memory, _being(), Person(life["person"]), clock, _feel, chat, SEED)
                began = time.perf_counter()
                night = await plan(asleep)
                apply(store, night, now)
                lived.seconds.append(time.perf_counter() - began)
                lived.tokens += night.tokens
        lived.held, lived.noticed = memory.beliefs.current(), memory.noticed()
        lived.traits = Growing(store).traits(BORN)
        lived.unsourced = _unsourced(store)
        for fact in life["fact"]:
            if fact["day"] < days:
                best = memory.search(fact["asks"], 5)
                lived.found += any(each.moment.text == fact["says"] for each in best)
        store.close()
    return lived


def _lines(life: dict[str, Any], day: int) -> list[str]:
    chance = random.Random(f"{SEED}:{life['person']}:{day}")
    lines = chance.sample(life["filler"], FILLER)
    if day in life["joke_days"]:
        lines.append(life["joke"][life["joke_days"].index(day)])
    lines += [fact["says"] for fact in life["fact"] if fact["day"] == day]
    for change in life["change"]:
        lines += [change["says"]] * (change["day"] == day) + [change["then"]] * (change["later"] == day)
    if pattern := life.get("pattern"):
        lines += [chance.choice(pattern["says"])] * (day in pattern["days"])
        if day in pattern["else_days"] or (day in pattern["days"] and day != pattern["days"][-1]):
            lines.append(chance.choice(pattern["felt"]))
    if day in life.get("coincidence_days", ()):
        lines += [life["coincidence_says"], life["coincidence_felt"]]
    return lines


def _feel(text: str) -> float:
    feeling = _PERCEIVE(text)
    return feeling.valence if feeling.confidence >= _SURE else 0.0


def _being() -> Any:
    return BEING.__class__(BEING.name, "", BEING.voice, EVENING, BORN)


def _holds(held: Sequence[Belief], words: str) -> bool:
    return any(re.search(words, each.text, re.IGNORECASE) for each in held)


def _found(life: dict[str, Any], lived: Lived) -> bool:
    return "pattern" in life and any(each.value == life["pattern"]["word"] for each in lived.noticed)


def _apart(one: dict[str, float], other: dict[str, float]) -> float:
    names = {*one, *other}
    return mean(abs(one.get(name, 0.0) - other.get(name, 0.0)) for name in names)


def _unsourced(store: Store) -> int:
    """Beliefs without a word of the person's behind them; the database should have none."""
    quoted = (
        select(evidence.c.belief)
        .join(turn, turn.c.id == evidence.c.turn)
        .where(evidence.c.stance == 1, func.instr(turn.c.text, evidence.c.quote) > 0)
    )
    with store.read() as connection:
        count = select(func.count()).select_from(belief).where(belief.c.id.not_in(quoted))
        return int(connection.execute(count).scalar_one())


def _show(name: str, life: dict[str, Any], days: int, slept: Lived, awake: Lived) -> None:
    print(f"{name}: {len(slept.held)} beliefs ({len(awake.held)} by day alone), {len(slept.noticed)} noticed")
    print(f"    traits {slept.traits}")
    for each in slept.noticed:
        print(f"    noticed: {each.text}")
    for fact in life["fact"]:
        if fact["day"] < days and not _holds(slept.held, fact["held"]):
            print(f"    not held: {fact['says']}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--data", type=Path, default=DATA)
    own, others = parser.parse_known_args(sys.argv[1:])
    run("growth", lambda quick: measure(quick, own.data), GOALS, others)
