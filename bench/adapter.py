"""Her way of speaking: the packaged model bare, with examples, with the adapter, and with the adapter alone.

    uv run python -m bench.adapter [--quick] [--page FILE] --json

What the model says by itself, before her mind chooses among its words: to situations of the book of her voice that no
training has read, to the openings of `bench.conversation`, and to a hundred lines about several people (`persons.toml`).
Four arms, which take turns: the bare model with a plain prompt; the beginning of her prompt with its examples; the same
with the adapter; the adapter and the beginning without examples. Beginnings are read before, as they are in a talk; the
time to the first clause and the tokens a second are those of this run, side by side. Phrases are counted by `measures`.

`--page` writes forty situations with what the four said in random order, and the key at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from becoming.conversation.examples import book
from becoming.conversation.manner import sentences
from becoming.conversation.prompt import Day, brief, prefix
from becoming.language import Message
from becoming.llm.client import ChatModel
from becoming.persona.traits import character
from bench import measures, persons
from bench.contract import Figures, run
from bench.openings import OPENINGS
from bench.talks import BEING, PERSON, PLAIN, model

GOALS = {
    "cliches_of_examples": "<= 0.5",
    "mixed_up_of_examples": "<= 0.3334",
    "first_clause_of_examples": "<= 1.0",
}
ADAPTER = Path(__file__).parent.parent / "scripts/voice/adapter.gguf"
ARMS = ("bare", "examples", "adapter", "alone")
PAGE, QUICK, TOKENS, SEED = 40, 12, 60, 1
_CLAUSE = re.compile(r"[.?!,](?=\s|$)")


@dataclass(frozen=True)
class Asked:
    """What is said to each arm: the exchanges before, the line, what is remembered; `of`: where it is from."""

    of: str
    title: str
    before: tuple[tuple[str, str], ...]
    line: str
    remembered: tuple[str, ...] = ()
    case: persons.Case | None = None


@dataclass
class Said:
    """What an arm said, and how quickly."""

    replies: list[str] = field(default_factory=list)
    first_s: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)


def measure(quick: bool, page: Path | None) -> Figures:
    """Ask every arm everything, and count."""
    asked = _asked()
    if quick:
        asked = random.Random(SEED).sample(asked, QUICK)
    said = asyncio.run(_play(asked))
    if page:
        page.write_text(_page(asked, said), encoding="utf-8")
    figures: dict[str, float] = {}
    for arm, it in said.items():
        mixed = [
            each.case.mixed_up(reply) for each, reply in zip(asked, it.replies, strict=True) if each.case
        ]
        figures |= {
            f"{arm}_cliche_share": _share([measures.cliche(reply) for reply in it.replies]),
            f"{arm}_mixed_up_share": _share(mixed),
            f"{arm}_unsupported_share": _share(
                [bool(_claims(each, reply)) for each, reply in zip(asked, it.replies, strict=True)]
            ),
            f"{arm}_median_words": median(measures.words(reply) for reply in it.replies),
            f"{arm}_question_share": _share(["?" in reply for reply in it.replies]),
            f"{arm}_markup_share": _share([measures.markup(reply) for reply in it.replies]),
            f"{arm}_first_clause_ms": 1000 * median(it.first_s),
            f"{arm}_tokens_s": median(it.rates),
        }
    for name, of in (
        ("cliches", "cliche_share"),
        ("mixed_up", "mixed_up_share"),
        ("first_clause", "first_clause_ms"),
    ):
        figures[f"{name}_of_examples"] = figures[f"adapter_{of}"] / max(figures[f"examples_{of}"], 1e-9)
        figures[f"{name}_alone_of_examples"] = figures[f"alone_{of}"] / max(figures[f"examples_{of}"], 1e-9)
    return Figures(figures, cases=len(asked) * len(ARMS))


def _claims(each: Asked, reply: str) -> list[str]:
    """What the reply claims that nobody said."""
    heard = [*each.remembered, *(part for before in each.before for part in before), each.line]
    return measures.unsupported(reply, heard, facts=False)


def _asked() -> list[Asked]:
    kept = [each for each in book() if each.apart]
    found = [
        Asked("book", it.title, tuple(it.exchanges[:-1]), it.exchanges[-1].heard, it.remembered)
        for it in kept
    ]
    found += [Asked("openings", it.tries, (), it.turns[0], it.remembered) for it in OPENINGS]
    for case in persons.cases():
        *before, line = case.heard
        earlier = tuple((each, "Mm.") for each in before)
        found.append(Asked("persons", case.name, earlier, line, case=case))
    return found


async def _play(asked: Sequence[Asked]) -> dict[str, Said]:
    begin = {
        "bare": [Message(role="system", content=PLAIN)],
        "examples": prefix(PERSON, character(BEING, PERSON)),
        "adapter": prefix(PERSON, character(BEING, PERSON)),
        "alone": brief(PERSON, character(BEING, PERSON)),
    }
    said = {arm: Said() for arm in ARMS}
    async with AsyncExitStack() as open_:
        chats = {
            arm: await open_.enter_async_context(model(ADAPTER if arm in ("adapter", "alone") else None))
            for arm in ARMS
        }
        for number, each in enumerate(asked):
            print(f"{each.of}: {each.title}\n  > {each.line}", flush=True)
            for arm in ARMS:
                day = Day(begin[arm], each.remembered)
                for heard, answered in each.before:
                    day.add(heard, answered)
                await _speak(chats[arm], day, each.line, SEED * 1000 + number, said[arm])
                print(f"  {arm:9}{said[arm].replies[-1]}", flush=True)
    return said


async def _speak(chat: ChatModel, day: Day, line: str, seed: int, said: Said) -> None:
    """One reply, held to plain sentences as in a talk; all but the line has been read before."""
    await chat.prefill(day.messages() or [])
    began, first, tokens, reply = time.perf_counter(), 0.0, 0, ""
    async for delta in chat.stream(
        day.messages(line), max_tokens=TOKENS, temperature=0.6, seed=seed, stop=("\n",),
        extra={"grammar": sentences(".?!", after=""), "min_p": 0.1},
    ):  # fmt: skip
        reply += delta
        tokens += 1
        if not first and _CLAUSE.search(reply):
            first = time.perf_counter() - began
    took = time.perf_counter() - began
    said.replies.append(reply.strip())
    said.first_s.append(first or took)
    said.rates.append(tokens / took)


def _page(asked: Sequence[Asked], said: dict[str, Said]) -> str:
    """Forty situations, the four replies to each in random order, and the key."""
    rng = random.Random(SEED)
    chosen = sorted(rng.sample(range(len(asked)), min(PAGE, len(asked))))
    lines = [
        "# Forty situations, four ways of answering",
        "",
        "Regenerated by `uv run python -m bench.adapter --page docs/forty.md`. Nobody trained on these situations. The four are the",
        "packaged model alone before her mind chooses among its words: bare with a plain prompt, with the examples of her prompt, with",
        "the adapter too, and with the adapter instead of examples; in random order, and the key is at the end.",
    ]
    key = []
    for place, at in enumerate(chosen, 1):
        it = asked[at]
        order = rng.sample(ARMS, len(ARMS))
        lines += ["", f"## {place}. {it.title}", ""]
        lines += [f"*She knows: {each}*  " for each in it.remembered]
        lines += [f"> {part}  " for heard, answered in it.before for part in (heard, f"— {answered}")]
        lines += [f"> {it.line}", ""]
        lines += [f"{letter}. {said[arm].replies[at]}  " for letter, arm in zip("abcd", order, strict=True)]
        key.append(
            f"{place}: {', '.join(f'{letter} {arm}' for letter, arm in zip('abcd', order, strict=True))}"
        )
    return "\n".join([*lines, "", "## Key", "", *(f"- {each}" for each in key), ""])


def _share(marks: Sequence[bool]) -> float:
    return sum(marks) / max(1, len(marks))


def main(argv: Sequence[str]) -> None:
    """The contract's flags, and where the page is written."""
    parser = argparse.ArgumentParser(prog="python -m bench.adapter", add_help=False)
    parser.add_argument("--page", type=Path)
    known, rest = parser.parse_known_args(argv)
    run("adapter", lambda quick: measure(quick, known.page), GOALS, rest)


if __name__ == "__main__":
    main(sys.argv[1:])
