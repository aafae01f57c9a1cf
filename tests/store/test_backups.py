from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from becoming.events import StoreError
from becoming.store import DamagedStore, Store, StoreBusy, rescue
from becoming.store.backups import KEPT
from becoming.store.schema import note
from tests.store.computers import contents


def put(store: Store, key: str, value: str = "") -> None:
    with store.write() as connection:
        connection.execute(insert(note).values(key=key, value=value))


def keys(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(select(note.c.key).order_by(note.c.key)).scalars())


def keys_in(folder: Path) -> list[str]:
    store = Store.open(folder)
    try:
        return keys(store)
    finally:
        store.close()


def damage(path: Path, at: float) -> None:
    """Flip one bit, that far into the file (0..1)."""
    content = bytearray(path.read_bytes())
    content[int(at * len(content))] ^= 1
    path.write_bytes(content)


@pytest.fixture
def damaged(desktop, folder) -> Path:
    """A memory with a backup of 'first', then 'second', then damage to its first page."""
    store = Store.open(folder)
    put(store, "first")
    store.backup()
    put(store, "second")
    store.close()
    damage(folder / "memory.db", 0.001)
    return folder


def test_the_last_few_backups_are_kept(store, folder):
    for n in range(KEPT + 3):
        put(store, str(n))
        newest = store.backup()

    kept = sorted((folder / "backups").glob("*.db"))
    assert len(kept) == KEPT
    assert kept[-1] == newest
    assert newest.name == f"memory-{KEPT + 3:06}.db"


def test_a_backup_is_taken_while_a_write_is_under_way(store):
    put(store, "before")
    with store.write() as connection:
        connection.execute(insert(note).values(key="meanwhile", value=1))
        store.backup()

    assert keys(store) == ["before", "meanwhile"]


def test_a_damaged_file_is_reported_with_its_backup_and_left_as_it_is(damaged):
    before = contents(damaged)

    with pytest.raises(DamagedStore, match=r"newest backup is .*memory-000001\.db") as report:
        Store.open(damaged)

    assert report.value.backup == damaged / "backups" / "memory-000001.db"
    assert contents(damaged) == before


def test_a_damaged_file_without_a_backup_says_that(desktop, folder):
    Store.open(folder).close()
    damage(folder / "memory.db", 0.001)

    with pytest.raises(DamagedStore, match="no backup") as report:
        Store.open(folder)
    assert report.value.backup is None


@pytest.mark.parametrize("left", [0, 1, 4000, 4096, 5000])
def test_a_file_cut_short_is_not_taken_for_a_new_memory(damaged, left):
    (damaged / "memory.db").write_bytes((damaged / "memory.db").read_bytes()[:left])

    with pytest.raises(DamagedStore):
        Store.open(damaged)
    rescue(damaged)

    assert keys_in(damaged) == ["first"]


def test_a_vanished_file_is_restored_too(damaged):
    (damaged / "memory.db").unlink()

    with pytest.raises(DamagedStore):
        Store.open(damaged)
    assert rescue(damaged).aside is None

    assert keys_in(damaged) == ["first"]


def test_restoring_keeps_the_damaged_file(damaged):
    before = (damaged / "memory.db").read_bytes()

    done = rescue(damaged)

    assert keys_in(damaged) == ["first"]
    assert done.backup == damaged / "backups" / "memory-000001.db"
    assert done.aside is not None
    assert done.aside.read_bytes() == before


def test_restoring_twice_keeps_both_damaged_files(damaged):
    first = rescue(damaged).aside
    second = rescue(damaged).aside

    assert first is not None
    assert second is not None
    assert first != second
    assert first.exists()
    assert second.exists()


def test_restoring_passes_over_a_backup_that_is_damaged_itself(desktop, folder):
    store = Store.open(folder)
    put(store, "first")
    older = store.backup()
    put(store, "second")
    damage(store.backup(), 0.5)
    damage(store.backup(), 0.001)
    store.close()

    assert rescue(folder).backup == older
    assert keys_in(folder) == ["first", "second"]  # the file itself was sound


def test_without_a_readable_backup_nothing_is_changed(damaged):
    damage(damaged / "backups" / "memory-000001.db", 0.5)
    before = contents(damaged)

    with pytest.raises(StoreError, match=r"Nothing in .* can be read"):
        rescue(damaged)

    assert contents(damaged) == before


def test_a_memory_that_is_open_is_not_restored_over(store, folder):
    store.backup()

    with pytest.raises(StoreBusy):
        rescue(folder)


def test_a_closed_store_takes_no_backup(store):
    store.close()

    with pytest.raises(StoreError, match="closed"):
        store.backup()


def test_a_folder_without_room_for_backups_is_explained(store, folder):
    (folder / "backups").write_text("a file in the way")

    with pytest.raises(StoreError, match="cannot be used for her memory"):
        store.backup()


def test_there_is_nothing_to_restore_where_nothing_was(folder):
    folder.mkdir(parents=True)

    with pytest.raises(StoreError, match="nothing to save"):
        rescue(folder)


@pytest.fixture
def large(desktop, folder) -> Path:
    """A memory of many pages, with a backup."""
    store = Store.open(folder)
    for n in range(200):
        put(store, f"{n:03}", "words " * 100)
    store.backup()
    store.close()
    return folder


def test_damage_deep_in_the_file_is_found_when_opening_after_a_crash(large, tmp_path):
    store = Store.open(large)
    put(store, "unfinished business")
    crashed = tmp_path / "people" / "crashed"
    shutil.copytree(large, crashed)  # what the disk holds when the power goes
    store.close()
    assert len(keys_in(crashed)) == 201

    shutil.rmtree(crashed)
    store = Store.open(large)
    put(store, "more unfinished business")
    shutil.copytree(large, crashed)
    store.close()
    damage(crashed / "memory.db", 0.5)
    before = contents(crashed)
    with pytest.raises(DamagedStore):
        Store.open(crashed)
    after = contents(crashed)
    for name in ("memory.db", "memory.db-wal"):
        assert after[name] == before[name]

    assert rescue(crashed).aside == crashed / "memory-damaged-1.db"
    assert len(keys_in(crashed)) >= 200  # those of the backup, and what else could be read
    assert (crashed / "memory-damaged-1.db-wal").read_bytes() == before["memory.db-wal"]


def test_damage_met_later_is_reported_and_costs_no_backup(large):
    [backup] = (large / "backups").glob("*.db")
    damage(large / "memory.db", 0.8)

    store = Store.open(large)  # closed cleanly, so not read through
    with pytest.raises(DamagedStore) as report, store.read() as connection:
        connection.execute(select(note.c.value)).all()
    assert report.value.backup == backup
    with pytest.raises(DamagedStore):
        store.backup()
    assert list((large / "backups").glob("memory*")) == [backup]
    store.close()
