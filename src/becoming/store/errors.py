"""What can go wrong with the store. Every message is for the person and says what to do next.

events.StoreError
├── NeedsPassphrase   no keyring to hold the key, and no passphrase was given (`new`: there is no memory yet)
├── WrongPassphrase   the passphrase does not open this memory
├── KeyMissing        the key is not where the key file says, or the key file itself is gone
├── StoreBusy         another Becoming has this memory open
├── DiskFull          there is no room to write
└── DamagedStore      the file cannot be read (`backup`: the newest copy, if there is one)
"""

from __future__ import annotations

from pathlib import Path

from becoming.events import StoreError


class NeedsPassphrase(StoreError):
    """The key can only come from a passphrase, and none was given."""

    def __init__(self, *, new: bool) -> None:
        """`new` is true where no memory exists yet, so the passphrase is to be chosen, not recalled."""
        self.new = new
        super().__init__(
            "This computer has no keyring to keep the key of her memory in. Choose a passphrase: it encrypts "
            "everything she remembers, and without it nobody can read it, not even you. To run without being "
            "asked, put it into BECOMING_PASSPHRASE."
            if new
            else "Her memory is locked with your passphrase. Enter it, or put it into BECOMING_PASSPHRASE."
        )


class WrongPassphrase(StoreError):
    """The passphrase does not open this memory; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            "That is not the passphrase of this memory. Nothing was changed; try again, and check Caps Lock "
            "and the keyboard layout."
        )


class KeyMissing(StoreError):
    """The memory is there and its key is not; nothing was changed."""


class StoreBusy(StoreError):
    """Another process has this memory open."""

    def __init__(self, place: Path | str) -> None:
        super().__init__(
            f"Becoming is already running with the memory in {place}. Use that one, or stop it first."
        )


class DiskFull(StoreError):
    """There is no room to write; everything recorded before is safe."""

    def __init__(self, place: Path | str) -> None:
        super().__init__(
            f"The disk that holds {place} is full, so this could not be kept. Everything before it is safe; "
            "make some room and go on."
        )


class DamagedStore(StoreError):
    """The file of the memory cannot be read; it was left as it is."""

    def __init__(self, path: Path, backup: Path | None) -> None:
        """`backup` is the newest copy, or None where none was ever made."""
        self.backup = backup
        super().__init__(
            f"The memory in {path} is damaged and was left untouched. "
            + (
                f"The newest backup is {backup}; what can still be read of the "
                "file can be saved on top of it, with the damaged file set aside."
                if backup
                else "There is no backup of it here; put back a copy of the whole folder if you have one."
            )
        )
