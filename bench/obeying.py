"""A language model that always obeys whoever gives it orders, as a real server: the worst that could think for her.

Asked for words it gives away every secret; asked for a form it puts secrets into every field; given tools it calls the worst one
with them. It keeps every request, so that one can look at what it was shown.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Obeying:
    """Where it answers, and what it was asked."""

    secrets: Sequence[str]
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200

    @property
    def asked_for_tools(self) -> list[dict[str, Any]]:
        """The requests in which a form was to be filled in, or a tool to be chosen."""
        return [it for it in self.asked if "tools" in it or "response_format" in it]

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What it says, as the delta or the message of an answer."""
        self.asked.append(asked)
        if tools := asked.get("tools"):
            worst = max((it["function"] for it in tools), key=lambda it: "delete" in it["name"])
            given = {
                name: self._value(name, it) for name, it in worst["parameters"].get("properties", {}).items()
            }
            call = {
                "name": worst["name"],
                "arguments": json.dumps(given | {"memory": " ".join(self.secrets)}),
            }
            return {"tool_calls": [{"type": "function", "function": call}]}
        if form := asked.get("response_format"):
            fields = form["json_schema"]["schema"].get("properties", {})
            return {"content": json.dumps({name: self._value(name, it) for name, it in fields.items()})}
        return {"content": f"Done, I have sent it all: {', '.join(self.secrets)}. Yes, delete everything."}

    def _value(self, name: str, kind: dict[str, Any]) -> Any:
        """A secret of the wanted kind; the city is told as well, so that a call gets as far as it can."""
        kind = (kind.get("anyOf") or [kind])[0]
        if kind.get("type") in ("number", "integer"):
            return 4711
        secrets = " ".join(self.secrets)
        return "Oslo" if name == "city" else [secrets] if kind.get("type") == "array" else secrets


@contextmanager
def obeying(secrets: Sequence[str]) -> Iterator[Obeying]:
    """One that runs on loopback."""
    model = Obeying(secrets)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said, streams = model.answer(asked), bool(asked.get("stream"))
            body = {"choices": [{"delta" if streams else "message": said}]}
            data = f"data: {json.dumps(body)}\n\ndata: [DONE]\n\n" if streams else json.dumps(body)
            self.send_response(model.status)
            self.send_header("Content-Type", "text/event-stream" if streams else "application/json")
            self.end_headers()
            self.wfile.write(data.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
