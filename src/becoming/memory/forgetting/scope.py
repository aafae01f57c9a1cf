"""What "forget …" means: which moments and beliefs belong to a topic, a person, a time, or to everything.

    "everything" · "what I just said" · "the last ten minutes" · "last Tuesday"
    "everything about Anna" · "my sister" · "what I told you about work" · "what I said about work last week"

Generous on purpose: what answers a question on the matter and what goes on about "her" belongs to it. It is
shown before anything happens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select

from becoming.memory import people
from becoming.memory.forgetting import topics
from becoming.memory.forgetting.retention import KEEP_NOTHING_ABOUT
from becoming.memory.recall import when
from becoming.memory.recall.words import STOP_WORDS
from becoming.memory.rows import MOMENTS
from becoming.store.schema import alias, being, belief, book, evidence, mention, turn
from becoming.store.sql import among

_ALL = re.compile(
    r"(?:everything|all of it|it all|all|me|my (?:whole )?life|all (?:my )?(?:memories|data)|everything you (?:know|have|remember|keep)"
    r"|everything (?:that )?i(?:'ve| have)?(?: ever)? (?:said|told you))(?: (?:about|of|on) me)?",
    re.IGNORECASE,
)
_JUST = re.compile(
    r"(?:what|that|the (?:last )?(?:thing|sentence|bit)|my last (?:words|sentence|message)|this)(?: (?:that )?(?:i|we|you)(?: have|'ve)? ?(?:just|last)? ?(?:said|told you|wrote))?"
    r"|(?:that|this|it)",
    re.IGNORECASE,
)
_SCAFFOLD = re.compile(
    r"\b(?:(?:everything|anything|all|whatever|what|that|the things?|things|stuff|all the things?)\s+(?:that\s+)?"
    r"(?:(?:i|we|you)(?:'ve| have| had)?(?: ever)?\s+(?:told you|said|talked|mentioned|know|shared|wrote|discussed|remember)(?: to you)?\s*)?)?"
    r"(?:about|regarding|concerning|to do with|of|on|with)\b|^(?:everything|anything|all|whatever|what)\s+(?:(?:i|we|you)(?:'ve| have)?"
    r"(?: ever)?\s+(?:told you|said|talked about|mentioned|shared|wrote|discussed))?|^(?:the conversation|our talk|the talk|that talk)s?\b|\bplease\b|\bfrom\b$",
    re.IGNORECASE,
)
_MINUTES = re.compile(
    r"\b(?:the |in the |from the )?(?:last|past) (?:(?P<count>\d+|[a-z]+|half an) )?(?P<unit>minute|hour|day|week)s?\b",
    re.IGNORECASE,
)
_UNITS = {"minute": 60, "hour": 3600, "day": 86_400, "week": 7 * 86_400}
_COUNTS = {
    word: n for n, word in enumerate("zero one two three four five six seven eight nine ten".split())
} | {
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "few": 3,
    "couple": 2,
    "half an": 0.5,
    "a": 1,
    "an": 1,
}
_GOES_ON = re.compile(r"\b(?:she|he|they|her|him|them|his|hers|their)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]{4,}")
_ANSWER = 8
"""Words up to which what follows a question is its answer, whatever it speaks of."""

_FOLLOWING = 3


@dataclass(slots=True)
class Scope:
    """What belongs to what is to be forgotten: ids, and the pattern that finds its words elsewhere."""

    moments: set[int] = field(default_factory=set)
    beliefs: set[int] = field(default_factory=set)
    books: set[int] = field(default_factory=set)
    words: re.Pattern[str] | None = None
    everything: bool = False


def understand(connection: Connection, what: str, now: float) -> Scope:
    """The moments and beliefs that `what` names, said at Unix time `now`; empty if it names nothing known."""
    asked = what.strip().strip(" .!?\"'").replace("’", "'")
    if _ALL.fullmatch(asked):
        return Scope(everything=True)
    if _JUST.fullmatch(asked):
        return Scope(moments=_last_said(connection))
    span, rest = _time(asked, now)
    rest = _SCAFFOLD.sub(" ", rest).strip(" ,.")
    within = _within(connection, span) if span else None
    if not _telling(rest) and not _who(connection, rest):
        return Scope(moments={row.id for row in within or ()})
    found = _matter(connection, rest)
    if within is not None:
        found.moments &= {row.id for row in within}
        found.beliefs = set()  # only what rests on these moments alone
        found.books = set()
    return found


def _last_said(connection: Connection) -> set[int]:
    """The last thing the person said, and all since."""
    last = MOMENTS.where(being.c.kind == "user").order_by(turn.c.id.desc()).limit(1)
    row = connection.execute(last).first()
    if row is None:
        return set()
    return set(connection.execute(select(turn.c.id).where(turn.c.id >= row.id)).scalars())


def _time(asked: str, now: float) -> tuple[tuple[float, float] | None, str]:
    if match := _MINUTES.search(asked):
        count = (match["count"] or "one").lower()
        number = float(count) if count.isdigit() else _COUNTS.get(count)
        if number is not None and (match["count"] or match["unit"].lower() in ("minute", "hour")):
            rest = asked[: match.start()] + asked[match.end() :]
            return (now - number * _UNITS[match["unit"].lower()], now), rest
    spans = when.spans(asked, now)
    if not spans:
        return None, asked
    return (spans[0].start, spans[0].end), asked.replace(spans[0].phrase, " ")


def _within(connection: Connection, span: tuple[float, float]) -> list[Row[Any]]:
    said = turn.c.said.between(round(span[0] * 1000), round(span[1] * 1000))
    return list(connection.execute(MOMENTS.where(said)))


def _telling(words: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", words.lower()) if word not in STOP_WORDS]


def _who(connection: Connection, words: str) -> int | None:
    """The being that `words` are the name of, kinship or both."""
    plain = re.sub(r"^(?:my|the|our) ", "", words.strip().lower()).removesuffix("'s")
    if plain in people.KIN:
        return people.find(connection, people.KIN[plain])
    first, *more = plain.split() or [""]
    for part in (plain, *(more[-1:] if first in people.KIN else ())):
        found = connection.execute(select(alias.c.being).where(alias.c.name == part)).scalar()
        if found is not None:
            return int(found)
    return None


def _matter(connection: Connection, rest: str) -> Scope:
    """A person, if it is one's name; else a topic: by its list of words, or by all of its own."""
    scope = Scope()
    who = _who(connection, rest)
    rows = connection.execute(MOMENTS.order_by(turn.c.id)).all()
    if who is not None:
        names = connection.execute(select(alias.c.name).where(alias.c.being == who)).scalars().all()
        scope.words = re.compile(
            rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in names)})(?!\w)", re.IGNORECASE
        )
        found = set(connection.execute(select(mention.c.turn).where(mention.c.being == who)).scalars())
    else:
        scope.words, found = topics.about(rest), set()
    if scope.words:
        found |= {row.id for row in rows if scope.words.search(row.text)}
    if who is None and not topics.has_list(rest):
        found = _all_words(rows, rest)
    scope.beliefs = _beliefs(connection, scope.words, who)
    rests = select(evidence.c.turn).where(among(evidence.c.belief, scope.beliefs), evidence.c.stance == 1)
    found |= set(connection.execute(rests).scalars())
    scope.moments = _with_what_goes_on(rows, found) - _asking_to_keep_nothing(connection)
    titles = connection.execute(select(book.c.id, book.c.title)).all()
    scope.books = {row.id for row in titles if row.title.casefold() == rest.casefold()}
    return scope


