"""What she holds true, where she has it from, and since when: nothing is overwritten, only ended.

A belief is *superseded* when the world has changed ("I moved to Denver": it was true until now) and
*taken back* when it never was true ("no, Denver, not Dallas"). Both keep their times and words and
can be looked at; neither is ever current again. Only what stands in the same slot can end another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from becoming.events import Belief, Evidence, Lesson, Moment
from becoming.memory import people
from becoming.memory.rows import MOMENTS, moment_of
from becoming.store import Store
from becoming.store.schema import being, belief, evidence, ledger, turn
from becoming.store.sql import among, upsert

CONFIDENT = 0.9
"""How sure she is of what the person said once; each time it is said again halves the doubt."""

SUPPOSED = 0.6
"""How sure of what a language model has read out of what the person said."""

_BELIEFS: Select[Any] = select(belief, being.c.name, being.c.kind.label("whose")).join(
    being, being.c.id == belief.c.about
)
_HELD = belief.c.unlearned.is_(None) & belief.c.true_to.is_(None)


class Beliefs:
    """What is held true of one person's life. Raises events.StoreError when the store cannot be used."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def current(self, about: str | None = None, *, kind: str | None = None) -> list[Belief]:
        """What she holds now, about everybody or "you", "sister", "Iris"; oldest first."""
        query = _BELIEFS.where(_HELD)
        return self._about(about, query if kind is None else query.where(belief.c.kind == kind))

    def history(self, about: str | None = None, slot: str | None = None) -> list[Belief]:
        """All she ever held, ended ones too, in the order in which she learned it."""
        return self._about(about, _BELIEFS if slot is None else _BELIEFS.where(belief.c.slot == slot))

    def _about(self, about: str | None, query: Select[Any]) -> list[Belief]:
        with self._store.read() as connection:
            if about is not None:
                query = query.where(belief.c.about == people.find(connection, about))
            return beliefs_of(connection, query)

    def how_known(self, id_: int) -> list[Evidence]:
        """When and in which words she was told, the first time first; what speaks against it, too."""
        query = (
            MOMENTS.add_columns(evidence.c.quote, evidence.c.stance)
            .join(evidence, evidence.c.turn == turn.c.id)
            .where(evidence.c.belief == id_)
            .order_by(turn.c.id)
        )
        with self._store.read() as connection:
            return [Evidence(moment_of(row), row.quote, row.stance < 0) for row in connection.execute(query)]

    def hold(self, lesson: Lesson, moment: Moment) -> Belief | None:
        """Hold what `lesson` says, resting on `moment`; None if nothing changed."""
        with self._store.write() as connection:
            return hold(connection, lesson, moment)

    def correct(self, old: Belief, value: str, text: str, at: float) -> Belief:
        """The person writes on a page that it is `value`: held from now on, in their own hand."""
        with self._store.write() as connection:
            return correct(connection, old, value=value, text=text, at=at, author="user")

    def tell(self, text: str, at: float) -> Belief:
        """The person writes down something about themself, in their own words."""
        values = {"kind": "fact", "relation": "told", "value": text, "text": text}
        with self._store.write() as connection:
            return get(connection, _add(connection, people.PERSON, None, values, at, None, "user"))

    def take_back(self, id_: int, at: float) -> None:
        """The person says on a page that this was never so."""
        with self._store.write() as connection:
            _end(connection, [id_], at, "taken back", unlearned=round(at * 1000))


