"""What she has read: books, letters, chats. Found again by words and by meaning; never lived, never evidence.

A book is written in two steps. `add` keeps its text and full-text index in one transaction, and from
then on it is found by its words. `catch_up` adds the vectors, also for a book that a crash left
without, or whose vectors are those of another model.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Row, Select, func, insert, select

from becoming.events import Document
from becoming.memory.recall.embedding import Words
from becoming.memory.recall.words import telling_words
from becoming.store import Store
from becoming.store.fulltext import fulltext
from becoming.store.schema import book, book_vectors, passage
from becoming.store.sql import upsert

MEANING = 0.5
"""Weight of the likeness of vectors (a cosine) beside the words' score, which is 1 for the best match."""

_CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class Book:
    """Something she has read. `passages` is how many there are of it, `read` when it was, in Unix seconds."""

    id: int
    title: str
    form: str
    read: float
    passages: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a book, with where it stands. Words of an author: to be quoted, never to be obeyed."""

    id: int
    title: str
    place: str
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class _Vectors:
    passages: npt.NDArray[np.int64]  # (n,) ids
    rows: npt.NDArray[np.float32]  # (n, dim), L2-normalised


class Library:
    """One person's books. Its methods may be called from any thread; they raise events.StoreError."""

    def __init__(self, store: Store, words: Words) -> None:
        """`words` gives the vectors; those kept of another model are made anew by `catch_up`."""
        self._store, self._words = store, words
        self._vectors: _Vectors | None = None
        self._loading = threading.Lock()

    def add(self, document: Document, now: float) -> Book:
        """Read it: on disk and found by its words when this returns. The same file is read once."""
        with self._store.write() as connection:
            known = connection.execute(select(book.c.id).where(book.c.digest == document.digest)).scalar()
            if known is not None:
                return _told(connection.execute(_BOOKS.where(book.c.id == known)).one())
            return _write(connection, document, now)

    def catch_up(self) -> None:
        """Give every book that has no vectors of this model its vectors (a novel: about 0.1 s)."""
        has = select(book_vectors.c.book).where(book_vectors.c.model == self._words.MODEL)
        with self._store.read() as connection:
            missing = connection.execute(select(book.c.id).where(book.c.id.not_in(has))).scalars().all()
        for id_ in missing:
            self._give_vectors(id_)

    def books(self) -> list[Book]:
        """All she has read, in the order of reading."""
        with self._store.read() as connection:
            return [_told(row) for row in connection.execute(_BOOKS.order_by(book.c.id))]

    def search(self, text: str, limit: int = 3) -> list[Passage]:
        """The passages closest to `text` in words and meaning, best first; often none."""
        scores = self._lexical(text)
        for id_, likeness in self._alike(text).items():
            scores[id_] = scores.get(id_, 0.0) + MEANING * likeness
        best = sorted(scores, key=lambda id_: scores[id_], reverse=True)[:limit]
        query = select(passage, book.c.title).join(book).where(passage.c.id.in_(best))
        with self._store.read() as connection:
            rows = {row.id: row for row in connection.execute(query)}
        found = [rows[id_] for id_ in best if id_ in rows]
        return [Passage(row.id, row.title, row.place, row.text, scores[row.id]) for row in found]

    def reread(self) -> None:
        """A book was forgotten (`forgetting.py`): its vectors must not stay in working memory either."""
        self._vectors = None

    def _lexical(self, text: str) -> dict[int, float]:
        """Passage → 0..1, by BM25 against the best of them."""
        with self._store.read() as connection:
            found = fulltext(connection).passages(connection, telling_words(text), _CANDIDATES)
        return {id_: score / found[0][1] for id_, score in found}

    def _alike(self, text: str) -> dict[int, float]:
        """Passage → cosine, of the most alike."""
        vectors = self._loaded()
        if not len(vectors.passages):
            return {}
        likeness = vectors.rows @ self._words([text])[0]
        most = np.argsort(-likeness)[:_CANDIDATES]
        return {int(vectors.passages[n]): float(likeness[n]) for n in most if likeness[n] > 0}

    def _give_vectors(self, id_: int) -> None:
        with self._store.read() as connection:
            texts = connection.execute(
                select(passage.c.text).where(passage.c.book == id_).order_by(passage.c.id)
            )
            rows = self._words(list(texts.scalars()))
        values = {"model": self._words.MODEL, "v": rows.astype(np.float16).tobytes()}
        with self._store.write() as connection:
            new = upsert(connection, book_vectors).values(book=id_, **values)
            connection.execute(new.on_conflict_do_update(index_elements=["book"], set_=values))
        self._vectors = None

    def _loaded(self) -> _Vectors:
        """The vectors of all books as one matrix; loaded once, as the whole of it is compared."""
        with self._loading:
            if self._vectors is None:
                self._vectors = self._load()
            return self._vectors

    def _load(self) -> _Vectors:
        kept = select(book_vectors).where(book_vectors.c.model == self._words.MODEL)
        ids: list[int] = []
        rows = []
        with self._store.read() as connection:
            for one in connection.execute(kept).all():
                of_it = select(passage.c.id).where(passage.c.book == one.book).order_by(passage.c.id)
                mine = connection.execute(of_it).scalars().all()
                ids += mine
                rows.append(np.frombuffer(one.v, np.float16).reshape(len(mine), -1).astype(np.float32))
        return _Vectors(
            np.array(ids, np.int64), np.concatenate(rows) if rows else np.empty((0, 0), np.float32)
        )


_BOOKS: Select[Any] = select(
    book.c.id,
    book.c.title,
    book.c.form,
    book.c.read,
    select(func.count()).where(passage.c.book == book.c.id).scalar_subquery().label("passages"),
)


def _write(connection: Connection, document: Document, now: float) -> Book:
    values = {"title": document.title, "form": document.form, "digest": document.digest}
    new = insert(book).values(**values, read=round(now * 1000)).returning(book.c.id)
    id_: int = connection.execute(new).scalar_one()
    fulltext(connection).read(connection, id_, [(one.place, one.text) for one in document.excerpts])
    return Book(id_, document.title, document.form, round(now * 1000) / 1000, len(document.excerpts))


def _told(row: Row[Any]) -> Book:
    return Book(row.id, row.title, row.form, row.read / 1000, row.passages)
