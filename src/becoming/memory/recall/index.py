"""What is held in memory of every moment so that all of them can be weighed in a few milliseconds.

Half a kilobyte a moment: who said it when in which talk, how long it is, and its vector (`vectors.py`).
It follows the database: what was recorded since the last look is read in; what was forgotten is dropped
by `forget`, and is never given out anyway, as whoever uses this reads the words from the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Row
from sqlalchemy import text as sql

from becoming.memory.recall.embedding import Sentences
from becoming.memory.recall.vectors import Codes

Rows = npt.NDArray[np.int64]
"""Places of moments in the index, which is in the order of recording."""

SHORTLIST = 512
"""So many moments are compared exactly; beyond them, by the signs of their numbers alone."""

_NEWER = sql(
    "SELECT t.id, t.session, t.speaker, t.said, t.stability, coalesce(t.seen, t.said) AS seen, t.valence, t.arousal, "
    "length(t.text) AS length, rtrim(t.text) LIKE '%?' AS asks, v.v "
    "FROM turn t LEFT JOIN vector v ON v.turn = t.id AND v.model = :model WHERE t.id > :last ORDER BY t.id LIMIT 20000"
)
_NUMBERS = {
    "id": np.int64,
    "session": np.int64,
    "speaker": np.int64,
    "said": np.int64,
    "seen": np.int64,
    "stability": np.float32,
    "valence": np.float32,
    "arousal": np.float32,
    "length": np.float32,
    "asks": np.bool_,
}


class Index:
    """The moments of one store. Not thread-safe: `Recall` lets one in at a time."""

    def __init__(self) -> None:
        self._size = 0
        self._columns: dict[str, npt.NDArray[Any]] = {
            name: np.zeros(0, kind) for name, kind in _NUMBERS.items()
        }
        self._codes: Codes = np.zeros((0, Sentences.DIM), np.int8)
        # Column by column, as all moments are compared 64 numbers at a time.
        self._signs = [np.zeros(0, np.uint64) for _ in range(Sentences.DIM // 64)]
        # What a row of codes is to be multiplied with to be of unit length.
        self._scale = np.zeros(0, np.float32)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, column: str) -> npt.NDArray[Any]:
        """A column of all moments, in order; one may write to it."""
        return self._columns[column][: self._size]

    def follow(self, connection: Connection) -> None:
        """Read in what was recorded since the last time."""
        while True:
            last = int(self["id"][-1]) if self._size else 0
            rows = connection.execute(_NEWER, {"model": Sentences.MODEL, "last": last}).all()
            if not rows:
                return
            self._append(rows)

    def _append(self, rows: Sequence[Row[Any]]) -> None:
        start, end = self._size, self._size + len(rows)
        if end > len(self._codes):
            self._grow(max(end, 2 * start))
        for name in _NUMBERS:
            self._columns[name][start:end] = [getattr(row, name) for row in rows]
        blank = bytes(Sentences.DIM)
        joined = b"".join(row.v or blank for row in rows)
        self._size = end
        self.set_codes(np.arange(start, end), np.frombuffer(joined, np.int8).reshape(-1, Sentences.DIM))

    def _grow(self, capacity: int) -> None:
        def larger(old: npt.NDArray[Any]) -> npt.NDArray[Any]:
            new = np.zeros((capacity, *old.shape[1:]), old.dtype)
            new[: self._size] = old[: self._size]
            return new

        self._columns = {name: larger(old) for name, old in self._columns.items()}
        self._codes, self._scale = larger(self._codes), larger(self._scale)
        self._signs = [larger(column) for column in self._signs]

    def set_codes(self, rows: Rows, codes: Codes) -> None:
        """The vectors of these moments."""
        self._codes[rows] = codes
        for column, signs in zip(self._signs, _signs(codes), strict=True):
            column[rows] = signs
        self._scale[rows] = 1 / np.maximum(np.sqrt(np.square(codes, dtype=np.int32).sum(axis=1)), 1)

    def rows_of(self, ids: Sequence[int] | npt.NDArray[np.int64]) -> Rows:
        """Where these moments are, those of them that are here."""
        wanted = np.asarray(ids, np.int64)
        places = np.searchsorted(self["id"], wanted)
        here = places < self._size
        here[here] = self["id"][places[here]] == wanted[here]
        return places[here]

    def forget(self, ids: Sequence[int]) -> None:
        """Drop these moments: their vectors are overwritten."""
        kept = np.ones(self._size, np.bool_)
        kept[self.rows_of(ids)] = False
        size = int(kept.sum())
        for column in [*self._columns.values(), *self._signs, self._codes, self._scale]:
            column[:size] = column[: self._size][kept]
            column[size : self._size] = 0
        self._size = size

    def nearest(self, query: npt.NDArray[np.float32], among: int) -> Rows:
        """The SHORTLIST or so of the first `among` moments most like `query`, a vector, by the signs of its numbers."""
        if among <= SHORTLIST:
            return np.arange(among)
        signs = _signs(np.sign(query).astype(np.int8)[None])[:, 0]
        far = np.zeros(among, np.uint16)
        for column, of_query in zip(self._signs, signs, strict=True):
            far += np.bitwise_count(column[:among] ^ of_query)
        return np.sort(np.argpartition(far, SHORTLIST)[:SHORTLIST])

    def likeness(self, query: npt.NDArray[np.float32], rows: Rows) -> npt.NDArray[np.float32]:
        """Cosines of `query` and these moments; 0 for one without a vector, and for a row that is not there."""
        there = (rows >= 0) & (rows < self._size)
        places = np.where(there, rows, 0)
        likeness = (self._codes[places].astype(np.float32) @ query) * self._scale[places]
        return np.where(there, likeness, np.float32(0))

    def vectors(self, rows: Rows) -> npt.NDArray[np.float32]:
        """(n, dim), of unit length."""
        unit: npt.NDArray[np.float32] = self._codes[rows].astype(np.float32) * self._scale[rows, None]
        return unit


def _signs(codes: Codes) -> npt.NDArray[np.uint64]:
    """(dim // 64, n): a bit a number."""
    return np.ascontiguousarray(np.packbits(codes > 0, axis=1).view(np.uint64).T)
