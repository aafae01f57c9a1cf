"""The ear on a machine that is held up."""

from __future__ import annotations

import asyncio
import time

import pytest

from becoming.speech.ear import Ear
from tests.audio.voice import speak

pytestmark = pytest.mark.slow


@pytest.fixture
def ear(senses):
    """An ear in the middle of a word."""
    made = Ear(senses.make_vad(), senses.stt, senses.ear_worker)
    made.hear(speak("What is the capital of France?")[:12_000])
    assert made.speaking
    return made


async def test_a_program_that_was_held_up_takes_no_silence_for_the_persons(ear: Ear):
    waiting = asyncio.create_task(ear.next_beat())
    await asyncio.sleep(0)
    position = ear.position

    async def packets() -> None:
        for _ in range(10):  # through socket, parser and session, as many steps of the loop
            await asyncio.sleep(0)
        ear.hear(speak("What is the capital of France?")[12_000:12_512])

    time.sleep(1.2)  # noqa: ASYNC251  this is the fault: nothing runs
    await asyncio.gather(waiting, packets())
    assert ear.position == position + 512


async def test_a_microphone_that_falls_silent_is_heard_as_silence(ear: Ear):
    position = ear.position
    await ear.next_beat()
    assert ear.position > position + 15_000
    assert ear.silence_ms > 500
