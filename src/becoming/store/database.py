"""One person's database, open: transactions, migrations, backup.

A person has a folder of their own, `<home>/people/<slug>/`, with their own key in it:

    memory.db     encrypted; and memory.db-wal while open or after a crash
    key.json      where the key is (`key.py`)
    memory.lock   held by the process that has it open
    backups/      the last seven copies
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from filelock import FileLock
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from becoming.events import InputError, StoreError
from becoming.store import backups, key, migrations
from becoming.store.cipher import PAGE, connect, explain, is_sound
from becoming.store.errors import DamagedStore, KeyMissing
from becoming.store.files import DATABASE, KEY_FILE, hold, usable

_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")


def folder_of(home: Path, person: str = "first") -> Path:
    """The folder of one person's memory; `person` is a folder's name, not necessarily the person's own.

    Raises InputError for anything that could lead out of it or to two folders that some systems
    take for one ("Ada", "ada").
    """
    if not _SLUG.fullmatch(person):
        raise InputError(
            f"{person!r} cannot be the name of a memory. Use up to 32 small letters a to z, digits, '-' and "
            "'_', beginning with a letter or a digit."
        )
    return home / "people" / person


class Store:
    """An open database. Any thread may use it: one connection, one transaction at a time.

    A transaction takes a fraction of a millisecond and a commit one flush of the disk, so taking
    turns costs less than a pool of connections, each decrypting into a cache of its own, would.
    """

    def __init__(self, folder: Path, secret: bytes, lock: FileLock) -> None:
        """Used by `open`, which has the lock and the key."""
        self._folder = folder
        self._path = folder / DATABASE
        self._secret = secret
        self._lock = lock
        self._turn = threading.RLock()
        self._backing_up = threading.Lock()
        # Parameters are private words: they must not turn up in the text of an error.
        engine = create_engine(
            "sqlite://",
            module=dbapi2,
            creator=lambda: connect(self._path, secret),
            poolclass=NullPool,
            hide_parameters=True,
        )
        self._connection: Connection = engine.connect()

    @classmethod
    def open(cls, folder: Path, passphrase: str | None = None) -> Self:
        """Open the memory in `folder`, creating it and its key where there is none, and migrate it.

        Raises a StoreError (see `errors.py` for the kinds); whatever was there is then untouched.
        """
        with usable(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = hold(folder)
            try:
                return cls._open(folder, passphrase, lock)
            except BaseException:
                lock.release()
                raise

    @classmethod
    def _open(cls, folder: Path, passphrase: str | None, lock: FileLock) -> Self:
        path = folder / DATABASE
        secret = _key_of(folder, path, passphrase)
        # Closing cleanly removes the journal; one with something in it was left by a crash.
        journal = path.with_name(DATABASE + "-wal")
        if journal.exists() and journal.stat().st_size > 0 and not is_sound(path, secret):
            raise DamagedStore(path, backups.newest(folder))
        with _explained(path):
            store = cls(folder, secret, lock)
        try:
            store._prepare()
        except BaseException:
            store._connection.close()
            raise
        return store

    def _prepare(self) -> None:
        with _explained(self._path):
            self._connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")  # is the key right?
            self._connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            self._connection.rollback()  # ends SQLAlchemy's view of a transaction; SQLite was in none
        self._migrate()

    def _migrate(self) -> None:
        """Bring the tables up to date, in one transaction, after a backup of what is there."""
        with self.read() as connection:
            current = migrations.revision(connection)
        if current == migrations.LATEST:
            return
        if current and current > migrations.LATEST:
            raise StoreError(
                f"The memory in {self._path} was written by a newer Becoming (its tables are of revision "
                f"{current}, this one knows {migrations.LATEST}). Nothing was changed; update Becoming and "
                "start again."
            )
        backup = self.backup() if current else None
        try:
            with self.write() as connection:
                migrations.upgrade(connection, migrations.LATEST)
        except SQLAlchemyError as error:
            raise StoreError(
                f"The memory in {self._path} could not be brought up to date. Nothing was changed"
                + (f", and a backup is in {backup}" if backup else "")
                + "; please report this, and go on with the version of Becoming you had."
            ) from error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: durable when the block is left, undone if the block raises.

        Raises DiskFull, DamagedStore or another StoreError; the store stays usable.
        """
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One transaction that sees a single state of the database."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with self._turn:
            self._check_open()
            try:
                with _explained(self._path), self._connection.begin():
                    self._connection.exec_driver_sql(begin)
                    yield self._connection
            finally:
                # A commit that fails (a full disk, say) leaves SQLite inside the transaction.
                raw = self._connection.connection.dbapi_connection
                if raw is not None and getattr(raw, "in_transaction", False):
                    raw.rollback()

    def backup(self) -> Path:
        """Take an encrypted copy and keep the last seven; the memory can be used meanwhile."""
        with self._backing_up, usable(self._folder), _explained(self._path):
            self._check_open()
            return backups.take(self._folder, self._secret)

    def leave_no_trace(self) -> int:
        """Leave nothing of what was deleted: in the file, in its journal, or in copies. How many copies went.

        The file is written anew, and one fresh backup takes the place of the older ones and of damaged
        files that were set aside. Raises DiskFull (the file is written twice) and the like.
        """
        with self._turn, self._backing_up, usable(self._folder), _explained(self._path):
            self._check_open()
            self._connection.exec_driver_sql("VACUUM")
            self._connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            self._connection.rollback()  # ends SQLAlchemy's view of a transaction; SQLite was in none
            return backups.replace_all(self._folder, self._secret)

    def _check_open(self) -> None:
        if self._connection.closed:
            raise StoreError("This memory was closed; start Becoming again.")

    def close(self) -> None:
        """Finish what is being written and let others open it. Closing twice is fine."""
        with self._turn, self._backing_up:
            self._connection.close()
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


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """What SQLite says about the file, as a StoreError; a mistake in our SQL as it is."""
    try:
        yield
    except (DBAPIError, dbapi2.DatabaseError) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        meant = explain(said, path, backups.newest(path.parent))
        if meant is None:
            raise
        raise meant from error
