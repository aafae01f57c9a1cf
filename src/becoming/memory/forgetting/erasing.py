"""Forgetting for good: first what would go, then, asked once, no byte of it is left.

`plan` writes nothing. `forget` deletes in one transaction (the words, what rests on them alone, the index
text of the neighbours), decides whether what an erased belief had ended is open again, rewrites the file so
that no deleted page survives, replaces the backups, lets go of what was derived outside the store, and looks
whether anything is left. A process that dies in between goes on where it was: `catch_up`, at the start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from becoming.events import Belief, Loss, Moment, Receipt
from becoming.memory import notes, people
from becoming.memory.beliefs import holding as beliefs
from becoming.memory.feelings import holding as feelings
from becoming.memory.forgetting import hers, retention
from becoming.memory.forgetting.scope import Scope, understand
from becoming.memory.moments import NEIGHBOURS
from becoming.memory.rows import MOMENTS, read_moments
from becoming.store import Store
from becoming.store.fulltext import fulltext
from becoming.store.schema import (
    alias,
    being,
    belief,
    book,
    emotion,
    evidence,
    feeling,
    ledger,
    mention,
    note,
    session,
    turn,
    turn_fts,
    vector,
)
from becoming.store.sql import among

_UNFINISHED = "forgetting"
_OF_HERS = (
    "being",
    "notices",
    "notice_log",
    "age",
    _UNFINISHED,
    "off_the_record",
    "mail",
    "tools",
    "folders",
)
"""Notes that stay when everything is forgotten: who she is, mail accounts, and what is no word of the person's."""

_ROWS = ("deeds", "outbox", "reminders", "notebook")
"""Notes that are lists of what was done or is to be: an entry is forgotten whole, for half of it would still tell."""

_SHORT = 12
"""Characters below which two texts being alike means nothing."""


class Forgetting:
    """Lets go of what the person wants forgotten. Raises events.StoreError when the store cannot be used."""

    def __init__(
        self,
        store: Store,
        *,
        drop_prompts: Callable[[], int] = lambda: 0,
        forgotten: Callable[[Sequence[int]], None] = lambda ids: None,
    ) -> None:
        """`drop_prompts` deletes every saved prompt prefix and says how many; `forgotten` is told the moments' ids."""
        self._store, self._drop_prompts, self._forgotten = store, drop_prompts, forgotten

    # ── off the record ──────────────────────────────────────────────────────────────────────

    def off_the_record(self, off: bool) -> None:
        """From now on nothing is written, or it is again; it survives a restart."""
        with self._store.write() as connection:
            if off:
                notes.put(connection, retention.OFF, True)
            else:
                notes.drop(connection, retention.OFF)

    @property
    def is_off(self) -> bool:
        """Whether they are off the record."""
        with self._store.read() as connection:
            return bool(notes.get(connection, retention.OFF))

    def keeps(self, words: str) -> bool:
        """Whether these words may be kept: on the record, and of nothing that they asked her to keep nothing about."""
        with self._store.read() as connection:
            return not retention.is_unwritten(connection, words)

    # ── what would go ───────────────────────────────────────────────────────────────────────

    def plan(self, what: str | Sequence[int], now: float) -> Loss:
        """What would go if `what` ("everything about Anna", or the ids of moments) were forgotten."""
        with self._store.read() as connection:
            if isinstance(what, str):
                return _loss(connection, what, understand(connection, what, now))
            return _loss(connection, "", Scope(moments=set(what)))

    def plan_belief(self, id_: int) -> Loss:
        """What would go with one belief: it, and the moments it was learned from."""
        rests = select(evidence.c.turn).where(evidence.c.belief == id_, evidence.c.stance == 1)
        with self._store.read() as connection:
            moments = set(connection.execute(rests).scalars())
            return _loss(connection, "", Scope(moments=moments, beliefs={id_}))

    def plan_book(self, id_: int) -> Loss:
        """What would go with something she has read."""
        with self._store.read() as connection:
            return _loss(connection, "", Scope(books={id_}))

    def plan_entry(self, key: str, at: float, moments: Sequence[int]) -> Loss:
        """What would go with one entry of the list in a note: it, and the moments in which it was spoken of."""
        loss = self.plan(moments, 0)
        return replace(loss, notes=tuple(dict.fromkeys((*loss.notes, key))), entry=(key, at))

    # ── letting go ──────────────────────────────────────────────────────────────────────────

    def forget(self, loss: Loss, now: float) -> Receipt:
        """Do it. When this returns nothing of it is left, or the receipt says where.

        Raises DiskFull and the like with the words already deleted; what remains to be done is done
        at the next start.
        """
        with self._store.write() as connection:
            loss = _again(connection, loss)  # what was learned since the plan goes too
            _erase(connection, loss, now)
            notes.put(connection, _UNFINISHED, True)
        replaced, prompts = self._leave_no_trace([moment.id for moment in loss.moments])
        with self._store.read() as connection:
            left = _left(connection, loss)
        return Receipt(
            len(loss.moments),
            len(loss.beliefs),
            len(loss.people),
            len(loss.books),
            len(loss.notes),
            replaced,
            prompts,
            left,
            self._store.beyond,
        )

    def catch_up(self) -> None:
        """Finish a forgetting that a crash or a full disk interrupted; at the start."""
        with self._store.read() as connection:
            unfinished = notes.get(connection, _UNFINISHED)
        if unfinished:
            self._leave_no_trace([])

    def _leave_no_trace(self, ids: Sequence[int]) -> tuple[int, int]:
        self._forgotten(ids)
        prompts = self._drop_prompts()
        replaced = self._store.leave_no_trace()
        with self._store.write() as connection:
            notes.drop(connection, _UNFINISHED)
        return replaced, prompts


