"""Tidying what is held: beliefs that say the same become one, plans whose day is over are closed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from becoming.events import Belief
from becoming.sleep.night import Merge

_FILLING = re.compile(r"^(?:(?:a|an|the|my|our|some|really|very) )+|[.,!?'\"]|(?: a lot| so much| too)$")


def doubles(held: Sequence[Belief]) -> list[Merge]:
    """Beliefs about the same that differ in nothing but an article, a capital or a plural; the first stays.

    What says more than another ("black coffee", "coffee") is no double of it.
    """
    first: dict[tuple[str, str, str], Belief] = {}
    merges = []
    for belief in held:
        if belief.kind in ("plan", "rule", "promise", "reflection"):
            continue
        key = (belief.about, belief.relation, _plain(belief.value))
        kept = first.setdefault(key, belief)
        if kept is not belief:
            merges.append(Merge(kept, belief))
    return merges


def over(held: Sequence[Belief], now: float) -> list[Belief]:
    """The plans whose day has passed."""
    today = datetime.fromtimestamp(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return [
        belief
        for belief in held
        if belief.kind == "plan"
        and belief.true_from is not None
        and datetime.fromtimestamp(belief.true_from) < today
    ]


def _plain(value: str) -> str:
    words = _FILLING.sub("", value.casefold().strip()).split()
    return " ".join(re.sub(r"(?<=[a-z]{3})(?<!s)s$", "", word) for word in words)
