"""What one utterance teaches at once: patterns and small rules, no language model, in well under a millisecond.

`lessons` is pure: it reads words and gives what they teach, each with its exact quote. `Learning` writes
that down with its source. The patterns are in `lessons.toml`; what makes words teach nothing in `doubt.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, select

from becoming.events import Belief, Lesson, Moment
from becoming.memory import notes, people
from becoming.memory.beliefs import answers, correcting, dates, doubt
from becoming.memory.beliefs.figures import names_in, sensible
from becoming.memory.beliefs.holding import hold
from becoming.memory.beliefs.phrases import SENTENCE, Rule, plainly, rules
from becoming.memory.people import KIN
from becoming.memory.recall.words import STOP_WORDS
from becoming.memory.rows import MOMENTS, moment_of
from becoming.store import Store
from becoming.store.schema import turn

_ORDERS = ("promise", "rule")
_FILLERS = re.compile(
    r"(?:\b(?:please|just|and|so|ok|okay|hey|well|oh|but|also|yes|yeah|no|now|then|actually|listen|look|hi|hello|you|can|could|i|want|by the way)\b[, ]*)*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?:^|[,;:—–-]|\b(?:and|but|so|because|cause|also|that|now|then|well|yes|yeah|plus|actually|btw|by the way))\s*$",
    re.IGNORECASE,
)
_TO_YOU = {
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "am": "are",
    "myself": "yourself",
    "we": "you",
    "our": "your",
    "us": "you",
}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_PERSONS = ("her", "him", "them")
_NAMED = ("name", "{kin}", "lives_in", "comes_from", "works_at")
_LEARNED = "learned"


def lessons(text: str, before: str = "", at: float | None = None) -> list[Lesson]:
    """What `text` teaches, said after her line `before` at Unix time `at` (without it, no day is resolved).

    Empty for most of what people say: a question, an if, what others said, a joke teach nothing.
    """
    if doubt.whole(text):
        return []
    unquoted = doubt.unquoted(text)
    found: list[Lesson] = []
    spoken_of = before
    for span in SENTENCE.finditer(unquoted):
        quote = text[span.start() : span.end()].strip()
        said = plainly(span[0])
        whole = answers.whole_answer(before, text) if span.start() == 0 and quote == text.strip() else None
        if whole or (said and not doubt.sentence(said)):
            plain = answers.named_plainly(whole or said, spoken_of)
            found += _taught(plain, quote, at)
        spoken_of = said
    return _without_repeats(found)


class Learning:
    """Writes down what is learned. Raises events.StoreError when the store cannot be written."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def hear(self, moment: Moment, before: str = "") -> list[Belief]:
        """Learn from one recorded moment, said after her line `before`: what is new, or true no more.

        Only what the person said themself teaches anything. Hearing a moment twice is hearing it once.
        """
        if moment.id == 0 or moment.role != "person" or moment.via in ("book", "tool"):
            return []
        correction = correcting.correction(moment.text)
        taught = lessons(moment.text, before, moment.at)
        if not (correction or taught):
            return []
        with self._store.write() as connection:
            if moment.id <= _mark(connection):
                return []
            learned: list[Belief] = []
            corrected = correcting.apply(connection, correction, moment, before) if correction else []
            if corrected:
                taught = [lesson for lesson in taught if lesson.quote not in correction.quote]  # type: ignore[union-attr]
            for lesson in taught:
                learned += self._hold(connection, lesson, moment)
            notes.put(connection, _LEARNED, moment.id)
            known = {belief.about for belief in corrected + learned}
            known |= {belief.value for belief in learned if belief.relation in KIN}
            for about in known:
                people.note_earlier_mentions(connection, about, moment.id)
            return corrected + learned

    def catch_up(self) -> list[Belief]:
        """Learn from what was recorded and, as a process died, not yet learned from; at the start."""
        with self._store.read() as connection:
            since = MOMENTS.where(turn.c.id >= _mark(connection)).order_by(turn.c.id)
            rows = connection.execute(since).all()
        learned: list[Belief] = []
        for earlier, row in zip([None, *rows], rows, strict=False):
            before = ""
            if earlier and earlier.kind == "self" and earlier.session == row.session:
                before = earlier.text
            learned += self.hear(moment_of(row), before)
        if rows:
            with self._store.write() as connection:
                notes.put(connection, _LEARNED, rows[-1].id)
        return learned

    def _hold(self, connection: Connection, lesson: Lesson, moment: Moment) -> list[Belief]:
        if lesson.relation == "never_mention" and lesson.value in _PERSONS:
            known = people.last_spoken_of(connection, moment.id, lesson.value)
            meant = known or _last_name(connection, moment.id)
            if meant is None:
                return []
            slot, text = f"mention: {meant.lower()}", lesson.text.removesuffix(lesson.value) + meant
            lesson = replace(lesson, value=meant, slot=slot, text=text)
        held = hold(connection, lesson, moment)
        if held and lesson.about != "you":
            people.note_mentions(connection, moment.id, moment.text)
        return [held] if held else []