def _loss(connection: Connection, what: str, scope: Scope) -> Loss:
    if scope.everything:
        return _all_of_it(connection, what)
    moments = read_moments(connection, MOMENTS.where(among(turn.c.id, scope.moments)).order_by(turn.c.id))
    ids = {moment.id for moment in moments}
    gone = _resting_on(connection, ids) | scope.beliefs
    going = beliefs.by_id(connection, sorted(gone))
    return Loss(
        what,
        tuple(moments),
        tuple(going),
        tuple(old for old, new in _orphans(connection, gone) if new is None),
        tuple(_nobody_left(connection, ids, gone)),
        tuple(_books(connection, scope.books)),
        tuple(_quoting(connection, moments, scope.words)),
    )


def _all_of_it(connection: Connection, what: str) -> Loss:
    moments = tuple(read_moments(connection, MOMENTS.order_by(turn.c.id)))
    held = tuple(beliefs.held(connection) + beliefs.ended(connection))
    names = connection.execute(select(being.c.name).where(being.c.kind.not_in(("user", "self")))).scalars()
    theirs = select(note.c.key).where(note.c.key.not_in(_OF_HERS)).order_by(note.c.key)
    return Loss(
        what,
        moments,
        held,
        people=tuple(names),
        books=tuple(_books(connection, None)),
        notes=tuple(connection.execute(theirs).scalars()),
        everything=True,
    )


def _again(connection: Connection, loss: Loss) -> Loss:
    """The same loss as it stands now."""
    if loss.everything:
        return _all_of_it(connection, loss.what)
    scope = Scope(
        {moment.id for moment in loss.moments},
        {belief.id for belief in loss.beliefs},
        {id_ for id_, _ in loss.books},
    )
    return replace(_loss(connection, loss.what, scope), notes=loss.notes, entry=loss.entry)


def _resting_on(connection: Connection, ids: set[int]) -> set[int]:
    """The beliefs that rest on these moments alone; what the person wrote themself stands."""
    for_it = evidence.alias()
    elsewhere = exists().where(
        for_it.c.belief == belief.c.id, for_it.c.stance == 1, ~among(for_it.c.turn, ids)
    )
    query = (
        select(evidence.c.belief)
        .join(belief, belief.c.id == evidence.c.belief)
        .where(among(evidence.c.turn, ids), evidence.c.stance == 1, belief.c.author != "user", ~elsewhere)
    )
    return set(connection.execute(query).scalars())


def _orphans(connection: Connection, gone: set[int]) -> list[tuple[Belief, int | None]]:
    """What beliefs that go had superseded, and by which one that stays it is now ended; None: open again.

    What the person called wrong stays wrong, also when the words in which they did so are forgotten.
    """
    rows = connection.execute(select(belief.c.id, belief.c.superseded_by)).all()
    successor: dict[int | None, int | None] = {row.id: row.superseded_by for row in rows}
    found: list[tuple[Belief, int | None]] = []
    open_again = {(held.about, held.slot) for held in beliefs.held(connection) if held.id not in gone}
    ended = [row.id for row in rows if row.superseded_by in gone and row.id not in gone]
    for old in reversed(beliefs.by_id(connection, ended)):
        by = old.superseded_by
        while by in gone:
            by = successor.get(by)
        if by is None and (old.unlearned is not None or (old.about, old.slot) in open_again):
            continue
        if by is None:
            open_again.add((old.about, old.slot))
        found.append((old, by))
    return found[::-1]


