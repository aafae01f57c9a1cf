"""What rings, over HTTP: the taps on its card, and the phones that a person lets her ring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI
from pydantic import BaseModel, StringConstraints

from becoming.web.asked import Number

if TYPE_CHECKING:
    from becoming.app import Home

Key = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[\w-]+$")]


class Place(BaseModel):
    """Where a browser can be rung, as its maker's push service named it."""

    endpoint: Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Keys(BaseModel):
    """What only that browser can read what is meant for it with."""

    p256dh: Key
    auth: Key


class Phone(Place):
    """A browser's subscription."""

    keys: Keys


def add_ringing(app: FastAPI, home: Home) -> None:
    """Give the application the taps and the switch."""

    @app.post("/api/reminders/{id_}/done")
    async def done(id_: Number) -> dict[str, Any]:
        await home.ringing.done(id_)
        return {}

    @app.post("/api/reminders/{id_}/later")
    async def later(id_: Number) -> dict[str, Any]:
        await home.ringing.later(id_)
        return {}

    @app.post("/api/ringing/key")
    def key() -> dict[str, Any]:
        return {"key": home.ringing.phones.key}

    @app.post("/api/ringing/here")
    def here(at: Place) -> dict[str, Any]:
        return {"on": any(it["endpoint"] == at.endpoint for it in home.ringing.phones.all())}

    @app.post("/api/ringing/on")
    def on(phone: Phone) -> dict[str, Any]:
        home.ringing.phones.add(phone.endpoint, phone.keys.p256dh, phone.keys.auth)
        return {"on": True}

    @app.post("/api/ringing/off")
    def off(at: Place) -> dict[str, Any]:
        home.ringing.phones.drop(at.endpoint)
        return {"on": False}
