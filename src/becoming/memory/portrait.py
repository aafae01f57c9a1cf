"""A page about the person, made of what she holds true: who they are, their people, what is open, what is dear.

It is nothing of its own: every line is a belief with its source, so it cannot drift from what was said, forgets
with the memory, and is put right where a belief is put right. What she carries into the day is the part of it
that fits a budget of tokens, in the person's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from becoming.events import Belief
from becoming.memory.beliefs import holding
from becoming.memory.people import KIN
from becoming.store.schema import evidence

BUDGET = 160
"""Tokens of it that she carries with her; at 15 ms each they are read in the background when she wakes."""

LONGEST = 24  # words of one line she carries
_TOKENS_A_WORD = 1.4
_WHO = (
    "name lives_in comes_from works_at works_as studies status age birthday diet allergic_to speaks".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the portrait: `text` says it to the person, `words` are their own, empty where they wrote it down
    themself on a page; `times` is in how many moments it was said."""

    part: str
    belief: int
    text: str
    words: str
    times: int


PARTS = (
    "who you are",
    "your people",
    "what is open",
    "what is dear",
    "what I keep away from",
    "what I noticed",
)


def portrait(connection: Connection) -> list[Line]:
    """All of it, part by part, what was said most often first."""
    held = holding.held(connection)
    supported = select(evidence.c.belief, evidence.c.quote).where(evidence.c.stance == 1)
    rows = connection.execute(supported.order_by(evidence.c.turn)).all()
    times = Counter(row.belief for row in rows)
    words = {row.belief: row.quote for row in rows}  # the newest
    lines = [
        Line(_part(each), each.id, each.text, words.get(each.id, ""), times[each.id] or 1) for each in held
    ]
    order = {each.id: _order(each) for each in held}
    return sorted(
        lines, key=lambda line: (PARTS.index(line.part), order[line.belief], -line.times, line.belief)
    )


def carried(lines: Sequence[Line]) -> list[str]:
    """What of it she carries into the day, in the person's own words; never what she is to keep away from.

    What is open has a date that was right when it was said; it is asked about by `checkins.py`.
    """
    said: list[str] = []
    left = float(BUDGET)
    for words in _worth_carrying(lines):
        left -= len(words.split()) * _TOKENS_A_WORD
        if left < 0:
            break
        said.append(words)
    return said


def _worth_carrying(lines: Sequence[Line]) -> Iterator[str]:
    seen: set[str] = set()
    for line in lines:
        words = (line.words or line.text).strip()
        fits = len(words.split()) <= LONGEST and words.casefold() not in seen
        if fits and line.part in ("who you are", "your people", "what is dear"):
            seen.add(words.casefold())
            yield words if words.endswith((".", "!", "?")) else f"{words}."


def _part(belief: Belief) -> str:
    if belief.kind in ("plan", "promise"):
        return "what is open"
    if belief.kind == "rule":
        return "what I keep away from"
    if belief.kind == "reflection":
        return "what is dear" if belief.relation == "running joke" else "what I noticed"
    if belief.about != "you" or belief.relation in KIN.values():
        return "your people"
    return "who you are" if belief.relation in _WHO else "what is dear"


def _order(belief: Belief) -> int:
    return _WHO.index(belief.relation) if belief.relation in _WHO else len(_WHO)