def _nobody_left(connection: Connection, ids: set[int], gone: set[int]) -> list[str]:
    mentioned = exists().where(mention.c.being == being.c.id, ~among(mention.c.turn, ids))
    held = exists().where(belief.c.about == being.c.id, ~among(belief.c.id, gone))
    named = exists().where(alias.c.being == being.c.id)
    query = select(being.c.name).where(being.c.kind == "person", named, ~mentioned, ~held)
    return list(connection.execute(query).scalars())


def _books(connection: Connection, ids: set[int] | None) -> list[tuple[int, str]]:
    query = select(book.c.id, book.c.title).order_by(book.c.id)
    rows = connection.execute(query if ids is None else query.where(among(book.c.id, ids)))
    return [(row.id, row.title) for row in rows]


# ── notes ───────────────────────────────────────────────────────────────────────────────────


def _quoting(connection: Connection, moments: Sequence[Moment], words: re.Pattern[str] | None) -> list[str]:
    """The notes in which words of these moments, or words on the matter, stand (what brought the person here, perhaps)."""
    rows = connection.execute(select(note.c.key, note.c.value).where(note.c.key != _UNFINISHED)).all()
    said = [moment.text for moment in moments]
    return [row.key for row in rows if _cleaned(row.key, row.value, said, words) != row.value]


def _cleaned(key: str, value: Any, said: Sequence[str], words: re.Pattern[str] | None) -> Any:
    """The note without what belongs to it."""
    if key not in _ROWS:
        return _without(value, said, words)
    return [
        row for row in value if _without(row, said, None) == row and not (words and words.search(_texts(row)))
    ]


def _texts(value: Any) -> str:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value if isinstance(value, str) else " ".join(map(_texts, inner))


def _without(value: Any, said: Sequence[str], words: re.Pattern[str] | None) -> Any:
    """The note without those of its texts that quote; a text of a word or two (a name) is no quote."""
    if isinstance(value, dict):
        return {key: _without(inner, said, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, said, words) for inner in value]
    if not isinstance(value, str) or len(value.split()) < 3:
        return value
    quoted = any(len(text) >= _SHORT and (text in value or value in text) for text in said)
    return "" if quoted or (words and words.search(value)) else value


# ── the transaction ─────────────────────────────────────────────────────────────────────────


def _erase(connection: Connection, loss: Loss, now: float) -> None:
    fulltext(connection).before_erasing(connection)
    ids, gone = [moment.id for moment in loss.moments], [held.id for held in loss.beliefs]
    books = [id_ for id_, _ in loss.books]
    near = {} if loss.everything else _near_then(connection, ids)
    orphans = [] if loss.everything else _orphans(connection, set(gone))
    for key in loss.notes:
        _erase_note(connection, key, loss)
    for kind, refs in (("belief", gone), ("turn", ids), ("book", books)):
        rows = [{"at": round(now * 1000), "op": "forgotten", "kind": kind, "ref": ref} for ref in refs]
        if rows:
            connection.execute(insert(ledger), rows)
    connection.execute(delete(belief).where(among(belief.c.id, gone)))
    hers.erase(connection, ids, everything=loss.everything)
    righted = feelings.told_in(connection, ids)
    connection.execute(delete(turn).where(among(turn.c.id, ids)))
    feelings.settle(connection, righted)
    connection.execute(delete(book).where(among(book.c.id, books)))
    for old, new in orphans:
        _reopen(connection, old, new)
    for id_, words in near.items():
        connection.execute(update(turn_fts).where(turn_fts.c.rowid == id_).values(near=words))
    people.drop_unknown(connection)
    silent = ~exists().where(turn.c.session == session.c.id)
    connection.execute(delete(session).where(session.c.ended.is_not(None), silent))
    _lower_marks(connection)
    if loss.everything:
        connection.execute(update(being).where(being.c.id == people.PERSON).values(name=""))
    fulltext(connection).rebuild(connection)


