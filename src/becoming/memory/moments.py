"""Moments: what was really said and heard, kept word for word; talks; and a few settled facts.

Order is the order of recording, whatever the clock says. A talk is the moments between two
silences; this keeps one session open at most, and a process that died leaves one to be closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Select, delete, exists, insert, select, update

from becoming.events import InputError, Moment, Role, Via
from becoming.memory import notes, people
from becoming.memory.forgetting import retention
from becoming.memory.recall import vectors
from becoming.memory.recall.embedding import Embed
from becoming.memory.recall.words import telling_words
from becoming.memory.rows import KIND, MOMENTS, moment_of, read_moments
from becoming.store import Store
from becoming.store.fulltext import fulltext
from becoming.store.schema import being, session, turn, turn_fts
from becoming.store.sql import among

Jsonable: TypeAlias = "Mapping[str, Jsonable] | Sequence[Jsonable] | str | int | float | bool | None"

SILENCE_MS = 30 * 60 * 1000
"""After half an hour without a word, the next one begins a new talk."""

NEIGHBOURS = 2
"""Turns on either side whose words help to find a turn, at `schema.NEAR_WEIGHT` of its own words."""

LAST_MOMENTS = 6


@dataclass(frozen=True, slots=True)
class LastTalk:
    """The talk before this one: when its last word was said, and its last few moments in order."""

    ended: float
    moments: list[Moment]


class Memory:
    """One person's memory. Its methods are quick and may be called from any thread.

    All of them raise events.StoreError when the store cannot be read or written.
    """

    def __init__(self, store: Store, embed: Embed | None = None) -> None:
        """Whatever talk was left open, by a crash perhaps, is over.

        With `embed` each moment gets its vector as it is recorded; without, when `Recall.catch_up` comes by.
        """
        self._store, self._embed = store, embed
        with store.write() as connection:
            _end_talk(connection)

    def begin_session(self, at: float) -> None:
        """What is recorded from now on is a new talk; the one before is over."""
        with self._store.write() as connection:
            _end_talk(connection)
            _begin_talk(connection, _ms(at))

    def record(
        self, role: Role, text: str, at: float, via: Via = "voice", interrupted: bool = False
    ) -> Moment:
        """Keep one moment; it is durable when this returns.

        `text` is what was really heard: if she was interrupted, what had reached the ear by then.
        Off the record, or on a matter of which nothing is to be kept, it is not written at all: its id
        is 0 then. Raises InputError if there is nothing in it.
        """
        kept = _storable(text)
        if not kept.strip():
            raise InputError("There is nothing to remember in an empty text; say or type something.")
        meaning = self._embed([kept]) if self._embed else None
        with self._store.write() as connection:
            if retention.is_unwritten(connection, kept):
                return Moment(0, role, kept, at, via, interrupted)
            moment = _record(connection, role, kept, _ms(at), via, interrupted)
            if meaning is not None:
                vectors.keep(connection, [moment.id], meaning)
            return moment

    def recent(self, limit: int) -> list[Moment]:
        """The last `limit` moments, oldest first."""
        return self._moments(MOMENTS.order_by(turn.c.id.desc()).limit(limit))[::-1]

    def since(self, at: float) -> list[Moment]:
        """Every moment said at that time or later, in the order of recording."""
        return self._moments(MOMENTS.where(turn.c.said >= _ms(at)).order_by(turn.c.id))

    def said_at(self, times: Iterable[float]) -> list[Moment]:
        """Every moment said at one of these times, to the millisecond; a number may be given again, a time is not."""
        return self._moments(MOMENTS.where(among(turn.c.said, map(_ms, times))).order_by(turn.c.id))

    def recall(self, text: str, limit: int = 3, *, before: int | None = None) -> list[Moment]:
        """The moments that share the most telling words with `text`, best first; often none.

        With `before`, a moment's id, only moments recorded earlier: those the caller does not
        have in front of it anyway.
        """
        words = telling_words(text)
        with self._store.read() as connection:
            best = fulltext(connection).turns(connection, words, before=before, limit=limit)
            ranked = [id_ for id_, _ in best]
            rows = connection.execute(MOMENTS.where(turn.c.id.in_(ranked)))
            found = {row.id: moment_of(row) for row in rows}
        return [found[id_] for id_ in ranked]

    def last_talk(self) -> LastTalk | None:
        """The last talk that is over, or None if this is the first."""
        over = select(session.c.id).where(session.c.ended.is_not(None)).order_by(session.c.id.desc()).limit(1)
        of_it = MOMENTS.where(turn.c.session == over.scalar_subquery()).order_by(turn.c.id.desc())
        moments = self._moments(of_it.limit(LAST_MOMENTS))[::-1]
        return LastTalk(moments[-1].at, moments) if moments else None

    def put(self, key: str, value: Jsonable) -> None:
        """Keep a settled fact (birth, a consent, a notice given) under a key, replacing the one before."""
        with self._store.write() as connection:
            notes.put(connection, key, value)

    def get(self, key: str) -> Any:
        """The fact kept under that key, as `json.loads` would give it; None if there is none."""
        with self._store.read() as connection:
            return notes.get(connection, key)

    def _moments(self, query: Select[Any]) -> list[Moment]:
        with self._store.read() as connection:
            return read_moments(connection, query)


def _ms(at: float) -> int:
    return round(at * 1000)


def _storable(text: str) -> str:
    """What a database can hold and index: no half of a surrogate pair, no NUL (a space instead)."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def _record(connection: Connection, role: Role, words: str, said: int, via: Via, interrupted: bool) -> Moment:
    talk = _talk_at(connection, said)
    speaker = select(being.c.id).where(being.c.kind == KIND[role]).scalar_subquery()
    last = select(turn.c.id, turn.c.text).where(turn.c.session == talk).order_by(turn.c.id.desc())
    neighbours = connection.execute(last.limit(NEIGHBOURS)).all()
    values = {"said": said, "text": words, "via": via, "interrupted": interrupted}
    new = insert(turn).values(session=talk, speaker=speaker, **values).returning(turn.c.id)
    id_ = connection.execute(new).scalar_one()
    near = "\n".join(row.text for row in reversed(neighbours))
    connection.execute(insert(turn_fts).values(rowid=id_, own=words, near=near))
    theirs = turn_fts.c.rowid.in_([row.id for row in neighbours])
    connection.execute(update(turn_fts).where(theirs).values(near=turn_fts.c.near + "\n" + words))
    people.note_mentions(connection, id_, words)
    return Moment(id_, role, words, said / 1000, via, interrupted)


def _talk_at(connection: Connection, said: int) -> int:
    """The open talk, or a new one if there is none or it has fallen silent."""
    talk: int | None = connection.execute(select(session.c.id).where(session.c.ended.is_(None))).scalar()
    if talk is not None:
        last = select(turn.c.said).where(turn.c.session == talk).order_by(turn.c.id.desc()).limit(1)
        last_said = connection.execute(last).scalar()
        if last_said is None or said - last_said <= SILENCE_MS:
            return talk
        _end_talk(connection)
    return _begin_talk(connection, said)


def _begin_talk(connection: Connection, began: int) -> int:
    talk: int = connection.execute(insert(session).values(began=began).returning(session.c.id)).scalar_one()
    return talk


def _end_talk(connection: Connection) -> None:
    """Close the open talk at its last word; one in which nobody said anything never was."""
    of_it = select(turn.c.said).where(turn.c.session == session.c.id)
    is_open = session.c.ended.is_(None)
    connection.execute(delete(session).where(is_open, ~exists(of_it)))
    last_word = of_it.order_by(turn.c.id.desc()).limit(1).scalar_subquery()
    connection.execute(update(session).where(is_open).values(ended=last_word))
