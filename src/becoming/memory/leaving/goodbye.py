"""Leaving for good: a last letter, everything in a folder, and then all of it erased, the key too.

First everything is written; only when it is whole is anything erased.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from becoming.events import InputError, Receipt
from becoming.memory.beliefs.holding import Beliefs
from becoming.memory.forgetting.erasing import Forgetting
from becoming.memory.leaving.folder import export
from becoming.memory.leaving.letter import letter
from becoming.memory.moments import Memory
from becoming.store import Store

LETTER = "letter.md"


@dataclass(frozen=True, slots=True)
class Goodbye:
    """Where everything was written to, what went, and what is left of it on this computer: empty, if nothing is."""

    folder: Path
    receipt: Receipt
    left: tuple[str, ...]

    @property
    def told(self) -> str:
        """It in two sentences."""
        gone = (
            f"Something is still in {', '.join(self.left)}: delete that yourself."
            if self.left
            else "Nothing of it is left on this computer: not the memory, not its backups, not its key. I looked."
        )
        return f"Your letter and everything you told me is in {self.folder}. {gone}"


def free(folder: Path) -> Path:
    """That name, or the next one that is not taken."""
    names = (folder, *(folder.with_name(f"{folder.name}-{number}") for number in range(2, 1000)))
    return next((name for name in names if not name.exists()), folder)


def leave(
    store: Store,
    folder: Path,
    drop_prompts: Callable[[], int],
    fits: Callable[[str], bool],
    now: float,
) -> Goodbye:
    """Write, then erase; the store is closed afterwards. Raises InputError or StoreError with nothing erased, if it
    could not be written."""
    moments, held = Memory(store), Beliefs(store)
    being, person = moments.get("being") or {}, moments.get("person") or {}
    words = letter(moments.since(0.0), held.current(), person.get("name", ""), being.get("name", ""), fits)
    written = export(store, folder)
    try:
        (written / LETTER).write_text(words, "utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"The letter could not be written to {written} ({error.strerror}). Nothing was erased."
        ) from error
    forgetting = Forgetting(store, drop_prompts=drop_prompts)
    receipt = forgetting.forget(forgetting.plan("everything", now), now)
    return Goodbye(written, receipt, tuple(dict.fromkeys((*receipt.left, *store.end()))))
