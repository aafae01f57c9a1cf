"""Full-text search on PostgreSQL: what FTS5 does, over the tables of `migrations/versions/r0001_postgresql.sql`.

BM25 is computed here from counts that triggers keep, as PostgreSQL has none. `ts_rank_cd` of one word or of
a phrase is the sum of the weights of the places where it stands: what FTS5 takes for its count.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, text

from becoming.events import StoreError
from becoming.store.schema import NEAR_WEIGHT, passage

_K1, _B = 1.2, 0.75
_ALL = 2**31 - 1


def _bm25(hits: str, table: str, of_all: str, length: str) -> str:
    """The scores of `hits` (term, id, count), up to the FROM; `of_all` is the column of `table` that counts them all."""
    return (
        "WITH asked AS (SELECT term, words_of(term) AS vector, plain_words(term) ~ '\\S +\\S' AS is_phrase "
        "FROM unnest(CAST(:words AS text[])) AS term), "
        f"total AS MATERIALIZED (SELECT {of_all} AS of_all, greatest(words, 1)::float8 / greatest({of_all}, 1) AS mean FROM {table}), "
        f"hit AS MATERIALIZED ({hits}), "
        "idf AS MATERIALIZED (SELECT term, greatest(ln((max(of_all) - count(*) + 0.5) / (count(*) + 0.5)), 1e-6) AS weight "
        "FROM hit CROSS JOIN total GROUP BY term) "
        f"SELECT hit.id, sum(weight * count * {_K1 + 1} / (count + {_K1} * ({1 - _B} + {_B} * {length} / mean))) AS score "
        "FROM hit JOIN idf USING (term) CROSS JOIN total"
    )


# OFFSET 0: a subquery of its own, for which the index is used.
_WORD = "WHERE word = ANY (tsvector_to_array(vector)) OFFSET 0) AS found ON NOT is_phrase"
_WEIGHTS = f"ARRAY[0, 0, {NEAR_WEIGHT}, 1]::float4[]"
# No phrase runs from one into the other.
_OWN, _NEAR = "ts_filter(f.words, '{a}')", "ts_filter(f.words, '{b}')"
_COUNTED = f"ts_rank_cd({_WEIGHTS}, {_OWN}, phrase) + ts_rank_cd({_WEIGHTS}, {_NEAR}, phrase)"

_TURNS = text(
    _bm25(
        f"SELECT term, turn AS id, own + {NEAR_WEIGHT}::float8 * near AS count FROM asked JOIN LATERAL (SELECT * FROM turn_word {_WORD} "
        "UNION ALL "
        # Of a phrase: first the turns that have all of its words, by their index.
        f"SELECT term, f.rowid, {_COUNTED} FROM asked "
        "JOIN LATERAL phraseto_tsquery('words', plain_words(term)) AS phrase ON is_phrase "
        "JOIN LATERAL (SELECT turn FROM turn_word WHERE word = ANY (tsvector_to_array(vector)) "
        "GROUP BY turn HAVING count(*) = length(vector)) AS both_in ON true "
        f"JOIN turn_fts f ON f.rowid = both_in.turn AND ({_OWN} @@ phrase OR {_NEAR} @@ phrase)",
        "turn_total",
        "turns",
        "fts.length",
    )
    + " JOIN turn_fts fts ON fts.rowid = hit.id WHERE hit.id < :before GROUP BY hit.id ORDER BY score DESC LIMIT :limit"
)
_COUNT = text(
    "SELECT count(*) FROM (SELECT 1 FROM turn_word "
    "WHERE word = ANY (tsvector_to_array(words_of(:word))) LIMIT :most) AS counted"
)
_SAYING = text(
    "SELECT rowid, own FROM turn_fts WHERE rowid <= :last AND rowid IN (SELECT turn FROM turn_word WHERE own > 0 "
    "AND word = ANY (tsvector_to_array(words_of(:phrase)))) "
    "AND ts_filter(words, '{a}') @@ phraseto_tsquery('words', plain_words(:phrase))"
)
_PASSAGES = text(
    _bm25(
        f"SELECT term, passage AS id, count, length FROM asked JOIN LATERAL (SELECT * FROM passage_word {_WORD}",
        "passage_total",
        "passages",
        "length",
    )
    + " GROUP BY hit.id ORDER BY score DESC LIMIT :limit"
)
_ASTRAY = text(
    "SELECT (SELECT coalesce(sum(length(words)), 0) FROM turn_fts) <> (SELECT count(*) FROM turn_word) "
    "OR (SELECT (count(*), coalesce(sum(length), 0)) FROM turn_fts) <> (SELECT (turns, words) FROM turn_total) "
    "OR (SELECT count(*) FROM passage) <> (SELECT passages FROM passage_total)"
)


def turns(
    connection: Connection, words: Sequence[str], *, before: int | None = None, limit: int
) -> list[tuple[int, float]]:
    """See `FullText`."""
    if not words:
        return []
    bounds = {"words": list(words), "before": _ALL if before is None else before, "limit": limit}
    return [(id_, score) for id_, score in connection.execute(_TURNS, bounds)]


def count(connection: Connection, word: str, most: int) -> int:
    """See `FullText`."""
    found: int = connection.execute(_COUNT, {"word": word, "most": most}).scalar_one()
    return found


def saying(connection: Connection, phrase: str, last: int) -> list[tuple[int, str]]:
    """See `FullText`."""
    return [(id_, own) for id_, own in connection.execute(_SAYING, {"phrase": phrase, "last": last})]


def passages(connection: Connection, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
    """See `FullText`."""
    if not words:
        return []
    found = connection.execute(_PASSAGES, {"words": list(words), "limit": limit})
    return [(id_, score) for id_, score in found]


def read(connection: Connection, book: int, passages: Sequence[tuple[str, str]]) -> None:
    """See `FullText`; a trigger keeps the index."""
    rows = [{"book": book, "place": place, "text": words} for place, words in passages]
    if rows:
        connection.execute(insert(passage), rows)


def before_erasing(connection: Connection) -> None:
    """See `FullText`: what is deleted goes when the tables are written anew (`Store.leave_no_trace`)."""


def rebuild(connection: Connection) -> None:
    """See `FullText`: triggers have done it."""


def check(connection: Connection) -> None:
    """See `FullText`."""
    if connection.execute(_ASTRAY).scalar_one():
        raise StoreError(
            "The index of her memory is not what was said. Nothing is lost: export the memory and import it again."
        )