@cache
def _naming() -> list[Rule]:
    """The rules that are tried again on words typed without capitals."""
    return [
        rule
        for rule in rules()
        if rule.fact["relation"] in _NAMED and "beside" not in rule.fact and rule.subject != "they"
    ]


def _taught(said: str, quote: str, at: float | None) -> Iterator[Lesson]:
    yield from _read(rules(), said, quote, at)
    if not any(letter.isupper() for letter in said.replace("I ", "")):  # typed without capitals: names hide
        shown = _WORD.sub(
            lambda match: match[0] if match[0].lower() in STOP_WORDS else match[0].title(), said
        )
        for lesson in _read(_naming(), shown, quote, at):
            if not re.match(r"(?:an?|the) ", lesson.value):
                yield lesson


def _read(among: list[Rule], said: str, quote: str, at: float | None) -> Iterator[Lesson]:
    for rule in among:
        for match in rule.pattern.finditer(said):
            if doubt.around(said[: match.start()], said[match.end() :]):
                continue
            lesson = _lesson(rule, match, quote, at) if _begins_well(rule, said, match) else None
            if lesson:
                yield lesson


def _begins_well(rule: Rule, said: str, match: re.Match[str]) -> bool:
    """Orders and somebody's name stand where a clause begins, else they are part of something else."""
    before = said[: match.start()]
    clause = re.split(r"[,;:—–]", before)[-1]
    if rule.subject == "they":
        return bool(_CLAUSE.search(before))
    if rule.fact.get("kind") in _ORDERS or rule.fact["relation"] == "name":
        return bool(_FILLERS.fullmatch(clause.strip() + " " if clause.strip() else ""))
    within = re.search(r"\b(?:of|with|to|from|for|than|like|at|by|about)\s*$", before)
    return rule.subject == "I" or not within


def _lesson(rule: Rule, match: re.Match[str], quote: str, at: float | None) -> Lesson | None:
    parts: dict[str, Any] = {name: part.strip() for name, part in match.groupdict().items() if part}
    about = _about(parts)
    spoken = _value(rule, parts, at)
    if about is None or spoken is None:
        return None
    value, words, true_from = spoken
    kin_words = parts.get("kin_words", "").lower().removeprefix("new ")
    kin = KIN.get(kin_words.split()[-1], kin_words) if kin_words else ""
    shape = {
        "kin": _kinship(kin_words, kin),
        "kin_words": kin_words,
        "event": parts.get("event", "").lower(),
        "doing": _second_person(parts.get("doing", "").lower()),
        "what": parts.get("what", "").lower(),
        "hours": parts.get("hours", "").lower(),
        "who": _who(parts),
    }
    fact = rule.fact
    phrase = fact.get("you") if about == "you" else fact.get("them")
    if phrase is None:
        return None
    slot = fact.get("slot")
    return Lesson(
        about=about,
        kind=fact.get("kind", "fact"),
        relation=fact["relation"].format(**shape),
        value=value,
        text=phrase.format(value=words, **shape).strip(),
        quote=quote,
        slot=slot.format(value=value.lower(), **shape) if slot else None,
        true_from=true_from,
        beside=fact.get("beside", False),
        over=rule.over,
    )


def _about(parts: dict[str, Any]) -> str | None:
    if "who_kin" in parts:
        return parts.get("named") or _kinship(
            parts["who_kin"].lower(), KIN.get(parts["who_kin"].lower().split()[-1], "")
        )
    if "who" in parts:
        return parts["who"] if names_in(parts["who"], first_too=True) else None
    return "you"


