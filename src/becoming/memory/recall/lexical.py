"""Moments by their words: full-text search whose cost stays bounded however long a life has become."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy import Connection
from sqlalchemy import text as sql

NEAR_WEIGHT = 0.3
"""What the words of the turns around a moment count, beside its own."""

BUDGET = 4_000
"""So many entries of the full-text index are read for one query; the most common words are left out."""

FOUND = 300

_MATCH = sql(
    f"SELECT rowid, -bm25(turn_fts, 1.0, {NEAR_WEIGHT}) AS score FROM turn_fts "
    f"WHERE turn_fts MATCH :query AND rowid < :before ORDER BY score DESC LIMIT {FOUND}"
)
_COUNT = sql(
    f"SELECT count(*) FROM (SELECT rowid FROM turn_fts WHERE turn_fts MATCH :query LIMIT {BUDGET + 1})"
)


class Lexical:
    """BM25 over the moments of one store, and how common its words are."""

    def __init__(self) -> None:
        self._counts: dict[str, tuple[int, int]] = {}  # word: how often, when there were so many moments

    def find(
        self, connection: Connection, words: Sequence[str], size: int, before: int
    ) -> tuple[list[int], list[float]]:
        """The moments that match the words (the last first) best and their scores; `size` is how many there are.

        Words that would cost more than BUDGET are not looked up: they say little, and vectors cover them.
        """
        affordable = self._affordable(connection, words, size)
        if not affordable:
            return [], []
        # Two in a row also as a phrase: who says "support group" means that more than support, or a group.
        pairs = [f"{first} {second}" for second, first in pairwise(words) if {first, second} <= affordable]
        query = " OR ".join(f'"{each}"' for each in [*sorted(affordable), *pairs])
        rows = connection.execute(_MATCH, {"query": query, "before": before}).all()
        return [row.rowid for row in rows], [row.score for row in rows]

    def _affordable(self, connection: Connection, words: Sequence[str], size: int) -> set[str]:
        if size * len(words) <= BUDGET:
            return set(words)
        counts = {word: self._count(connection, word, size) for word in words}
        left, taken = BUDGET, set()
        for word in sorted(words, key=counts.__getitem__):
            left -= counts[word]
            if left < 0:
                break
            taken.add(word)
        return taken

    def _count(self, connection: Connection, word: str, size: int) -> int:
        count, counted_at = self._counts.get(word, (0, 0))
        if size > 1.25 * counted_at:
            count = connection.execute(_COUNT, {"query": f'"{word}"'}).scalar_one()
            self._counts[word] = count, size
        return count
