"""Encrypted copies of a memory, taken while it is in use; the last few are kept, for `rescue.py` to build on.

`backups/memory-000012.db` opens with the same key, and `key.json` is copied along: without it they
are noise. They are numbered rather than dated, so a clock that jumps back cannot make the newest
look like the oldest.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from becoming.events import StoreError
from becoming.store.cipher import connect, is_sound
from becoming.store.files import DATABASE, KEY_FILE, move, replace_with

KEPT = 7


def newest_first(memory: Path) -> list[Path]:
    """Every backup, the latest first."""
    return sorted((memory / "backups").glob("memory-" + "[0-9]" * 6 + ".db"), reverse=True)


def newest(memory: Path) -> Path | None:
    """The latest backup of the memory in that folder, if there is one."""
    return next(iter(newest_first(memory)), None)


def take(memory: Path, key: bytes) -> Path:
    """Copy the memory in that folder and drop the oldest copies; others may write meanwhile.

    The copy gets its name only after every page of it was read back, so a damaged memory or a full
    disk never costs an older backup. Raises what SQLite and the system raise.
    """
    folder = memory / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    fresh = folder / "memory.new"
    fresh.unlink(missing_ok=True)
    try:
        with closing(connect(memory / DATABASE, key)) as source:
            # Under the same key. Unlike SQLite's page-by-page backup, this stops at a damaged page.
            source.execute("VACUUM INTO ?", [str(fresh)])
        if not is_sound(fresh, key):
            raise StoreError(f"The backup written to {folder} cannot be read back; check that disk.")
        last = newest(memory)
        number = 1 + (int(last.stem.removeprefix("memory-")) if last else 0)
        target = folder / f"memory-{number:06}.db"
        move(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)
    replace_with(folder / KEY_FILE, (memory / KEY_FILE).read_bytes())
    for old in newest_first(memory)[KEPT:]:
        old.unlink()
    return target


def replace_all(memory: Path, key: bytes) -> int:
    """Take a backup and drop every older copy, damaged files set aside included; how many went.

    For when something was forgotten: an older copy would still hold it.
    """
    older = [*newest_first(memory), *memory.glob("memory-damaged-*"), *memory.glob("memory.restoring")]
    take(memory, key)
    for copy in older:
        copy.unlink(missing_ok=True)
    return len(older)


def set_aside(memory: Path) -> Path | None:
    """Rename the damaged file and its journal to the next free name; nothing is ever overwritten."""
    damaged = memory / DATABASE
    if not damaged.exists():
        return None
    number = 1 + len(list(memory.glob("memory-damaged-*.db")))
    aside = memory / f"memory-damaged-{number}.db"
    move(damaged, aside)
    for ending in ("-wal", "-shm"):  # a journal left behind would be taken for the restored file's
        journal = damaged.with_name(DATABASE + ending)
        if journal.exists():
            move(journal, aside.with_name(aside.name + ending))
    return aside
