"""What was felt in each moment of the person's, kept beside its words.

A moment has one reading of each source. The person's own word counts before what was heard in the words, and
that before the voice; a guess that was put right stays readable as what it was. What the person said in a talk
goes with that talk: forgotten, the guess stands again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, delete, false, func, insert, or_, select, update

from becoming.events import Feeling, Moment
from becoming.memory.feelings import words
from becoming.memory.rows import MOMENTS, moment_of, read_moments
from becoming.store import Store
from becoming.store.schema import being, emotion, feeling, turn
from becoming.store.sql import among

_FIRST = ("person", "words", "voice")
"""Which source counts before which."""

LATEST = 50
"""So many corrections are minded."""


@dataclass(frozen=True, slots=True)
class Felt:
    """A moment of the person's with what was felt in it, and `word` for it, fit for "you sounded …": empty where
    nothing is plain. `guess` is what had been perceived, where the person has put it right since; `told` is the
    moment in which they did so, if they said it in a talk."""

    moment: Moment
    feeling: Feeling
    word: str = ""
    guess: Feeling | None = None
    told: int | None = None


class Feelings:
    """The feelings of one person's moments. Any thread may use it; raises events.StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, moment: Moment, felt: Feeling, told: int | None = None) -> Feeling | None:
        """Keep a reading of a moment in place of the one its source gave before; what counts for it now.

        `told` is the moment in which the person said so. Nothing is kept of her moments, nor of one that was
        not written (its id is 0): None then.
        """
        if moment.role != "person" or not moment.id:
            return None
        with self._store.write() as connection:
            put(connection, moment.id, felt, told)
            return settle(connection, [moment.id])[moment.id]

    def take_away(self, moment: int) -> None:
        """Nothing is known any more of how that moment felt."""
        with self._store.write() as connection:
            connection.execute(delete(feeling).where(feeling.c.turn == moment))
            settle(connection, [moment])

    def of(self, moment: int) -> Felt | None:
        """What was felt in one moment; None if nothing is kept of it."""
        with self._store.read() as connection:
            return next(iter(_felt(connection, turn.c.id == moment)), None)

    def among(self, moments: Iterable[int]) -> list[Felt]:
        """What was felt in these moments, in the order of recording."""
        with self._store.read() as connection:
            return _felt(connection, among(turn.c.id, moments))

    def between(self, start: float, end: float) -> list[Felt]:
        """What was felt from one time to another, in the order of recording."""
        with self._store.read() as connection:
            return _felt(connection, _said(start, end))

    def perhaps(self, kind: words.Kind, start: float, end: float) -> list[Felt]:
        """Of that time the moments that may show this kind of feeling, by an emotion, a word or their valence; the
        others are not even read, as a year has ten thousand."""
        named = select(emotion.c.turn).where(emotion.c.name.in_(kind.counts))
        spoken = [turn.c.text.icontains(word, autoescape=True) for word in words.of(kind)]
        sign = {"unpleasant": turn.c.valence < 0, "": false()}.get(kind.region, turn.c.valence > 0)
        with self._store.read() as connection:
            return _felt(connection, and_(_said(start, end), or_(turn.c.id.in_(named), sign, *spoken)))

    @property
    def first(self) -> float | None:
        """When the first moment was that is felt; None while there is none."""
        with self._store.read() as connection:
            felt = select(func.min(turn.c.said)).join(feeling, feeling.c.turn == turn.c.id)
            said = connection.execute(felt).scalar()
        return None if said is None else said / 1000

    def said_between(self, start: float, end: float) -> int:
        """How much the person said in that time, felt or not."""
        theirs = select(func.count()).select_from(turn).join(being, being.c.id == turn.c.speaker)
        with self._store.read() as connection:
            return connection.execute(theirs.where(_said(start, end), being.c.kind == "user")).scalar() or 0

    def last(self, count: int, before: int | None = None) -> list[tuple[Moment, Feeling | None]]:
        """The person's last moments, the latest first, each with what was felt; with `before`, recorded earlier."""
        theirs = MOMENTS.where(being.c.kind == "user").order_by(turn.c.id.desc()).limit(count)
        if before is not None:
            theirs = theirs.where(turn.c.id < before)
        with self._store.read() as connection:
            moments = read_moments(connection, theirs)
            felt = _felt(connection, among(turn.c.id, [moment.id for moment in moments]))
        of = {each.moment.id: each.feeling for each in felt}
        return [(moment, of.get(moment.id)) for moment in moments]

    def quoted_in(self, line: str) -> Moment | None:
        """The person's latest moment of which a line of hers quotes the words."""
        quotes = [quote.rstrip("….!?") for quote in re.findall(r"\"([^\"]{4,})\"", line)]
        if not quotes:
            return None
        with self._store.read() as connection:
            found = MOMENTS.where(being.c.kind == "user", turn.c.text.contains(quotes[-1], autoescape=True))
            row = connection.execute(found.order_by(turn.c.id.desc()).limit(1)).first()
        return moment_of(row) if row else None

    def corrections(self) -> list[tuple[str, Feeling]]:
        """What the person said they felt, with the words of the moment they said it of: the latest, in order.

        A feeling without emotions says only that what had been perceived was wrong.
        """
        with self._store.read() as connection:
            by_them = select(feeling.c.turn).where(feeling.c.source == "person")
            theirs = _felt(connection, turn.c.id.in_(by_them))
        of_others = [each for each in theirs if each.told != each.moment.id]
        return [(each.moment.text, each.feeling) for each in of_others[-LATEST:]]


