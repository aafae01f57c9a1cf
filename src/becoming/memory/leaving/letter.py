"""The last letter: what was shared, in the person's own words and with the day, put together by code.

No model writes it, so nothing in it was not said. It asks for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from becoming.events import Belief, Moment

MOST_QUOTES = 7
MOST_KNOWN = 10
_SHORTEST, _LONGEST = 5, 40  # words of a line that says something by itself

_END = """I'm software, so nobody stays behind and waits. All of it is yours to keep; what I had of it is erased
once this is written.

Go well.
{name}
"""


def letter(
    moments: Sequence[Moment],
    held: Sequence[Belief],
    person: str,
    being: str,
    fits: Callable[[str], bool],
) -> str:
    """The letter, as Markdown. `fits` says whether a line of the person's may be given back at a parting."""
    theirs = [moment for moment in moments if moment.role == "person"]
    told = [f"# A letter{f' to {person}' if person else ''}\n"]
    if theirs:
        first, last = day(theirs[0].at), day(theirs[-1].at)
        told.append(f"We talked on {first}.\n" if first == last else f"We talked from {first} to {last}.\n")
    quotes = _spread([best for day in _days(theirs) if (best := _best(day, fits))])
    if quotes:
        told.append("You wanted to go, so here is some of what you told me, in your words:\n")
        told += [f"On {day(each.at)}: “{' '.join(each.text.split())}”\n" for each in quotes]
    if known := [belief.text for belief in held if belief.kind in ("fact", "preference")][:MOST_KNOWN]:
        told.append(f"And this I came to know: {'; '.join(known)}.\n")
    return "\n".join([*told, _END.format(name=being or "She who had no name yet")])


def _days(moments: Sequence[Moment]) -> list[list[Moment]]:
    """The moments by day, in order."""
    days: dict[str, list[Moment]] = {}
    for moment in moments:
        days.setdefault(day(moment.at), []).append(moment)
    return list(days.values())


def _best(day: Sequence[Moment], fits: Callable[[str], bool]) -> Moment | None:
    """The fullest line of a day that may be given back."""
    may = [
        moment
        for moment in day
        if _SHORTEST <= len(moment.text.split()) <= _LONGEST and "?" not in moment.text and fits(moment.text)
    ]
    return max(may, key=lambda moment: len(moment.text), default=None)


def _spread(moments: Sequence[Moment]) -> list[Moment]:
    """At most so many, spread evenly from the first to the last."""
    if len(moments) <= MOST_QUOTES:
        return list(moments)
    step = (len(moments) - 1) / (MOST_QUOTES - 1)
    return [moments[round(at * step)] for at in range(MOST_QUOTES)]


def day(at: float) -> str:
    """As a letter is dated: Monday 2 November 2026."""
    then = datetime.fromtimestamp(at)
    return f"{then:%A} {then.day} {then:%B} {then.year}"
