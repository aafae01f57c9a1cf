"""What waits for a yes, on the page: its exact words, answered by one tap, and taken back within the minute."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.conftest import Visiting
from tests.e2e.page_browser import PHONE
from tests.e2e.page_fitting import too_small, too_wide
from tests.e2e.test_page_talk import BORN

pytestmark = pytest.mark.slow

CARD: dict[str, Any] = {
    "number": 3,
    "done": False,
    "left_s": 180.0,
    "what": "send a mail",
    "whom": "Anna Weber <anna@example.org>",
    "words": "Re: Saturday?\n\nHi Anna,\n\n<b>see you</b> at eight.\n\nTheo",
    "ask": "Shall I send it to Anna Weber at example.org?",
}


async def test_a_yes_is_one_tap_on_the_exact_words_and_can_be_taken_back(visit: Visiting) -> None:
    there = await visit(house=BORN, viewport=PHONE)
    await there.wake()
    there.wire.send({"type": "becoming.approval", "card": CARD})
    await there.page.wait_for_selector("#approval:visible")
    assert CARD["words"] in await there.text("#approval .words")  # nothing in it is a tag
    assert "anna@example.org" in await there.text("#approval")
    assert await too_wide(there.page) == []
    assert await too_small(there.page) == []
    await there.page.click("#approval button:has-text('Yes')")
    sent = await there.wire.waits_for("becoming.approval.answer")
    assert (sent["number"], sent["answer"]) == (3, "yes")
    assert await there.page.locator("#approval button:not([disabled])").count() == 0
    there.wire.send({"type": "becoming.approval", "card": {**CARD, "done": True, "left_s": 60.0}})
    await there.page.click("#approval button:has-text('Undo')")
    await there.wire.waits_for("becoming.approval.answer", lambda event: event["answer"] == "undo")
    there.wire.send({"type": "becoming.approval", "card": None})
    await there.page.wait_for_selector("#approval", state="hidden")


async def test_what_lapses_is_gone_by_itself(visit: Visiting) -> None:
    there = await visit(house=BORN)
    await there.wake()
    there.wire.send({"type": "becoming.approval", "card": {**CARD, "left_s": 0.3}})
    await there.page.wait_for_selector("#approval:visible")
    await there.page.wait_for_selector("#approval", state="hidden")
