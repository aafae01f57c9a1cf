"""What a person had her keep, all of one kind in one note of their memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, ClassVar, Generic, TypeVar

from becoming.events import InputError

Undo = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One of them; without an `id` until it is kept."""

    id: int = 0


Kind = TypeVar("Kind", bound=Row)


@dataclass
class Rows(Generic[Kind]):
    """All of one person; subclasses say of what. Methods may be called from any thread, and what they return is durable.
    Raise StoreError."""

    get: Callable[[str], Any]
    put: Callable[[str, Any], None]
    _lock: threading.RLock = field(default_factory=threading.RLock, kw_only=True)

    note: ClassVar[str]
    kind: ClassVar[type[Any]]
    most: ClassVar[int]
    called: ClassVar[str]

    def rows(self) -> list[Kind]:
        """As they were added."""
        return [self.kind(**row) for row in self.get(self.note) or []]

    def add(self, *new: Kind) -> list[Kind]:
        """Keep them; with their ids. Raises InputError where there are too many."""
        with self._lock:
            rows = self.rows()
            if len(rows) + len(new) > self.most:
                raise InputError(f"I keep {self.most} {self.called} already. Tell me which to drop.")
            first = self._free(rows)
            added = [it if it.id else replace(it, id=first + n) for n, it in enumerate(new)]
            self._keep(sorted([*rows, *added], key=lambda it: it.id))
        return added

    def drop(self, *ids: int) -> list[Kind]:
        """Let them go; those that were there."""
        with self._lock:
            rows = self.rows()
            self._keep([it for it in rows if it.id not in ids])
        return [it for it in rows if it.id in ids]

    def added(self, *new: Kind) -> Undo:
        """The same as `add`, with how to take it back."""
        ids = [it.id for it in self.add(*new)]
        return lambda: self.drop(*ids)

    def dropped(self, *ids: int) -> Undo:
        """The same as `drop`, with how to take it back."""
        gone = self.drop(*ids)
        return lambda: self.add(*gone)

    def _free(self, rows: Sequence[Kind]) -> int:
        return max((it.id + 1 for it in rows), default=1)

    def _keep(self, rows: Sequence[Kind]) -> None:
        self.put(self.note, [asdict(it) for it in rows])
