"""Planning a night: everything is read and thought over, and nothing is written."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from becoming.care import Guard
from becoming.events import Being, Belief, Change, ModelAway, Moment, Person
from becoming.language import Model
from becoming.memory import Life, people
from becoming.memory.beliefs import holding
from becoming.memory.rows import MOMENTS, read_moments
from becoming.persona.growing import HABITS, Growing, told
from becoming.sleep import fading, inner, patterns, tidy
from becoming.sleep.apply import last, mark
from becoming.sleep.asking import Asking
from becoming.sleep.extract import extract
from becoming.sleep.growth import grow
from becoming.sleep.night import Claim, Dropped, Growth, Idea, Kind, Night, Use
from becoming.sleep.replay import MOST, Feel, replay
from becoming.sleep.shared import jokes
from becoming.store import Store
from becoming.store.schema import evidence, ground, night, trait, turn
from becoming.store.sql import among

CAME_UP = 0.6
"""From this chance on that it is the same that was spoken of again, a memory counts as used."""

CHANGED = re.compile(
    r"\b(?:now|new|no longer|any ?more|finally|for good|these days|since|mov(?:ed?|ing)|settl\w+|start\w*|began|begun|switch\w*|"
    r"chang\w*|quit|left|leaving|bec[ao]me|made me|hired|took me on|promot\w+|join\w+|transferr?\w*)\b",
    re.IGNORECASE,
)
"""Without one of these a model's reading ends nothing that was said outright: "I wondered how glass is made" is no study."""

LATELY_S = 60 * 86_400.0
MONDAY = 0
_EARLIER = 500


@dataclass(frozen=True, slots=True)
class Sleeping:
    """Whose night it is, and what it needs. Without a `model` nothing is read out of words that code can't read."""

    store: Store
    life: Life
    being: Being
    """As she was born; how she has changed since is in the store."""
    person: Person
    clock: Callable[[], float]
    feel: Feel
    model: Model | None = None
    seed: int = 0
    grows: bool = True
    """Whether she may change; the person can switch it off."""


@dataclass(frozen=True, slots=True)
class Day:
    """What was lived since the last night, and what was held when it began."""

    after: int
    since: int
    upto: int
    moments: list[Moment]
    lived: list[Moment]
    """What was said since the last night of this kind: naps have gone through some of it."""
    earlier: list[Moment]
    held: list[Belief]
    ended: list[Belief]
    quotes: dict[int, list[str]]
    names: frozenset[str]
    lately: list[Moment]
    """The last weeks, in which reasons to change may come together."""
    used: dict[str, set[int]]


async def plan(sleeping: Sleeping, kind: Kind = "night") -> Night:
    """What this night would change; printable, and for `apply` to commit. Raises events.StoreError."""
    began = sleeping.clock()
    day = await asyncio.to_thread(_look, sleeping.store, kind, began)
    if not (day.lived or day.moments):
        return Night(kind, began, day.after, day.since, day.upto, 0)
    chosen = replay(day.moments, day.earlier, MOST[kind], sleeping.feel)
    asking = Asking(sleeping.model, sleeping.seed) if sleeping.model else None
    claims, dropped, upto = await _read_out(asking, day, chosen)
    if kind == "night":
        claims += [each for each in await asyncio.to_thread(_noticed, sleeping, day) if not _known(each, day)]
    grown = _grow(sleeping, day) if kind == "night" and sleeping.grows else []
    return Night(
        kind,
        began,
        day.after,
        day.since,
        upto,
        len(day.lived) if kind == "night" or upto > day.since else 0,
        tuple(chosen),
        tuple(claims),
        tuple(dropped),
        tuple(tidy.doubles(day.held)),
        tuple(tidy.over(day.held, began)),
        growth=tuple(grown),
        ideas=tuple(
            [*(await _think(sleeping, day, asking)), *_of_habits(grown, began)] if kind == "night" else ()
        ),
        uses=tuple(await asyncio.to_thread(_came_up, sleeping, chosen, began)),
        tokens=asking.tokens if asking else 0,
    )


def _look(store: Store, kind: Kind, now: float) -> Day:
    with store.read() as connection:
        since, upto = mark(connection), connection.execute(select(func.max(turn.c.id))).scalar() or 0
        new = MOMENTS.where(turn.c.id > since, turn.c.id <= upto).order_by(turn.c.id)
        before = MOMENTS.where(turn.c.id <= since).order_by(turn.c.id.desc()).limit(_EARLIER)
        moments = read_moments(connection, new)
        began = select(func.max(night.c.began)).where(night.c.kind == "night").scalar_subquery()
        lately = MOMENTS.where(turn.c.said > func.coalesce(began, 0)).order_by(turn.c.id)
        lived = read_moments(connection, lately) if kind == "night" else moments
        weeks = MOMENTS.where(turn.c.said >= round((now - LATELY_S) * 1000)).order_by(turn.c.id)
        of_them = among(evidence.c.turn, [each.id for each in moments])
        quotes: dict[int, list[str]] = {}
        for row in connection.execute(select(evidence.c.turn, evidence.c.quote).where(of_them)):
            quotes.setdefault(row.turn, []).append(row.quote)
        return Day(
            last(connection),
            since,
            upto,
            moments,
            lived,
            read_moments(connection, before),
            holding.held(connection),
            holding.ended(connection),
            quotes,
            frozenset(alias for each in people.everybody(connection) for alias in each.aliases),
            read_moments(connection, weeks),
            _used(connection),
        )


