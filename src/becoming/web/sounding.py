"""Whether she may listen to how the person sounds: their switch on the page, under `/api/sounding`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from fastapi import FastAPI
from pydantic import BaseModel

from becoming.events import InputError


class Ear(Protocol):
    """What listens, once it may; `feelings.voice.Sounding` is one."""

    def state(self) -> Mapping[str, Any]:
        """`given`, and `at`: when the person decided (Unix seconds)."""

    def consent(self, given: bool) -> None:
        """The person decides."""


class Listening(Protocol):
    """What this needs of the house; `app.Home` is one."""

    @property
    def sounding(self) -> Ear | None:
        """None where that part was taken out."""


class Consent(BaseModel):
    """The person's decision."""

    given: bool


def add_sounding(app: FastAPI, house: Listening) -> None:
    """Give the application the switch."""

    @app.get("/api/sounding")
    def state() -> dict[str, Any]:
        return {"there": True, **house.sounding.state()} if house.sounding else {"there": False}

    @app.put("/api/sounding")
    def consent(decided: Consent) -> dict[str, Any]:
        if house.sounding is None:
            raise InputError("She has no ear for how anybody sounds here, so there is nothing to switch.")
        house.sounding.consent(decided.given)
        return state()