def _asking_to_keep_nothing(connection: Connection) -> set[int]:
    """Where a rule comes from that keeps this very matter out of her memory: it must stay."""
    rests = select(evidence.c.turn).join(belief, belief.c.id == evidence.c.belief)
    rules = rests.where(belief.c.relation == KEEP_NOTHING_ABOUT, belief.c.unlearned.is_(None))
    return set(connection.execute(rules).scalars())


def _all_words(rows: Iterable[Row[Any]], rest: str) -> set[int]:
    """The moments that hold every telling word of it; of a name of one word just that."""
    patterns = [pattern for word in _telling(rest) if (pattern := topics.about(word))]
    return {row.id for row in rows if patterns and all(pattern.search(row.text) for pattern in patterns)}


def _beliefs(connection: Connection, words: re.Pattern[str] | None, who: int | None) -> set[int]:
    rows = connection.execute(select(belief.c.id, belief.c.about, belief.c.text, belief.c.relation)).all()
    return {
        row.id
        for row in rows
        if row.relation != KEEP_NOTHING_ABOUT and (row.about == who or (words and words.search(row.text)))
    }


def _with_what_goes_on(rows: Sequence[Row[Any]], found: set[int]) -> set[int]:
    """And the answer to a question on it, her reply that takes it up, and what goes on about "her"."""
    all_of_it = set(found)
    for place, row in enumerate(rows):
        if row.id not in found:
            continue
        before = row
        for after in rows[place + 1 : place + 1 + _FOLLOWING]:
            if after.session != row.session:
                break
            asked = before.kind == "self" and before.text.rstrip().endswith("?")
            answer = asked and after.kind == "user" and len(after.text.split()) <= _ANSWER
            if not (answer or _GOES_ON.search(after.text) or _shares(row.text, after.text)):
                if after.kind == "self":
                    continue  # her "mm" in between ends nothing
                break
            all_of_it.add(after.id)
            before = after
    return all_of_it


def _shares(one: str, other: str) -> bool:
    def told(words: str) -> set[str]:
        return {word for word in _WORD.findall(words.lower()) if word not in STOP_WORDS}

    return bool(told(one) & told(other))