def _erase_note(connection: Connection, key: str, loss: Loss) -> None:
    if loss.everything and key == "person":  # somebody still is here; of them she knows nothing
        connection.execute(update(note).where(note.c.key == key).values(value={"name": "", "brings": ""}))
    elif loss.everything:
        notes.drop(connection, key)
    elif loss.entry and key == loss.entry[0]:  # the others stay whole, though they may be called the same
        rows = notes.get(connection, key) or []
        notes.put(connection, key, [row for row in rows if row["at"] != loss.entry[1]])
    else:
        value = notes.get(connection, key)
        words = understand(connection, loss.what, 0).words if loss.what else None
        clean = _cleaned(key, value, [moment.text for moment in loss.moments], words)
        connection.execute(update(note).where(note.c.key == key).values(value=clean))


def _reopen(connection: Connection, old: Belief, new: int | None) -> None:
    if new is None:
        values: dict[str, Any] = {"true_to": None, "superseded_by": None}
    else:
        values = {"superseded_by": new}
        if old.unlearned is None:
            values["true_to"] = select(belief.c.learned).where(belief.c.id == new).scalar_subquery()
    connection.execute(update(belief).where(belief.c.id == old.id).values(**values))


def _lower_marks(connection: Connection) -> None:
    """The number of the last moment may be given again: what was read up to it must not seem read."""
    last = connection.execute(select(func.max(turn.c.id))).scalar() or 0
    for key in ("learned", "slept"):
        if (notes.get(connection, key) or 0) > last:
            notes.put(connection, key, last)


def _near_then(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The moments that stay and whose index text holds words of these, each with what it is to hold then."""
    of_them = select(turn.c.session).where(among(turn.c.id, ids))
    query = select(turn.c.id, turn.c.session, turn.c.text).where(turn.c.session.in_(of_them))
    rows = connection.execute(query.order_by(turn.c.session, turn.c.id))
    going, near = set(ids), {}
    for _, of_one in groupby(rows, key=lambda row: row.session):
        talk = list(of_one)
        staying = [row for row in talk if row.id not in going]
        beside: set[int] = set()
        for place, row in enumerate(talk):
            if row.id in going:
                beside |= {other.id for other in _around(talk, place)}
        for place, row in enumerate(staying):
            if row.id in beside:
                near[row.id] = "\n".join(other.text for other in _around(staying, place))
    return near


def _around(talk: Sequence[Any], place: int) -> Sequence[Any]:
    """Up to two before and after that place in a talk."""
    return [*talk[max(0, place - NEIGHBOURS) : place], *talk[place + 1 : place + 1 + NEIGHBOURS]]


# ── looking whether anything is left ────────────────────────────────────────────────────────


def _left(connection: Connection, loss: Loss) -> tuple[str, ...]:
    """The places where something of it is still found; asked of every table and index."""
    ids, gone = [moment.id for moment in loss.moments], [held.id for held in loss.beliefs]
    places = [
        ("the moments", turn.c.id, ids),
        ("the evidence", evidence.c.turn, ids),
        ("who is mentioned where", mention.c.turn, ids),
        ("the vectors", vector.c.turn, ids),
        ("the feelings", feeling.c.turn, ids),
        ("the emotions", emotion.c.turn, ids),
        ("the index", turn_fts.c.rowid, ids),
        ("the beliefs", belief.c.id, gone),
        ("the books", book.c.id, [id_ for id_, _ in loss.books]),
    ]
    left = [
        place
        for place, column, ids_ in places
        if ids_ and connection.execute(select(column).where(among(column, ids_))).first()
    ]
    said = [moment.text for moment in loss.moments if len(moment.text) >= _SHORT]
    kept = _all_texts(connection, turn.c.text) if said else ""
    gone_for_good = [text for text in said if text not in kept]
    for column, place in ((turn_fts.c.near, "the index of neighbours"), (evidence.c.quote, "the quotes")):
        texts = _all_texts(connection, column) if gone_for_good else ""
        left += [place for text in gone_for_good if text in texts]
    notes = connection.execute(select(note.c.key, note.c.value)).all()
    left += [
        f"the note '{row.key}'"
        for row in notes
        if _cleaned(row.key, row.value, gone_for_good, None) != row.value
        and not (loss.entry and row.key == loss.entry[0])
    ]
    fulltext(connection).check(connection)
    return tuple(dict.fromkeys(left))


def _all_texts(connection: Connection, column: Any) -> str:
    return "\0".join(connection.execute(select(column)).scalars())
