"""How she has changed since her birth: small steps, each with its reason, each of which can be taken back.

A trait is what it was at birth and the steps since, within bounds: she drifts, she does not turn into somebody
else. Besides the six traits there are habits with this person: 0 is how she would do it with anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from becoming.events import Change, InputError
from becoming.persona.traits import TRAITS
from becoming.store import Store
from becoming.store.schema import trait

FURTHEST = 0.3
"""No trait ever gets further from what it was at birth."""

LOWEST, HIGHEST = 0.05, 0.95
HABITS = {"asks": (-0.6, 0.3), "asks in the evening": (-0.6, 0.0)}
"""How much more, or less, than she would with anybody."""

_TELLS = {
    "playful": ("I joke less", "I joke a little more"),
    "direct": ("I say hard things more softly", "I come to the point sooner"),
    "curious": ("I am less curious aloud", "I have grown more curious"),
    "warm": ("I keep my warmth quieter", "I have grown warmer"),
    "wordy": ("I use fewer words", "I take a few more words"),
    "dreamy": ("I speak more plainly", "I think more in pictures"),
    "asks": ("I ask fewer questions", "I ask more"),
    "asks in the evening": ("I ask fewer questions in the evening", "I ask more in the evening"),
}


class Growing:
    """The diary of one life. Raises events.StoreError when the store cannot be used."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def changes(self) -> list[Change]:
        """Every step, the first one first; also what was taken back."""
        with self._store.read() as connection:
            return [_change(row) for row in connection.execute(select(trait).order_by(trait.c.id))]

    def traits(self, born: Mapping[str, float]) -> dict[str, float]:
        """What she is now, who was `born` so; with her habits."""
        return grown(born, self.changes())

    def undo(self, id_: int, at: float) -> Change:
        """Take one step back. Raises InputError if there is none of that number, or not any more."""
        with self._store.write() as connection:
            row = connection.execute(select(trait).where(trait.c.id == id_, trait.c.undone.is_(None))).first()
            if row is None:
                raise InputError(
                    f"There is no change {id_} to take back. See what there is with: becoming growth"
                )
            connection.execute(update(trait).where(trait.c.id == id_).values(undone=round(at * 1000)))
            return _change(row)


def grown(born: Mapping[str, float], changes: Sequence[Change]) -> dict[str, float]:
    """The traits that these steps lead to, within their bounds, and the habits there are."""
    sums: dict[str, float] = {}
    for change in changes:
        if change.undone is None:
            sums[change.name] = sums.get(change.name, 0.0) + change.step
    now = {name: bounded(name, value, value + sums.get(name, 0.0)) for name, value in born.items()}
    now |= {name: min(most, max(least, sums[name])) for name, (least, most) in HABITS.items() if name in sums}
    return {name: round(value, 3) for name, value in now.items()}


def bounded(name: str, born: float, value: float) -> float:
    """A trait kept within its bounds; warmth never below the middle."""
    least = max(LOWEST, born - FURTHEST, min(0.5, born) if name == "warm" else LOWEST)
    return min(HIGHEST, born + FURTHEST, max(least, value))


def told(change: Change) -> str:
    """A step as she tells it: "Since the 3rd of May I ask fewer questions, because …"."""
    since = datetime.fromtimestamp(change.at)
    what = _TELLS[change.name][change.step > 0]
    return f"Since {since:%-d %B} {what}, because {change.because}."


def _change(row: Row[Any]) -> Change:
    undone = None if row.undone is None else row.undone / 1000
    return Change(row.id, row.at / 1000, row.name, row.step, row.because, undone)


assert set(_TELLS) == {*TRAITS, *HABITS}
