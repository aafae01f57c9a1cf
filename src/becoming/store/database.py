"""One person's memory, open: transactions, migrations, backup. Where its rows are is a keeper's matter."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, Self

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from becoming.events import InputError, StoreError
from becoming.store import migrations
from becoming.store.encrypted import EncryptedFile

_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")


def checked_slug(person: str) -> str:
    """The name of a memory, not necessarily the person's own.

    Raises InputError for anything that could lead out of its folder or to two folders that some systems
    take for one ("Ada", "ada").
    """
    if not _SLUG.fullmatch(person):
        raise InputError(
            f"{person!r} cannot be the name of a memory. Use up to 32 small letters a to z, digits, '-' and "
            "'_', beginning with a letter or a digit."
        )
    return person


def folder_of(home: Path, person: str = "first") -> Path:
    """The folder of one person's memory. Raises InputError if that cannot be its name."""
    return home / "people" / checked_slug(person)


class Keeper(Protocol):
    """Keeps the rows of one person: in an encrypted file (`encrypted.py`) or on a PostgreSQL server (`postgres.py`)."""

    @property
    def place(self) -> str:
        """Where that is, for a person to read; no password in it."""

    @property
    def beyond(self) -> tuple[str, ...]:
        """Where else words may be kept that it can't erase: somebody else's to clear."""

    def connect(self) -> Connection:
        """A connection to it, taken for this process. Raises StoreBusy and the like."""

    def begin(self, connection: Connection, *, write: bool) -> None:
        """Begin a transaction where the driver does not."""

    def explain(self, error: BaseException | None) -> StoreError | None:
        """What the driver's error means to a person; None if it is about our SQL, so a bug."""

    def migrated(self, connection: Connection) -> None:
        """New tables are there: see that nobody else can read them."""

    def backup(self) -> Path | None:
        """Take a copy; None where that is somebody else's work."""

    def leave_no_trace(self, connection: Connection) -> int:
        """Write anew what it keeps, so that nothing deleted is left in it; how many copies were replaced."""

    def end(self, connection: Connection) -> tuple[str, ...]:
        """Erase all that it keeps, and the place itself; the connection is closed. What is left: empty, if nothing is."""

    def close(self) -> None:
        """Let others have it."""


class Store:
    """An open memory. Any thread may use it: one connection, one transaction at a time.

    A transaction takes a fraction of a millisecond and a commit one flush of the disk, so taking
    turns costs less than a pool of connections, each decrypting into a cache of its own, would.
    """

    def __init__(self, keeper: Keeper) -> None:
        """Used by `open` and `at`."""
        self._keeper = keeper
        self._turn = threading.RLock()
        self._backing_up = threading.Lock()
        with self._explained():
            self._connection: Connection = keeper.connect()
        try:
            self._migrate()
        except BaseException:
            self._connection.close()
            raise

    @classmethod
    def open(cls, folder: Path, passphrase: str | None = None) -> Self:
        """Open the memory in `folder`, creating it and its key where there is none, and migrate it.

        Raises a StoreError (see `errors.py` for the kinds); whatever was there is then untouched.
        """
        return cls._of(EncryptedFile.open(folder, passphrase))

    @classmethod
    def at(cls, url: str, person: str) -> Self:
        """Open a person's memory on a PostgreSQL server, creating it where there is none, and migrate it.

        Private words are not encrypted by her there. Raises a StoreError; whatever was there is then untouched.
        """
        from becoming.store.postgres import Schema

        return cls._of(Schema(url, checked_slug(person)))

    @classmethod
    def _of(cls, keeper: Keeper) -> Self:
        try:
            return cls(keeper)
        except BaseException:
            keeper.close()
            raise

    def _migrate(self) -> None:
        """Bring the tables up to date, in one transaction, after a backup of what is there."""
        with self.read() as connection:
            current = migrations.revision(connection)
        if current == migrations.LATEST:
            return
        if current and current > migrations.LATEST:
            raise StoreError(
                f"The memory in {self._keeper.place} was written by a newer Becoming (its tables are of revision "
                f"{current}, this one knows {migrations.LATEST}). Nothing was changed; update Becoming and "
                "start again."
            )
        backup = self.backup() if current else None
        try:
            with self.write() as connection:
                migrations.upgrade(connection, migrations.LATEST)
                self._keeper.migrated(connection)
        except SQLAlchemyError as error:
            raise StoreError(
                f"The memory in {self._keeper.place} could not be brought up to date. Nothing was changed"
                + (f", and a backup is in {backup}" if backup else "")
                + "; please report this, and go on with the version of Becoming you had."
            ) from error

    @property
    def beyond(self) -> tuple[str, ...]:
        """Where words that are forgotten may stay, as only somebody else can clear it."""
        return self._keeper.beyond

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: durable when the block is left, undone if the block raises.

        Raises DiskFull, DamagedStore or another StoreError; the store stays usable.
        """
        with self._transaction(write=True) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One transaction that sees a single state of the database."""
        with self._transaction(write=False) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[Connection]:
        with self._turn, self._explained():
            connection = self._connected()
            try:
                with connection.begin():
                    self._keeper.begin(connection, write=write)
                    yield connection
            finally:
                # A commit that fails (a full disk, say) leaves SQLite inside the transaction.
                raw = None if connection.invalidated else connection.connection.dbapi_connection
                if raw is not None and getattr(raw, "in_transaction", False):
                    raw.rollback()

    def _connected(self) -> Connection:
        """The connection; a new one in place of one that the server has ended."""
        self._check_open()
        if self._connection.invalidated:
            fresh = self._keeper.connect()
            self._connection.close()
            self._connection = fresh
        return self._connection

    def backup(self) -> Path | None:
        """Take a copy and keep the last seven; the memory can be used meanwhile. None where others see to that."""
        with self._backing_up, self._explained():
            self._check_open()
            return self._keeper.backup()

    def leave_no_trace(self) -> int:
        """Leave nothing of what was deleted: in the rows, in the journal, or in copies. How many copies went.

        What is kept is written anew. Raises DiskFull (it is there twice for a while) and the like.
        """
        with self._turn, self._backing_up, self._explained():
            return self._keeper.leave_no_trace(self._connected())

    def _check_open(self) -> None:
        if self._connection.closed:
            raise StoreError("This memory was closed; start Becoming again.")

    def end(self) -> tuple[str, ...]:
        """Close this memory and erase it for good, key and backups with it; what is left, empty if nothing is."""
        with self._turn, self._backing_up, self._explained():
            return self._keeper.end(self._connected())

    def close(self) -> None:
        """Finish what is being written and let others open it. Closing twice is fine."""
        with self._turn, self._backing_up:
            self._connection.close()
            self._keeper.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """What the driver says about the place, as a StoreError; a mistake in our SQL as it is."""
        try:
            yield
        except (DBAPIError, dbapi2.DatabaseError) as error:
            meant = self._keeper.explain(error.orig if isinstance(error, DBAPIError) else error)
            if meant is None:
                raise
            raise meant from error
