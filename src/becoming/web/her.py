"""The page of who she has become: her changes, the portrait she carries, her thoughts, what she means to ask.

Under `/api/her`; times are Unix seconds. What is put right in the portrait is a belief and is put right as one
(`memory.py`); here it is added to.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from pydantic import BaseModel

from becoming.memory.portrait import PARTS
from becoming.persona.growing import told
from becoming.web import memory_words as words
from becoming.web.asked import Line, Number

if TYPE_CHECKING:
    from becoming.app import Home


class Told(BaseModel):
    """A sentence for the portrait, in the person's own words."""

    words: Line


class Grows(BaseModel):
    """Whether she may change overnight."""

    on: bool


class Chosen(BaseModel):
    """How much she may begin by herself, and the hours in which she asks nothing."""

    level: str
    quiet: tuple[int, int]


def add_her(app: FastAPI, home: Home) -> None:
    """Give the application what the page asks for."""

    @app.get("/api/her")
    def shown() -> dict[str, Any]:
        return _shown(home)

    @app.post("/api/her/changes/{change}/undo")
    async def undo(change: Number) -> dict[str, Any]:
        home.growing.undo(change, time.time())
        await home.regrow()
        return _shown(home)

    @app.post("/api/her/grows")
    def let_grow(wanted: Grows) -> dict[str, Any]:
        home.grows = wanted.on
        return _shown(home)

    @app.post("/api/her/portrait")
    def tell(said: Told) -> dict[str, Any]:
        home.life.tell(said.words)
        return _shown(home)

    @app.post("/api/her/thoughts/{thought}/let-go")
    def let_go(thought: Number) -> dict[str, Any]:
        home.life.thoughts.let_go(thought)
        return _shown(home)

    @app.post("/api/her/asks/{checkin}/drop")
    def drop(checkin: Number) -> dict[str, Any]:
        home.life.checkins.drop(checkin, time.time())
        return _shown(home)

    @app.post("/api/her/initiative")
    def choose(chosen: Chosen) -> dict[str, Any]:
        home.life.initiative.choose(chosen.level, chosen.quiet)
        return _shown(home)


def _shown(home: Home) -> dict[str, Any]:
    life = home.life
    lines, held = life.portrait(), {each.id: each for each in life.beliefs.history()}
    return {
        "grows": home.grows,
        "changes": [
            {"id": each.id, "told": told(each), "undone": each.undone is not None}
            for each in reversed(home.growing.changes())
        ],
        "portrait": [
            {"part": part, "lines": [words.belief(held[each.belief]) for each in lines if each.part == part]}
            for part in PARTS
        ],
        "thoughts": [asdict(each) for each in life.thoughts.all()],
        "asks": [asdict(each) for each in life.checkins.ahead()],
        "initiative": {"level": life.initiative.level, "quiet": life.initiative.quiet},
    }
