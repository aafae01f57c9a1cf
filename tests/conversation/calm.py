"""Care for tests that are about something else: the real one, over a detector that hears no danger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from becoming.care import Caring
from becoming.events import Danger


class Kept(dict[str, Any]):
    """Notes in a dictionary."""

    def put(self, key: str, value: Any) -> None:
        self[key] = value


def calm(clock: Callable[[], float] = lambda: 1_700_000_000.0) -> Caring:
    return Caring(lambda text, earlier: Danger("none"), Kept(), clock)


def hears(*dangers: tuple[str, Danger]) -> Callable[[str, Sequence[str]], Danger]:
    """A detector that hears these dangers in utterances that hold these words, and none elsewhere."""

    def hear(text: str, earlier: Sequence[str]) -> Danger:
        return next((danger for words, danger in dangers if words in text.lower()), Danger("none"))

    return hear
