"""Reminders, timers and alarms, kept until they were heard or taken back.

A repeated one keeps its time on the clock on the wall, so that it stays at nine when the clocks are changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from becoming.tools import lengths
from becoming.tools.browsing import number
from becoming.tools.calendar.aloud import clock, day
from becoming.tools.rows import Row, Rows

NOTE = "reminders"
LATE_S = 300.0
"""So long after its time it is rung for; later it is only told, for she was off, or the computer slept."""

SNOOZE_S, OPEN_S, UNHEARD_S, MOST, TOLD = 600.0, 3600.0, 7 * 86_400.0, 500, 3


@dataclass(frozen=True, slots=True)
class Reminder(Row):
    """One of them. `words` are the person's, from her side ("call your mum"); a timer has its `length`, and one that is
    repeated its weekdays and time. `rang`: when; `heard`: it was said aloud to the end; `pushed`: the phones know."""

    words: str
    due: float
    kind: str = "reminder"
    length: float = 0.0
    days: tuple[int, ...] = ()
    at: str = ""
    rang: float = 0.0
    heard: bool = False
    pushed: bool = False

    @property
    def late(self) -> bool:
        """Whether it rang only long after its time."""
        return self.rang - self.due > LATE_S


@dataclass
class Reminders(Rows[Reminder]):
    """The reminders of one person."""

    note, kind, most, called = NOTE, Reminder, MOST, "reminders"
    clock: Callable[[], float]
    next_due: float = 0.0
    """When to look again, at the latest."""

    def all(self) -> list[Reminder]:
        """As they stand, the next one first."""
        rows = (replace(it, days=tuple(it.days)) for it in self.rows())
        return sorted(rows, key=lambda it: (it.due, it.id))

    def ahead(self) -> list[Reminder]:
        """What has not rung yet."""
        return [it for it in self.all() if not it.rang]

    def open(self) -> list[Reminder]:
        """What has rung and is not done."""
        return [it for it in self.all() if it.rang]

    def mark(self, *ids: int, **changed: Any) -> None:
        """Note of them that they were heard, or that the phones know."""
        with self._lock:
            self._keep([replace(it, **changed) if it.id in ids else it for it in self.all()])

    def later(self, id_: int, length: float = SNOOZE_S) -> None:
        """It rings once more, that much from now."""
        self.mark(id_, due=self.clock() + length, rang=0.0, heard=False, pushed=False)

    def ring(self) -> list[Reminder]:
        """What is due rings from now on, durably; what is repeated stands for its next time, too."""
        now, rung = self.clock(), []
        with self._lock:
            rows = self.all()
            kept = [it for it in rows if not it.rang or now - it.rang <= (OPEN_S if it.heard else UNHEARD_S)]
            for it in [it for it in kept if not it.rang and it.due <= now]:
                once = replace(it, rang=now, days=(), heard=False, pushed=False)
                if it.days:
                    same = (it.words, it.kind, it.at)
                    kept = [on for on in kept if not on.rang or (on.words, on.kind, on.at) != same]
                    kept.append(replace(it, due=following(it.days, it.at, now)))
                    once = replace(once, id=self._free(kept))
                kept[kept.index(it)] = once
                rung.append(once)
            (self._keep if kept != rows else self._look)(kept)
        return rung

    def _free(self, rows: Sequence[Reminder]) -> int:
        return max([round(self.clock() * 1000), *(it.id + 1 for it in rows)])

    def _keep(self, rows: Sequence[Reminder]) -> None:
        super()._keep(rows)
        self._look(rows)

    def _look(self, rows: Sequence[Reminder]) -> None:
        self.next_due = min((it.due for it in rows if not it.rang), default=float("inf"))


def following(days: Sequence[int], at: str, after: float) -> float:
    """The next time on one of these weekdays, by the clock on the wall."""
    first, hour = date.fromtimestamp(after), time.fromisoformat(at)
    found = (datetime.combine(first + timedelta(n), hour) for n in range(9))
    return next(it.timestamp() for it in found if it.weekday() in days and it.timestamp() > after)


def when(it: Reminder, now: float) -> str:
    """When it is to ring: "at six", "tomorrow at nine", "every Monday at nine"."""
    begins, today = datetime.fromtimestamp(it.due), datetime.fromtimestamp(now)
    if it.days:
        return f"{_every(it.days)} at {clock(begins)}"
    on = "" if begins.date() == today.date() else f"{_day(begins, today)} "
    if now < it.due and (it.kind == "timer" or it.due - now < 120):
        return f"in {lengths.told(it.due - now)}"
    return f"{on}at {clock(begins)}"


def label(it: Reminder, now: float) -> str:
    """One of a list, or as it is read back: "at six, call your mum"."""
    timer = f"the timer {it.words or f'of {lengths.told(it.length)}'}"
    return f"{when(it, now)}, {({'timer': timer, 'alarm': 'wake you'}).get(it.kind, it.words or 'ring')}"


def rings(it: Reminder) -> str:
    """What she says when it is time."""
    if it.kind == "timer":
        return f"Time's up{f' {it.words}' if it.words else ''}: {lengths.told(it.length)}."
    words = it.words[:1].upper() + it.words[1:] or "You wanted me to ring"
    words = "Time to get up" if it.kind == "alarm" else words
    return f"It's {clock(datetime.fromtimestamp(it.due))}. {words}."


def missed(those: Sequence[Reminder], now: float) -> str:
    """What she says of what rang while nobody heard it."""
    labels = [label(it, now) for it in those]
    more = f"; and {number(len(labels) - TOLD).lower()} more" if len(labels) > TOLD else ""
    away = "I was off" if any(it.late for it in those) else "you were away"
    return f"While {away}: {'; '.join(labels[:TOLD])}{more}."


def _every(days: Sequence[int]) -> str:
    if set(days) in (set(range(7)), set(range(5))):
        return "every day" if len(days) == 7 else "every weekday"
    return f"every {' and '.join(f'{date(2024, 1, 1 + each):%A}' for each in days)}"


def _day(begins: datetime, today: datetime) -> str:
    ago = (today.date() - begins.date()).days
    return {1: "yesterday"}.get(ago, f"on {begins:%A}" if 1 < ago < 7 else day(begins, today))
