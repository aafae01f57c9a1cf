"""A damaged memory, opened read-only: what can still be read of it is saved, on top of the newest backup.

Every page is authenticated, so a damaged one is never taken for a sound one: what is read is true. A table
is read in ranges of rows; a range that cannot be read is halved until only the lost rows are left out.
The damaged file is set aside as it is, never written to.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Table
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from becoming.events import StoreError
from becoming.store import backups, migrations, schema
from becoming.store.cipher import connect, engine, explain, is_sound
from becoming.store.files import DATABASE, hold, move, usable
from becoming.store.key import existing_key

_RANGE = 4096
"""Rows read at once."""

_PATIENCE = 2000
"""Ranges of a table that could not be read, after which they are no longer halved: some fifty leaf pages."""

_BEYOND = 100_000
"""Where the last row cannot be read, so many after the backup's last are looked for."""


@dataclass(frozen=True, slots=True)
class Rescued:
    """What was saved: moments in the memory now, and how many of them only the damaged file had.

    `backup` is what it was laid on (None: there was none), `aside` where the damaged file is now.
    """

    moments: int
    saved: int
    backup: Path | None
    aside: Path | None


def rescue(memory: Path, passphrase: str | None = None) -> Rescued:
    """Put a sound memory in place of a damaged one: the newest readable backup and all that came after it and
    can still be read. Nobody may have it open. Raises StoreBusy, DiskFull, the errors of the key, and
    StoreError where neither the file nor a backup can be read.
    """
    with usable(memory):
        lock = hold(memory)
        try:
            return _rescue(memory, passphrase)
        except dbapi2.DatabaseError as error:
            raise explain(error, memory / DATABASE, backups.newest(memory)) or error from error
        finally:
            lock.release()


def _rescue(memory: Path, passphrase: str | None) -> Rescued:
    key = existing_key(memory, passphrase)
    if key is None:
        raise StoreError(f"There is no memory in {memory}; nothing to save.")
    fresh = memory / "memory.restoring"
    try:
        backup = _lay_ground(memory, fresh, key)
        with closing(connect(fresh, key)) as into:
            before = _count(into)
            reader = _Reader(memory / DATABASE, key)
            if reader.readable:
                _save(reader, into)
            now = _count(into)
        if not is_sound(fresh, key) or (backup is None and now == 0):
            raise StoreError(
                f"Nothing in {memory} can be read any more. Nothing was changed; put back a copy of the whole "
                "folder if you have one."
            )
        aside = backups.set_aside(memory)
        move(fresh, memory / DATABASE)
        return Rescued(now, now - before, backup, aside)
    finally:
        fresh.unlink(missing_ok=True)


def _lay_ground(memory: Path, fresh: Path, key: bytes) -> Path | None:
    """The newest backup that can be read, or empty tables."""
    for backup in backups.newest_first(memory):
        shutil.copyfile(backup, fresh)
        if is_sound(fresh, key):
            _migrate(fresh, key)
            return backup
    fresh.unlink(missing_ok=True)
    _migrate(fresh, key)
    return None


def _migrate(fresh: Path, key: bytes) -> None:
    with engine(fresh, key).begin() as connection:
        if migrations.revision(connection) != migrations.LATEST:
            migrations.upgrade(connection, migrations.LATEST)


class _Reader:
    """Reads the damaged file, and only reads. An error spoils a connection, so each is followed by a new one."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._connection: Any = None
        self._patience = 0

    @property
    def readable(self) -> bool:
        """Whether anything can be read at all: without the first page nothing can, and an empty file has no tables."""
        found = self._ask("SELECT count(*) FROM sqlite_master") if self._path.exists() else None
        return found is not None and found[0][0] > 0

    def rows(self, table: Table, last: int) -> Iterator[tuple[Any, ...]]:
        """Every row of `table` that can be read, in order."""
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        query = f'SELECT {columns} FROM "{table.name}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid'
        self._patience = _PATIENCE
        highest = self._ask(f'SELECT max(rowid) FROM "{table.name}"')
        end = last + _BEYOND if highest is None else highest[0][0] or 0
        for start in range(0, end + 1, _RANGE):
            yield from self._range(query, start, min(start + _RANGE - 1, end))

    def _range(self, query: str, start: int, end: int) -> Iterator[tuple[Any, ...]]:
        found = self._ask(query, start, end)
        if found is not None:
            yield from found
        elif start < end and self._patience > 0:
            self._patience -= 1
            middle = (start + end) // 2
            yield from self._range(query, start, middle)
            yield from self._range(query, middle + 1, end)

    def _ask(self, query: str, *bounds: int) -> list[tuple[Any, ...]] | None:
        try:
            if self._connection is None:
                self._connection = connect(self._path, self._key, read_only=True)
            found: list[tuple[Any, ...]] = self._connection.execute(query, bounds).fetchall()
        except dbapi2.DatabaseError:
            if self._connection is not None:
                self._connection.close()
            self._connection = None
            return None
        return found


def _save(reader: _Reader, into: Any) -> None:
    """Add what the damaged file has and the backup has not; what both have is as the file has it."""
    into.execute("PRAGMA foreign_keys = OFF")  # parents may be among the lost: see below
    into.execute("BEGIN IMMEDIATE")
    triggers = into.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        into.execute(f'DROP TRIGGER "{name}"')
    for table in schema.metadata.sorted_tables:
        _save_table(reader, into, table)
    _drop_orphans(into)
    _index_again(into)
    for _, made in triggers:
        into.execute(made)
    into.execute("COMMIT")


def _save_table(reader: _Reader, into: Any, table: Table) -> None:
    names = [column.name for column in table.columns]
    marks, quoted = ", ".join("?" * len(names)), ", ".join(f'"{name}"' for name in names)
    statement = f'INSERT OR REPLACE INTO "{table.name}" ({quoted}) VALUES ({marks})'
    last = into.execute(f'SELECT max(rowid) FROM "{table.name}"').fetchone()[0] or 0
    for row in reader.rows(table, last):
        into.execute(statement, row)


def _drop_orphans(into: Any) -> None:
    """Rows that belong to a lost one go; who superseded whom is forgotten where the successor is lost."""
    into.execute("UPDATE belief SET superseded_by = NULL WHERE superseded_by NOT IN (SELECT id FROM belief)")
    while lost := into.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, *_ in lost:
            into.execute(f'DELETE FROM "{table}" WHERE rowid = ?', [rowid])
    into.execute(
        "DELETE FROM belief WHERE author <> 'user' AND NOT EXISTS "
        "(SELECT 1 FROM evidence WHERE belief = belief.id AND stance = 1)"
    )


def _index_again(into: Any) -> None:
    """The full-text indices follow from the rows."""
    into.execute("DELETE FROM turn_fts")
    into.execute("""
        INSERT INTO turn_fts (rowid, own, near)
        SELECT id, text, trim(
            coalesce(lag(text, 2) OVER talk || char(10), '') || coalesce(lag(text) OVER talk || char(10), '') ||
            coalesce(lead(text) OVER talk || char(10), '') || coalesce(lead(text, 2) OVER talk, ''), char(10))
        FROM turn WINDOW talk AS (PARTITION BY session ORDER BY id)""")
    for index in ("belief_fts", "passage_fts"):
        into.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")


def _count(connection: Any) -> int:
    return int(connection.execute("SELECT count(*) FROM turn").fetchone()[0])
