"""What she thinks at night: a journal in her voice, a dream out of two distant memories, a question she has.

All of it is a thought made by software, and says so where she brings it up. The two memories are quoted word
for word; what she adds is one short line of the model's, which the guard must let pass, or nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from becoming.care import Guard, Known
from becoming.care.known import content
from becoming.events import Belief, ModelAway, Moment
from becoming.memory.people import KIN
from becoming.sleep.asking import Asking
from becoming.sleep.night import Idea

DISTANT_S = 5 * 86_400.0
NEITHER_NEAR_NOR_FAR = 0.35
"""The likeness of the two memories of a dream: strangers have nothing to say to each other, twins neither."""

_LONGEST, _SHORTEST = 18, 5
_GRAMMAR = 'root ::= "Both " [a-z ,\'-]{8,70} "."\n'
Embed = Callable[[Sequence[str]], npt.NDArray[np.float32]]


async def dream(
    moments: Sequence[Moment], embed: Embed, asking: Asking | None, guard: Guard, seed: int
) -> Idea | None:
    """One thing put beside another: of all pairs far apart in time the one that is half alike."""
    told = [each for each in moments if _can_be_dreamt(each)][-200:]
    if len(told) < 2:
        return None
    vectors = embed([each.text for each in told])
    likeness = vectors @ vectors.T
    days = np.array([each.at for each in told])
    apart = np.abs(days[:, None] - days[None]) >= DISTANT_S
    # A little chance, or the same two would meet every night.
    noise = np.random.default_rng(seed).uniform(0, 0.15, likeness.shape)
    cost = np.where(apart, np.abs(likeness - NEITHER_NEAR_NOR_FAR) + noise, np.inf)
    first, second = np.unravel_index(int(cost.argmin()), cost.shape)
    if not np.isfinite(cost[first, second]):
        return None
    one, other = sorted((told[int(first)], told[int(second)]), key=lambda each: each.id)
    text = (
        f"While you were away I put two things you told me side by side: {_quoted(one)} And: {_quoted(other)}"
    )
    both = await _both(one, other, asking, guard) if asking else ""
    return Idea("dream", f"{text} {both}".strip(), (one.id, other.id))


def journal(moments: Sequence[Moment], person: str, day: float) -> Idea | None:
    """The day in a few plain sentences of hers: what it was about, what weighed most in length, how it ended."""
    theirs = [each for each in moments if each.role == "person"]
    if not theirs:
        return None
    told = [each for each in theirs if _can_be_dreamt(each)]
    longest = max(told, key=lambda each: len(content(each.text)), default=None)
    asked = sum(each.role == "her" and each.text.rstrip().endswith("?") for each in moments)
    name = person or "They"
    lines = [
        f"{datetime.fromtimestamp(day):%A, %-d %B}. {name} was here, and said {_many(len(theirs), 'thing')}."
    ]
    if longest:
        lines.append(f"What stays with me: {_quoted(longest)}")
    if asked:
        lines.append(f"I asked {_many(asked, 'question')}.")
    return Idea("journal", " ".join(lines), (longest.id,) if longest else ())


def question(
    held: Sequence[Belief], moments: Sequence[Moment], asked_before: Sequence[str], seed: int
) -> Idea | None:
    """Something she does not know of somebody who keeps coming up."""
    named = {belief.relation for belief in held if belief.about == "you" and belief.relation in KIN.values()}
    wonders: dict[str, list[int]] = {}
    for moment in moments:
        if moment.role != "person":
            continue
        spoken = moment.text.lower().replace("’", "'").split()
        for my, word in pairwise(spoken):
            kin = KIN.get(word.strip(".,!;:").removesuffix("'s"))
            if my == "my" and kin and kin not in named:
                wonders.setdefault(kin, []).append(moment.id)
    open_ = [
        (f"I was wondering, while you were away: what is your {kin} called?", ids)
        for kin, ids in sorted(wonders.items())
        if len(ids) >= 2 and not any(f"your {kin} called" in each for each in asked_before)
    ]
    if not open_:
        return None
    text, ids = random.Random(seed).choice(open_)
    return Idea("question", text, tuple(ids))


async def _both(one: Moment, other: Moment, asking: Asking, guard: Guard) -> str:
    try:
        line = await asking.line("both.md", f"{one.text} / {other.text}", _GRAMMAR, 24)
    except ModelAway:
        return ""
    known = Known("", heard=(one.text, other.text), facts=True)
    rests = set(content(line)) - {"both"}
    shared = rests & (set(content(one.text)) | set(content(other.text)))
    good = line.startswith("Both ") and line.endswith(".") and shared and guard.objection(line, known) is None
    return line if good else ""


def _can_be_dreamt(moment: Moment) -> bool:
    size = len(moment.text.split())
    return (
        moment.role == "person"
        and _SHORTEST <= size <= _LONGEST
        and "?" not in moment.text
        and '"' not in moment.text
    )


def _quoted(moment: Moment) -> str:
    return f'"{moment.text.strip().rstrip(".!")}."'


def _many(count: int, thing: str) -> str:
    return f"one {thing}" if count == 1 else f"{count} {thing}s"
