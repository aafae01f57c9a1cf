"""The care page over HTTP: the safety plan, the numbers, the log and the counts, a flag, leaving for good."""

from __future__ import annotations

from typing import Annotated, Any, Protocol

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, StringConstraints

from becoming.care import Caring, protocol, served
from becoming.memory.leaving.goodbye import Goodbye

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]


class Cared(Protocol):
    """What the page needs of the house; `app.Home` is one."""

    care: Caring
    left: Goodbye | None

    async def leave(self) -> Goodbye:
        """Leave for good."""


class SafetyPlan(BaseModel):
    """The whole plan, as it is to be."""

    plan: dict[str, list[Line]]


class Trusted(BaseModel):
    """Somebody they trust; an empty name: nobody."""

    name: Line
    reach: Line = ""


class Country(BaseModel):
    """Two letters; empty: not said."""

    country: Line


class Flag(BaseModel):
    """A reply of hers that was not all right."""

    said: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class Yes(BaseModel):
    """The one confirmation."""

    yes: bool


def add_care(app: FastAPI, house: Cared) -> None:
    """Give the application what the care page asks for, and the published protocol."""

    @app.get("/care/protocol")
    async def published() -> PlainTextResponse:
        return PlainTextResponse(protocol.published())

    @app.get("/api/care")
    def shown() -> dict[str, Any]:
        return {"gone": house.left.told} if house.left else served.page(house.care)

    @app.post("/api/care/plan")
    def write(given: SafetyPlan) -> dict[str, Any]:
        house.care.records.write_plan(given.plan)
        return served.page(house.care)

    @app.post("/api/care/trusted")
    def trust(given: Trusted) -> dict[str, Any]:
        house.care.records.trust(given.name, given.reach)
        return served.page(house.care)

    @app.post("/api/care/country")
    def live_in(given: Country) -> dict[str, Any]:
        house.care.records.live_in(given.country)
        return served.page(house.care)

    @app.post("/api/care/flag")
    def flag(given: Flag) -> dict[str, Any]:
        house.care.records.flag(given.said)
        return {}

    @app.post("/api/care/not-now")
    def not_now() -> dict[str, Any]:
        house.care.records.snooze()
        return {}

    @app.post("/api/care/goodbye")
    async def goodbye(given: Yes) -> dict[str, Any]:
        return {"gone": (await house.leave()).told if given.yes else ""}
