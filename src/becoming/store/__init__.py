"""The database of one person's memory: open, key, migrate, transaction, backup, rescue."""

from becoming.store.database import Store, folder_of
from becoming.store.errors import (
    DamagedStore,
    DiskFull,
    KeyMissing,
    NeedsPassphrase,
    StoreBusy,
    WrongPassphrase,
)
from becoming.store.opening import is_begun, open_store
from becoming.store.rescue import Rescued, rescue

__all__ = [
    "DamagedStore",
    "DiskFull",
    "KeyMissing",
    "NeedsPassphrase",
    "Rescued",
    "Store",
    "StoreBusy",
    "WrongPassphrase",
    "folder_of",
    "is_begun",
    "open_store",
    "rescue",
]