def put(connection: Connection, moment: int, felt: Feeling, told: int | None) -> None:
    """Write a reading in place of the one its source gave before."""
    connection.execute(delete(feeling).where(feeling.c.turn == moment, feeling.c.source == felt.source))
    key = {"turn": moment, "source": felt.source}
    numbers = {"valence": felt.valence, "arousal": felt.arousal, "confidence": felt.confidence}
    connection.execute(insert(feeling).values(**key, **numbers, told=told))
    rows = [{**key, "name": name, "intensity": intensity} for name, intensity in felt.emotions]
    if rows:
        connection.execute(insert(emotion), rows)


def settle(connection: Connection, moments: Sequence[int]) -> dict[int, Feeling | None]:
    """Give each moment itself the valence and arousal of what counts for it now, for recall; what that is."""
    now = {each.moment.id: each.feeling for each in _felt(connection, among(turn.c.id, moments))}
    for id_ in moments:
        felt = now.get(id_)
        numbers = {"valence": felt.valence if felt else 0.0, "arousal": felt.arousal if felt else 0.0}
        connection.execute(update(turn).where(turn.c.id == id_).values(**numbers))
    return {id_: now.get(id_) for id_ in moments}


def told_in(connection: Connection, moments: Iterable[int]) -> list[int]:
    """The moments of which the person said in these how they felt."""
    rests = select(feeling.c.turn).where(among(feeling.c.told, moments))
    return list(connection.execute(rests).scalars())


def _said(start: float, end: float) -> Any:
    return turn.c.said.between(round(start * 1000), round(end * 1000))


def _felt(connection: Connection, chosen: Any) -> list[Felt]:
    """The moments among the chosen of which something is kept, in order."""
    moments = read_moments(connection, MOMENTS.where(chosen).order_by(turn.c.id))
    of_them = select(turn.c.id).where(chosen).scalar_subquery()
    emotions: dict[tuple[int, str], list[tuple[str, float]]] = {}
    strongest_first = (emotion.c.turn, emotion.c.intensity.desc(), emotion.c.name)
    rows = connection.execute(select(emotion).where(emotion.c.turn.in_(of_them)).order_by(*strongest_first))
    for row in rows:
        emotions.setdefault((row.turn, row.source), []).append((row.name, row.intensity))
    readings: dict[int, dict[str, tuple[Feeling, int | None]]] = {}
    for row in connection.execute(select(feeling).where(feeling.c.turn.in_(of_them))):
        felt = tuple(emotions.get((row.turn, row.source), ()))
        read = Feeling(row.valence, row.arousal, row.confidence, felt, row.source)
        readings.setdefault(row.turn, {})[row.source] = (read, row.told)
    return [_joined(moment, readings[moment.id]) for moment in moments if moment.id in readings]


def _joined(moment: Moment, readings: dict[str, tuple[Feeling, int | None]]) -> Felt:
    first, *rest = [readings[source] for source in _FIRST if source in readings]
    guess = rest[0][0] if rest and first[0].source == "person" else None
    return Felt(moment, first[0], words.strongest(first[0]), guess, first[1])
