from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from becoming.events import StoreError
from becoming.store import DiskFull, Store, StoreBusy, folder_of
from becoming.store.schema import note
from tests.store.computers import contents


def put(store: Store, key: str, value: object = None) -> None:
    with store.write() as connection:
        connection.execute(insert(note).values(key=key, value=value))


def keys(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(select(note.c.key).order_by(note.c.key)).scalars())


def test_every_person_has_a_folder_of_their_own():
    assert folder_of(Path("/h")) != folder_of(Path("/h"), "ada")
    assert folder_of(Path("/h"), "ada").parent == folder_of(Path("/h")).parent


def test_the_folder_is_for_its_owner_only(store, folder):
    if os.name == "posix":
        assert folder.stat().st_mode & 0o077 == 0


def test_no_word_can_be_read_in_the_files(desktop, folder):
    store = Store.open(folder)
    put(store, "the marmalade cat", "sleeps on the harpsichord")
    store.backup()
    while_open = contents(folder)
    store.close()
    afterwards = contents(folder)

    assert {"memory.db", "memory.db-wal", "backups/memory-000001.db"} <= while_open.keys()
    [secret] = desktop.kept.values()
    for files in (while_open, afterwards):
        for name, content in files.items():
            for readable in (b"marmalade", b"harpsichord", b"SQLite format", secret.encode()):
                assert readable not in content, name
            assert bytes.fromhex(secret) not in content, name
    assert noise(afterwards["memory.db"]) > 7.9


def noise(content: bytes) -> float:
    """Shannon entropy, bits per byte: 8 is noise."""
    shares = [content.count(byte) / len(content) for byte in set(content)]
    return -sum(share * math.log2(share) for share in shares)


def test_a_transaction_that_fails_leaves_nothing(store):
    put(store, "a")

    def put_two() -> None:
        with store.write() as connection:
            connection.execute(insert(note).values(key="b", value=1))
            connection.execute(insert(note).values(key="a", value=1))

    with pytest.raises(IntegrityError):
        put_two()
    assert keys(store) == ["a"]


def test_an_error_never_quotes_private_words(store):
    put(store, "a", "harpsichord")
    with pytest.raises(IntegrityError) as error:
        put(store, "a", "marmalade")

    assert "marmalade" not in str(error.value)


def test_many_threads_write_and_read_at_once(store):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: (put(store, f"{n:03}"), keys(store)), range(100)))

    assert keys(store) == [f"{n:03}" for n in range(100)]


def test_a_second_becoming_on_the_same_memory_is_told_so(store, folder):
    with pytest.raises(StoreBusy, match="already running"):
        Store.open(folder)
    put(store, "still works")

    store.close()
    Store.open(folder).close()


def test_a_refused_opening_does_not_lock_out_the_next(folder):
    with pytest.raises(StoreError):
        Store.open(folder)
    Store.open(folder, "seven quiet herons").close()


def test_a_closed_store_says_so_and_can_be_closed_again(store):
    store.close()
    store.close()

    with pytest.raises(StoreError, match="closed"):
        keys(store)


def test_closing_leaves_one_file_and_no_journal(store, folder):
    put(store, "a")
    store.close()

    assert sorted(contents(folder)) == ["key.json", "memory.db"]


def test_a_folder_that_cannot_be_made_is_explained(desktop, tmp_path):
    (tmp_path / "people").write_text("a file in the way")

    with pytest.raises(StoreError, match="cannot be used for her memory"):
        Store.open(tmp_path / "people" / "first")


def test_a_full_database_refuses_the_write_and_goes_on_when_there_is_room(store):
    put(store, "before")
    with store.read() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))

    with pytest.raises(DiskFull, match="Everything before it is safe"):
        put(store, "too much", "x" * 100_000)

    assert keys(store) == ["before"]
    with store.read() as connection:
        connection.execute(text("PRAGMA max_page_count = 100000"))
    put(store, "later", "x" * 100_000)
    assert keys(store) == ["before", "later"]


def test_a_commit_that_fails_leaves_the_store_usable(desktop, folder):
    store = Store.open(folder)
    with pytest.raises(Exception, match="FOREIGN KEY"), store.write() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql("INSERT INTO alias (name, being) VALUES ('nobody', 999)")
    with store.write() as connection:
        connection.exec_driver_sql("INSERT INTO alias (name, being) VALUES ('somebody', 1)")
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT name FROM alias").scalars().all() == ["somebody"]
    store.close()
