"""The people of this life as she knows them: who, since when, how things stand, what is open.

Nothing of it is kept: it is looked up in what was said (who is mentioned where, and how those moments felt) and in
what is held true, so every line rests on moments, and what is forgotten is gone from here too. How things stand is a
guess from words, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from becoming.events import Belief, InputError, Lesson, Moment
from becoming.memory import contacts, people
from becoming.memory.beliefs import correcting, dates
from becoming.memory.beliefs import holding as beliefs
from becoming.memory.feelings.holding import Feelings, Felt
from becoming.memory.feelings.words import PLAIN, PLEASANT
from becoming.memory.rows import MOMENTS, read_moments
from becoming.memory.thoughts import talked
from becoming.store import Store
from becoming.store.schema import being, checkin, evidence, mention, turn
from becoming.store.sql import among

DAY_S = 86_400.0
SEASON_S, HURT_S, SILENT_S = 120 * DAY_S, 14 * DAY_S, 42 * DAY_S
"""How far back what was felt counts; how long somebody hurtful is left alone; from when on a silence is one."""

ENOUGH, SHOWN, BIRTHDAY_DAYS = 3, 3, 21
PETS = frozenset("dog cat puppy kitten horse rabbit hamster parrot tortoise".split())


@dataclass(frozen=True, slots=True)
class Line:
    """Something she says of somebody, and the moments it rests on."""

    text: str
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody as she knows them. `kin` is what they are to the person; `tone` how things seem to stand: "warm",
    "heavy", "mixed", or "" where words do not tell; `hurt` whether they were hurtful lately. Unix seconds."""

    id: int
    name: str
    kin: str
    times: int
    first: Moment | None
    last: Moment | None
    tone: str
    stands: Line
    open: tuple[Line, ...]
    facts: tuple[Belief, ...] = ()
    aliases: tuple[str, ...] = ()
    unsafe: int | None = None
    quiet: int | None = None
    hurt: bool = False
    dead: bool = False
    longed_for: bool = False

    @property
    def called(self) -> str:
        """As she says it: "Anna", "your sister Iris", "your brother"."""
        if self.name == self.kin:
            return f"your {self.kin}"
        return f"your {self.kin} {self.name}" if self.kin else self.name


