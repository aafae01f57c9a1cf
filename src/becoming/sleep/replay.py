"""Which of the moments since the last night are gone through once more: the most salient, in their order.

Salience is what moved the person (how strong the feeling was), what is new, and what they stressed themself.
Replay is selective in sleeping brains too (Wilson & McNaughton 1994; Mattar & Daw 2018).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from becoming.care.known import content
from becoming.events import Moment

MOST = {"nap": 12, "night": 40}
_LEAST_WORDS = 4
_STRESSED = re.compile(
    r"\b(?:important|never told|first time|promise|remember this|finally|always|secret|actually|big news|the thing is)\b|!",
    re.IGNORECASE,
)

Feel = Callable[[str], float]
"""How words feel, -1 (unpleasant) to 1 (pleasant); 0 where they say nothing of it."""


def replay(moments: Sequence[Moment], earlier: Sequence[Moment], most: int, feel: Feel) -> list[Moment]:
    """The `most` most salient of what the person said; `earlier` is what they had said before."""
    known = {stem for moment in earlier for stem in content(moment.text)}
    weighed = []
    for moment in moments:
        if not _tells(moment):
            continue
        weighed.append((_salience(moment.text, known, feel), -moment.id, moment))
        known |= set(content(moment.text))
    best = [moment for _, _, moment in sorted(weighed, reverse=True)[:most]]
    return sorted(best, key=lambda moment: moment.id)


def _tells(moment: Moment) -> bool:
    """Whether it can tell anything: the person's own, more than a word or two, no question."""
    own = moment.role == "person" and moment.via not in ("book", "tool")
    return own and len(moment.text.split()) >= _LEAST_WORDS and not moment.text.rstrip().endswith("?")


def _salience(text: str, known: set[str], feel: Feel) -> float:
    stems = content(text)
    new = sum(stem not in known for stem in stems) / max(3, len(stems))
    return abs(feel(text)) + new + 0.5 * bool(_STRESSED.search(text)) + min(len(stems), 12) / 24
