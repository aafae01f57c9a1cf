"""Small steps back to people: towards whom one may be offered now, and what became of those that were.

What is kept is in the ledger, a number and a word each (offered, agreed, declined); what was agreed to is a plan that
is asked about like any other (`checkins.py`). She offers less the fuller the week is, the more she is talked with, and
the more often she was declined; to somebody unsafe, hurtful lately, dead, or not to be brought up, never.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import Text, cast, insert, select

from becoming.events import Moment
from becoming.memory.ahead import Ahead
from becoming.memory.checkins import STEP_STANDS_S, Checkins
from becoming.memory.company import DAY_S, PETS, Company, Someone
from becoming.store import Store
from becoming.store.schema import checkin, ledger

FULL = 7
"""Real conversations in a week from which on nothing is offered: life is full enough without her."""

MOST_OPEN = 2
"""So many steps may be under way at once, each towards somebody else."""

GAP_DAYS, A_MEETING_DAYS, AN_HOUR_DAYS, AFTER_NO_DAYS = 0.75, 0.2, 0.5, 1.0
"""Days between two offers at least; and so many more for each real conversation of this week, each hour with her in it,
and each no in a row."""

NOT_AGAIN_DAYS, ANEW_DAYS = 14.0, 4.0
"""So long nobody is named who was declined; nor, so long, whom a step was just offered towards."""

NEVER = PETS | frozenset("ex child baby boss manager therapist doctor teacher coach landlord".split())
"""Whom a small step is not fitting for, whatever they are like."""


_UNDER_WAY = (
    select(checkin.c.id, ledger.c.ref)
    .join(ledger, ledger.c.why == cast(checkin.c.turn, Text))
    .where(checkin.c.closed.is_(None), ledger.c.kind == "bridge", ledger.c.op == "agreed")
)
"""The steps that were agreed to and not asked about yet, each with towards whom."""


class Bridges:
    """Chooses, and keeps what became of it. Raises events.StoreError when the store cannot be used."""

    def __init__(
        self, store: Store, company: Company, checkins: Checkins, clock: Callable[[], float]
    ) -> None:
        self._store, self._company, self._checkins, self._clock = store, company, checkins, clock

    def towards(self, today: Collection[int] = ()) -> Someone | None:
        """Who a step may be offered towards now; None where nobody is, or it is too soon. `today` are those who came up
        in what hurts: only where they are missed is it them."""
        if not self._is_time():
            return None
        not_now = self._lately("declined", NOT_AGAIN_DAYS) | self._lately("offered", ANEW_DAYS)
        fitting = [
            one
            for one in self._company.all()
            if _may_be(one) and one.id not in not_now and (one.id not in today or one.longed_for)
        ]
        offered = self._lately("offered", NOT_AGAIN_DAYS)
        # Warm first, then whoever was not offered lately, then whoever was not spoken of for longest.
        return min(
            fitting,
            key=lambda one: (one.id in offered, one.tone != "warm" and not one.longed_for, one.last.at if one.last else 0),
            default=None,
        )  # fmt: skip

    def offered(self, who: int) -> None:
        """It was said."""
        self._enter("offered", who)

    def declined(self, who: int) -> None:
        """It was not wanted."""
        self._enter("declined", who)

    def agreed(self, who: int, moment: Moment, asks: str, begins: float, over: float) -> None:
        """It was wanted, in this moment; `asks` is asked once it is over."""
        self._enter("agreed", who, str(moment.id))
        self._checkins.mean_to_ask(moment, Ahead(moment.text, asks, begins, over))

    def let_go(self) -> None:
        """Drop the steps towards whoever turned out to be unsafe, or is not to be brought up."""
        with self._store.read() as connection:
            steps = connection.execute(_UNDER_WAY).all()
        apart = {one.id for one in self._company.all() if one.unsafe or one.quiet} if steps else set()
        for step in steps:
            if step.ref in apart:
                self._checkins.drop(step.id, self._clock())

    def _is_time(self) -> bool:
        now = self._clock()
        with self._store.read() as connection:
            stands = checkin.c.due >= (now - STEP_STANDS_S) * 1000
            under_way = connection.execute(_UNDER_WAY.where(stands)).all()
            steps = (
                select(ledger.c.op, ledger.c.at).where(ledger.c.kind == "bridge").order_by(ledger.c.id.desc())
            )
            rows = connection.execute(steps.limit(24)).all()
        last = next((row.at / 1000 for row in rows if row.op == "offered"), 0.0)
        answers = [row.op for row in rows if row.op != "offered"]
        no_in_a_row = next((at for at, op in enumerate(answers) if op != "declined"), len(answers))
        if len(under_way) >= MOST_OPEN or now - last < GAP_DAYS * DAY_S:
            return False
        met, hours = self._company.met_lately(7), self._company.hours_lately(7)
        gap = GAP_DAYS + A_MEETING_DAYS * met + AN_HOUR_DAYS * hours + AFTER_NO_DAYS * no_in_a_row
        return met < FULL and now - last >= gap * DAY_S

    def _lately(self, op: str, days: float) -> set[int]:
        since = round((self._clock() - days * DAY_S) * 1000)
        query = select(ledger.c.ref).where(ledger.c.kind == "bridge", ledger.c.op == op, ledger.c.at >= since)
        with self._store.read() as connection:
            return set(connection.execute(query).scalars())

    def _enter(self, op: str, who: int, why: str | None = None) -> None:
        row = {"at": round(self._clock() * 1000), "op": op, "kind": "bridge", "ref": who, "why": why}
        with self._store.write() as connection:
            connection.execute(insert(ledger).values(row))


def _may_be(one: Someone) -> bool:
    """Whether they are known well enough, and nothing speaks against it."""
    known = one.times >= 2 or one.kin
    against = (
        one.unsafe or one.quiet or one.hurt or one.dead or one.kin.split("-")[0] in NEVER or one.kin in NEVER
    )
    return bool(known and not against and (one.tone != "heavy" or one.longed_for))


def when(now: float) -> tuple[str, float, float]:
    """The near days a step is offered for, as they are said, from when to when: what lies in the week decides."""
    clock = datetime.fromtimestamp(now)
    midnight = clock.replace(hour=0, minute=0, second=0, microsecond=0)
    words, days = {4: ("at the weekend", 3), 5: ("in the next few days", 4), 6: ("this coming week", 7)}.get(
        clock.weekday(), ("this week", 7 - clock.weekday())
    )
    return words, now, (midnight + timedelta(days)).timestamp()
