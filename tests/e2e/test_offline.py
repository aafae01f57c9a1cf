"""Everything she does, with every socket but the loopback closed: in a network namespace of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from becoming.config import settings
from tests.e2e.house import PASSPHRASE, furnish
from tests.models import language_model

pytestmark = pytest.mark.slow

# Only loopback exists in a new namespace, and it is down; SIOCSIFFLAGS (0x8914) with IFF_UP | IFF_RUNNING wakes it.
LOOPBACK_UP = (
    "import fcntl, os, socket, struct, sys;"
    "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM);"
    "fcntl.ioctl(s, 0x8914, struct.pack('16sh', b'lo', 0x41));"
    "s.close(); os.execv(sys.argv[1], sys.argv[1:])"
)
ALONE = ["unshare", "--net", "--map-root-user", sys.executable, "-c", LOOPBACK_UP]


def alone(*command: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*ALONE, *command], text=True, capture_output=True, timeout=240, **options)


@pytest.fixture(scope="module", autouse=True)
def _namespaces() -> None:
    if shutil.which("unshare") is None or alone(sys.executable, "-c", "").returncode:
        pytest.skip("this machine does not let a test make a network namespace")


def test_the_namespace_really_has_no_way_out():
    tried = alone(sys.executable, "-c", "import socket; socket.create_connection(('192.0.2.1', 80), 2)")
    assert "unreachable" in tried.stderr.lower()


def test_she_wakes_greets_and_answers_without_any_network(tmp_path: Path):
    language_model()
    furnish(tmp_path)
    environment = os.environ | {
        "BECOMING_HOME": str(tmp_path),
        "BECOMING_MODELS": str(settings().model_folder),
        "BECOMING_PASSPHRASE": PASSPHRASE,
    }
    talked = alone(
        sys.executable, "-m", "becoming", "--text", "--port", "0",
        input="My sister called today.\n", env=environment,
    )  # fmt: skip
    assert talked.returncode == 0, talked.stderr
    hers = [line for line in talked.stdout.splitlines() if line.startswith("Iris")]
    assert len(hers) == 2, talked.stdout  # the greeting and the answer
    assert all(len(line.split()) > 2 for line in hers)
    assert "lost my words" not in talked.stdout
