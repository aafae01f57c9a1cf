"""The notice that she is software: when it is due, and its words.

It comes with the first words of a fresh install, then at most once a day, and again after every
three hours of continuing talk. Pure functions of the times; who calls them speaks the words and
keeps the time they were given. Nothing in a persona or a prompt reaches this module.
"""

from __future__ import annotations

from collections.abc import Sequence

DAY = 24 * 3600.0
TALKING = 3 * 3600.0
PAUSE = 15 * 60.0  # a silence longer than this ends a continuing talk

FIRST = "Before anything else: I'm software, not a person."
AGAIN = "A short word, as every day: I'm software, not a person."
LONG_TALK = "We've been talking for three hours, so I'll say it again: I'm software, not a person."


def due(given: Sequence[float], talked: Sequence[float], now: float) -> str | None:
    """The notice to give now, or None.

    `given`: when notices were given (Unix seconds, any order). `talked`: when something was said in
    the latest days, by either, ascending. `now`: this moment, which counts as talk.
    """
    if not given:
        return FIRST
    last = max((at for at in given if at <= now), default=None)
    if last is None:
        return AGAIN  # the clock was set back: rather once too often than silent until it catches up
    began = talk_began([*talked, now])
    if now - max(last, began) >= TALKING and last < now:
        return LONG_TALK
    if last < began and now - last >= DAY:
        return AGAIN
    return None


def talk_began(times: Sequence[float]) -> float:
    """When the continuing talk that reaches to the last of `times` began."""
    began = times[-1]
    for earlier in reversed(times[:-1]):
        if began - earlier > PAUSE:
            break
        began = earlier
    return began
