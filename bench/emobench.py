"""EmoBench's multiple choice (Sabour et al., ACL 2024), by the packaged model, with and without her perception.

Each question is put twice in the same order of choices (shuffled once, by its own seed): plainly, and with what
`feelings.Perceiving` hears in each sentence of the story. The model answers with one letter, which a grammar holds
it to. A story's feelings belong to somebody else, whom she damps on purpose; so sentences are put to her
as that person would say them, "I" for the name.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from becoming.events import Feeling
from becoming.llm.client import ChatModel

Perceive = Callable[[str, Sequence[str]], Feeling]
LETTERS = "ABCDEFGH"
SYSTEM = (
    "You understand people. Read what happened and answer the question with the letter of the best choice."
)


@dataclass(frozen=True)
class Question:
    """`subject` is who it is about, `right` the place of the right one among `choices`."""

    story: str
    subject: str
    asks: str
    choices: tuple[str, ...]
    right: int


def questions(folder: Path, stories: int) -> Iterator[Question]:
    """Three for each of so many stories: the emotion, its cause, and what helps (of another story)."""
    for number in range(stories):
        for name, kind in (("EU", "emotion"), ("EU", "cause"), ("EA", "")):
            row = json.loads((folder / f"{name}_dev.jsonl").read_text("utf-8").splitlines()[number])
            choices, right = (
                row[f"{kind}_choices" if kind else "choices"],
                row[f"{kind}_label" if kind else "label"],
            )
            asks = {
                "emotion": f"What does {row['subject']} feel at the end?",
                "cause": f"Why does {row['subject']} feel so?",
                "": f"What would help best? ({row.get('question type', '')} of {row['subject']})",
            }[kind]
            order = random.Random(f"{row['qid']} {kind}").sample(choices, len(choices))
            yield Question(row["scenario"], row["subject"], asks, tuple(order), order.index(right))


async def right(chat: ChatModel, question: Question, perceive: Perceive | None) -> bool:
    """Whether the model chooses the right one."""
    letters = LETTERS[: len(question.choices)]
    choices = "\n".join(
        f"{letter}. {choice}" for letter, choice in zip(letters, question.choices, strict=True)
    )
    heard = f"\n\nWhat can be heard in it:\n{_heard(question, perceive)}" if perceive else ""
    asked = f"{question.story}{heard}\n\n{question.asks}\n{choices}\nAnswer with one letter."
    messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": asked}]
    grammar = f"root ::= [{letters}]"
    stream = chat.stream(messages, max_tokens=1, temperature=0.0, seed=1, extra={"grammar": grammar})
    answer = "".join([delta async for delta in stream]).strip()
    return answer == letters[question.right]


def _heard(question: Question, perceive: Perceive) -> str:
    lines, told = [], list[str]()
    for sentence in re.split(r"(?<=[.!?])\s+", question.story):
        own = re.sub(rf"\b{re.escape(question.subject)}\b", "I", sentence)
        felt = perceive(own, told)
        told.append(own)
        tone = (
            "pleasant"
            if felt.valence > 0.25
            else "unpleasant"
            if felt.valence < -0.25
            else "mixed or neutral"
        )
        named = ", ".join(name for name, _ in felt.emotions[:2])
        lines.append(f'- "{" ".join(sentence.split()[:6])}…": {tone}{f" ({named})" if named else ""}')
    return "\n".join(lines)
