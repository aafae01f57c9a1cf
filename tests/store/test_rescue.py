from __future__ import annotations

from pathlib import Path

import pytest

from becoming.events import StoreError
from becoming.memory import Memory
from becoming.memory.beliefs.holding import Beliefs
from becoming.memory.beliefs.learning import Learning
from becoming.store import DamagedStore, Store, StoreBusy, rescue
from becoming.store.cipher import PAGE
from tests.store.computers import contents

NOON = 1_793_448_000.0


def live(store: Store, start: int, end: int) -> None:
    memory, learning = Memory(store), Learning(store)
    for n in range(start, end):
        town = f"I live in Town{n}. " if n % 50 == 0 else ""
        moment = memory.record(
            "person", f"{town}Number{n} was a day like any other, with some weather in it.", NOON + n
        )
        learning.hear(moment)


def damage_page(path: Path, number: int) -> None:
    content = bytearray(path.read_bytes())
    content[number * PAGE + 200] ^= 1
    path.write_bytes(content)


@pytest.fixture
def lived(desktop, folder) -> Path:
    """Two hundred moments, a backup, and two hundred more."""
    store = Store.open(folder)
    live(store, 0, 200)
    store.backup()
    live(store, 200, 400)
    store.close()
    return folder


def numbers(folder: Path) -> list[int]:
    store = Store.open(folder)
    said = [moment.text for moment in Memory(store).recent(10_000)]
    store.close()
    return [int(text.split("Number")[1].split()[0]) for text in said]


@pytest.mark.parametrize("page", range(20, 60, 8))
def test_a_damaged_page_costs_at_most_what_stood_on_it_and_never_what_a_backup_has(lived, page):
    damage_page(lived / "memory.db", page)
    before = (lived / "memory.db").read_bytes()
    done = rescue(lived)

    kept = numbers(lived)
    assert kept == sorted(set(kept))
    assert set(range(200)) <= set(kept)
    assert len(kept) >= 400 - 60  # a page holds some forty of these
    assert done.moments == len(kept)
    assert done.saved == len(kept) - 200
    assert done.aside is not None
    assert done.aside.read_bytes() == before


def test_what_was_saved_is_found_again_and_still_held(lived):
    damage_page(lived / "memory.db", 30)
    rescue(lived)

    store = Store.open(lived)
    memory, homes = Memory(store), Beliefs(store).history("you")
    last = memory.recent(1)[0].text.split()[0]
    assert memory.recall(last.lower(), 1)[0].text.startswith(last)
    assert len([home for home in homes if home.current]) == 1
    assert all(Beliefs(store).how_known(home.id) for home in homes)
    memory.record("person", "It goes on.", NOON + 1000)
    store.close()


def test_without_a_backup_what_can_be_read_is_saved(lived):
    for backup in (lived / "backups").glob("*.db"):
        backup.unlink()
    damage_page(lived / "memory.db", 40)
    done = rescue(lived)

    assert done.backup is None
    assert len(numbers(lived)) >= 340


def test_where_nothing_can_be_read_the_last_backup_stands(lived):
    damage_page(lived / "memory.db", 0)
    with pytest.raises(DamagedStore):
        Store.open(lived)
    done = rescue(lived)

    assert (done.moments, done.saved) == (200, 0)
    assert numbers(lived) == list(range(200))


def test_where_nothing_is_left_at_all_nothing_is_changed(lived):
    for path in [lived / "memory.db", *(lived / "backups").glob("*.db")]:
        damage_page(path, 0)
    before = contents(lived)

    with pytest.raises(StoreError, match="put back a copy"):
        rescue(lived)
    assert contents(lived) == before


def test_a_memory_that_is_open_is_left_alone(store, folder):
    with pytest.raises(StoreBusy):
        rescue(folder)
