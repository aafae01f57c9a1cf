"""Her page over HTTPS, for a phone."""

from __future__ import annotations

import asyncio
import hashlib
import re
import ssl
import urllib.request
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
import websockets
from cryptography import x509

from becoming.app import Home
from becoming.cli.serving import serving
from becoming.config import Settings
from becoming.speech.engine import Senses
from becoming.web import certificate as module
from becoming.web.certificate import certificate
from becoming.web.door import pairing_token
from tests.web.conftest import Client, ScriptedHost


def test_it_is_made_once_and_its_key_is_its_owners_alone(tmp_path: Path):
    made = certificate(tmp_path, ["192.168.1.5"])
    again = certificate(tmp_path, ["10.0.0.7"])
    assert again == made, "a device that has trusted it trusts no other"
    assert made.key.stat().st_mode & 0o077 == 0
    assert made.key.parent.stat().st_mode & 0o077 == 0
    text = made.path.read_text()
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(text)).hexdigest().upper()
    assert made.fingerprint.replace(":", "") == digest


def test_what_runs_out_or_is_damaged_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_LASTS", timedelta(days=20))
    old = certificate(tmp_path, [])
    monkeypatch.undo()
    new = certificate(tmp_path, [])
    assert new.fingerprint != old.fingerprint
    new.key.write_bytes(new.key.read_bytes()[:60])
    mended = certificate(tmp_path, [])
    assert mended.fingerprint != new.fingerprint
    lasts = x509.load_pem_x509_certificate(mended.path.read_bytes()).not_valid_after_utc - datetime.now(UTC)
    assert timedelta(days=700) < lasts < timedelta(days=825)


@pytest.fixture
async def told(tmp_path, senses: Senses, capsys, monkeypatch) -> AsyncIterator[str]:
    """What the terminal says of a house that lets other devices in, while it does."""
    monkeypatch.setattr("becoming.cli.serving._addresses", lambda host: ["127.0.0.1"])  # whatever network
    host = cast(Home, ScriptedHost(senses))
    async with serving(Settings(home=tmp_path, host="0.0.0.0", port=0), host):
        yield capsys.readouterr().out


def port_in(told: str, before: str) -> int:
    found = re.search(rf"{before}:(\d+)", told)
    assert found
    return int(found[1])


@pytest.mark.slow
async def test_a_phone_gets_https_with_the_fingerprint_that_was_shown(tmp_path: Path, told: str):
    port, token = port_in(told, r"https://127\.0\.0\.1"), pairing_token(tmp_path)
    assert f":{port}/?token={token}" in told
    shown = await asyncio.to_thread(ssl.get_server_certificate, ("127.0.0.1", port))
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(shown)).hexdigest().upper()
    assert digest in re.sub(r"[:\s]", "", told)
    trusting = ssl.create_default_context(cafile=certificate(tmp_path, []).path)

    def opened() -> tuple[int, str]:
        url = f"https://127.0.0.1:{port}/?token={token}"
        with urllib.request.urlopen(url, context=trusting, timeout=10) as answer:
            return answer.status, answer.headers["set-cookie"]

    status, cookie = await asyncio.to_thread(opened)
    assert status == 200
    assert "secure" in cookie.lower()
    wire = f"wss://127.0.0.1:{port}/v1/realtime?resume=1"
    async with websockets.connect(wire, ssl=trusting, origin=f"https://127.0.0.1:{port}") as socket:
        assert await Client(socket).until("session.created")


@pytest.mark.slow
async def test_this_computer_keeps_plain_http_and_other_devices_never_get_it(told: str):
    local, others = port_in(told, "http://localhost"), port_in(told, r"https://127\.0\.0\.1")
    status = await asyncio.to_thread(answered, f"http://localhost:{local}/api/state")
    assert status == 200
    with pytest.raises(OSError, match=r"closed|reset|empty|refused|Remote"):
        await asyncio.to_thread(answered, f"http://127.0.0.1:{others}/api/state")


def answered(url: str) -> int:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return int(answer.status)
