"""What she does while the first words are not found yet; the real voice, clauses that wait for a sign."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from becoming.events import Clause, Reply, ReplyAudio, ReplyEnded, ReplyText, SpeechEvent, Stage
from becoming.speech.draft import Draft
from becoming.speech.engine import Senses
from becoming.speech.speaker import Speaker


async def _spoken(
    senses: Senses, *, found_late: bool, answers: bool = True, sounds: bool = True
) -> tuple[list[SpeechEvent], Reply | None]:
    """A reply of one clause; found late, it comes when something was heard, or when nothing will be."""
    events: list[SpeechEvent] = []
    heard, kept = asyncio.Event(), list[Reply | None]()

    def emit(event: SpeechEvent) -> None:
        events.append(event)
        if isinstance(event, ReplyAudio):
            heard.set()

    async def clauses() -> AsyncIterator[Clause]:
        if found_late:
            try:
                async with asyncio.timeout(0.6):
                    await heard.wait()
            except TimeoutError:
                pass
        yield Clause("About a hundred and sixty meters.")

    async def settle(said: Reply | None) -> None:
        kept.append(said)

    speaker = Speaker(senses.tts, emit, time.time, lambda: sounds)
    draft = Draft("", clauses(), senses.tts, senses.mouth_worker)
    if not found_late:
        while not draft.first_sound_at:
            await asyncio.sleep(0)
    speaker.begin(draft, 1, settle, time.monotonic() if answers else 0.0)
    await speaker.done()
    return events, kept[0]


def _kinds(events: list[SpeechEvent]) -> list[type]:
    return [type(each) for each in events if isinstance(each, ReplyText | ReplyAudio)]


async def test_who_looks_for_words_makes_a_sound_of_it_that_is_no_word(senses: Senses) -> None:
    events, said = await _spoken(senses, found_late=True)
    assert _kinds(events)[0] is ReplyAudio, "a sound first"
    assert said is not None
    assert said.text == said.intended == "About a hundred and sixty meters."
    assert [each.text for each in events if isinstance(each, ReplyEnded)] == [said.text]
    names = [each.name for each in events if isinstance(each, Stage)]
    assert names == ["voice_to_voice", "llm", "tts"], "each is measured where it happens"


async def test_what_is_ready_is_said_at_once(senses: Senses) -> None:
    events, _ = await _spoken(senses, found_late=False)
    assert _kinds(events)[0] is ReplyText


async def test_she_does_not_think_aloud_where_nobody_waits_or_small_sounds_are_off(senses: Senses) -> None:
    for answers, sounds in ((False, True), (True, False)):
        events, _ = await _spoken(senses, found_late=True, answers=answers, sounds=sounds)
        assert _kinds(events)[0] is ReplyText
