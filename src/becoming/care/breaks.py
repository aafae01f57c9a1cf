"""Breaks: after two hours of continuing talk a nudge, which can be put off; the more somebody talks, the fewer.

Pure functions of times, like `notice.py`. More use never makes her say more in an hour of it: a talk has its one nudge,
and a further one only in a week that has seen few.
"""

from __future__ import annotations

from collections.abc import Sequence

from becoming.care.notice import talk_began

HOUR = 3600.0
FIRST_AFTER = 2 * HOUR
SELDOM = 4 * HOUR
WEEK = 7 * 24 * HOUR
FEW = 3
"""Nudges within a week from which on a talk has one and no more."""

FIRST = "We've been talking for two hours. It's a good moment to get up, or to see somebody. Say \"not now\", and I leave it."
AGAIN = "It's been a long while again. Some air would be good, or somebody's company."


def due(nudged: Sequence[float], snoozed: float, talked: Sequence[float], now: float) -> str | None:
    """The nudge to give now, or None.

    `nudged`: when nudges were given, `snoozed`: when one was last put off (0: never), `talked`: when something was
    said in the latest days, ascending; all Unix seconds.
    """
    began = talk_began([*talked, now])
    if now - began < FIRST_AFTER:
        return None
    last = max((at for at in nudged if began <= at <= now), default=None)
    if last is None:
        return FIRST
    if sum(now - WEEK <= at <= now for at in nudged) >= FEW:
        return None
    return AGAIN if now - last >= (SELDOM if snoozed >= last else FIRST_AFTER) else None
