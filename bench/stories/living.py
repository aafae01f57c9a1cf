"""Whether she remembers a life: told over days, then asked, with the real language model.

    uv run python -m bench.stories [--quick] --json

Each story is lived on a memory of its own, on a clock of its own; every day is a talk, and she wakes anew
each morning. An answer is *right* if it holds what was told, *don't know* if she says so, else *wrong*,
even if it is only beside the point. Beside her: the same model with the whole transcript before it, as far
as its context goes, and "Answer from this transcript; if it does not say, say you don't know". Not timed.
A whole run also writes docs/stories.md, every word of it.
"""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from becoming.conversation import Conversation
from becoming.events import Reply, Utterance
from becoming.llm.client import ChatModel
from becoming.memory import Life
from becoming.memory.recall.embedding import Words
from becoming.store import Store
from bench.contract import Figures
from bench.talks import EVENING, SENTENCES, model, woken

GOALS = {"right_share": ">= 0.8", "wrong_asserted": "<= 0"}
FOLDER = Path(__file__).parent
DOCUMENT = FOLDER.parent.parent / "docs" / "stories.md"
HEAD = """# Twelve lives

Told to her over days, each day a talk, each morning she wakes anew; then she is asked. With the packaged model,
one run, unedited. Regenerate with `uv run python -m bench.stories --json`; the stories are `bench/stories/*.toml`.
"""
DAY_S, BETWEEN_S = 86_400.0, 20.0
QUICK, SEED = 2, 1
_NOT_KNOWN = re.compile(
    r"nothing on that|not that i know|don't know|do not know|haven't told me|didn't tell me|no memory|never (?:told|said)|"
    r"can't say|not (?:sure|mentioned|stated|specified|provided)|doesn't say|does not (?:say|mention)|nothing (?:of|about) that|unknown",
    re.IGNORECASE,
)
_WORDS = Words()


@dataclass(frozen=True)
class Question:
    """What is asked, and what makes an answer right or wrong; never told if `right` is empty."""

    asks: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """A life: lines by day, and the questions at its end."""

    name: str
    days: tuple[tuple[float, tuple[str, ...]], ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Line:
    """One exchange of it, as it was played."""

    day: float
    heard: str
    said: str


@dataclass(frozen=True)
class Answer:
    """One question, her answer, and what it was: right, wrong or don't know."""

    question: Question
    said: str
    verdict: str


def measure(quick: bool) -> Figures:
    """Live every story, and ask."""
    chosen = stories()[:QUICK] if quick else stories()
    lived = asyncio.run(_live_all(chosen))
    if not quick:
        DOCUMENT.write_text(_document(chosen, lived), encoding="utf-8")
    told = [each for _, answers, _ in lived for each in answers if each.question.right]
    all_ = [each for _, answers, _ in lived for each in answers]
    plain = [each for _, _, answers in lived for each in answers]
    return Figures(
        {
            "right_share": _share(told, "right"),
            "wrong_asserted": float(_count(all_)["wrong"]),
            "dont_know_share": _share(all_, "don't know"),
            "untold": float(len(all_) - len(told)),
            "plain_right_share": _share([each for each in plain if each.question.right], "right"),
            "plain_wrong_asserted": float(_count(plain)["wrong"]),
        },
        cases=len(all_),
    )


def stories() -> list[Story]:
    """All of them, by name."""
    return [_read(file) for file in sorted(FOLDER.glob("*.toml"))]


def judge(question: Question, said: str) -> str:
    """What an answer is: "right", "don't know" or "wrong"."""
    if any(re.search(each, said) for each in question.wrong):
        return "wrong"
    if any(re.search(each, said, re.IGNORECASE) for each in question.right):
        return "right"
    if _NOT_KNOWN.search(said):
        return "don't know" if question.right else "right"
    return "wrong"


async def live(story: Story, chat: ChatModel) -> tuple[list[Line], list[Answer]]:
    """Tell it to her day by day, then ask."""
    now = EVENING

    def clock() -> float:
        return now

    lines: list[Line] = []
    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder), "a passphrase for the benchmark")
        life = Life(store, SENTENCES, _WORDS, clock, lambda: 0)
        for after, says in story.days:
            now = EVENING + after * DAY_S
            talk = await woken(life, chat, clock, SEED)
            for text in says:
                now += BETWEEN_S
                lines.append(Line(after, text, await _say(talk, text, now)))
            await talk.close()
        now += 2 * DAY_S
        talk = await woken(life, chat, clock, SEED)
        answers = []
        for each in story.questions:
            now += BETWEEN_S
            said = await _say(talk, each.asks, now)
            answers.append(Answer(each, said, judge(each, said)))
        await talk.close()
        store.close()
    return lines, answers


async def _live_all(chosen: Sequence[Story]) -> list[Lived]:
    lived = []
    async with model() as chat:
        for story in chosen:
            lines, answers = await live(story, chat)
            plain = [await _asked_plainly(each, lines, chat) for each in story.questions]
            lived.append((lines, answers, plain))
            print(f"{story.name}: {dict(_count(answers))}, plain {dict(_count(plain))}", flush=True)
            for each in answers:
                if each.verdict != "right":
                    print(f"    {each.verdict:>10}  {each.question.asks} → {each.said}", flush=True)
    return lived


async def _asked_plainly(question: Question, lines: Sequence[Line], chat: ChatModel) -> Answer:
    transcript = "\n".join(f"Day {line.day:g}, person: {line.heard}" for line in lines)
    asked = [
        {
            "role": "system",
            "content": "Answer in one short sentence from this transcript; if it does not say, say you don't know.\n"
            + transcript,
        },
        {"role": "user", "content": question.asks},
    ]
    said = "".join([delta async for delta in chat.stream(asked, max_tokens=40, temperature=0.0, seed=1)])
    return Answer(question, said, judge(question, said))


async def _say(talk: Conversation, text: str, at: float) -> str:
    said = " ".join([clause.text async for clause in talk.draft(text, "voice")])
    await talk.settle(Utterance(text, at), Reply(said, at + 2) if said else None)
    return said


def _read(file: Path) -> Story:
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return Story(
        file.stem,
        tuple((each["after"], tuple(each["says"])) for each in table["day"]),
        tuple(
            Question(each["asks"], tuple(each["right"]), tuple(each["wrong"])) for each in table["question"]
        ),
    )


Lived = tuple[list[Line], list[Answer], list[Answer]]


def _document(chosen: Sequence[Story], lived: Sequence[Lived]) -> str:
    parts = [HEAD]
    for story, (lines, answers, _) in zip(chosen, lived, strict=True):
        parts.append(f"## {story.name.replace('_', ' ').capitalize()}\n")
        day = -1.0
        for line in lines:
            if line.day != day:
                day = line.day
                parts.append(f"*Day {day + 1:g}*\n")
            parts.append(f"> {line.heard}\n\n{line.said or '*(silence)*'}\n")
        parts.append("*Asked, two days later*\n")
        parts += [f"> {each.question.asks}\n\n{each.said} — [{each.verdict}]\n" for each in answers]
    return "\n".join(parts)


def _count(answers: Sequence[Answer]) -> Counter[str]:
    return Counter(each.verdict for each in answers)


def _share(answers: Sequence[Answer], verdict: str) -> float:
    return _count(answers)[verdict] / max(1, len(answers))
