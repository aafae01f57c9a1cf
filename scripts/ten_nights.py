"""Regenerates docs/ten-nights.md: the same opening before and after ten days and nights, side by side.

    uv run python -m scripts.ten_nights

The days are those of a life of `bench.growth` (bench/lives/); the person's lines of the opening are a script. Her
lines are the model's and the program's, unedited: one run, one seed.
"""

from __future__ import annotations

import asyncio
import random
import tomllib
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from becoming.care import Caring, Guard
from becoming.care.hearing import UPPER, Hearing
from becoming.conversation import Conversation
from becoming.events import Person, Reply, Utterance
from becoming.llm.client import ChatModel
from becoming.memory import Life
from becoming.memory.recall.embedding import Sentences, Words
from becoming.persona.growing import Growing, told
from becoming.persona.traits import character
from becoming.sleep import Sleeping, apply, plan
from becoming.store import Store
from bench import growth
from bench.talks import EVENING, model

FILE = Path(__file__).resolve().parent.parent / "docs" / "ten-nights.md"
DAYS, LIFE = 10, "gardener"
OPENING = [
    "Hello.",
    "The hedge is cut at last.",
    "My wife was out all day.",
    "I dug until dark.",
    "What have you noticed about me?",
]
HEAD = """# Ten nights

The same opening with her as she was born, and after ten days and nights with one person (`bench/lives/{life}.toml`),
with the packaged model, unedited, one run. Regenerate with `uv run python -m scripts.ten_nights`.
"""


async def main() -> None:
    """Talk, live, sleep, talk again, write."""
    life = tomllib.loads((growth.FOLDER / f"{LIFE}.toml").read_text("utf-8"))
    now = EVENING

    def clock() -> float:
        return now

    async with model() as chat:
        with TemporaryDirectory() as folder:
            store = Store.open(Path(folder), "a passphrase for the document")
            memory = Life(store, Sentences(), Words(), clock, lambda: 0)
            before = await _talk(Path(folder) / "new", life, chat)
            for day in range(DAYS):
                now = EVENING + day * 86_400
                for line in growth._lines(life, day):
                    now += 60
                    memory.learn(memory.record("person", line, now), "")
                now += 6 * 3600
                asleep = Sleeping(
                    store,
                    memory,
                    growth._being(),
                    Person(life["person"]),
                    clock,
                    growth._feel,
                    chat,
                    growth.SEED,
                )
                apply(store, await plan(asleep), now)
            now += 15 * 3600
            after = await _opening(memory, store, life, chat, clock())
            FILE.write_text(_document(life, before, after, memory, store), encoding="utf-8")
            store.close()


async def _talk(folder: Path, life: dict[str, str], chat: ChatModel) -> list[str]:
    store = Store.open(folder, "a passphrase for the document")
    memory = Life(store, Sentences(), Words(), lambda: EVENING, lambda: 0)
    said = await _opening(memory, store, life, chat, EVENING)
    store.close()
    return said


async def _opening(
    memory: Life, store: Store, life: dict[str, str], chat: ChatModel, now: float
) -> list[str]:
    """Her hello, and an answer to each line."""
    being = replace(growth._being(), traits=Growing(store).traits(growth.BORN))
    person = Person(life["person"])
    memory.moments.begin_session(now)
    talk = Conversation(
        chat, being, person, character(being, person), past=memory, guard=Guard(), clock=lambda: now,
        care=Caring(Hearing(Sentences(UPPER)).hear, memory.moments, lambda: now), rng=random.Random(1), perceive=growth._PERCEIVE,
    )  # fmt: skip
    await talk.wake()
    hello = " ".join([clause.text async for clause in talk.greet()])
    await talk.greeted(Reply(hello, now))
    said = [hello]
    for line in OPENING:
        answer = " ".join([clause.text async for clause in talk.draft(line, "text")])
        await talk.settle(Utterance(line, now), Reply(answer, now) if answer else None)
        said.append(answer or "*(silence)*")
    await talk.close()
    return said


def _document(life: dict[str, str], before: list[str], after: list[str], memory: Life, store: Store) -> str:
    rows = zip(["*(comes in)*", *OPENING], before, after, strict=True)
    table = [f"| {heard} | {one} | {other} |" for heard, one, other in rows]
    parts = [
        HEAD.format(life=LIFE),
        f"| {life['person']} | newborn | after ten nights |",
        "|---|---|---|",
        *table,
        "",
    ]
    parts += ["## What she became", "", *[f"- {told(change)}" for change in Growing(store).changes()], ""]
    parts += ["## The portrait", "", *[f"- *{line.part}*: {line.text}" for line in memory.portrait()], ""]
    parts += [
        "## What she thought",
        "",
        *[f"- *{each.kind}*: {each.text}" for each in memory.thoughts.all()],
        "",
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    asyncio.run(main())
