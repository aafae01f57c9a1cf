"""In a rehearsal the page says before every change who speaks. The wire is spoken by the test."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Visiting
from tests.e2e.test_page_talk import BORN

pytestmark = pytest.mark.slow


async def test_whom_she_plays_stands_above_their_words_and_so_does_she_when_she_is_back(
    visit: Visiting,
) -> None:
    there = await visit(house=BORN)
    await there.wake()
    there.wire.understands("Again from there.")
    item = there.wire.begins("All right.", 200)
    part = {"type": "response.output_audio_transcript.delta", "item_id": item}
    there.wire.send({**part, "delta": " Hey, brother.", "speaker": "Emil"})
    there.wire.send({**part, "delta": " That's me again.", "speaker": ""})
    await there.page.wait_for_selector("#captions .her:has-text('me again')")
    shown = await there.page.eval_on_selector_all(
        "#captions .her > *", "all => all.map((it) => it.textContent.trim())"
    )
    assert shown == ["All right.", "Emil", "Hey, brother.", "Maeve", "That's me again."]
