"""Web push against a real service over HTTPS: encrypted for one browser, signed, tried again, dropped where nobody is."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from becoming.events import InputError
from becoming.tools import push
from becoming.tools.push import LONGEST, NOTE, Phones, encrypted
from tests.tools.push_service import Browser, PushService, b64, claims, unb64

RANG = {"id": 7, "text": "It's six. Call your mum."}


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    made = PushService(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.certificate.path))
    monkeypatch.setattr(push, "RETRIES_S", (0.01, 0.01, 0.01))
    yield made
    made.close()


class Home:
    """What is kept of the phones, and one browser that subscribed."""

    def __init__(self, origin: str) -> None:
        self.notes: dict[str, Any] = {}
        self.phones = Phones(self.notes.get, self.notes.__setitem__, time.time)
        self.browser, self.endpoint = Browser(), f"{origin}/send/one"
        self.phones.add(self.endpoint, **self.browser.keys)

    async def ring(self, **still: Any) -> None:
        await self.phones.ring("7", RANG, still.get("still", lambda: True))


def test_the_reader_of_these_tests_reads_the_example_of_rfc_8291():
    browser = Browser(
        ec.derive_private_key(
            int.from_bytes(unb64("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")), ec.SECP256R1()
        ),
        unb64("BTBZMqHH6r4Tts7J_aSIgg"),
    )
    body = unb64(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    assert browser.read(body) == b"When I grow up, I want to be a watermelon"


async def test_the_browser_reads_it_and_the_service_cannot(service):
    home = Home(service.origin)
    await home.ring()
    [came] = service.came
    assert json.loads(home.browser.read(came.body)) == RANG
    assert came.path == "/send/one"
    assert came.headers["Content-Encoding"] == "aes128gcm"
    assert (came.headers["TTL"], came.headers["Urgency"], came.headers["Topic"]) == ("3600", "high", "7")
    assert b"mum" not in came.body
    assert "mum" not in str(came.headers)


async def test_how_much_is_said_cannot_be_seen_from_its_length(service):
    home = Home(service.origin)
    await home.ring()
    await home.phones.ring("8", {"id": 8, "text": "ö" * push_length()}, lambda: True)
    assert len({len(each.body) for each in service.came}) == 1


def push_length() -> int:
    from becoming.app.ringing import PUSHED

    assert 4 * PUSHED < LONGEST
    return PUSHED


async def test_the_sender_is_signed_for_that_service_and_names_nobody(service):
    home = Home(service.origin)
    await home.ring()
    said = claims(service.came[0], service.origin)
    assert said["k"] == home.phones.key
    assert time.time() < said["exp"] <= time.time() + 24 * 3600
    assert said["sub"] == "mailto:nobody@example.com"


async def test_the_key_is_made_once_and_kept(service):
    home = Home(service.origin)
    again = Phones(home.notes.get, home.notes.__setitem__, time.time)
    assert home.phones.key == again.key
    assert len(unb64(home.phones.key)) == 65


@pytest.mark.parametrize("status", [404, 410])
async def test_where_nobody_is_any_more_she_never_rings_again(service, status):
    service.answers = [status]
    home = Home(service.origin)
    await home.ring()
    await home.ring()
    assert len(service.came) == 1
    assert home.phones.all() == []
    assert home.notes[NOTE]["key"]


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_what_fails_for_now_is_tried_again(service, status):
    service.answers = [status, 201]
    home = Home(service.origin)
    await home.ring()
    assert [json.loads(home.browser.read(each.body)) for each in service.came] == [RANG, RANG]
    assert len({each.body for each in service.came}) == 2  # never the same key and nonce twice


async def test_trying_has_an_end(service):
    service.answers = [503]
    home = Home(service.origin)
    await home.ring()
    assert len(service.came) == 4
    assert home.phones.all()


async def test_a_network_that_is_away_is_waited_for(service):
    service.close()
    home = Home(service.origin)
    began = time.monotonic()
    await home.ring()
    assert time.monotonic() - began < 5
    assert home.phones.all()


async def test_what_is_done_meanwhile_is_not_rung_for_later(service):
    service.answers = [503]
    await Home(service.origin).ring(still=lambda: False)
    assert len(service.came) == 1


async def test_a_refusal_is_not_hammered(service):
    service.answers = [403]
    await Home(service.origin).ring()
    assert len(service.came) == 1


async def test_one_phone_that_is_gone_keeps_no_other_from_ringing(service, tmp_path):
    home = Home(service.origin)
    home.phones.add("https://127.0.0.1:9/nowhere", **Browser().keys)
    await asyncio.wait_for(home.ring(), 20)
    assert len(service.came) == 1


async def test_a_service_nobody_vouches_for_is_not_talked_to(service, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    await Home(service.origin).ring()
    assert service.came == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://push.example/1"},
        {"endpoint": "https://"},
        {"endpoint": "file:///etc/passwd"},
        {"p256dh": b64(b"\4" + bytes(64))},
        {"p256dh": "x"},
        {"auth": b64(bytes(15))},
    ],
)
def test_what_no_browser_gives_is_refused(wrong):
    notes: dict[str, Any] = {}
    phones = Phones(notes.get, notes.__setitem__, time.time)
    with pytest.raises(InputError, match="off and on again"):
        phones.add(**{"endpoint": "https://push.example/1", **Browser().keys, **wrong})
    assert notes == {}


def test_the_same_browser_is_kept_once_and_there_is_an_end_to_them():
    notes: dict[str, Any] = {}
    phones, browser = Phones(notes.get, notes.__setitem__, time.time), Browser()
    for _ in range(3):
        phones.add("https://push.example/1", **browser.keys)
    assert len(phones.all()) == 1
    for number in range(40):
        phones.add(f"https://push.example/{number}", **browser.keys)
    assert len(phones.all()) == push.MOST
    phones.drop("https://push.example/39")
    assert len(phones.all()) == push.MOST - 1


def test_every_message_has_a_key_of_its_own():
    browser = Browser()
    first, second = (encrypted(b"the same", **browser.keys) for _ in range(2))
    assert first[:86] != second[:86]
    assert browser.read(first) == browser.read(second) == b"the same"
