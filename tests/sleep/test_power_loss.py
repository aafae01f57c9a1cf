"""A night that is killed at any instant leaves the memory as it was before, or as it is after."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from becoming.memory import Life
from becoming.memory.recall.embedding import Words
from becoming.store import Store
from tests.sleep.conftest import NOW, by_letters
from tests.sleep.sleeper import LINES, sleep
from tests.sleep.test_night import digest
from tests.store.computers import DesktopKeyring, keyring_is

KILLS = 50


def state(folder: Path, keyring: DesktopKeyring) -> str:
    with keyring_is(keyring):
        store = Store.open(folder)
    found = digest(store)
    store.close()
    return found


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")
def test_killed_at_fifty_random_instants_a_night_happened_or_it_did_not(tmp_path: Path):
    keyring, chance = DesktopKeyring(), random.Random(5)
    before = tmp_path / "before"
    with keyring_is(keyring):
        store = Store.open(before)
    life = Life(store, by_letters, Words(), lambda: NOW, lambda: 0)
    for number, line in enumerate(LINES):
        life.learn(life.record("person", line, NOW + 60 * number), "")
    Life(
        store, by_letters, Words(), lambda: NOW, lambda: 0
    )  # waking ends the talk, which is no part of a night
    store.close()
    after = tmp_path / "after"
    shutil.copytree(before, after)
    sleep(after, keyring)
    was, became = state(before, keyring), state(after, keyring)
    assert was != became
    forking = multiprocessing.get_context("fork")
    seen, longest = set(), 0.4
    for kill in range(KILLS):
        folder = tmp_path / f"killed-{kill}"
        shutil.copytree(before, folder)
        reports, theirs = forking.Pipe(duplex=False)
        process = forking.Process(target=sleep, args=(folder, keyring, theirs))
        process.start()
        assert reports.recv() == "open"
        began = time.monotonic()
        if reports.poll(chance.uniform(0, 1.1 * longest)):  # it was done: nights take about so long here
            longest = time.monotonic() - began
        os.kill(process.pid, signal.SIGKILL)
        process.join()

        found = state(folder, keyring)

        assert found in (was, became), f"kill {kill}"
        seen.add(found)
        shutil.rmtree(folder)
    assert seen == {was, became}, "the kills must fall on both sides of the commit"
