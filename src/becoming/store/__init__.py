"""The database of one person's memory: open, key, migrate, transaction, backup, restore."""

from becoming.store.backups import Restored, restore
from becoming.store.database import Store, folder_of
from becoming.store.errors import (
    DamagedStore,
    DiskFull,
    KeyMissing,
    NeedsPassphrase,
    StoreBusy,
    WrongPassphrase,
)

__all__ = [
    "DamagedStore",
    "DiskFull",
    "KeyMissing",
    "NeedsPassphrase",
    "Restored",
    "Store",
    "StoreBusy",
    "WrongPassphrase",
    "folder_of",
    "restore",
]
