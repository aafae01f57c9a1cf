"""Where a memory is kept at home: an encrypted SQLite file in a folder of the person's own.

memory.db     encrypted; and memory.db-wal while open or after a crash
key.json      where the key is (`key.py`)
memory.lock   held by the process that has it open
backups/      the last seven copies
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

from filelock import FileLock
from sqlalchemy import Connection

from becoming.events import StoreError
from becoming.store import backups, cipher, ending, key
from becoming.store.cipher import PAGE, is_sound
from becoming.store.errors import DamagedStore, KeyMissing
from becoming.store.files import DATABASE, KEY_FILE, hold, usable


class EncryptedFile:
    """One person's file, locked for this process. See `database.Keeper` for what it does."""

    def __init__(self, folder: Path, secret: bytes, lock: FileLock) -> None:
        """Used by `open`."""
        self._folder, self._secret, self._lock = folder, secret, lock
        self.place = str(folder / DATABASE)
        self.beyond: tuple[str, ...] = ()

    @classmethod
    def open(cls, folder: Path, passphrase: str | None) -> Self:
        """Take the memory in `folder` for this process; it and its key are made where there is none."""
        with usable(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = hold(folder)
            try:
                secret = _key_of(folder, folder / DATABASE, passphrase)
                _check_journal(folder / DATABASE, secret)
                return cls(folder, secret, lock)
            except BaseException:
                lock.release()
                raise

    def connect(self) -> Connection:
        """Open it; whether the key is right shows here."""
        connection = cipher.engine(self._folder / DATABASE, self._secret).connect()
        try:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")  # is the key right?
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            connection.rollback()  # ends SQLAlchemy's view of a transaction; SQLite was in none
        except BaseException:
            connection.close()
            raise
        return connection

    def begin(self, connection: Connection, *, write: bool) -> None:
        """SQLite's driver leaves it to us; a writer waits here, not at its first write."""
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    def explain(self, error: BaseException | None) -> StoreError | None:
        """What SQLite says about the file; None for a mistake in our SQL."""
        return cipher.explain(error, self._folder / DATABASE, backups.newest(self._folder))

    def migrated(self, connection: Connection) -> None:
        """Nothing: the file is its own guard."""

    def backup(self) -> Path:
        """An encrypted copy; the last seven are kept."""
        with usable(self._folder):
            return backups.take(self._folder, self._secret)

    def leave_no_trace(self, connection: Connection) -> int:
        """Write the file anew, and one fresh backup in place of the older ones and of damaged files set aside."""
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.rollback()  # ends SQLAlchemy's view of a transaction; SQLite was in none
        with usable(self._folder):
            return backups.replace_all(self._folder, self._secret)

    def end(self, connection: Connection) -> tuple[str, ...]:
        """The file, its journal, its backups and its key, for good."""
        connection.close()
        with usable(self._folder):
            self._lock.release()
            return ending.erase(self._folder)

    def close(self) -> None:
        """Let others open it."""
        self._lock.release()


def _key_of(folder: Path, path: Path, passphrase: str | None) -> bytes:
    """The key of the memory in `folder`; a new one only where there never was a memory."""
    secret = key.existing_key(folder, passphrase)
    size = path.stat().st_size if path.exists() else 0
    backup = backups.newest(folder)
    if secret is None and (size or backup):
        raise KeyMissing(
            f"{folder / KEY_FILE} is gone, and without it the memory beside it stays locked. Nothing was "
            "changed; put back a copy of that file (one lies in the folder 'backups')."
        )
    # SQLite takes a file of less than a page for a new one, and would write over it; and where
    # there are backups there was a memory, so it is not the time to begin another.
    if 0 < size < PAGE or (size == 0 and backup):
        raise DamagedStore(path, backup)
    return secret or key.new_key(folder, passphrase)


def _check_journal(path: Path, secret: bytes) -> None:
    """Closing cleanly removes the journal; one with something in it was left by a crash."""
    journal = path.with_name(DATABASE + "-wal")
    if journal.exists() and journal.stat().st_size > 0 and not is_sound(path, secret):
        raise DamagedStore(path, backups.newest(path.parent))
