"""What comes to mind: the few moments that matter now, found by words, meaning, people and time together.

No language model is asked, and nothing is written. It works on a sentence that is still being spoken.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

import numpy as np
from sqlalchemy import Connection, bindparam, select
from sqlalchemy import text as sql

from becoming.events import Feeling, Moment
from becoming.memory import people
from becoming.memory.recall import vectors, weighing
from becoming.memory.recall.embedding import Embed, Sentences
from becoming.memory.recall.index import Index, Rows
from becoming.memory.recall.lexical import Lexical
from becoming.memory.recall.query import Query, understand
from becoming.memory.recall.weighing import FEATURES, SHIPPED, Candidates, Floats, Weights
from becoming.memory.recall.when import Relative, Span
from becoming.memory.rows import MOMENTS, moment_of
from becoming.store import Store
from becoming.store.schema import being, mention, turn

ALIKE = 0.3
"""If nothing shares a word with the query, nor anybody, nor a time, something must be as near as this, or nothing comes."""

UNLIKE = 0.1
"""A moment that shares nothing is left out below this."""

EXPANDED = 3
"""So many of the best bring the moments around them along:"""

NEAR = 2
"""so many on either side, so that with her words between them the person's own come too."""

OF_A_TIME = 300
A_FEW = 50
AROUND_EVENT = 3 * 86_400.0

_MISSING = sql(
    "SELECT t.id, t.text FROM turn t LEFT JOIN vector v ON v.turn = t.id AND v.model = :model "
    f"WHERE v.turn IS NULL ORDER BY t.id DESC LIMIT {A_FEW}"
)


@dataclass(frozen=True, slots=True)
class Recalled:
    """A moment that came to mind, the reason why, and for the best ones what was said right around it.

    `score` is the chance, 0 to 1, that it is the one that is meant, of all there are.
    """

    moment: Moment
    score: float
    reason: str
    around: tuple[Moment, ...] = ()


