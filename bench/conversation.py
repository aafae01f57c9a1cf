"""What she says, over twenty openings in three seeds, one talk of sixty turns and a hundred lines about several people
(`persons.toml`), beside the bare model.

    uv run python -m bench.conversation [--quick] --json

Both arms run in one process tree on one server with the packaged model: ours (stance, opening,
prompt, guard) and the same model with a plain prompt ("You are a helpful voice companion. Keep
replies short."). Talks take turns between the arms. What is counted is in `bench.measures`, written
apart from the program's guard. Speed is not measured here, so noise of the machine does not enter;
the noise of sampling is met by seeds.

A whole run takes about half an hour on two cores; talks already played with the same code are kept
in the cache folder and taken from there, so an interrupted run goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from bench import measures, persons
from bench.contract import Figures, run
from bench.openings import LONG_TALK, OPENINGS, Opening
from bench.talks import Exchange, Talk, kept, model, ours, plain

GOALS = {
    "median_words": "<= 25",
    "cliche_share": "<= 0.02",
    "repeat_share": "<= 0.03",
    "markup_share": "<= 0",
    "unsupported_claims": "<= 0",
    "mixed_up_of_plain": "<= 0.3334",
}
SEEDS = (1, 2, 3)
PERSONS = tuple(Opening(each.name, "persons", each.heard) for each in persons.cases())
FACTS = frozenset({"facts", "joke"})  # openings in which names of the world are expected

Played = list[tuple[Opening, list[Exchange]]]


def measure(quick: bool) -> Figures:
    """Play every talk with both arms and count."""
    talks = _quick() if quick else [(each, seed) for seed in SEEDS for each in OPENINGS] + [(LONG_TALK, 1)]
    people = [(each, 1) for each in PERSONS[:: 20 if quick else 1]]
    played = asyncio.run(_play([*talks, *people]))
    figures = {
        **_figures(played["ours"]),
        **{f"plain_{name}": figure for name, figure in _figures(played["plain"]).items()},
    }
    figures["mixed_up_of_plain"] = figures["mixed_up_share"] / max(figures["plain_mixed_up_share"], 1e-9)
    return Figures(figures, cases=sum(len(exchanges) for _, exchanges in played["ours"]))


def _quick() -> list[tuple[Opening, int]]:
    return [*((each, 1) for each in OPENINGS[:4]), (replace(LONG_TALK, turns=LONG_TALK.turns[:6]), 1)]


async def _play(talks: Sequence[tuple[Opening, int]]) -> dict[str, Played]:
    played: dict[str, Played] = {"ours": [], "plain": []}
    async with model() as chat:
        arms: dict[str, Talk] = {"ours": kept("ours", ours(chat)), "plain": kept("plain", plain(chat))}
        for opening, seed in talks:
            for arm, talk in arms.items():
                exchanges = await talk(opening, seed)
                played[arm].append((opening, exchanges))
                _show(arm, opening, seed, exchanges)
    return played


def _figures(played: Played) -> dict[str, float]:
    replies = [said for _, exchanges in played for said in _replies(exchanges)]
    repeated = [
        measures.repeats(said, before)
        for _, exchanges in played
        for said, before in _with_earlier(_replies(exchanges))
    ]
    return {
        "median_words": median(measures.words(said) for said in replies),
        "cliche_share": _share([measures.cliche(said) for said in replies]),
        "repeat_share": _share(repeated),
        "markup_share": _share([measures.markup(said) for said in replies]),
        "unsupported_claims": float(sum(len(_claims(*each)) for each in played)),
        "mixed_up_share": _share([_mixed_up(*each) for each in played if each[0] in PERSONS]),
    }


def _mixed_up(opening: Opening, exchanges: list[Exchange]) -> bool:
    """Whether the last reply gives a deed, a relative or a gender to the wrong one."""
    case = persons.cases()[PERSONS.index(opening)]
    return case.mixed_up(exchanges[-1].said)


def _claims(opening: Opening, exchanges: list[Exchange]) -> list[str]:
    found: list[str] = []
    heard = list(opening.remembered)
    for each in exchanges:
        heard.append(each.heard)
        found += measures.unsupported(each.said, heard, facts=opening.name in FACTS)
    return found


def _show(arm: str, opening: Opening, seed: int, exchanges: list[Exchange]) -> None:
    replies = _replies(exchanges)
    bad = [f"cliché: {said}" for said in replies if measures.cliche(said)]
    bad += [f"again: {said}" for said, before in _with_earlier(replies) if measures.repeats(said, before)]
    bad += [f"markup: {said!r}" for said in replies if measures.markup(said)]
    bad += [f"claims: {claim}" for claim in _claims(opening, exchanges)]
    bad += [f"mixed up: {replies[-1]}"] * (opening in PERSONS and _mixed_up(opening, exchanges))
    print(f"{arm:5} {opening.name} {seed}: {len(replies)} replies, {len(bad)} marks", flush=True)
    for line in bad if arm == "ours" else []:
        print(f"        {line}", flush=True)


def _replies(exchanges: list[Exchange]) -> list[str]:
    return [each.said for each in exchanges if each.said]


def _with_earlier(replies: list[str]) -> Iterator[tuple[str, list[str]]]:
    return ((said, replies[:at]) for at, said in enumerate(replies))


def _share(marks: Sequence[bool]) -> float:
    return sum(marks) / len(marks)


if __name__ == "__main__":
    run("conversation", measure, GOALS)