class Company:
    """Looks people up, and keeps what the person says of them on the page. Raises events.StoreError."""

    def __init__(self, store: Store, feelings: Feelings, clock: Callable[[], float]) -> None:
        self._store, self._feelings, self._clock = store, feelings, clock

    def notice(self, moment: Moment) -> None:
        """Somebody met who was never named before is somebody from now on."""
        if moment.id == 0 or moment.role != "person" or moment.via in ("book", "tool"):
            return
        new = [met.who for met in contacts.told(moment.text) if met.sure and met.who]
        if new:
            with self._store.write() as connection:
                for who in new:
                    people.find_or_add(connection, who)
                    people.note_earlier_mentions(connection, who, moment.id)
                people.note_mentions(connection, moment.id, moment.text)

    def all(self) -> list[Someone]:
        """Everybody, whoever was spoken of last first."""
        now = self._clock()
        with self._store.read() as connection:
            known = people.everybody(connection)
            held = beliefs.held(connection)
            rows = connection.execute(
                select(mention.c.being, mention.c.turn).join(turn, turn.c.id == mention.c.turn).join(
                    being, being.c.id == turn.c.speaker
                ).where(being.c.kind == "user")
            ).all()  # fmt: skip
            spoken: dict[int, list[int]] = {}
            for row in rows:
                spoken.setdefault(row.being, []).append(row.turn)
            moments = {
                each.id: each
                for each in read_moments(
                    connection, MOMENTS.where(among(turn.c.id, [row.turn for row in rows]))
                )
            }
            plans = connection.execute(select(checkin).where(checkin.c.closed.is_(None))).all()
            rests = connection.execute(
                select(evidence.c.belief, evidence.c.turn).where(evidence.c.stance == 1)
            ).all()
        lately = [id_ for id_, each in moments.items() if now - each.at < SEASON_S]
        felt = {each.moment.id: each for each in self._feelings.among(lately)}
        sources: dict[int, list[Moment]] = {}
        for row in rests:
            if row.turn in moments:
                sources.setdefault(row.belief, []).append(moments[row.turn])
        found = []
        for one in known:
            theirs = sorted((moments[id_] for id_ in spoken.get(one.id, ())), key=lambda each: each.at)
            asks = [
                Line(plan.quote if plan.asks.startswith("So,") else plan.asks, (moments[plan.turn],))
                for plan in plans
                if plan.turn in moments and (plan.turn in spoken.get(one.id, ()) or one.name in plan.asks)
            ]
            found.append(_someone(one, theirs, felt, held, sources, asks, now))
        return sorted(found, key=lambda each: -(each.last.at if each.last else 0))

    def find(self, words: str) -> Someone | None:
        """The one that these words speak of; None where it is nobody, or more than one."""
        with self._store.read() as connection:
            meant = people.who_comes_up(connection, words)
        return next((one for one in self.all() if {one.id} == meant), None)

    def spoken_of(self, words: str) -> set[int]:
        """Whoever comes up in these words, by number."""
        with self._store.read() as connection:
            return people.who_comes_up(connection, words)

    # ── weeks ───────────────────────────────────────────────────────────────────────────────

    def weeks(self, count: int) -> list[tuple[float, float, int]]:
        """The last weeks, oldest first: when each began (a Monday), hours of talk with her, real conversations told of."""
        today = datetime.fromtimestamp(self._clock()).replace(hour=0, minute=0, second=0, microsecond=0)
        monday = today - timedelta(today.weekday())
        starts = [(monday - timedelta(7 * back)).timestamp() for back in range(count)][::-1]
        with self._store.read() as connection:
            since = MOMENTS.where(turn.c.said >= round(starts[0] * 1000)).order_by(turn.c.said, turn.c.id)
            moments = read_moments(connection, since)
            known = {name for one in people.everybody(connection) for name in one.aliases}
        ends = [*starts[1:], float("inf")]
        return [
            (start, talked([round(each.at * 1000) for each in within]) / 3600, len(_met(within, known)))
            for start, end in zip(starts, ends, strict=True)
            for within in [[each for each in moments if start <= each.at < end]]
        ]

    def met_lately(self, days: float) -> int:
        """How many real conversations the person told of in the last days."""
        since = round((self._clock() - days * DAY_S) * 1000)
        with self._store.read() as connection:
            known = {name for one in people.everybody(connection) for name in one.aliases}
            return len(_met(read_moments(connection, MOMENTS.where(turn.c.said >= since)), known))

    def hours_lately(self, days: float) -> float:
        """Hours of talk with her in the last days."""
        since = round((self._clock() - days * DAY_S) * 1000)
        with self._store.read() as connection:
            said = connection.execute(select(turn.c.said).where(turn.c.said >= since).order_by(turn.c.said))
            return talked(list(said.scalars())) / 3600

    # ── what the person says of them ────────────────────────────────────────────────────────

    def harmed(self, moment: Moment) -> None:
        """Somebody does harm, in the words of this moment: no step is ever offered towards whoever is named in them."""
        if moment.id:
            with self._store.write() as connection:
                named = people.who_comes_up(connection, moment.text)
                for one in people.everybody(connection):
                    if one.id in named:
                        beliefs.hold(connection, _unsafe(one.name, moment.text), moment)

    def mark(self, id_: int, what: str, on: bool) -> None:
        """The person marks somebody, or takes it back: "unsafe", or "quiet" for what is not to be brought up. Raises
        InputError where there is no such person."""
        now, one = self._clock(), self._one(id_)
        already = one.unsafe if what == "unsafe" else one.quiet
        with self._store.write() as connection:
            if on and already is None:
                lesson = _unsafe(one.name) if what == "unsafe" else _quiet(one.name)
                beliefs.write_down(connection, lesson, now)
            elif not on and already is not None:
                beliefs.close(connection, [already], now)

    def rename(self, id_: int, name: str) -> None:
        """They are called otherwise; the name they had still means them. Raises InputError where that cannot be."""
        called, one, now = " ".join(name.split()), self._one(id_), self._clock()
        if not called or called.casefold() in people.KIN or called.casefold() == one.name.casefold():
            raise InputError("Write the name they go by.")
        with self._store.write() as connection:
            there = people.find(connection, called)
            if there is not None and there != id_:
                raise InputError(f"She knows a {called} already. Two people are never made into one here.")
            for held in beliefs.held(connection):
                if held.relation in people.KIN and held.value.casefold() == one.name.casefold():
                    correcting.by_hand(connection, held, called, now)
            people.rename(connection, id_, one.name, called)

    def _one(self, id_: int) -> Someone:
        found = next((one for one in self.all() if one.id == id_), None)
        if found is None:
            raise InputError("She does not know them any more. Look at the page anew.")
        return found


def _unsafe(name: str, quote: str = "") -> Lesson:
    return Lesson(name, "rule", "unsafe", "unsafe", f"{name} isn't safe for you", quote, "unsafe")


def _quiet(name: str) -> Lesson:
    text = f"you asked never to hear of {name}"
    return Lesson("you", "rule", "never_mention", name, text, "", f"mention: {name.lower()}")


