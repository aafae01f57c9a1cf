"""The page of her memory: to look at what she holds, put it right, read to her, and have things forgotten.

Everything is under `/api/memory/`, JSON in and out; what goes wrong is `{"error": "a sentence"}`. Nothing is
deleted that was not shown: a plan shows it, and only the plan's own number, once and for ten minutes, lets it go.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import asdict
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, model_validator
from starlette.background import BackgroundTask

from becoming.events import BecomingError, InputError, Loss
from becoming.memory import Life
from becoming.practice import rehearsed
from becoming.tools import reading
from becoming.tools.reading.sources import MOST_BYTES
from becoming.web import memory_words as words
from becoming.web.asked import Line, Number, When
from becoming.web.memory_export import zipped
from becoming.web.memory_feelings import add_feelings

if TYPE_CHECKING:
    from becoming.app import Home

STANDS_S = 600.0
"""So long what was shown may be let go."""


class Right(BaseModel):
    """What it is instead."""

    value: Line


class What(BaseModel):
    """What is to be forgotten: in words, or one thing by its number; a rehearsal by when it was."""

    words: Line | None = None
    moment: Number | None = None
    talk: Number | None = None
    belief: Number | None = None
    book: Number | None = None
    rehearsal: When | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> What:
        if sum(value is not None for value in dict(self).values()) != 1:
            raise ValueError("say one thing that is to be forgotten")
        return self


class Yes(BaseModel):
    """The yes to what was shown."""

    plan: str


class OffTheRecord(BaseModel):
    """Whether nothing is to be kept from now on."""

    off: bool


class _Gone(InputError):
    """There is no such thing, or not any more."""


class _TooLarge(InputError):
    """More than is taken in."""


class _Plans:
    """What was shown and may be let go. In working memory only, since it holds what may go."""

    def __init__(self) -> None:
        self._shown: dict[str, tuple[float, Loss]] = {}

    def keep(self, loss: Loss) -> str:
        """The number under which it stands for a while."""
        now = time.monotonic()
        self._shown = {key: shown for key, shown in self._shown.items() if now - shown[0] < STANDS_S}
        number = secrets.token_urlsafe(18)
        self._shown[number] = (now, loss)
        return number

    def take(self, number: str) -> Loss:
        """What was shown under that number; it is taken once, and all others with it, as they may hold the same."""
        shown = self._shown.get(number)
        if shown is None or time.monotonic() - shown[0] >= STANDS_S:
            raise _Gone(
                "What you saw is no longer up to date, so nothing was forgotten. Look at it once more."
            )
        self._shown.clear()
        return shown[1]


def add_memory(app: FastAPI, home: Home) -> None:
    """Give the application the page of her memory."""
    _add_errors(app)
    _add_beliefs(app, home)
    _add_moments(app, home)
    add_feelings(app, home)
    _add_books(app, home)
    _add_letting_go(app, home)


def _add_errors(app: FastAPI) -> None:
    codes = {_Gone: 410, _TooLarge: 413, InputError: 400, BecomingError: 503}

    @app.exception_handler(BecomingError)
    async def told(request: Request, error: BecomingError) -> Response:
        code = next(code for kind, code in codes.items() if isinstance(error, kind))
        return JSONResponse({"error": str(error)}, code)

    @app.exception_handler(RequestValidationError)
    async def misunderstood(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part != "body")
        return JSONResponse({"error": f"{place or 'This'} cannot be used: {first['msg']}."}, 422)


def _add_beliefs(app: FastAPI, home: Home) -> None:
    @app.get("/api/memory/beliefs")
    def beliefs() -> dict[str, Any]:
        life = home.life
        held = life.beliefs.history()
        return {
            "groups": words.groups(held, life.kinships(), home.name),
            "off_the_record": life.forgetting.is_off,
        }

    @app.get("/api/memory/beliefs/{belief}/sources")
    def sources(belief: Number) -> dict[str, Any]:
        return {"sources": [words.source(each) for each in home.life.how_known(belief)]}

    @app.post("/api/memory/beliefs/{belief}/right")
    def put_right(belief: Number, right: Right) -> dict[str, Any]:
        return {"belief": words.belief(home.life.put_right(belief, right.value))}

    @app.post("/api/memory/beliefs/{belief}/never")
    def take_back(belief: Number) -> dict[str, Any]:
        home.life.take_back(belief)
        return {}


def _add_moments(app: FastAPI, home: Home) -> None:
    @app.get("/api/memory/search")
    def search(q: Annotated[str, Query(min_length=1, max_length=400)]) -> dict[str, Any]:
        life = home.life
        return {
            "moments": [words.recalled(each) for each in life.search(q)],
            "passages": [words.passage(each) for each in life.library.search(q)],
        }

    @app.get("/api/memory/talks")
    def talks(before: Number | None = None, until: When | None = None) -> dict[str, Any]:
        return {"talks": [words.talk(each) for each in home.life.talks.page(before=before, until=until)]}


def _add_books(app: FastAPI, home: Home) -> None:
    one_at_a_time = asyncio.Lock()

    @app.get("/api/memory/books")
    def books() -> dict[str, Any]:
        return {"books": [asdict(each) for each in home.life.library.books()], "most_bytes": MOST_BYTES}

    @app.post("/api/memory/books")
    async def read(
        request: Request, name: Annotated[str, Query(min_length=1, max_length=255)]
    ) -> dict[str, Any]:
        async with one_at_a_time:
            data = await _received(request)
            return await asyncio.to_thread(_read, home.life, _plain(name), data)


async def _received(request: Request) -> bytes:
    """The body, which is in working memory only; refused as soon as it is seen to be too large."""
    too_large = _TooLarge(
        f"This is more than the {MOST_BYTES >> 20} MB she reads at once. Split it, or leave out the pictures."
    )
    if int(request.headers.get("content-length", 0)) > MOST_BYTES:
        raise too_large
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MOST_BYTES:
            raise too_large
    return bytes(data)


def _plain(name: str) -> str:
    """The last part of a file's name, nothing in it that a line of text would not hold."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable()).strip() or "A file"


