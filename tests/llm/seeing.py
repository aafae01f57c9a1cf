"""A small real server that speaks the OpenAI chat API, and keeps what it was asked; it stands where a model that sees would."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "seeing-model"


class SeeingServer:
    """Answers every request with the same words, a few at a time; `declares` is its entry in /v1/models."""

    def __init__(self, says: str, declares: dict[str, Any], refuses: str = "") -> None:
        self.says, self.declares, self.refuses = says, declares, refuses
        self.asked: list[dict[str, Any]] = []
        self.url = ""

    def pictures(self) -> list[str]:
        """The addresses of the pictures in what was asked."""
        return [
            part["image_url"]["url"]
            for each in self.asked
            for message in each["messages"]
            if isinstance(message["content"], list)
            for part in message["content"]
            if part["type"] == "image_url"
        ]

    @contextmanager
    def running(self) -> Iterator[SeeingServer]:
        """Until the end of this block."""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(
                    200, {"object": "list", "data": [{"id": MODEL, "object": "model", **outer.declares}]}
                )

            def do_POST(self) -> None:
                outer.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                if outer.refuses and outer.pictures():
                    self._answer(400, {"error": {"message": outer.refuses}})
                    return
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                with suppress(OSError):  # whoever has heard enough hangs up
                    for at, word in enumerate(outer.says.split(" ")):
                        delta = {"choices": [{"delta": {"content": word if at == 0 else f" {word}"}}]}
                        self.wfile.write(f"data: {json.dumps(delta)}\n\n".encode())
                    self.wfile.write(b"data: [DONE]\n\n")

            def _answer(self, status: int, body: dict[str, Any]) -> None:
                text = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, format: str, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