def _someone(
    one: people.Known,
    theirs: Sequence[Moment],
    felt: dict[int, Felt],
    held: Sequence[Belief],
    sources: dict[int, list[Moment]],
    asks: list[Line],
    now: float,
) -> Someone:
    names = {one.name.casefold(), *one.aliases}
    about = [each for each in held if each.about.casefold() in names]
    kin = next((name.removeprefix("my ") for name in one.aliases if name.startswith("my ")), "")
    lately = [each for each in theirs if now - each.at < HURT_S]
    rules = {each.relation: each.id for each in about if each.kind == "rule"}
    never = (each.id for each in held if each.relation == "never_mention" and each.value.casefold() in names)
    tone, stands = _stands([felt[each.id] for each in theirs if each.id in felt])
    coming = [Line(each.text, tuple(sources.get(each.id, ()))) for each in about if _coming(each, now)]
    promised = [
        Line(each.text, tuple(sources.get(each.id, ())))
        for each in held
        if each.kind == "promise" and _names(each.value, names)
    ]
    resting = {each.id for line in asks for each in line.moments}
    coming = [line for line in coming if not resting & {each.id for each in line.moments}]
    silent = [Line(f"a silence of {_weeks(now - theirs[-1].at)}", (theirs[-1],))] if theirs and now - theirs[-1].at >= SILENT_S else []  # fmt: skip
    return Someone(
        one.id,
        one.name,
        kin,
        len(theirs),
        theirs[0] if theirs else None,
        theirs[-1] if theirs else None,
        tone,
        stands,
        (*asks, *promised, *coming, *silent),
        tuple(each for each in about if each.kind in ("fact", "preference")),
        one.aliases,
        rules.get("unsafe"),
        next(never, None),
        any(contacts.hurt(each.text) or _angers(felt.get(each.id)) for each in lately),
        any(each.relation == "died" for each in about),
        any(contacts.missed(each.text) for each in theirs if now - each.at < SEASON_S),
    )


def _stands(felt: Sequence[Felt]) -> tuple[str, Line]:
    """How things seem to stand, from what is plain of it: the latest of the side that is more often."""
    plain = [each for each in felt if each.feeling.source == "person" or each.feeling.confidence >= PLAIN]
    warm = [each for each in plain if each.feeling.valence >= PLEASANT]
    heavy = [each for each in plain if each.feeling.valence <= -PLEASANT]
    if not warm and not heavy:
        return "", Line("Words don't tell how things stand.")
    more, tone = (warm, "warm") if len(warm) >= len(heavy) else (heavy, "heavy")
    if len(warm) + len(heavy) < ENOUGH:
        rests = tuple(each.moment for each in (warm + heavy)[-SHOWN:])
        return tone, Line(f"A moment or two sounded {tone}; more words don't tell.", rests)
    if min(len(warm), len(heavy)) * 2 > len(more):
        rests = tuple(each.moment for each in (*warm[-2:], *heavy[-1:]))
        return "mixed", Line("Warm and heavy by turns, as far as words tell.", rests)
    rests = tuple(each.moment for each in more[-SHOWN:])
    return tone, Line(f"Mostly {tone}, as far as words tell.", rests)


def _angers(felt: Felt | None) -> bool:
    if felt is None or felt.feeling.confidence < PLAIN or not felt.feeling.emotions:
        return False
    return felt.feeling.emotions[0][0] in ("anger", "disgust", "fear")


def _coming(one: Belief, now: float) -> bool:
    """Whether it is a birthday in the next weeks, or a plan that lies ahead."""
    if one.relation == "birthday" and (day := dates.day_of_year(one.value)):
        today, (number, month) = date.fromtimestamp(now), day[0].split()[:2]
        try:
            falls = [date(year, 1 + dates.MONTHS.index(month.lower()), int(number)) for year in (today.year, today.year + 1)]  # fmt: skip
        except ValueError:  # the 29th of February, this year
            return False
        return any(0 <= (each - today).days <= BIRTHDAY_DAYS for each in falls)
    return one.kind == "plan" and (one.true_from or 0) >= now


def _names(words: str, names: set[str]) -> bool:
    return any(f" {name} " in f" {words.casefold().strip(' .!')} " for name in names)


def _weeks(seconds: float) -> str:
    weeks = round(seconds / DAY_S / 7)
    return f"{weeks} weeks" if weeks < 20 else f"{round(weeks / 4.35)} months"


def _met(moments: Sequence[Moment], known: set[str]) -> set[tuple[date, str]]:
    """Real conversations: whom, and on which day. Of those who have no name one counts a line."""
    found = set()
    for each in moments:
        for met in contacts.told(each.text) if each.role == "person" else ():
            who = met.who.casefold()
            if not who or met.sure or who in people.KIN or who in known:
                found.add((date.fromtimestamp(each.at), who or f"{each.id}"))
    return found
