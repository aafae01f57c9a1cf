"""Package indexes and a model hub of our own, on this disk and on loopback, with what they hold."""

from __future__ import annotations

import base64
import hashlib
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

from becoming.llm.catalogue import Hub, ModelFile, WheelPart

SLICE = 50_000
CONTENT = Random(1).randbytes(3 * SLICE - 10_000)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def slices() -> list[bytes]:
    return [CONTENT[start : start + SLICE] for start in range(0, len(CONTENT), SLICE)]


def put_wheel(shelf: Path, number: int, content: bytes) -> None:
    """A real wheel `demo-part<number>` 1.0 with one member, as a builder would write it."""
    shelf.mkdir(exist_ok=True)
    info = f"demo_part{number}-1.0.dist-info"
    members = {
        f"demo_part{number}/data/part.bin": content,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: demo-part{number}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b'=').decode()},{len(body)}\n"
        for name, body in members.items()
    )
    with zipfile.ZipFile(shelf / f"demo_part{number}-1.0-py3-none-any.whl", "w") as wheel:
        for name, body in {**members, f"{info}/RECORD": f"{record}{info}/RECORD,,\n".encode()}.items():
            wheel.writestr(name, body)


def in_wheels() -> ModelFile:
    """The file as the catalogue would name it, in three wheels."""
    parts = tuple(
        WheelPart(f"demo-part{n}", "1.0", f"demo_part{n}/data/part.bin", len(each), sha256(each))
        for n, each in enumerate(slices(), 1)
    )
    return ModelFile("demo.gguf", len(CONTENT), sha256(CONTENT), "CC0-1.0", (parts,))


AT_HUB = Hub("demo/model", "demo.gguf", "0123456789abcdef0123456789abcdef01234567")


def at_hub() -> ModelFile:
    return ModelFile("demo.gguf", len(CONTENT), sha256(CONTENT), "CC0-1.0", (AT_HUB,))


class DemoHub(ThreadingHTTPServer):
    """Answers as the hub does for one file; breaks off after `breaks_after` bytes the first time."""

    def __init__(self, content: bytes, breaks_after: int | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.content, self.breaks_after = content, breaks_after
        self.ranges: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    server: DemoHub

    def do_HEAD(self) -> None:
        self._head(200, self.server.content)

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.server.ranges.append(asked)
        start = int(asked.removeprefix("bytes=").split("-")[0]) if asked else 0
        rest = self.server.content[start:]
        self._head(206 if asked else 200, rest, start)
        if self.server.breaks_after is not None:
            rest, self.server.breaks_after = rest[: self.server.breaks_after], None
        self.wfile.write(rest)

    def _head(self, status: int, rest: bytes, start: int = 0) -> None:
        self.send_response(status)
        self.send_header("ETag", f'"{sha256(self.server.content)}"')
        self.send_header("X-Repo-Commit", AT_HUB.revision)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(rest)))
        if start:
            whole = len(self.server.content)
            self.send_header("Content-Range", f"bytes {start}-{whole - 1}/{whole}")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def hub(content: bytes, breaks_after: int | None = None) -> Iterator[DemoHub]:
    with DemoHub(content, breaks_after) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
