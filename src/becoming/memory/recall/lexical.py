"""Moments by their words: full-text search whose cost stays bounded however long a life has become."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy import Connection

from becoming.store.fulltext import fulltext

BUDGET = 4_000
"""So many entries of the full-text index are read for one query; the most common words are left out."""

FOUND = 300


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
        wanted = [*sorted(affordable), *pairs]
        found = fulltext(connection).turns(connection, wanted, before=before, limit=FOUND)
        return [id_ for id_, _ in found], [score for _, score in found]

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
            count = fulltext(connection).count(connection, word, BUDGET + 1)
            self._counts[word] = count, size
        return count
