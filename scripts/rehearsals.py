"""Regenerates docs/rehearsals.md: three rehearsals as she plays them today, from the asking to the plan.

    uv run python -m scripts.rehearsals

Takes about two minutes on two cores. The person's lines are scripted, so some do not quite follow from what was answered;
everything else is the model's and the program's, unedited.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from becoming.care import Caring, Guard
from becoming.care.hearing import UPPER, Hearing
from becoming.events import Clause, Reply, Utterance
from becoming.llm.client import ChatModel
from becoming.memory import Life
from becoming.memory.recall.embedding import Sentences, Words
from becoming.practice import Playing, Practice
from becoming.store import Store
from bench.talks import BEING, EVENING, PERSON, SENTENCES, model, woken

FILE = Path(__file__).resolve().parent.parent / "docs" / "rehearsals.md"
SEED = 1
HEAD = """# Rehearsals

Three rehearsals with the packaged model (Qwen2.5-Coder-1.5B-Instruct, Q4_K_M), unedited: one run with seed 1, not picked
from several. The person's lines are a script that goes on whatever is answered; whom she plays is marked by name, and by
another voice where it is spoken. Regenerate with `uv run python -m scripts.rehearsals`; `bench.practice` counts over more.
"""

BROTHER = (
    "A brother and Christmas: a talk of one's own",
    ("My brother is called Emil.", "Emil hates changes of plan."),
    (
        "Can I practise telling my brother that I'm not coming at Christmas?",
        "Yes, you may.",
        "He gets loud and says that I never think of mum.",
        "Hi Emil. I'm not coming home at Christmas this year.",
        "You never listen to me! You're so selfish.",
        "Again from there.",
        "I know you've done all of it with mum this year, and I'm grateful.",
        "What worries you most about it?",
        "What could I say?",
        "I feel torn, because I miss everybody and I'm worn out. I could come for a weekend in January.",
        "Be harsher.",
        "I hear you, and I'm still not coming. I'd like to tell mum myself on Sunday.",
        "Stop.",
        "On Sunday after lunch.",
        "How am I doing with practising?",
    ),
)
RAISE = (
    "A raise: a ready scene, and a poor beginning",
    (),
    (
        "I want to practise asking for a raise.",
        "I do more than everybody else here, and you never even notice.",
        "If I don't get more money, I'll quit.",
        "Now you be me.",
        "I don't have the money for that, everybody wants something this quarter.",
        "Let me try again.",
        "In March I took over Lee's accounts, and all of them stayed.",
        "I'd like to talk about ten percent more. What would you need to see to say yes?",
        "Stop.",
        "I don't know yet.",
    ),
)
APOLOGY = (
    "An apology, and what does not belong in a play",
    (),
    (
        "Let's rehearse apologising to a friend.",
        "I'm so sorry about the dinner, I had a terrible week at work.",
        "What was it like for you, sitting there?",
        "You felt alone because of me. I'm ashamed of it.",
        "Are you a real person?",
        "I'd like to make it up to you. Would you have dinner with me on Friday?",
        "Okay stop.",
        "Tomorrow evening.",
    ),
)


async def main() -> None:
    """Play and write."""
    parts = [HEAD]
    async with model() as chat:
        for title, remembered, lines in (BROTHER, RAISE, APOLOGY):
            parts.append(f"\n## {title}\n")
            if remembered:
                parts.append(f"*Told on the day before: {' · '.join(f'“{line}”' for line in remembered)}*\n")
            parts += await rehearsed(chat, remembered, lines, SEED)
    FILE.write_text("\n".join(parts), encoding="utf-8")


async def rehearsed(chat: ChatModel, remembered: Sequence[str], lines: Sequence[str], seed: int) -> list[str]:
    """One rehearsal on a memory of its own, as lines of markdown."""
    told = []
    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder), "a passphrase for the transcripts")
        life = Life(store, SENTENCES, Words(), lambda: EVENING, lambda: 0)
        for line in remembered:
            life.learn(life.record("person", line, EVENING - 86_400), "")
        practice = await begun(chat, life, seed)
        for at, line in enumerate(lines):
            began = time.monotonic()
            clauses = [clause async for clause in practice.draft(line, "voice")]
            said = " ".join(each.text for each in clauses)
            print(f"> {line}\n{marked(clauses)}   [{time.monotonic() - began:.1f} s]", flush=True)
            await practice.settle(Utterance(line, EVENING + 20 * at), Reply(said, EVENING + 20 * at))
            told += [f"> {line}", "", marked(clauses), ""]
        await practice.close()
        store.close()
    return told


async def begun(chat: ChatModel, life: Life, seed: int) -> Practice:
    """Her, at the beginning of a talk on this memory, as a house joins her."""
    talk = await woken(life, chat, lambda: EVENING, seed)
    care = Caring(Hearing(Sentences(UPPER)).hear, life.moments, lambda: EVENING)
    playing = Playing(chat, Guard(), random.Random(seed), life.unsayable, care.dark)
    return Practice(talk, playing, life, care, PERSON.name, lambda: EVENING, lambda said: False)


def marked(clauses: Sequence[Clause]) -> str:
    """A reply with whoever speaks in front."""
    out: list[str] = []
    last: str | None = None
    for clause in clauses:
        who = clause.part.name if clause.part else BEING.name
        out.append(clause.text if who == last else f"\n\n**{who}:** {clause.text}")
        last = who
    return " ".join(out).strip().replace(" \n", "\n")


if __name__ == "__main__":
    asyncio.run(main())