class Recall:
    """Recall over one person's store. Any thread may call it; a first call loads what is slow to load."""

    def __init__(self, store: Store, embed: Embed, weights: Weights = SHIPPED) -> None:
        """`embed` must be the one that `Memory` records with."""
        self._store, self._weights = store, weights
        self._index, self._lexical = Index(), Lexical()
        self._one_at_a_time = threading.RLock()
        self._embed = embed
        self._vector = lru_cache(64)(lambda text: embed([text])[0])

    def search(
        self,
        text: str,
        now: float,
        *,
        limit: int = 3,
        before: int | None = None,
        tokens: int = 1000,
    ) -> list[Recalled]:
        """The moments that `text` brings to mind, best first; often none.

        With `before`, a moment's id, only moments recorded earlier. No more than `limit`, nor than about
        `tokens` of text. Raises events.StoreError.
        """
        with self._one_at_a_time, self._store.read() as connection:
            query, found = self._consider(connection, text, now, before)
            if not len(found.rows):
                return []
            scores = found.scores(self._weights.asked if query.asks else self._weights.told)
            scores += weighing.asked_for(self._index, found.rows, query.felt)
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            best = np.argsort(-chances, kind="stable")[: 2 * limit]
            moments = _read(connection, self._index["id"][found.rows[best]].tolist())
            recalled = []
            for place in best:
                moment = moments.get(int(self._index["id"][found.rows[place]]))
                if moment is not None:
                    reason = _reason(query, moment, found.features[place])
                    recalled.append(Recalled(moment, float(chances[place]), reason))
            kept = _within(recalled[:limit], tokens)
        return self.with_around(kept)

    def with_around(self, recalled: Sequence[Recalled]) -> list[Recalled]:
        """The same, the best EXPANDED of them with what was said right around them."""
        best = {each.moment.id for each in recalled[:EXPANDED]}
        missing = [each.moment.id for each in recalled if each.moment.id in best and not each.around]
        with self._store.read() as connection:
            around = _around(connection, missing)
        around |= {each.moment.id: each.around for each in recalled if each.moment.id in best and each.around}
        return [replace(each, around=around.get(each.moment.id, ())) for each in recalled]

    def candidates(self, text: str, now: float) -> tuple[list[int], Candidates]:
        """The ids of all moments that `text` may bring to mind, and what speaks for each: to fit weights by."""
        with self._one_at_a_time, self._store.read() as connection:
            _, found = self._consider(connection, text, now, None)
            return self._index["id"][found.rows].tolist(), found

    def catch_up(self) -> int:
        """Give up to A_FEW moments that have no vector one, the latest first; how many there were."""
        with self._store.read() as connection:
            missing = connection.execute(_MISSING, {"model": Sentences.MODEL}).all()
        if missing:
            rows = self._embed([row.text for row in missing])
            with self._one_at_a_time, self._store.write() as connection:
                there = select(turn.c.id).where(turn.c.id.in_([row.id for row in missing]))
                still = set(connection.execute(there).scalars())
                kept = [n for n, row in enumerate(missing) if row.id in still]
                ids = [missing[n].id for n in kept]
                if ids:
                    codes = vectors.keep(connection, ids, rows[kept])
                    self._index.follow(connection)
                    order = np.argsort(ids)
                    self._index.set_codes(self._index.rows_of(np.array(ids)[order]), codes[order])
        return len(missing)

    def forget(self, ids: Sequence[int]) -> None:
        """These moments have been deleted: nothing of them stays in this process either."""
        with self._one_at_a_time:
            self._index.forget(ids)
            self._vector.cache_clear()

    def felt(self, id_: int, feeling: Feeling | None) -> None:
        """What counts as felt in a moment has changed; None: nothing is known of it."""
        with self._one_at_a_time:
            for row in self._index.rows_of([id_]):
                self._index["valence"][row] = feeling.valence if feeling else 0.0
                self._index["arousal"][row] = feeling.arousal if feeling else 0.0

    def _consider(
        self, connection: Connection, text: str, now: float, before: int | None
    ) -> tuple[Query, Candidates]:
        self._index.follow(connection)
        names = {row.id: row.name for row in connection.execute(_TWO)}
        query = understand(text, now, names)
        among = len(self._index) if before is None else int(np.searchsorted(self._index["id"], before))
        spoken_of = people.who_comes_up(connection, query.plain)
        if not among or (query.is_empty and not spoken_of):
            return query, _NONE
        if query.relative:
            span = self._place(connection, query.relative, now, among)
            query = replace(query, spans=[span]) if span else query
        return query, self._weigh(connection, query, spoken_of, now, among)

    def _weigh(
        self, connection: Connection, query: Query, spoken_of: Iterable[int], now: float, among: int
    ) -> Candidates:
        index = self._index
        vector = self._vector(query.plain)
        last = int(index["id"][among - 1]) + 1
        ids, scores = self._lexical.find(connection, query.words, among, last)
        named = connection.execute(_SPEAK_OF, {"beings": list(spoken_of), "last": last}).scalars().all()
        lexical, spoken = np.array(ids, np.int64), np.array(named, np.int64)
        by_word = index.rows_of(lexical)
        found = [index.nearest(vector, among), by_word, index.rows_of(spoken), self._of_time(query, among)]
        rows = np.unique(np.concatenate(found))
        words = np.zeros(len(rows), np.float32)
        order = np.argsort(lexical)
        here = np.isin(lexical[order], index["id"][by_word])
        words[np.searchsorted(rows, np.sort(by_word))] = np.array(scores, np.float32)[order][here]
        about = np.isin(index["id"][rows], spoken)
        made = weighing.features(index, query, vector, rows, words, about)
        shared = (words > 0) | about
        if not query.words_beyond_time:
            shared |= made[:, _TIME] >= 1
        near = made[:, _SENSE]
        relevant = shared | (near >= UNLIKE) if shared.any() else (near >= UNLIKE) & (near.max() >= ALIKE)
        bias = weighing.salience(index, rows, now)
        return Candidates(rows[relevant], made[relevant], bias[relevant])

    def _of_time(self, query: Query, among: int) -> Rows:
        """The latest moments of the time the query names."""
        said = self._index["said"][:among] / 1000
        of_it = np.zeros(among, np.bool_)
        for span in query.spans:
            of_it |= (said >= span.start) & (said < span.end)
        return np.flatnonzero(of_it)[-OF_A_TIME:]

    def _place(self, connection: Connection, relative: Relative, now: float, among: int) -> Span | None:
        """When the event was: recalled like anything else, and only believed if its words come up."""
        event = understand(relative.event, now, {})
        if not event.words:
            return None
        found = self._weigh(connection, replace(event, spans=[], relative=None), (), now, among)
        sure = found.features[:, _WORDS] > 0
        if not sure.any():
            return None
        scores = np.where(sure, found.scores(self._weights.asked), -np.inf)
        said = float(self._index["said"][found.rows[int(scores.argmax())]]) / 1000
        spans = {
            "before": (0.0, said - 1),
            "after": (said, now),
            "when": (said - AROUND_EVENT, said + AROUND_EVENT),
        }
        return Span(*spans[relative.side], relative.phrase)


