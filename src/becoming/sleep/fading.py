"""The curve by which memories fade, and what makes them last: coming up again, and having moved somebody.

How well a moment is kept falls as a power of time (Wickelgren 1974; Wixted & Carpenter 2007), see
`memory/recall/weighing.py`: it bends the order in which things come to mind, and takes nothing away, so what
has faded is found as soon as it is asked for. Each use makes a memory more stable, the more so the more of
it had faded (the spacing effect; the form is that of FSRS: Ye, Su & Cao, KDD 2022).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from becoming.sleep.night import Use
from becoming.store.schema import turn
from becoming.store.sql import among

GAIN = 3.0
"""A use at the moment when all has faded multiplies stability by 1 + GAIN; right after the last one by 1."""

LONGEST_DAYS = 3650.0
_DAY_MS = 86_400_000


def used(stability: float, days: float) -> float:
    """The stability, in days until half has faded, after one more use, so many days since the last one."""
    kept = (1 + days / (9 * stability)) ** -0.5
    return float(min(LONGEST_DAYS, stability * (1 + GAIN * (1 - kept))))


def uses(connection: Connection, moments: Sequence[int], now: float) -> list[Use]:
    """How long these moments last from now on, having come up again."""
    rows = connection.execute(
        select(turn.c.id, turn.c.said, turn.c.seen, turn.c.stability).where(among(turn.c.id, moments))
    )
    return [
        Use(row.id, used(row.stability, max(0.0, now * 1000 - (row.seen or row.said)) / _DAY_MS))
        for row in rows
    ]
