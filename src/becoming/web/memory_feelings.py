"""The picture of weeks: how each moment felt, as far as words tell, and the person's hand to put it right.

Under `/api/memory/feelings`; times are Unix seconds, the browser makes weeks of them in its own time zone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI
from pydantic import BaseModel, StringConstraints

from becoming.events import Feeling, InputError
from becoming.memory import Life
from becoming.memory.feelings.holding import Felt
from becoming.memory.feelings.words import SURE, says
from becoming.web import memory_words as words
from becoming.web.asked import Number, When

if TYPE_CHECKING:
    from becoming.app import Home

AGES = 4e9
"""A time after all others."""


class Otherwise(BaseModel):
    """What it was instead, in the person's words; empty: only not that."""

    value: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""


def add_feelings(app: FastAPI, home: Home) -> None:
    """Give the application what the picture of weeks asks for."""

    @app.get("/api/memory/feelings")
    def feelings(since: When = 0.0, until: When = AGES) -> dict[str, Any]:
        """The moments of a time, as points; and when the first of all was."""
        feelings = home.life.feelings
        return {"points": [_point(each) for each in feelings.between(since, until)], "first": feelings.first}

    @app.get("/api/memory/feelings/{moment}")
    def one(moment: Number) -> dict[str, Any]:
        return _whole(_of(home.life, moment))

    @app.post("/api/memory/feelings/{moment}/otherwise")
    def otherwise(moment: Number, was: Otherwise) -> dict[str, Any]:
        home.life.felt_otherwise(moment, was.value)
        return _whole(_of(home.life, moment))

    @app.post("/api/memory/feelings/{moment}/away")
    def away(moment: Number) -> dict[str, Any]:
        home.life.take_feeling_away(_of(home.life, moment).moment.id)
        return {}


def _of(life: Life, moment: int) -> Felt:
    felt = life.feelings.of(moment)
    if felt is None:
        raise InputError("She keeps nothing of how that moment felt. Look at the page anew.")
    return felt


def _point(felt: Felt) -> dict[str, Any]:
    """One moment in the picture. `strength` is that of its strongest emotion; `sure` says that it may be told."""
    reading = felt.feeling
    return {
        "id": felt.moment.id,
        "at": felt.moment.at,
        "valence": reading.valence,
        "arousal": reading.arousal,
        "strength": reading.emotions[0][1] if reading.emotions else 0.0,
        "sure": reading.confidence >= SURE,
        "word": felt.word,
        "own": reading.source == "person",
    }


def _whole(felt: Felt) -> dict[str, Any]:
    """One moment with its words, and all that was perceived in it."""
    return {
        **_point(felt),
        "moment": words.moment(felt.moment),
        "emotions": _emotions(felt.feeling),
        "guess": None if felt.guess is None else _emotions(felt.guess),
    }


def _emotions(reading: Feeling) -> list[dict[str, Any]]:
    return [{"word": says(name), "intensity": intensity} for name, intensity in reading.emotions]
