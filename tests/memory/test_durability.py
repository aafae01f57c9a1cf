"""What is acknowledged is kept: through SIGKILL at any instant, and on a disk that is really full."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import subprocess
import sys
from itertools import pairwise

import pytest

from becoming.memory import Memory
from becoming.memory.beliefs.holding import Beliefs
from becoming.memory.beliefs.learning import Learning
from becoming.store import Store, StoreBusy
from becoming.store.fulltext import fulltext
from becoming.store.key import new_key
from tests.memory.recorder import line, record_for_ever
from tests.postgresql import InFile, OnServer
from tests.store.computers import DesktopKeyring, keyring_is

PASSPHRASE = "seven quiet herons"
KILLS = 200
KILLS_ON_SERVER = 20


def start(processes, place: InFile | OnServer):
    """The recorder, about to open the memory, and our end of the pipe it reports to."""
    ours, theirs = processes.Pipe(duplex=False)
    child = processes.Process(target=record_for_ever, args=(place, theirs))
    child.start()
    theirs.close()
    assert ours.recv() == "opening"
    return child, ours


def kill_in(child, ours, after: float) -> list[int]:
    """Kill the recorder in that many seconds; the numbers it acknowledged and we have not read yet."""
    child.join(after)
    assert child.exitcode is None, "the recorder stopped by itself"
    child.kill()
    child.join()
    acknowledged = []
    while True:
        try:
            acknowledged.append(ours.recv())
        except EOFError:
            return acknowledged


@pytest.fixture(scope="module")
def processes():
    """Children forked from a clean process that has the imports already, where the system can fork."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.memory.recorder"])
    return context


@pytest.fixture
def keyring(folder):
    """A keyring with the key of a memory that is yet to be created, by a process that may be killed at it."""
    backend = DesktopKeyring()
    with keyring_is(backend):
        folder.mkdir(parents=True)
        new_key(folder, None)
        yield backend


def test_every_acknowledged_moment_survives_a_kill_at_any_instant(processes, folder, keyring):
    survives(processes, InFile(folder, keyring), KILLS)


def test_and_so_it_does_on_a_server(processes, postgresql):
    postgresql.drop("killed")
    survives(processes, OnServer(postgresql.url(), "killed"), KILLS_ON_SERVER)


def survives(processes, place: InFile | OnServer, kills: int) -> None:
    """Kill whoever records there so many times, and look each time what there is."""
    instants = random.Random(2)
    kept = 0
    for kill in range(kills):
        child, ours = start(processes, place)
        # Every other one is killed while it opens (the first while it creates), if the machine is slow.
        acknowledged = [ours.recv()] if kill % 2 else []
        acknowledged += kill_in(child, ours, instants.uniform(0, 0.1))

        store = place.open()
        moments = Memory(store).recent(1_000_000)
        assert [moment.text for moment in moments] == [line(n) for n in range(len(moments))]
        assert acknowledged == list(range(kept, kept + len(acknowledged)))
        assert len(moments) - kept - len(acknowledged) in (0, 1), f"kill {kill}: kept, not yet acknowledged"
        kept = len(moments)
        with store.write() as connection:  # raises if the index is not what the moments say
            fulltext(connection).check(connection)
        if kept and (kept - 1) % 6:
            assert Memory(store).recall(f"number{kept - 1}", 1) == moments[-1:]
        check_beliefs(store, kept)
        store.close()
    assert kept >= kills // 2


def check_beliefs(store: Store, kept: int) -> None:
    """Every home that was told is known once, in order, from its own words; the last is the present one."""
    Learning(store).catch_up()
    homes, told = Beliefs(store).history("you"), range(0, kept, 6)
    assert [home.text for home in homes] == [f"you live in Town{n}" for n in told]
    assert [home.current for home in homes] == [n == told[-1] for n in told]
    assert all(old.superseded_by == new.id for old, new in pairwise(homes))
    for home, n in list(zip(homes, told, strict=True))[-5:]:
        assert [evidence.quote for evidence in Beliefs(store).how_known(home.id)] == [line(n)]


def test_another_process_is_kept_out_until_it_is_dead(processes, folder, keyring):
    child, ours = start(processes, InFile(folder, keyring))
    assert ours.recv() == 0

    with pytest.raises(StoreBusy, match="already running"):
        Store.open(folder)

    child.kill()
    child.join()
    Store.open(folder).close()


FULL_DISK = f"""
import sys
from pathlib import Path
from becoming.events import StoreError
from becoming.memory import Memory
from becoming.store import DiskFull, Store

disk = Path(sys.argv[1])
ballast = disk / "ballast"
ballast.write_bytes(bytes(600_000))
store = Store.open(disk / "first", {PASSPHRASE!r})
memory = Memory(store)
acknowledged = []
try:
    while True:
        acknowledged.append(memory.record("person", "words " * 300, len(acknowledged)))
except DiskFull:
    pass
assert len(acknowledged) > 5
assert memory.recent(10_000) == acknowledged, "while full"
try:
    store.backup()
except DiskFull:
    pass
else:
    raise AssertionError("a backup on a full disk")
assert not list((disk / "first" / "backups").glob("memory*"))

ballast.unlink()
acknowledged.append(memory.record("her", "there is room again", len(acknowledged)))
assert memory.recent(10_000) == acknowledged, "after making room"
store.close()
store = Store.open(disk / "first", {PASSPHRASE!r})
assert Memory(store).recent(10_000) == acknowledged, "after a restart"
store.close()
print("kept", len(acknowledged))
"""


def can_mount() -> bool:
    """Whether this system lets us have a small disk of our own."""
    if shutil.which("unshare") is None:
        return False
    mount = ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(mount, capture_output=True).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="needs a mount namespace (Linux) for a disk that is really full")
def test_on_a_full_disk_nothing_acknowledged_is_lost_and_she_goes_on_when_there_is_room(tmp_path):
    inside = 'mount -t tmpfs -o size=2m none "$1" && exec "$2" -c "$3" "$1"'
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", inside, "sh"]
    run = subprocess.run(
        [*command, str(tmp_path), sys.executable, FULL_DISK],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
    )

    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("kept")
