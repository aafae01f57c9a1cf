"""The page of the person's people: who there is, what she keeps to, hard talks practised, and the weeks, if measured.

Under `/api/people`; times are Unix seconds. Every line brings the moments it rests on.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import FastAPI
from pydantic import BaseModel, Field

from becoming.memory.company import Line as Held
from becoming.memory.company import Someone
from becoming.memory.measures import TALKS, instruments
from becoming.practice.rehearsed import rehearsed
from becoming.web import memory_words as words
from becoming.web.asked import Line, Number, When

if TYPE_CHECKING:
    from becoming.app import Home

WEEKS = 13


class Named(BaseModel):
    """What somebody is called, or a sentence she is to keep to."""

    words: Line


class Marked(BaseModel):
    """Somebody is not safe, or not to be brought up; or is again."""

    what: Literal["unsafe", "quiet"]
    on: bool


class Answered(BaseModel):
    """The place of each answer among the choices."""

    answers: Annotated[list[Number], Field(max_length=20)]


class Counted(BaseModel):
    """Real conversations of the week that began then."""

    week: When
    talks: Number


class Taken(BaseModel):
    """One entry, to be taken away."""

    kind: Line
    at: When


def add_people(app: FastAPI, home: Home) -> None:
    """Give the application what the page asks for."""

    @app.get("/api/people")
    def shown() -> dict[str, Any]:
        return _shown(home)

    @app.post("/api/people/{being}/name")
    def rename(being: Number, named: Named) -> dict[str, Any]:
        home.life.company.rename(being, named.words)
        return _shown(home)

    @app.post("/api/people/{being}/mark")
    def mark(being: Number, marked: Marked) -> dict[str, Any]:
        home.life.mark(being, marked.what, marked.on)
        if marked.what == "unsafe" and marked.on:
            one = next(one for one in home.life.company.all() if one.id == being)
            home.care.records.unsafe(" ".join((one.name, *one.aliases)))
        return _shown(home)

    @app.post("/api/people/keeps")
    def keep_to(said: Named) -> dict[str, Any]:
        home.life.keep_to(said.words)
        return _shown(home)

    @app.post("/api/people/weeks")
    def count(counted: Counted) -> dict[str, Any]:
        home.life.measures.count(counted.week, counted.talks)
        return _shown(home)

    @app.post("/api/people/measures/{kind}")
    def answer(kind: str, answered: Answered) -> dict[str, Any]:
        kept = home.life.measures.answer(kind, answered.answers)
        return {**_shown(home), "answered": asdict(kept)}

    @app.post("/api/people/take-away")
    def take_away(taken: Taken) -> dict[str, Any]:
        home.life.measures.take_away(taken.kind, taken.at)
        return _shown(home)


def _shown(home: Home) -> dict[str, Any]:
    life, measured = home.life, home.life.measures.all()
    answered = {each.at: each.score for each in measured if each.kind == TALKS}
    return {
        "now": time.time(),
        "people": [_someone(one) for one in life.company.all()],
        "keeps": [
            words.belief(each) for each in life.beliefs.current(kind="rule") if each.relation != "unsafe"
        ],
        "weeks": [
            {"monday": monday, "hours": round(hours, 3), "told": told, "answered": answered.get(monday)}
            for monday, hours, told in life.company.weeks(WEEKS)
        ],
        "measured": [asdict(each) for each in measured if each.kind != TALKS],
        "instruments": instruments(),
        "rehearsed": rehearsed(life),
    }


def _someone(one: Someone) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "kin": one.kin,
        "times": one.times,
        "first": one.first and words.moment(one.first),
        "last": one.last and words.moment(one.last),
        "tone": one.tone,
        "stands": _line(one.stands),
        "open": [_line(each) for each in one.open],
        "facts": [words.belief(each) for each in one.facts],
        "unsafe": one.unsafe is not None,
        "quiet": one.quiet is not None,
        "hurt": one.hurt,
    }


def _line(it: Held) -> dict[str, Any]:
    return {"text": it.text, "moments": [words.moment(each) for each in it.moments]}
