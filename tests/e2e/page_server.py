"""A real server in a process of its own, started as a person would start it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from becoming.config import settings
from tests.e2e.house import PASSPHRASE

_PATIENCE_S = 180


def serve_command(port: int) -> list[str]:
    """How the server is started on this port. The one place that knows."""
    return [sys.executable, "-m", "becoming", "serve", "--port", str(port)]


@contextmanager
def serving(home: Path, port: int | None = None, **settings_: str) -> Iterator[str]:
    """A running server over this home, with further settings, as its address; ended on leaving."""
    port = port or free_port()
    env = (
        os.environ
        | {
            "BECOMING_HOME": str(home),
            "BECOMING_MODELS": str(settings().model_folder),
            "BECOMING_PASSPHRASE": PASSPHRASE,
            "BECOMING_SEED": "7",
        }
        | settings_
    )
    home.mkdir(parents=True, exist_ok=True)
    log = home / "server.log"
    with log.open("ab") as output:
        process = subprocess.Popen(serve_command(port), env=env, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_for(process, f"http://127.0.0.1:{port}/api/state", log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        code = process.wait(30)
    assert code == 0, "ended by the system, she closes as she should"


def free_port() -> int:
    """A port of this computer that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)  # it is loading its models; nothing announces the moment
    raise RuntimeError(f"the server does not answer: {log.read_text('utf-8', 'replace')[-2000:]}")
