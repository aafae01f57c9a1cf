"""Reminders as they are kept: durable, once, at nine on the wall whatever the clocks do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from becoming.events import InputError
from becoming.memory import Memory
from becoming.store import Store, folder_of
from becoming.tools import reminders
from becoming.tools.reminders import LATE_S, NOTE, Reminder, Reminders, following
from tests.e2e.house import PASSPHRASE

SIX = datetime(2026, 11, 25, 18).timestamp()


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Clocks go forward on 28 March 2027 at two and back on 31 October 2027 at three."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


class Kept:
    def __init__(self, now: float = SIX - 3600) -> None:
        self.notes: dict[str, Any] = {}
        self.now = now
        self.all = Reminders(self.notes.get, self.notes.__setitem__, lambda: self.now)


def test_it_rings_once_when_it_is_due_and_not_before():
    kept = Kept()
    [it] = kept.all.add(Reminder("call your mum", SIX))
    assert kept.all.next_due == SIX
    assert kept.all.ring() == []
    kept.now = SIX
    [rung] = kept.all.ring()
    assert (rung.id, rung.rang, rung.late) == (it.id, SIX, False)
    assert kept.all.ring() == []
    assert kept.all.ahead() == []
    assert [each.id for each in kept.all.open()] == [it.id]


def test_what_rings_much_too_late_says_so():
    kept = Kept()
    kept.all.add(Reminder("call your mum", SIX))
    kept.now = SIX + LATE_S + 1
    assert kept.all.ring()[0].late


def test_later_rings_again_and_done_is_gone():
    kept = Kept(SIX)
    kept.all.add(Reminder("call your mum", SIX))
    [it] = kept.all.ring()
    kept.all.mark(it.id, heard=True, pushed=True)
    kept.all.later(it.id)
    assert kept.all.open() == []
    kept.now += 600
    [again] = kept.all.ring()
    assert (again.id, again.heard, again.pushed) == (it.id, False, False)
    assert [each.words for each in kept.all.drop(it.id)] == ["call your mum"]
    assert kept.all.all() == []


@pytest.mark.parametrize(("month", "last"), [(3, 26), (10, 29)])
def test_every_day_at_nine_stays_at_nine_when_the_clocks_are_changed(berlin, month, last):
    kept = Kept(datetime(2027, month, last, 8).timestamp())
    days = tuple(range(7))
    due = following(days, "09:00", kept.now)
    kept.all.add(Reminder("take your pill", due, days=days, at="09:00"))
    rang = []
    while len(rang) < 5:
        kept.now = kept.all.next_due
        rang += [datetime.fromtimestamp(it.due) for it in kept.all.ring()]
    assert [(each.day, each.hour, each.minute) for each in rang] == [
        ((last + n - 1) % 31 + 1, 9, 0) for n in range(5)
    ]


def test_an_hour_that_does_not_exist_rings_all_the_same(berlin):
    before = datetime(2027, 3, 27, 20).timestamp()
    due = datetime.fromtimestamp(following(tuple(range(7)), "02:30", before))
    assert (due.day, due.hour, due.minute) == (28, 3, 30)
    after = datetime.fromtimestamp(following(tuple(range(7)), "02:30", due.timestamp()))
    assert (after.day, after.hour, after.minute) == (29, 2, 30)


def test_in_an_hour_is_an_hour_over_the_change_of_clocks(berlin):
    kept = Kept(datetime(2027, 10, 31, 2, 30).timestamp())
    kept.all.add(Reminder("look at the oven", kept.now + 3600, length=3600))
    kept.now += 3599
    assert kept.all.ring() == []
    kept.now += 1
    assert len(kept.all.ring()) == 1


def test_a_repeated_one_that_was_missed_for_a_week_is_told_once():
    kept = Kept()
    days = tuple(range(7))
    kept.all.add(Reminder("take your pill", following(days, "09:00", kept.now), days=days, at="09:00"))
    for _ in range(2):
        kept.now += 7 * 86_400
        assert len(kept.all.ring()) == 1
        assert len(kept.all.open()) == 1
        [ahead] = kept.all.ahead()
        assert kept.now < ahead.due <= kept.now + 86_400


def test_what_was_heard_leaves_after_a_while_and_what_was_not_waits_for_a_week():
    kept = Kept(SIX)
    kept.all.add(Reminder("one", SIX), Reminder("two", SIX))
    one, _two = kept.all.ring()
    kept.all.mark(one.id, heard=True)
    kept.now += 3601
    kept.all.ring()
    assert [it.words for it in kept.all.open()] == ["two"]
    kept.now += 7 * 86_400
    kept.all.ring()
    assert kept.all.all() == []


def test_there_is_an_end_to_how_many():
    kept = Kept()
    kept.all.add(*(Reminder(str(n), SIX) for n in range(reminders.MOST)))
    with pytest.raises(InputError, match="500 reminders already"):
        kept.all.add(Reminder("one more", SIX))
    assert len({it.id for it in kept.all.all()}) == reminders.MOST


def test_how_they_are_said():
    now = datetime(2026, 11, 25, 15).timestamp()
    on = datetime(2026, 11, 27, 9).timestamp()
    timer = Reminder("for the eggs", now + 360, "timer", 360.0)
    assert reminders.label(Reminder("call your mum", SIX), now) == "at six, call your mum"
    assert reminders.label(Reminder("pay the rent", on), now) == "on Friday at nine, pay the rent"
    assert reminders.label(timer, now) == "in six minutes, the timer for the eggs"
    assert reminders.rings(Reminder("call your mum", SIX)) == "It's six. Call your mum."
    assert reminders.rings(timer) == "Time's up for the eggs: six minutes."
    assert reminders.rings(Reminder("", SIX, "alarm")) == "It's six. Time to get up."
    late = [Reminder(f"thing {n}", SIX, rang=SIX + 9999) for n in range(5)]
    told = "While I was off: at six, thing 0; at six, thing 1; at six, thing 2; and two more."
    assert reminders.missed(late, SIX + 9999) == told
    assert (
        reminders.missed([Reminder("thing", SIX, rang=SIX)], SIX + 999)
        == "While you were away: at six, thing."
    )
    days = {(0,): "every Monday", (0, 3): "every Monday and Thursday", (0, 1, 2, 3, 4): "every weekday"}
    for each, said in days.items():
        assert reminders.when(Reminder("", on, days=each, at="09:00"), now) == f"{said} at nine"


ADDING = """
import sys, time
from pathlib import Path
from becoming.memory import Memory
from becoming.store import Store, folder_of
from becoming.tools.reminders import Reminder, Reminders
memory = Memory(Store.open(folder_of(Path(sys.argv[1])), sys.argv[2]))
kept = Reminders(memory.get, memory.put, time.time)
for number in range(10_000):
    kept.add(Reminder(f"thing {number}", time.time() - 1))
    print(number, flush=True)
    if number % 2:
        kept.ring()
        print("rang", number, flush=True)
"""


def test_a_kill_at_any_instant_loses_nothing_that_was_acknowledged(tmp_path: Path):
    process = subprocess.Popen(
        [sys.executable, "-c", ADDING, str(tmp_path), PASSPHRASE], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    said = [process.stdout.readline().strip() for _ in range(25)]
    os.kill(process.pid, signal.SIGKILL)
    said += process.stdout.read().split("\n")
    process.wait()
    added = {int(line) for line in said if line.isdigit()}
    rang = max(int(line.removeprefix("rang ")) for line in said if line.startswith("rang "))
    store = Store.open(folder_of(tmp_path), PASSPHRASE)
    try:
        memory = Memory(store)
        kept = Reminders(memory.get, memory.put, time.time)
        there = {int(it.words.removeprefix("thing ")): it for it in kept.all()}
        assert added <= set(there)
        assert all(there[number].rang for number in added if number <= rang)
        kept.ring()
        assert kept.ahead() == []  # each rings once, those of before not again
        assert memory.get(NOTE)
    finally:
        store.close()
