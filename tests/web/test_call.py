"""Calls over WebRTC: the same talk as over the WebSocket, her voice and the person's as tracks."""

from __future__ import annotations

import asyncio
import json

import numpy as np
import pytest
import soxr

from tests.audio.voice import join, silence, speak
from tests.web.caller import HEARD_RATE, Caller, calling, post

pytestmark = pytest.mark.slow

LONG = [
    "The sea was quiet that night, and the lamps along the harbour burned low.",
    "Nobody spoke for an hour.",
]


def loud(sound: np.ndarray) -> np.ndarray:
    return np.flatnonzero(np.abs(sound) > 0.02)


async def test_a_spoken_question_is_answered_in_the_track_and_not_in_events(house, senses):
    running = await house(["Paris, of course."])
    async with calling(running.url) as caller:
        await caller.until("output_audio_buffer.stopped")  # her greeting
        began = asyncio.get_running_loop().time()
        caller.say(join(silence(0.3), speak("What is the capital city of France?")))
        await caller.until("output_audio_buffer.stopped")
        await asyncio.sleep(0.3)
        heard = soxr.resample(caller.sound_since(began), HEARD_RATE, 16_000)
    assert "paris" in senses.stt(heard.astype(np.float32)).lower()
    assert running.host.settled[0][0].text.lower().startswith("what is the capital")
    assert running.host.settled[0][1].text == "Paris, of course."
    kinds = [event["type"] for event in caller.events]
    assert "response.output_audio_transcript.delta" in kinds
    assert "response.output_audio.delta" not in kinds
    started, done = kinds.index("output_audio_buffer.started"), kinds.index("response.done")
    assert started < done < kinds.index("output_audio_buffer.stopped")


async def test_her_voice_arrives_whole_and_at_its_own_pace(house, senses):
    running = await house()
    async with calling(running.url) as caller:
        await caller.until("output_audio_buffer.stopped")
        await asyncio.sleep(0.3)
        heard = caller.sound_since(0)
    want = soxr.resample(senses.tts("Good morning."), 24_000, HEARD_RATE)
    have = heard[loud(heard)[0] : loud(heard)[-1]]
    missing = len(want[loud(want)[0] : loud(want)[-1]]) - len(have)
    assert missing < HEARD_RATE // 25
    assert missing > -HEARD_RATE // 2, "not in pieces either, as far as the machine lets it"


async def test_who_barges_in_hears_her_stop_at_once_and_only_what_was_heard_is_remembered(house):
    running = await house(LONG, ["Yes?"])
    async with calling(running.url) as caller:
        await caller.until("output_audio_buffer.stopped")
        caller.send(
            type="conversation.item.create",
            item={
                "type": "message",
                "role": "user",
                "content": [{"type": "input_text", "text": "Tell me a story."}],
            },
        )
        caller.send(type="response.create")
        await caller.until("output_audio_buffer.started")
        await asyncio.sleep(0.8)
        caller.say(speak("I have another question for you this evening."))
        cleared = await caller.until("output_audio_buffer.cleared")
        await asyncio.sleep(0.5)
        after = caller.sound_since(cleared["at"] + 0.25)
    assert np.abs(after[: HEARD_RATE // 5]).max(initial=0) < 0.02
    _, said = running.host.settled[0]
    assert said.interrupted
    assert 0 < len(said.text) < len(" ".join(LONG))


async def test_a_bad_message_is_that_callers_error_and_a_good_one_still_works(house):
    running = await house(["Still here."])
    async with calling(running.url) as caller:
        caller.channel.send("not json")
        assert (await caller.until("error"))["error"]["message"]
        caller.channel.send(b"\x00\x01")
        await caller.until("error")
        caller.send(type="session.update", session={})
        await caller.until("session.updated")


@pytest.mark.parametrize(
    "offer", ["", "v=0", "hello", "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n", "\0" * 500]
)
async def test_an_offer_that_is_none_gets_a_clear_error(house, offer: str):
    running = await house()
    status, body = await asyncio.to_thread(post, running.url, offer)
    assert status == 400
    assert json.loads(body)["error"]["message"].endswith(".")


async def test_only_an_offer_of_her_own_page_or_a_paired_device_is_answered(house):
    running = await house()
    caller = Caller(running.url)
    await caller.peer.setLocalDescription(await caller.peer.createOffer())
    offer = caller.peer.localDescription.sdp
    foreign = await asyncio.to_thread(lambda: post(running.url, offer, Origin="https://evil.example"))
    typed = await asyncio.to_thread(lambda: post(running.url, offer, **{"Content-Type": "text/plain"}))
    large = await asyncio.to_thread(post, running.url, offer + "a=x\r\n" * 20_000)
    await caller.peer.close()
    assert foreign[0] == 403
    assert typed[0] == 415
    assert large[0] == 413


async def test_media_is_expected_on_loopback_alone_when_the_offer_came_by_it(house):
    running = await house()
    caller = Caller(running.url)
    await caller.peer.setLocalDescription(await caller.peer.createOffer())
    status, answer = await asyncio.to_thread(post, running.url, caller.peer.localDescription.sdp)
    await caller.peer.close()
    candidates = {line.split()[4] for line in answer.splitlines() if line.startswith("a=candidate")}
    assert status == 201
    assert candidates == {"127.0.0.1"}


async def test_when_the_caller_goes_the_session_ends(house):
    running = await house(LONG)
    async with calling(running.url) as caller:
        await caller.until("output_audio_buffer.started")
    async with asyncio.timeout(10):
        while any(task.get_name() in ("call", "listen", "wire out") for task in asyncio.all_tasks()):
            await asyncio.sleep(0.05)
