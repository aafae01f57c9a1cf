"""The care page over HTTP: the safety plan, the numbers, the log and the counts, a flag, leaving for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, StringConstraints

from becoming.care import protocol, served

if TYPE_CHECKING:
    from becoming.app import Home

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]


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


def add_care(app: FastAPI, home: Home) -> None:
    """Give the application what the care page asks for, and the published protocol."""

    @app.get("/care/protocol")
    async def published() -> PlainTextResponse:
        return PlainTextResponse(protocol.published())

    @app.get("/api/care")
    def shown() -> dict[str, Any]:
        return {"gone": home.left.told} if home.left else served.page(home.care)

    @app.post("/api/care/plan")
    def write(given: SafetyPlan) -> dict[str, Any]:
        home.care.records.write_plan(given.plan)
        return served.page(home.care)

    @app.post("/api/care/trusted")
    def trust(given: Trusted) -> dict[str, Any]:
        home.care.records.trust(given.name, given.reach)
        return served.page(home.care)

    @app.post("/api/care/country")
    def live_in(given: Country) -> dict[str, Any]:
        home.care.records.live_in(given.country)
        return served.page(home.care)

    @app.post("/api/care/flag")
    def flag(given: Flag) -> dict[str, Any]:
        home.care.records.flag(given.said)
        return {}

    @app.post("/api/care/not-now")
    def not_now() -> dict[str, Any]:
        home.care.records.snooze()
        return {}

    @app.post("/api/care/goodbye")
    async def goodbye(given: Yes) -> dict[str, Any]:
        return {"gone": (await home.leave()).told if given.yes else ""}