def _kinship(words: str, kin: str) -> str:
    """Her step-sister is not her sister."""
    apart = re.match(r"(ex|step|half|great|foster)[ -]", words)
    return f"{apart[1]}-{kin}" if apart and kin and not kin.startswith(apart[1]) else kin or words


def _who(parts: dict[str, Any]) -> str:
    if "who_kin" in parts:
        return f"your {parts['who_kin'].lower()}" + (f" {parts['named']}" if "named" in parts else "")
    return str(parts.get("who", ""))


def _value(rule: Rule, parts: dict[str, Any], at: float | None) -> tuple[str, str, float | None] | None:
    """The value to keep, the words she says it in, and when it begins; None if it makes no sense."""
    if "when" in parts and (rule.fact.get("kind") == "plan" or "value" not in parts):
        event = parts.get("event", "").lower().split()
        if any(word in KIN or word in _NO_EVENT for word in event) or (event and event[-1] in STOP_WORDS):
            return None
        doing = parts.get("doing", "").lower().split()
        if doing and (doing[0] in _NO_DOING or set(doing) & {"it", "this", "that"}):
            return None
        day = dates.upcoming(parts["when"], at) if at is not None else None
        if day is None or parts["when"][day.length :].startswith("'"):
            return None
        return day.value, day.words, day.at
    if "day" in parts:
        birthday = dates.day_of_year(parts["day"])
        return (birthday[0], birthday[0], None) if birthday else None
    if "value" not in parts:
        only = "" if rule.over else rule.fact["relation"]  # "you are pregnant"; "I lost my job", whichever
        return only, only, None
    value = sensible(rule.fact["relation"], parts["value"])
    if value is None:
        return None
    if rule.fact.get("kind") == "promise":
        return _promised(value, parts.get("when"), at)
    return value, _second_person(value), None


_NO_EVENT = set(
    "birthday feeling day today it that i mood question problem everything mind life next not is was".split()
)
_NO_DOING = set(
    "thinking feeling being wondering hoping trying dying kidding joking telling saying going_to assuming guessing doing".split()
)


def _promised(value: str, when: str | None, at: float | None) -> tuple[str, str, float | None]:
    day = dates.upcoming(when, at) if when and at is not None else None
    if day is None and at is not None:
        for space in re.finditer(
            r" (?=on |at |this |next |today|tonight|tomorrow|the day after|in |\w+day\b)", value
        ):
            day = dates.upcoming(value[space.end() :], at)
            if day:
                value = (value[: space.start()] + value[space.end() + day.length :]).strip()
                break
    words = _second_person(value)
    return value, words + (f" ({day.words})" if day else ""), day.at if day else None


def _second_person(words: str) -> str:
    """What the person says of themself, said to them: "my job" → "your job"."""
    return _WORD.sub(lambda match: _TO_YOU.get(match[0].lower(), match[0]), words)


def _without_repeats(found: list[Lesson]) -> list[Lesson]:
    """One lesson a slot and value; plainly said comes before said in passing."""
    kept: dict[tuple[str, str, str], Lesson] = {}
    for lesson in sorted(found, key=lambda lesson: (lesson.about != "you", lesson.beside)):
        key = (lesson.about, lesson.relation, lesson.value.lower())
        if lesson.over:
            kept.pop(key, None)  # "I said I hate olives. I don't hate olives." ends it
            key = (*key[:2], f"no {key[2]}")
        kept.setdefault(key, lesson)
    at_hours = {each.value for each in kept.values() if each.relation == "not_then" and not each.over}
    kept = {
        key: each
        for key, each in kept.items()
        if each.relation != "never_mention" or each.value not in at_hours
    }
    ends_first = sorted(kept.values(), key=lambda lesson: not lesson.over)  # "I quit, I start at Lumen"
    return [
        lesson
        for lesson in ends_first
        if not (lesson.value.lower() in STOP_WORDS and lesson.value not in _PERSONS)
    ]


def _last_name(connection: Connection, before: int) -> str | None:
    """The last name in the latest lines, whether or not she knows who that is."""
    rows = connection.execute(
        select(turn.c.text).where(turn.c.id <= before, turn.c.id > before - 6).order_by(turn.c.id.desc())
    )
    for words in rows.scalars():
        if found := names_in(words):
            return found[-1]
    return None


def _mark(connection: Connection) -> int:
    """The last moment that was learned from."""
    return notes.get(connection, _LEARNED) or 0
