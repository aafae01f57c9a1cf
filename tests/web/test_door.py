"""Who may come in."""

from __future__ import annotations

import httpx2
import pytest
import websockets
from starlette.requests import HTTPConnection

from becoming.web.door import Door, pairing_token

TOKEN = "the-pairing-token"


def asking(host="127.0.0.1:8765", client="127.0.0.1", origin=None, query="", cookie=None) -> HTTPConnection:
    headers = [(b"host", host.encode())]
    if origin:
        headers.append((b"origin", origin.encode()))
    if cookie:
        headers.append((b"cookie", f"becoming_pairing={cookie}".encode()))
    scope = {
        "type": "http",
        "headers": headers,
        "client": (client, 1),
        "query_string": query.encode(),
        "path": "/",
    }
    return HTTPConnection(scope)


@pytest.mark.parametrize(
    "request_",
    [
        asking(),
        asking("localhost:8765", origin="http://localhost:8765"),
        asking("[::1]:8765", client="::1"),
        asking("192.168.1.5:8765", client="192.168.1.9", query=f"token={TOKEN}"),
        asking("192.168.1.5:8765", client="192.168.1.9", cookie=TOKEN, origin="http://192.168.1.5:8765"),
    ],
)
def test_her_own_page_and_paired_devices_come_in(request_):
    assert Door(TOKEN).refuses(request_) is None


@pytest.mark.parametrize(
    "request_",
    [
        asking(origin="https://evil.example"),
        asking(origin="http://127.0.0.1:9999"),
        asking(origin="null"),
        asking("evil.example:8765"),
        asking("evil.example:8765", query=f"token={TOKEN}"),
        asking("192.168.1.5:8765", client="192.168.1.9"),
        asking("192.168.1.5:8765", client="192.168.1.9", query="token=guess"),
        asking("127.0.0.1:8765", client="192.168.1.9"),
        asking("", client="127.0.0.1"),
        asking("[::", client="127.0.0.1"),
    ],
)
def test_everybody_else_is_refused_with_a_sentence(request_):
    why = Door(TOKEN).refuses(request_)
    assert why
    assert why.endswith(".")


def test_the_token_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    first = pairing_token(tmp_path / "home")
    assert pairing_token(tmp_path / "home") == first
    assert len(first) > 24
    assert (tmp_path / "home" / "pairing-token").stat().st_mode & 0o077 == 0


def test_a_token_whose_writing_a_crash_cut_off_is_made_anew(tmp_path):
    (tmp_path / "pairing-token").touch(mode=0o600)

    assert len(pairing_token(tmp_path)) >= 24


async def test_a_page_of_another_origin_cannot_open_the_wire(house):
    running = await house()
    async with running.client(origin="https://evil.example") as client:
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await client.until("session.created")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008


async def test_what_her_replies_did_can_be_seen_by_who_may_come_in_and_by_nobody_else(house):
    running = await house()
    async with httpx2.AsyncClient() as client:
        shown = await client.get(f"{running.url}/api/stances")
        refused = await client.get(f"{running.url}/api/stances", headers={"Origin": "https://evil.example"})
    assert shown.json() == [{"kind": "hard", "reason": "something hard"}]
    assert refused.status_code == 403
