"""Files that are there whole or not at all, also after the power went; and who may touch them."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from becoming.events import StoreError
from becoming.store.errors import DiskFull, StoreBusy

DATABASE = "memory.db"
KEY_FILE = "key.json"


@contextmanager
def usable(folder: Path) -> Iterator[None]:
    """What the system says about the files in `folder`, as a StoreError."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(folder) from error
        raise StoreError(
            f"The folder {folder} cannot be used for her memory ({error.strerror}). Check its rights."
        ) from error


def hold(folder: Path) -> FileLock:
    """Take the memory in `folder` for this process, until it releases it or dies; StoreBusy if taken."""
    lock = FileLock(folder / "memory.lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise StoreBusy(folder) from None
    return lock


def replace_with(path: Path, content: bytes) -> None:
    """Write `content` to `path` in one step: afterwards the file is the old one or the new one."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(content)
    move(fresh, path)


def move(source: Path, target: Path) -> None:
    """Rename, replacing what was there; durable when it returns."""
    _sync(source)
    source.replace(target)
    if os.name == "posix":  # elsewhere a folder cannot be opened, and its entries are journalled
        _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