async def _read_out(
    asking: Asking | None, day: Day, chosen: Sequence[Moment]
) -> tuple[list[Claim], list[Dropped], int]:
    """What the chosen moments tell, what is dropped, and up to which moment the night has got."""
    claims: list[Claim] = []
    dropped: list[Dropped] = []
    for moment in chosen if asking else ():
        try:
            async for found in extract(asking, moment, day.quotes.get(moment.id, ()), day.names):  # type: ignore[arg-type]
                if isinstance(found, Dropped):
                    dropped.append(found)
                elif why := _against(found, day):
                    dropped.append(Dropped(found.lesson.text, why, moment))
                else:
                    claims.append(found)
        except ModelAway:
            # What is left is read out the next night: nothing is skipped, and nothing read twice.
            kept = [each for each in claims if each.rests[0][0].id < moment.id]
            left = [each for each in dropped if each.moment is None or each.moment.id < moment.id]
            return kept, [*left, Dropped("the rest of the day", "the language model is away")], moment.id - 1
    return claims, dropped, day.upto


def _against(claim: Claim, day: Day) -> str | None:
    """Why a claim must not be held: the person has said otherwise, or so plainly already."""
    lesson = claim.lesson
    value = lesson.value.casefold()
    ended = [each for each in day.ended if each.about == lesson.about and each.unlearned is not None]
    if (lesson.relation, value) in {(each.relation, each.value.casefold()) for each in ended}:
        return "the person has said that it is not so"
    held = [each for each in day.held if each.about == lesson.about]
    if value in {each.value.casefold() for each in held if each.relation != "plan"}:
        return "it is held already"
    if lesson.slot in {each.slot for each in held} - {None} and not CHANGED.search(lesson.quote):
        return "something else is held there, and these words speak of no change"
    return None


def _noticed(sleeping: Sleeping, day: Day) -> list[Claim]:
    """What the two of them share, and in the night after a Sunday what goes together over weeks."""
    found = jokes(day.lately)
    if datetime.fromtimestamp(sleeping.clock()).weekday() == MONDAY:
        found += patterns.claims(patterns.patterns(day.lately, sleeping.feel, sleeping.seed))
    return found


def _known(claim: Claim, day: Day) -> bool:
    """Whether a pattern was noticed before: held, or called wrong by the person, which stays so."""
    return any(
        (each.relation, each.value) == (claim.lesson.relation, claim.lesson.value)
        for each in [*day.held, *day.ended]
    )


async def _think(sleeping: Sleeping, day: Day, asking: Asking | None) -> list[Idea]:
    thoughts = sleeping.life.thoughts.all()
    before = [each.text for each in thoughts]
    dreamt = [each.text for each in thoughts if each.kind == "dream"]
    seed = sleeping.seed + day.after
    lived = [*reversed(day.earlier), *day.moments]
    fresh = [each for each in lived if not any(each.text[:40] in old for old in dreamt)]
    found = [
        inner.journal(day.lived, sleeping.person.name, day.lived[-1].at) if day.lived else None,
        await inner.dream(fresh, sleeping.life.embed, asking, Guard(), seed),
        inner.question(day.held, day.lately, before, seed),
    ]
    return [each for each in found if each]


def _grow(sleeping: Sleeping, day: Day) -> list[Growth]:
    born = sleeping.being.traits
    return grow(day.lately, day.used, born, Growing(sleeping.store).traits(born))


def _of_habits(grown: Sequence[Growth], now: float) -> list[Idea]:
    """What she has learned to do otherwise with this person is told, once; a trait's drift is felt, not announced."""
    return [
        Idea("change", told(Change(0, now, step.name, step.step, step.because)), step.rests)
        for step in grown
        if step.name in HABITS
    ]


def _used(connection: Connection) -> dict[str, set[int]]:
    """For each trait the moments it has changed for already, also where the change was taken back."""
    reasons = (ground.c.ref == trait.c.id) & (ground.c.kind == "trait")
    used: dict[str, set[int]] = {}
    for row in connection.execute(select(trait.c.name, ground.c.turn).join(ground, reasons)):
        used.setdefault(row.name, set()).add(row.turn)
    return used


def _came_up(sleeping: Sleeping, chosen: Sequence[Moment], now: float) -> list[Use]:
    """The older moments that what was said today speaks of again."""
    found: set[int] = set()
    for moment in chosen:
        best = sleeping.life.search(moment.text, 1, before=moment.id)
        if best and best[0].score >= CAME_UP and best[0].moment.role == "person":
            found.add(best[0].moment.id)
    with sleeping.store.read() as connection:
        return fading.uses(connection, sorted(found), now)