def _read(life: Life, name: str, data: bytes) -> dict[str, Any]:
    """Read a file, or every file of a zip. InputError if nothing in it could be read."""
    read, refused = [], []
    for source in reading.sources_in(name, data):
        try:
            read.append(asdict(life.library.add(reading.read(source), time.time())))
        except InputError as error:
            refused.append(str(error))
    if not read:
        raise InputError(refused[0])
    life.library.catch_up()
    return {"read": read, "refused": refused}


def _add_letting_go(app: FastAPI, home: Home) -> None:
    plans = _Plans()

    @app.post("/api/memory/plan")
    def plan(what: What) -> dict[str, Any]:
        loss = _loss(home.life, what)
        return {"plan": None if loss.nothing else plans.keep(loss), "loss": words.loss(loss)}

    @app.post("/api/memory/forget")
    async def forget(yes: Yes) -> dict[str, Any]:
        return {"receipt": words.receipt(await home.forget(plans.take(yes.plan)))}

    @app.post("/api/memory/off-the-record")
    def off_the_record(wanted: OffTheRecord) -> dict[str, Any]:
        home.life.off_the_record(wanted.off)
        return {"off_the_record": home.life.forgetting.is_off}

    @app.post("/api/memory/export")
    def export() -> StreamingResponse:
        file = zipped(home.life)
        head = {"Content-Disposition": 'attachment; filename="becoming-memory.zip"'}
        parts = iter(lambda: file.read(1 << 20), b"")
        return StreamingResponse(parts, 200, head, "application/zip", BackgroundTask(file.close))


def _loss(life: Life, what: What) -> Loss:
    if what.words is not None:
        return life.plan_forgetting(what.words)
    if what.belief is not None:
        return life.forgetting.plan_belief(what.belief)
    if what.book is not None:
        return life.forgetting.plan_book(what.book)
    if what.rehearsal is not None:
        return rehearsed.plan(life, what.rehearsal)
    moments = [what.moment or 0] if what.talk is None else life.talks.moments_of(what.talk)
    return life.forgetting.plan(moments, time.time())