def hold(connection: Connection, lesson: Lesson, moment: Moment, author: str = "rule") -> Belief | None:
    """Within a transaction of the caller. The same words are never held twice from the same moment."""
    about = people.find_or_add(connection, lesson.about)
    if lesson.over:
        return _over(connection, about, lesson, moment)
    slot, holder = lesson.slot, _holder(connection, about, lesson.slot)
    if holder and lesson.beside and holder.value.casefold() != lesson.value.casefold():
        slot = f"{lesson.slot}: {lesson.value.casefold()}"
        holder = _holder(connection, about, slot)
    same = _same(connection, about, lesson, slot)
    if any(_rests_on(connection, row.id, moment.id) for row in same):
        return None
    held = next((row for row in same if row.unlearned is None and row.true_to is None), None)
    if held:
        return _again(connection, held, lesson, moment)
    late = holder is not None and _newest_source(connection, holder.id) > moment.id
    if holder and not late:
        _end(connection, [holder.id], moment.at, "superseded", true_to=round(moment.at * 1000))
    values = {"kind": lesson.kind, "relation": lesson.relation, "value": lesson.value, "text": lesson.text}
    new = _add(connection, about, slot, values, moment.at, lesson.true_from, author, past=late)
    if holder and late:  # said before what is held: it was so once, and is over
        _ended_by(connection, new, holder.id)
    elif holder:
        _ended_by(connection, holder.id, new)
    rest(connection, new, moment.id, lesson.quote)
    if lesson.relation in people.KIN and lesson.about == "you":
        people.join(connection, lesson.relation, lesson.value, beside=slot != lesson.slot)
    return get(connection, new)


def write_down(connection: Connection, lesson: Lesson, at: float) -> Belief:
    """The person writes it on a page: it rests on their hand alone."""
    about = people.find_or_add(connection, lesson.about)
    if holder := _holder(connection, about, lesson.slot):
        return get(connection, holder.id)
    values = {"kind": lesson.kind, "relation": lesson.relation, "value": lesson.value, "text": lesson.text}
    return get(connection, _add(connection, about, lesson.slot, values, at, lesson.true_from, "user"))


def correct(
    connection: Connection,
    old: Belief,
    *,
    value: str,
    text: str,
    at: float,
    author: str = "rule",
    relation: str | None = None,
    slot: str | None = None,
    true_from: float | None = None,
    source: tuple[int, str] | None = None,
) -> Belief:
    """`old` never was so: it is taken back and another put in its place. `source`: moment and quote."""
    about = connection.execute(select(belief.c.about).where(belief.c.id == old.id)).scalar_one()
    slot = slot or old.slot
    holder = _holder(connection, about, slot)
    if holder and holder.id == old.id:
        holder = None
    _end(connection, [old.id], at, "taken back", unlearned=round(at * 1000))
    if holder:
        _end(connection, [holder.id], at, "superseded", true_to=round(at * 1000))
    values = {"kind": old.kind, "relation": relation or old.relation, "value": value, "text": text}
    new = _add(connection, about, slot, values, at, true_from, author)
    _ended_by(connection, old.id, new)
    if holder:
        _ended_by(connection, holder.id, new)
    if source:
        rest(connection, new, *source)
        rest(connection, old.id, *source, stance=-1)
    return get(connection, new)


def get(connection: Connection, id_: int) -> Belief:
    """The belief with that id."""
    return beliefs_of(connection, _BELIEFS.where(belief.c.id == id_))[0]


def beliefs_of(connection: Connection, query: Any) -> list[Belief]:
    """Rows of `select(belief, name, whose)` as beliefs, in the order of learning."""
    return [_belief(row) for row in connection.execute(query.order_by(belief.c.id))]


def held(connection: Connection) -> list[Belief]:
    """All that is current."""
    return beliefs_of(connection, _BELIEFS.where(_HELD))


def ended(connection: Connection) -> list[Belief]:
    """All that was superseded or taken back."""
    return beliefs_of(connection, _BELIEFS.where(~_HELD))


def by_id(connection: Connection, ids: Sequence[int]) -> list[Belief]:
    """Those beliefs."""
    return beliefs_of(connection, _BELIEFS.where(among(belief.c.id, ids)))


def deny(connection: Connection, old: Belief, moment: Moment, quote: str) -> Belief:
    """`old` is not so, and nothing was said to be so instead."""
    _end(connection, [old.id], moment.at, "taken back", unlearned=round(moment.at * 1000))
    rest(connection, old.id, moment.id, quote, stance=-1)
    return get(connection, old.id)


def close(connection: Connection, ids: Sequence[int], at: float) -> None:
    """The day of these plans is over; those that are still held are no more."""
    held_yet = select(belief.c.id).where(among(belief.c.id, ids), _HELD)
    _end(connection, connection.execute(held_yet).scalars().all(), at, "over", true_to=round(at * 1000))