_WORDS, _SENSE, _TIME = (FEATURES.index(name) for name in ("words", "sense", "time"))
_THESE = MOMENTS.where(turn.c.id.in_(bindparam("ids", expanding=True)))
_BESIDE = sql(
    "SELECT id FROM (SELECT id FROM turn WHERE session = (SELECT session FROM turn WHERE id = :id) AND id < :id "
    f"ORDER BY id DESC LIMIT {NEAR}) AS earlier UNION ALL "
    "SELECT id FROM (SELECT id FROM turn WHERE session = (SELECT session FROM turn WHERE id = :id) AND id > :id "
    f"ORDER BY id LIMIT {NEAR}) AS later ORDER BY 1"
)
_SPEAK_OF = (
    select(mention.c.turn)
    .where(mention.c.being.in_(bindparam("beings", expanding=True)), mention.c.turn < bindparam("last"))
    .order_by(mention.c.turn.desc())
    .limit(OF_A_TIME)
)
_TWO = select(being.c.id, being.c.name).where(being.c.kind.in_(["user", "self"]))
_NONE = Candidates(np.zeros(0, np.int64), np.zeros((0, len(FEATURES)), np.float32), np.zeros(0, np.float32))


def _read(connection: Connection, ids: Sequence[int]) -> dict[int, Moment]:
    return {row.id: moment_of(row) for row in connection.execute(_THESE, {"ids": ids})}


def _around(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[Moment, ...]]:
    """For each of these moments the NEAR ones before and after it in the same talk, in order."""
    beside = {id_: connection.execute(_BESIDE, {"id": id_}).scalars().all() for id_ in ids}
    moments = _read(connection, [other for others in beside.values() for other in others])
    return {id_: tuple(moments[other] for other in others) for id_, others in beside.items()}


def _within(recalled: list[Recalled], tokens: int) -> list[Recalled]:
    """The first of them, as long as their text is no more than about so many tokens; one at least."""
    kept: list[Recalled] = []
    used = 0.0
    for each in recalled:
        used += len(each.moment.text) / 4 + 8  # four letters a token, and who said it when
        if kept and used > tokens:
            break
        kept.append(each)
    return kept


def _reason(query: Query, moment: Moment, values: Floats) -> str:
    """Why it came to mind, for a person to read."""
    value = dict(zip(FEATURES, values.tolist(), strict=True))
    said = re.findall(r"[^\W_]+", moment.text.lower())
    shared = [word for word in reversed(query.words) if any(_same(word, other) for other in said)]
    reasons = []
    if shared:
        reasons.append(f'the words "{", ".join(shared)}"')
    elif value["words"]:
        reasons.append("the words around it")
    if value["people"]:
        reasons.append("somebody spoken of")
    if value["time"] >= 1:
        reasons.append(f"said {query.spans[0].phrase}")
    if value["sense"] >= ALIKE:
        reasons.append("alike in meaning")
    return "; ".join([*reasons, f"from {datetime.fromtimestamp(moment.at):%-d %B %Y}"])


def _same(word: str, other: str) -> bool:
    """Whether they look like forms of one word."""
    stem = max(3, min(len(word), len(other)) - 2)
    return word[:stem] == other[:stem] and abs(len(word) - len(other)) <= 4
