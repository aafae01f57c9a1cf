"""`/v1/realtime/calls`: an SDP offer comes in, the answer goes out, and a call has begun.

As the OpenAI Realtime API does it (https://platform.openai.com/docs/guides/realtime-webrtc): the body
is the offer, `application/sdp`; 201 and the answer; what goes wrong is `{"error": {"message": …}}`.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from becoming.events import InputError
from becoming.web.session import Session

if TYPE_CHECKING:  # the call is an extra: imported when the first offer comes
    from becoming.app import Home
    from becoming.web.call import Call

log = logging.getLogger(__name__)

_LONGEST_OFFER = 64 * 1024
_SDP = "application/sdp"


class Calls:
    """The calls that are open."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._tasks: set[asyncio.Task[None]] = set()

    async def answer(self, offer: str, address: str) -> str:
        """The SDP answer to an offer; the talk begins when the peer connects.

        `address` is where the client found this computer: media is expected there and nowhere else.
        Raises InputError for an offer that cannot be used, ImportError where the extra is not installed.
        """
        from becoming.web.call import Call

        call = Call()
        try:
            answer = await call.accept(offer, address)
        except BaseException:
            await call.close()
            raise
        task = asyncio.create_task(self._talk(call), name="call")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return answer

    async def close(self) -> None:
        """End them all."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _talk(self, call: Call) -> None:
        try:
            if await call.connected():
                await Session(call, self._home, secrets.token_hex(6)).run(greet=True)
        except Exception:  # the edge of the task
            log.exception("a call failed")
        finally:
            await call.close()


def add_calls(app: FastAPI, calls: Calls) -> None:
    """Give the application the way in for WebRTC."""

    @app.post("/v1/realtime/calls", status_code=201)
    async def call(request: Request) -> Response:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != _SDP:
            return _refused(415, f"The offer comes as {_SDP}.")
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > _LONGEST_OFFER:
                return _refused(413, "An offer has at most 64 kB.")
        try:
            address = request.scope["server"][0]
            answer = await calls.answer(body.decode("utf-8", "replace"), address)
        except InputError as error:
            return _refused(400, str(error))
        except ImportError:
            return _refused(
                501, "Calls need one more package: pip install 'becoming[webrtc]'. The WebSocket needs none."
            )
        return Response(answer, 201, media_type=_SDP)


def _refused(status: int, why: str) -> Response:
    return JSONResponse({"error": {"type": "invalid_request_error", "message": why}}, status)
