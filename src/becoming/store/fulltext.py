"""Full-text search, the one thing the two databases do each in their own way (`fts5.py`, `tsvector.py`).

The table `turn_fts` is written to by all alike: `own` is the words of a turn, `near` those around it. All else
goes through this. Scores are BM25 (Robertson & Zaragoza 2009) as SQLite's FTS5 computes it, k1 = 1.2, b = 0.75:
the same words give the same scores on both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection

from becoming.store import fts5, tsvector


class FullText(Protocol):
    """Ids come with their scores, the best first. Words are stemmed as the index is. The transaction is the caller's."""

    def turns(
        self, connection: Connection, words: Sequence[str], *, before: int | None = None, limit: int
    ) -> list[tuple[int, float]]:
        """The turns recorded before `before` that hold any of the words; two words with a space are a phrase."""

    def count(self, connection: Connection, word: str, most: int) -> int:
        """In how many turns, or in the turns around them, the word is; counted up to `most`."""

    def saying(self, connection: Connection, phrase: str, last: int) -> list[tuple[int, str]]:
        """The turns up to the id `last` in whose own words the phrase is, with these words."""

    def passages(self, connection: Connection, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """The passages of books that hold any of the words."""

    def read(self, connection: Connection, book: int, passages: Sequence[tuple[str, str]]) -> None:
        """Add the passages of a book, (place, text) each, and index them."""

    def before_erasing(self, connection: Connection) -> None:
        """From here on what is deleted leaves nothing in the indices."""

    def rebuild(self, connection: Connection) -> None:
        """Make the indices anew from what stands in the tables."""

    def check(self, connection: Connection) -> None:
        """Raise a StoreError if an index is not what the rows say."""


def fulltext(connection: Connection) -> FullText:
    """That of this database."""
    return fts5 if connection.dialect.name == "sqlite" else tsvector
