"""What the person has her write down: notes, and lists like the one for shopping; their words, kept in one note."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from becoming.events import InputError

NOTE, MOST = "notebook", 2000


@dataclass(frozen=True, slots=True)
class Written:
    """One of them: `words` as they were said, on which `list` ("shopping"; empty: a note of its own), and when."""

    words: str
    at: float
    list: str = ""
    id: int = 0


@dataclass
class Notebook:
    """All of one person. Its methods may be called from any thread, and what they return is durable. Raise StoreError."""

    get: Callable[[str], Any]
    put: Callable[[str, Any], None]
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def all(self, list_: str = "") -> list[Written]:
        """What is on that list, in order; else the notes, the latest first."""
        kept = [it for it in self._all() if it.list == list_]
        return kept if list_ else kept[::-1]

    def lists(self) -> list[str]:
        """The lists on which there is something."""
        return list(dict.fromkeys(it.list for it in self._all() if it.list))

    def write(self, *new: Written) -> Sequence[int]:
        """Keep them; their ids. Raises InputError where there are too many."""
        with self._lock:
            rows = self._all()
            if len(rows) + len(new) > MOST:
                raise InputError(f"I keep {MOST} notes already. Tell me which to drop.")
            first = max((it.id for it in rows), default=0) + 1
            added = [it if it.id else replace(it, id=first + n) for n, it in enumerate(new)]
            self._keep(sorted([*rows, *added], key=lambda it: it.id))
        return [it.id for it in added]

    def drop(self, *ids: int) -> list[Written]:
        """Let them go; those that were there."""
        with self._lock:
            rows = self._all()
            self._keep([it for it in rows if it.id not in ids])
        return [it for it in rows if it.id in ids]

    def _all(self) -> list[Written]:
        return [Written(**row) for row in self.get(NOTE) or []]

    def _keep(self, rows: Sequence[Written]) -> None:
        self.put(NOTE, [asdict(it) for it in rows])
