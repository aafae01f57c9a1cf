"""What rings on the page and, by its service worker, on a phone: in a real browser, over a real house and push service."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, CDPSession, Page

from becoming.app import ringing as ringing_module
from becoming.speech.engine import Senses
from becoming.tools.reminders import Reminder
from becoming.web.door import Door
from becoming.web.server import make_app, server_for
from tests.e2e.page_browser import PHONE, chromium
from tests.e2e.page_fitting import nameless, too_small, too_wide
from tests.tools.push_service import Browser, PushService, claims
from tests.web.conftest import TOKEN, ScriptedHost

pytestmark = pytest.mark.slow

# No push service of a browser's maker can be reached from a test: the browser subscribes at the test's own.
SUBSCRIBED = """([endpoint, keys]) => {
    let made = null;
    PushManager.prototype.subscribe = async function (options) {
        if (!options.userVisibleOnly) throw new Error("not visible");
        window.asked = options.applicationServerKey;
        made = { endpoint, toJSON: () => ({ endpoint, keys }), unsubscribe: async () => { made = null; return true; } };
        return made;
    };
    PushManager.prototype.getSubscription = async () => made;
}"""
SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
    .map(({ title, body, tag, data, actions }) => ({ title, body, tag, data, actions: actions.map(({ action }) => action) }))"""


@dataclass
class There:
    """The page over a house whose mind is scripted, with a real bell, ears and mouth."""

    host: ScriptedHost
    address: str
    page: Page
    context: BrowserContext
    browser: Chromium

    async def wake(self) -> None:
        await self.page.goto(self.address)
        await self.page.click("#wake-writing")
        await self.page.wait_for_function("() => window.becoming.debug.state.link === 'open'")

    def rings(self, *words: str) -> None:
        self.host.ringing.reminders.add(*(Reminder(each, time.time()) for each in words))


@pytest.fixture
async def there(senses: Senses, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[There]:
    monkeypatch.setattr(ringing_module, "LOOKS_EVERY_S", 0.05)
    host = ScriptedHost(senses)
    server = server_for(make_app(host, Door(TOKEN)), "127.0.0.1", 0)  # type: ignore[arg-type]
    serving = asyncio.create_task(server.serve())
    ringing = asyncio.create_task(host.ringing.run())
    while not server.started:
        await asyncio.sleep(0.01)
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    wrong: list[str] = []
    async with chromium() as browser:
        context = await browser.new_context(viewport=PHONE)
        page = await context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        yield There(host, address, page, context, browser)
    ringing.cancel()
    server.should_exit = True
    await serving
    assert wrong == []


async def test_a_card_comes_she_says_it_and_done_takes_it_away(there: There) -> None:
    await there.wake()
    assert await there.page.is_hidden("#ringing")
    chimes = "window.notes = 0; const start = OscillatorNode.prototype.start; OscillatorNode.prototype.start = function (at) { window.notes += 1; start.call(this, at); }"
    await there.page.evaluate(f"() => {{ {chimes} }}")
    there.rings("call your mum")
    await there.page.get_by_text("Call your mum.").first.wait_for()
    assert await there.page.evaluate("window.notes") == 2
    await there.page.wait_for_function(
        "() => document.querySelector('#captions').textContent.includes('Call your mum')"
    )
    await there.page.get_by_role("button", name="Done").click()
    await there.page.wait_for_selector("#ringing", state="hidden")
    assert there.host.ringing.reminders.all() == []


async def test_in_ten_minutes_it_rings_again(there: There) -> None:
    await there.wake()
    there.rings("call your mum")
    await there.page.get_by_role("button", name="In ten minutes").click()
    await there.page.wait_for_selector("#ringing", state="hidden")
    [left] = there.host.ringing.reminders.ahead()
    assert 580 < left.due - time.time() < 601


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_the_cards_fit_every_screen_and_can_be_touched_and_are_no_markup(
    there: There, width: int
) -> None:
    await there.page.set_viewport_size({"width": width, "height": 800})
    await there.wake()
    there.rings("<img src=x onerror=alert(1)>", "a" * 120)
    await there.page.wait_for_function("() => document.querySelectorAll('.ring').length === 2")
    assert await there.page.locator("#ringing img").count() == 0
    assert await too_wide(there.page) == []
    assert await too_small(there.page) == []
    assert await nameless(there.page) == []


async def test_nothing_is_asked_or_registered_before_the_switch_is_tapped(there: There) -> None:
    await there.page.add_init_script(
        "Notification.requestPermission = async () => { window.wanted = true; return 'denied'; }"
    )
    await there.wake()
    there.rings("call your mum")
    await there.page.get_by_text("Call your mum.").first.wait_for()
    assert await there.page.evaluate("window.wanted") is None
    registered = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
    assert await there.page.evaluate(registered) == 0
    await there.page.click("#menu-button")
    await there.page.get_by_role("switch", name="Ring on this device").click()
    await there.page.get_by_text("This browser was told not to show anything").wait_for()
    assert await there.page.evaluate("window.wanted") is True
    assert not await there.page.is_checked("#set-ringing")
    assert await there.page.evaluate(registered) == 0
    assert there.host.ringing.phones.all() == []


async def test_switched_on_by_a_tap_it_rings_through_the_push_service_and_is_shown(
    there: There, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, keys = PushService(tmp_path), Browser()
    monkeypatch.setenv("SSL_CERT_FILE", str(service.certificate.path))
    await there.context.grant_permissions(["notifications"], origin=there.address)
    endpoint = f"{service.origin}/one"
    await there.page.add_init_script(f"({SUBSCRIBED})({json.dumps([endpoint, keys.keys])})")
    await there.wake()
    await there.page.click("#menu-button")
    await there.page.get_by_role("switch", name="Ring on this device").click()
    await there.page.wait_for_function("() => document.querySelector('#set-ringing').checked")
    assert [it["endpoint"] for it in there.host.ringing.phones.all()] == [endpoint]
    assert await there.page.evaluate("window.asked") == there.host.ringing.phones.key

    there.rings("call your mum")
    [came] = await asyncio.to_thread(service.wait_for, 1)
    assert claims(came, service.origin)["k"] == there.host.ringing.phones.key
    await delivered(there, keys.read(came.body).decode())
    [it] = there.host.ringing.reminders.open()
    [shown] = await there.page.evaluate(SHOWN)
    assert shown["title"] == "Becoming"
    assert shown["body"].endswith("Call your mum.")
    assert (shown["tag"], shown["data"], shown["actions"]) == (str(it.id), it.id, ["done", "later"])

    await there.page.get_by_role("switch", name="Ring on this device").click()
    await there.page.wait_for_function("() => !document.querySelector('#set-ringing').checked")
    assert there.host.ringing.phones.all() == []
    service.close()


async def delivered(there: There, text: str) -> None:
    """What the browser's push service would hand to its service worker, once it is decrypted."""
    session: CDPSession = await there.context.new_cdp_session(there.page)
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def registered(event: dict[str, Any]) -> None:
        for each in event["registrations"]:
            if not found.done():
                found.set_result(each["registrationId"])

    session.on("ServiceWorker.workerRegistrationUpdated", registered)
    await session.send("ServiceWorker.enable")
    registration = await asyncio.wait_for(found, 10)
    message = {"origin": there.address, "registrationId": registration, "data": text}
    await session.send("ServiceWorker.deliverPushMessage", message)
    async with asyncio.timeout(10):
        while not await there.page.evaluate(SHOWN):
            await asyncio.sleep(0.05)
