"""A real web server on loopback whose pages a test writes down; it keeps what was asked of it, with every header."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Pages:
    url: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def put(
        self, path: str, text: str | bytes, kind: str = "text/html", status: int = 200, **headers: str
    ) -> str:
        data = text.encode() if isinstance(text, str) else text
        self.pages[path] = (
            status,
            {"Content-Type": kind, **{k.replace("_", "-"): v for k, v in headers.items()}},
            data,
        )
        return self.url + path

    def redirect(self, path: str, to: str) -> str:
        return self.put(path, "", status=302, Location=to, Set_Cookie="id=1")


@contextmanager
def served() -> Iterator[Pages]:
    pages = Pages()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages.asked.append((self.path, dict(self.headers)))
            status, headers, data = pages.pages.get(self.path, (404, {}, b"no"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                if data == b"DRIP":
                    while True:
                        self.wfile.write(b"x" * 10)
                        time.sleep(0.05)
                self.wfile.write(data)
            except OSError:
                pass

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    pages.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield pages
    finally:
        server.shutdown()
        server.server_close()
