"""The end of a memory: its file, its journal, its backups and its key, gone for good.

A flash disk may keep old blocks for a while; without the key they are noise, and the key goes first.
"""

from __future__ import annotations

from pathlib import Path

from becoming.store import key
from becoming.store.files import DATABASE, KEY_FILE

_OURS = (f"{DATABASE}*", "memory-damaged-*", "memory.restoring*", f"{KEY_FILE}*", "backups/*", "memory.lock")


def erase(memory: Path) -> tuple[str, ...]:
    """Erase what lies in a folder of a memory that nobody has open; what of it is left, by name: empty, if all went.

    Files of somebody else's in that folder stay, and the folder with them.
    """
    key_left = key.forget(memory)
    for path in _files(memory):
        path.unlink(missing_ok=True)
    left = [path.name for path in _files(memory)] + ([key_left] if key_left else [])
    for folder in (memory / "backups", memory):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    return tuple(left)


def _files(memory: Path) -> list[Path]:
    return [path for pattern in _OURS for path in sorted(memory.glob(pattern)) if path.is_file()]
