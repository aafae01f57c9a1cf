"""Connections to an encrypted SQLite file, and what its error codes mean to a person."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from becoming.events import StoreError
from becoming.store.errors import DamagedStore, DiskFull, StoreBusy

PAGE = 4096
"""Bytes of a page, SQLCipher's default; no database is smaller."""

_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A DB-API connection that leaves transactions to its caller and may move between threads.

    `key` is the raw 256-bit key, so no key derivation is run on opening. FULL means that a commit
    has reached the disk when it returns: in WAL mode NORMAL would survive a killed process, but
    not a power cut. Deleted content is overwritten, and what SQLite must spill stays in memory
    (the build's TEMP_STORE=2), so nothing readable is left on the disk.
    """
    address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = dbapi2.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=5)
    connection.execute("PRAGMA cipher_log_level = NONE")  # else it writes to stderr; errors are raised anyway
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def engine(path: Path, key: bytes) -> Engine:
    """One such connection at a time. Parameters are private words: they must not turn up in the text of an error."""
    return create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key),
        poolclass=NullPool,
        hide_parameters=True,
    )


def is_sound(path: Path, key: bytes) -> bool:
    """Whether every page can be decrypted and the structure holds. Reads the whole file.

    It only reads: closing another kind of connection would merge a journal left by a crash into
    the file, and a damaged one is to be left as it is.
    """
    try:
        with closing(connect(path, key, read_only=True)) as connection:
            return bool(connection.execute("PRAGMA quick_check").fetchall() == [("ok",)])
    except dbapi2.DatabaseError:
        return False


def explain(error: BaseException | None, path: Path, backup: Path | None) -> StoreError | None:
    """The StoreError for what SQLite says of the file at `path`; None if it is about our SQL, so a bug."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == _FULL:
        return DiskFull(path.parent)
    if code in (_CORRUPT, _NOTADB):
        return DamagedStore(path, backup)
    if code in (_BUSY, _LOCKED):
        return StoreBusy(path.parent)
    if code in (_READONLY, _IOERR, _CANTOPEN):
        return StoreError(
            f"The memory in {path} cannot be read or written ({error}). Everything before it is safe; "
            "check the disk and the rights of that folder, and go on."
        )
    return None
