"""Spoken conversations through everything: browser, page, wire, ears, language model and voice, all real."""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soxr
from playwright.async_api import Page

from becoming.speech.stt import MoonshineStt
from tests.audio.hum import hum
from tests.audio.voice import Audio, join, silence, speak, write_wav
from tests.e2e.page_browser import chromium, microphone_args, until
from tests.e2e.page_visit import samples_of

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).with_name("page_microphone.js")
STORY = "Tell me a story about the sea."


@pytest.fixture(scope="module")
def stt() -> MoonshineStt:
    return MoonshineStt()


@asynccontextmanager
async def talking(address: str, *args: str, own_microphone: bool = True) -> AsyncIterator[Page]:
    """A page that listens; what her voice puts out is recorded from the first sound on."""
    async with chromium(*(args or microphone_args(None))) as browser:
        page = await (await browser.new_context()).new_page()
        page.set_default_timeout(60_000)
        if own_microphone:
            await page.add_init_script(path=SCRIPT)
        await page.goto(address)
        await page.wait_for_selector("#wake:visible")
        await page.evaluate("window.becoming.debug.recordOutput()")
        await page.click("#wake")
        await until(page, link="open")
        yield page


async def greeted(page: Page) -> int:
    """Wait out her greeting; how many lines of hers there are then (none, where she found nothing new to say)."""
    await page.wait_for_timeout(2000)
    await until(page, mood="listening")
    count: int = await page.evaluate("window.becoming.debug.transcript.filter(l => l.role === 'her').length")
    return count


async def replies(page: Page, count: int) -> None:
    """Wait until she has finished this many replies."""
    await page.wait_for_function(
        "n => window.becoming.debug.transcript.filter(line => line.role === 'her').length >= n"
        " && window.becoming.debug.state.mood === 'listening'",
        arg=count,
    )


async def answered(page: Page) -> None:
    """Wait until what was asked has been answered to the end, whether she had greeted before or not."""
    await page.wait_for_function(
        "() => { const lines = window.becoming.debug.transcript.map(line => line.role);"
        " const asked = lines.lastIndexOf('you');"
        " return asked >= 0 && lines.lastIndexOf('her') > asked"
        " && window.becoming.debug.state.mood === 'listening'; }"
    )


async def say(page: Page, audio: Audio, folder: Path) -> None:
    wav = base64.b64encode(write_wav(folder / "said.wav", audio).read_bytes()).decode()
    await page.evaluate("wav => window.testMicrophone.say(wav)", wav)


async def outcome(page: Page) -> tuple[np.ndarray, list[dict[str, Any]], list[dict[str, str]]]:
    """What came out of the loudspeaker (24 kHz), what crossed the wire, and who said what."""
    transcript = await page.evaluate("window.becoming.debug.transcript")
    recording = await page.evaluate("window.becoming.debug.stopRecording()")
    return samples_of(recording["wav"]), recording["timeline"], transcript


def words_in(stt: MoonshineStt, voice: np.ndarray) -> str:
    """The recording as words, in stretches short enough for the recogniser."""
    sound = soxr.resample(voice.astype(np.float32) / 32768.0, 24_000, 16_000)
    pieces = [sound[at : at + 16_000 * 8] for at in range(0, len(sound), 16_000 * 8)]
    return " ".join(stt(piece) for piece in pieces).lower()


def after(voice: np.ndarray, ms: float) -> np.ndarray:
    return voice[int(ms * 24) :]


def of(timeline: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [event for event in timeline if event["type"] == kind]


async def test_a_spoken_question_is_answered_aloud(house: str, stt: MoonshineStt, tmp_path: Path):
    question = join(silence(20), speak("What is the capital of France?"), silence(25))
    wav = write_wav(tmp_path / "microphone.wav", question)
    async with talking(house, *microphone_args(wav), own_microphone=False) as page:
        await answered(page)
        voice, timeline, transcript = await outcome(page)
    asked = of(timeline, "input_audio_buffer.committed")[-1]["ms"]
    assert any(line["role"] == "you" and "capital" in line["text"].lower() for line in transcript)
    assert "paris" in words_in(stt, after(voice, asked)), transcript


async def test_who_barges_in_is_listened_to_at_once(house: str, tmp_path: Path):
    async with talking(house) as page:
        before = await greeted(page)
        await say(page, speak(STORY), tmp_path)
        await until(page, mood="speaking")
        await page.wait_for_timeout(400)
        await say(page, join(speak("Wait, stop. I have another question for you."), silence(0.5)), tmp_path)
        await page.wait_for_function(
            "() => window.becoming.debug.transcript.some(l => l.role === 'you' && /question/i.test(l.text))"
        )
        await replies(page, before + 2)
        voice, timeline, _ = await outcome(page)
    cancelled = [e for e in of(timeline, "response.done") if e["response"]["status"] == "cancelled"]
    assert cancelled
    ducked = of(timeline, "becoming.duck")[0]["ms"]
    stopped = cancelled[0]["ms"]
    assert ducked <= stopped
    quiet = np.abs(voice[int((stopped + 120) * 24) : int((stopped + 420) * 24)])
    assert quiet.max(initial=0) < 400  # her voice is out of the loudspeaker a moment after


async def test_her_own_voice_in_the_microphone_does_not_interrupt_her(house: str, tmp_path: Path):
    async with talking(house) as page:
        await page.evaluate("window.testMicrophone.loudspeaker(0.4)")
        before = await greeted(page)
        await say(page, speak(STORY), tmp_path)
        await replies(page, before + 1)
        await page.wait_for_timeout(2500)
        _, timeline, transcript = await outcome(page)
    assert {e["response"]["status"] for e in of(timeline, "response.done")} == {"completed"}
    assert [line["role"] for line in transcript][-2:] == ["you", "her"]
    assert [line["role"] for line in transcript].count("you") == 1


async def test_mm_hm_over_her_lets_her_finish_the_sentence(house: str, stt: MoonshineStt, tmp_path: Path):
    questions = [
        STORY,
        "Tell me about the rain in the autumn.",
        "What is a good way to spend a long evening?",
    ]
    async with talking(house) as page:
        before = await greeted(page)
        for number, question in enumerate(questions, start=before + 1):
            await say(page, speak(question), tmp_path)
            await until(page, mood="speaking")
            await say(page, join(hum(), silence(0.4)), tmp_path)
            await replies(page, number)
            if await page.evaluate("window.becoming.debug.transcript.at(-1).text.split(' ').length >= 8"):
                break  # long enough that she was still speaking when the hum came
        voice, timeline, transcript = await outcome(page)
    assert of(timeline, "becoming.duck")
    assert {e["response"]["status"] for e in of(timeline, "response.done")} == {"completed"}
    roles = [line["role"] for line in transcript][before:]
    assert roles == ["you", "her"] * (len(roles) // 2)  # the hum was never taken for a turn
    said = re.findall(r"[a-z']+", transcript[-1]["text"].lower())
    asked = of(timeline, "input_audio_buffer.committed")[-1]["ms"]
    heard = words_in(stt, after(voice, asked))
    assert any(word in heard for word in said[-3:]), (said, heard)