def rest(connection: Connection, id_: int, moment: int, quote: str, *, stance: int = 1) -> None:
    """One moment that speaks for a belief (or, with `stance` -1, against it), with its exact words."""
    new = upsert(connection, evidence).values(belief=id_, turn=moment, stance=stance, quote=quote)
    connection.execute(new.on_conflict_do_nothing())


def _belief(row: Row[Any]) -> Belief:
    about = {"user": "you", "self": "me"}.get(row.whose, row.name)
    return Belief(
        row.id,
        about,
        row.kind,
        row.relation,
        row.value,
        row.text,
        row.slot,
        row.confidence,
        row.learned / 1000,
        _seconds(row.unlearned),
        _seconds(row.true_from),
        _seconds(row.true_to),
        row.superseded_by,
    )


def _seconds(ms: int | None) -> float | None:
    return None if ms is None else ms / 1000


def _holder(connection: Connection, about: int, slot: str | None) -> Row[Any] | None:
    if slot is None:
        return None
    query = select(belief).where(_HELD, belief.c.about == about, belief.c.slot == slot)
    return connection.execute(query).first()


def _same(connection: Connection, about: int, lesson: Lesson, slot: str | None) -> Sequence[Row[Any]]:
    query = select(belief).where(belief.c.about == about, belief.c.relation == lesson.relation)
    rows = connection.execute(query.order_by(belief.c.id.desc())).all()
    value = lesson.value.casefold()
    return [row for row in rows if row.value.casefold() == value and row.slot in (slot, lesson.slot)]


def _rests_on(connection: Connection, id_: int, moment: int) -> bool:
    query = select(evidence.c.belief).where(
        evidence.c.belief == id_, evidence.c.turn == moment, evidence.c.stance == 1
    )
    return connection.execute(query).first() is not None


def _newest_source(connection: Connection, id_: int) -> int:
    query = select(func.max(evidence.c.turn)).where(evidence.c.belief == id_, evidence.c.stance == 1)
    return connection.execute(query).scalar() or 0


def _again(connection: Connection, row: Row[Any], lesson: Lesson, moment: Moment) -> Belief:
    rest(connection, row.id, moment.id, lesson.quote)
    surer = 1 - (1 - row.confidence) / 2
    connection.execute(update(belief).where(belief.c.id == row.id).values(confidence=surer))
    return get(connection, row.id)


def _over(connection: Connection, about: int, lesson: Lesson, moment: Moment) -> Belief | None:
    query = select(belief).where(_HELD, belief.c.about == about, belief.c.relation == lesson.relation)
    rows = [
        row
        for row in connection.execute(query)
        if not lesson.value or row.value.casefold() == lesson.value.casefold()
    ]
    if not rows:
        return None
    _end(connection, [row.id for row in rows], moment.at, "over", true_to=round(moment.at * 1000))
    for row in rows:
        rest(connection, row.id, moment.id, lesson.quote, stance=-1)
    return get(connection, rows[0].id)


def _add(
    connection: Connection,
    about: int,
    slot: str | None,
    values: dict[str, str],
    at: float,
    true_from: float | None,
    author: str,
    *,
    past: bool = False,
) -> int:
    ms = round(at * 1000)
    times = {"learned": ms, "true_from": None if true_from is None else round(true_from * 1000)}
    sure = SUPPOSED if author == "model" else CONFIDENT
    row = {"about": about, "slot": slot, "confidence": sure, "author": author, **values, **times}
    new = insert(belief).values(**row, true_to=ms if past else None).returning(belief.c.id)
    id_: int = connection.execute(new).scalar_one()
    _enter(connection, at, "learned", id_, author)
    return id_


def _end(connection: Connection, ids: Sequence[int], at: float, op: str, **times: int) -> None:
    connection.execute(update(belief).where(among(belief.c.id, ids)).values(**times))
    for id_ in ids:
        _enter(connection, at, op, id_, None)


def _ended_by(connection: Connection, old: int, new: int) -> None:
    connection.execute(update(belief).where(belief.c.id == old).values(superseded_by=new))


def _enter(connection: Connection, at: float, op: str, ref: int, why: str | None) -> None:
    row = {"at": round(at * 1000), "op": op, "kind": "belief", "ref": ref, "why": why}
    connection.execute(insert(ledger).values(row))
