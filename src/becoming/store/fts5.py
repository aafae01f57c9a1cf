"""Full-text search by SQLite's FTS5; see `fulltext.py`. Its own BM25 is the measure."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from becoming.store.schema import NEAR_WEIGHT

_INDICES = ("turn_fts", "belief_fts", "passage_fts")
_ALL = 2**62

_TURNS = text(
    f"SELECT rowid, -bm25(turn_fts, 1.0, {NEAR_WEIGHT}) AS score FROM turn_fts "
    "WHERE turn_fts MATCH :query AND rowid < :before ORDER BY score DESC LIMIT :limit"
)
_COUNT = text("SELECT count(*) FROM (SELECT rowid FROM turn_fts WHERE turn_fts MATCH :query LIMIT :most)")
_SAYING = text("SELECT rowid, own FROM turn_fts WHERE turn_fts MATCH :query AND rowid <= :last")
_PASSAGES = text(
    "SELECT rowid, -rank AS score FROM passage_fts WHERE passage_fts MATCH :query ORDER BY rank LIMIT :limit"
)
_INDEX = text("INSERT INTO passage_fts(rowid, text) SELECT id, text FROM passage WHERE book = :book")


def turns(
    connection: Connection, words: Sequence[str], *, before: int | None = None, limit: int
) -> list[tuple[int, float]]:
    """See `FullText`."""
    if not words:
        return []
    bounds = {"query": _any(words), "before": _ALL if before is None else before, "limit": limit}
    return [(id_, score) for id_, score in connection.execute(_TURNS, bounds)]


def count(connection: Connection, word: str, most: int) -> int:
    """See `FullText`."""
    found: int = connection.execute(_COUNT, {"query": _any([word]), "most": most}).scalar_one()
    return found


def saying(connection: Connection, phrase: str, last: int) -> list[tuple[int, str]]:
    """See `FullText`."""
    found = connection.execute(_SAYING, {"query": f"own : {_any([phrase])}", "last": last})
    return [(id_, own) for id_, own in found]


def passages(connection: Connection, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
    """See `FullText`."""
    if not words:
        return []
    return [
        (id_, score) for id_, score in connection.execute(_PASSAGES, {"query": _any(words), "limit": limit})
    ]


def read(connection: Connection, book: int, passages: Sequence[tuple[str, str]]) -> None:
    """See `FullText`."""
    rows = [(book, place, words) for place, words in passages]
    connection.exec_driver_sql("INSERT INTO passage(book, place, text) VALUES (?, ?, ?)", rows)
    connection.execute(_INDEX, {"book": book})


def before_erasing(connection: Connection) -> None:
    """See `FullText`. A plain delete would leave the words in the index until some later merge."""
    for index in _INDICES:
        connection.execute(text(f"INSERT INTO {index}({index}, rank) VALUES ('secure-delete', 1)"))


def rebuild(connection: Connection) -> None:
    """See `FullText`. Not 'optimize': the last segment of an index may keep a word only to say that it is gone."""
    for index in _INDICES:
        connection.execute(text(f"INSERT INTO {index}({index}) VALUES ('rebuild')"))


def check(connection: Connection) -> None:
    """See `FullText`; SQLite raises, and the store explains."""
    for index in _INDICES:
        connection.execute(text(f"INSERT INTO {index}({index}) VALUES ('integrity-check')"))


def _any(words: Sequence[str]) -> str:
    """A query for any of these. Each is quoted, so nothing in it can be read as query syntax."""
    return " OR ".join('"' + word.replace('"', " ") + '"' for word in words)
