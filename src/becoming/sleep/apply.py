"""Committing a night: all of it in one transaction or nothing, then a backup.

A claim that no longer stands when the time comes (its words were forgotten meanwhile, or do not hold
what they are quoted for) is dropped by itself; the rest of the night is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from becoming.memory import notes, people
from becoming.memory.beliefs import holding
from becoming.sleep.night import Claim, Dropped, Growth, Idea, Merge, Night, Use
from becoming.store import Store
from becoming.store.schema import audit, belief, evidence, ground, ledger, night, thought, trait, turn
from becoming.store.sql import among, upsert

MARK = "slept"
"""The note that says up to which moment nights have got."""


def mark(connection: Connection) -> int:
    """The last moment that a night has gone through."""
    return notes.get(connection, MARK) or 0


def last(connection: Connection) -> int:
    """The id of the last night, 0 before the first."""
    return connection.execute(select(func.max(night.c.id))).scalar() or 0


def apply(store: Store, planned: Night, now: float) -> bool:
    """Write it down; False if another night has been faster, and nothing was changed. Raises events.StoreError."""
    if planned.nothing:
        return False
    with store.write() as connection:
        if last(connection) != planned.after:
            return False
        ms = round(now * 1000)
        dropped = [*planned.dropped, *_hold_all(connection, planned.claims)]
        for merge in planned.merges:
            _merge(connection, merge, ms)
        holding.close(connection, [each.id for each in planned.over], now)
        _use(connection, planned.uses, ms)
        id_ = _enter(connection, planned, ms)
        _drop(connection, id_, dropped)
        for step in planned.growth:
            _grow(connection, step, ms)
        for idea in planned.ideas:
            _think(connection, idea, ms)
        newest = connection.execute(select(func.max(turn.c.id))).scalar() or 0  # some may be forgotten by now
        notes.put(connection, MARK, min(planned.upto, newest))
    store.backup()
    return True


def _hold_all(connection: Connection, claims: Sequence[Claim]) -> list[Dropped]:
    dropped = []
    for claim in claims:
        moment = claim.rests[0][0]
        savepoint = connection.begin_nested()
        try:
            if not _there(connection, [each.id for each, _ in claim.rests]):
                raise ValueError
            held = holding.hold(connection, claim.lesson, moment, author=claim.author)
            for other, words in claim.rests[1:] if held else ():
                holding.rest(connection, held.id, other.id, words)  # type: ignore[union-attr]
            if held and claim.lesson.about != "you":
                people.note_mentions(connection, moment.id, moment.text)
        except (IntegrityError, ValueError):
            savepoint.rollback()
            still = moment if _there(connection, [moment.id]) else None
            dropped.append(
                Dropped(claim.lesson.text if still else "a claim", "nobody said these words", still)
            )
        else:
            savepoint.commit()
    return dropped


def _there(connection: Connection, moments: Sequence[int]) -> bool:
    found = connection.execute(select(turn.c.id).where(among(turn.c.id, moments))).scalars().all()
    return len(found) == len(set(moments))


def _merge(connection: Connection, merge: Merge, ms: int) -> None:
    """The evidence of the double is the kept one's from now on; the double, which says the same, goes."""
    kept, double = merge.kept.id, merge.double.id
    there = select(belief.c.id).where(belief.c.id.in_([kept, double]))
    if len(connection.execute(there).all()) < 2:
        return
    for row in connection.execute(select(evidence).where(evidence.c.belief == double)).all():
        values = {"turn": row.turn, "stance": row.stance, "quote": row.quote}
        moved = upsert(connection, evidence).values(belief=kept, **values)
        connection.execute(moved.on_conflict_do_nothing())
    replaced = update(belief).where(belief.c.superseded_by == double)
    connection.execute(replaced.values(superseded_by=kept))
    surer = 1 - (1 - max(merge.kept.confidence, merge.double.confidence)) / 2
    connection.execute(update(belief).where(belief.c.id == kept).values(confidence=surer))
    connection.execute(delete(evidence).where(evidence.c.belief == double))
    connection.execute(delete(belief).where(belief.c.id == double))
    entry = {"at": ms, "op": "merged", "kind": "belief", "ref": double, "why": f"into {kept}"}
    connection.execute(insert(ledger).values(entry))


def _use(connection: Connection, uses: Sequence[Use], ms: int) -> None:
    for use in uses:
        values = {"stability": use.stability, "seen": ms, "uses": turn.c.uses + 1}
        connection.execute(update(turn).where(turn.c.id == use.moment).values(**values))


def _enter(connection: Connection, planned: Night, ms: int) -> int:
    row = {"kind": planned.kind, "began": round(planned.began * 1000), "ended": ms}
    counts = {"moments": len(planned.replayed), "tokens": planned.tokens}
    id_: int = connection.execute(insert(night).values(**row, **counts).returning(night.c.id)).scalar_one()
    return id_


def _drop(connection: Connection, id_: int, dropped: Sequence[Dropped]) -> None:
    for each in dropped:
        of_it = each.moment.id if each.moment and _there(connection, [each.moment.id]) else None
        what = each.what if of_it or each.moment is None else "a claim"
        connection.execute(insert(audit).values(night=id_, turn=of_it, what=what, why=each.why))


def _grow(connection: Connection, step: Growth, ms: int) -> None:
    new = insert(trait).values(at=ms, name=step.name, step=step.step, because=step.because)
    _ground(connection, "trait", connection.execute(new.returning(trait.c.id)).scalar_one(), step.rests)


def _think(connection: Connection, idea: Idea, ms: int) -> None:
    if not _there(connection, idea.rests):
        return
    new = insert(thought).values(kind=idea.kind, text=idea.text, made=ms)
    _ground(connection, "thought", connection.execute(new.returning(thought.c.id)).scalar_one(), idea.rests)


def _ground(connection: Connection, kind: str, ref: int, moments: Sequence[int]) -> None:
    for id_ in set(moments):
        if _there(connection, [id_]):
            connection.execute(insert(ground).values(kind=kind, ref=ref, turn=id_))
