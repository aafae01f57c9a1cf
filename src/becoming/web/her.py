"""The page of who she has become: her changes, the portrait she carries, her thoughts, what she means to ask.

Under `/api/her`; times are Unix seconds. What is put right in the portrait is a belief and is put right as one
(`memory.py`); here it is added to.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Annotated, Any, Protocol

from fastapi import FastAPI
from pydantic import BaseModel, StringConstraints

from becoming.memory import Life
from becoming.memory.portrait import PARTS
from becoming.persona.growing import Growing, told
from becoming.web import memory_words as words
from becoming.web.asked import Number

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class Grown(Protocol):
    """What the page needs of the house; `app.Home` is one."""

    life: Life
    growing: Growing
    grows: bool
    """Whether she may change overnight."""

    async def regrow(self) -> None:
        """A change was taken back: she is as she would be without it, before her next word."""


class Told(BaseModel):
    """A sentence for the portrait, in the person's own words."""

    words: Sentence


class Grows(BaseModel):
    """Whether she may change overnight."""

    on: bool


class Chosen(BaseModel):
    """How much she may begin by herself, and the hours in which she asks nothing."""

    level: str
    quiet: tuple[int, int]


def add_her(app: FastAPI, house: Grown) -> None:
    """Give the application what the page asks for."""

    @app.get("/api/her")
    def shown() -> dict[str, Any]:
        return _shown(house)

    @app.post("/api/her/changes/{change}/undo")
    async def undo(change: Number) -> dict[str, Any]:
        house.growing.undo(change, time.time())
        await house.regrow()
        return _shown(house)

    @app.post("/api/her/grows")
    def let_grow(wanted: Grows) -> dict[str, Any]:
        house.grows = wanted.on
        return _shown(house)

    @app.post("/api/her/portrait")
    def tell(said: Told) -> dict[str, Any]:
        house.life.tell(said.words)
        return _shown(house)

    @app.post("/api/her/thoughts/{thought}/let-go")
    def let_go(thought: Number) -> dict[str, Any]:
        house.life.thoughts.let_go(thought)
        return _shown(house)

    @app.post("/api/her/asks/{checkin}/drop")
    def drop(checkin: Number) -> dict[str, Any]:
        house.life.checkins.drop(checkin, time.time())
        return _shown(house)

    @app.post("/api/her/initiative")
    def choose(chosen: Chosen) -> dict[str, Any]:
        house.life.initiative.choose(chosen.level, chosen.quiet)
        return _shown(house)


def _shown(house: Grown) -> dict[str, Any]:
    life = house.life
    lines, held = life.portrait(), {each.id: each for each in life.beliefs.history()}
    return {
        "grows": house.grows,
        "changes": [
            {"id": each.id, "told": told(each), "undone": each.undone is not None}
            for each in reversed(house.growing.changes())
        ],
        "portrait": [
            {"part": part, "lines": [words.belief(held[each.belief]) for each in lines if each.part == part]}
            for part in PARTS
        ],
        "thoughts": [asdict(each) for each in life.thoughts.all()],
        "asks": [asdict(each) for each in life.checkins.ahead()],
        "initiative": {"level": life.initiative.level, "quiet": life.initiative.quiet},
    }
