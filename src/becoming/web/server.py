"""The page and the wire, over HTTP on this computer."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI, Request, Response, WebSocket
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse
from fastapi.staticfiles import StaticFiles

from becoming.web.calling import Calls, add_calls
from becoming.web.care import add_care
from becoming.web.door import COOKIE, Door
from becoming.web.her import add_her
from becoming.web.line import SocketLine
from becoming.web.memory import add_memory
from becoming.web.people import add_people
from becoming.web.ringing import add_ringing
from becoming.web.session import Session
from becoming.web.sounding import add_sounding

if TYPE_CHECKING:
    from becoming.app import Home
    from becoming.web.certificate import Certificate

STATIC = Path(__file__).parent / "static"
PAGES = {
    "/": "index.html",
    "/memory": "memory.html",
    "/care": "care.html",
    "/her": "her.html",
    "/people": "people.html",
    "/bell.js": "js/bell.js",
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "microphone=(self), camera=(self), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_LARGEST_MESSAGE = 4 * 2**20


def make_app(home: Home, door: Door) -> FastAPI:
    """The web application over one home. `door` is asked before anything else."""
    calls = Calls(home)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await calls.close()

    app = FastAPI(title="Becoming", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)

    @app.middleware("http")
    async def guarded(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        why = door.refuses(request)
        response = PlainTextResponse(why, 403) if why else await call_next(request)
        response.headers.update(_HEADERS)
        if request.url.path.startswith("/api/"):
            response.headers["Cache-Control"] = "no-store"  # what is forgotten must not stay in a browser
        if not why and request.query_params.get("token"):
            secure = request.url.scheme == "https"
            response.set_cookie(
                COOKIE, door.token, max_age=400 * 86400, httponly=True, samesite="strict", secure=secure
            )
        return response

    for path, name in PAGES.items():
        app.get(path)(_page(name))

    @app.get("/api/state")
    async def state() -> JSONResponse:
        return JSONResponse(home.state())

    @app.get("/api/stances")
    async def stances() -> JSONResponse:
        return JSONResponse(home.stances())

    @app.websocket("/v1/realtime")
    async def realtime(socket: WebSocket) -> None:
        why = door.refuses(socket)
        offered = socket.scope.get("subprotocols", [])
        await socket.accept(subprotocol="realtime" if "realtime" in offered else None)
        if why:
            await socket.close(1008, why)
            return
        greet = socket.query_params.get("resume") != "1"
        await Session(SocketLine(socket), home, secrets.token_hex(6)).run(greet=greet)

    add_calls(app, calls)
    add_memory(app, home)
    add_sounding(app, home)
    add_care(app, home)
    add_her(app, home)
    add_people(app, home)
    add_ringing(app, home)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def _page(name: str) -> Callable[[], Awaitable[FileResponse]]:
    async def page() -> FileResponse:
        return FileResponse(STATIC / name)

    return page


def server_for(app: FastAPI, host: str, port: int, certificate: Certificate | None = None) -> uvicorn.Server:
    """A server for it, over TLS with a certificate; quiet, since its log would hold who came when."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            ssl_certfile=certificate.path if certificate else None,
            ssl_keyfile=certificate.key if certificate else None,
            log_level="warning",
            access_log=False,
            server_header=False,
            ws_max_size=_LARGEST_MESSAGE,
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=3,
        )
    )
