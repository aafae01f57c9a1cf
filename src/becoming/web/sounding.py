"""Whether she may listen to how the person sounds: their switch on the page, under `/api/sounding`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from pydantic import BaseModel

from becoming.events import InputError

if TYPE_CHECKING:
    from becoming.app import Home


class Consent(BaseModel):
    """The person's decision."""

    given: bool


def add_sounding(app: FastAPI, home: Home) -> None:
    """Give the application the switch."""

    @app.get("/api/sounding")
    def state() -> dict[str, Any]:
        return {"there": True, **home.sounding.state()} if home.sounding else {"there": False}

    @app.put("/api/sounding")
    def consent(decided: Consent) -> dict[str, Any]:
        if home.sounding is None:
            raise InputError("She has no ear for how anybody sounds here, so there is nothing to switch.")
        home.sounding.consent(decided.given)
        return state()
