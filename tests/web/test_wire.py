"""The wire with good and bad clients, over a real server."""

from __future__ import annotations

import asyncio
import base64
import json

import numpy as np
import pytest
import websockets

from becoming.speech.audio import to_pcm16
from becoming.tools.approval import Proposal
from becoming.web import session
from becoming.web.audio import AudioIn
from tests.audio.voice import join, pcm16, resampled, silence, speak

pytestmark = pytest.mark.slow


def packets(audio: np.ndarray, rate: int = 24_000) -> list[str]:
    data = pcm16(resampled(audio, rate))
    step = rate // 50 * 2
    return [base64.b64encode(data[at : at + step]).decode() for at in range(0, len(data), step)]


async def speak_to(client, audio, rate: int = 24_000) -> None:
    for packet in packets(audio, rate):
        await client.send(type="input_audio_buffer.append", audio=packet)
        await asyncio.sleep(0.02)


async def test_a_spoken_turn_in_the_order_of_the_realtime_api(house):
    running = await house(["Paris, of course."])
    async with running.client("&resume=1") as client:
        await client.until("session.created")
        speaking = asyncio.create_task(
            speak_to(client, join(silence(0.3), speak("What is the capital city of France?"), silence(3)))
        )
        await client.until("response.done")
        await speaking
    kinds = [e["type"] for e in client.events if not e["type"].startswith("becoming.")]
    order = [
        "session.created",
        "input_audio_buffer.speech_started",
        "input_audio_buffer.speech_stopped",
        "input_audio_buffer.committed",
        "conversation.item.input_audio_transcription.completed",
        "response.created",
        "response.output_item.added",
        "response.content_part.added",
        "response.output_audio_transcript.delta",
        "response.output_audio.delta",
        "response.output_audio.done",
        "response.output_audio_transcript.done",
        "response.output_item.done",
        "response.done",
    ]
    assert [kind for kind in kinds if kind in order and kind not in kinds[: kinds.index(kind)]]
    firsts = [kinds.index(kind) for kind in order]
    assert firsts == sorted(firsts)
    assert running.host.settled[0][1].text == "Paris, of course."


async def test_a_newcomer_is_greeted_and_who_comes_back_from_a_lost_line_is_not(house):
    running = await house()
    async with running.client() as client:
        done = await client.until("response.done")
        assert done["response"]["output"][0]["content"][0]["transcript"] == "Good morning."
    async with running.client("&resume=1") as client:
        await client.send(type="session.update", session={})
        await client.until("session.updated")
        assert "response.created" not in [e["type"] for e in client.events]


async def test_a_typed_message_is_answered_by_voice_and_in_writing_where_that_is_asked_for(house):
    running = await house(["Of course."], ["Of course."])
    message = {
        "type": "message",
        "role": "user",
        "content": [{"type": "input_text", "text": "Are you there?"}],
    }
    async with running.client("&resume=1") as client:
        await client.send(type="conversation.item.create", item=message)
        await client.send(type="response.create")
        await client.until("response.done")
        assert "response.output_audio.delta" in [e["type"] for e in client.events]
        await client.send(type="session.update", session={"type": "realtime", "output_modalities": ["text"]})
        await client.send(type="conversation.item.create", item=message)
        await client.send(type="response.create")
        written = await client.until("response.output_text.done")
        assert written["text"] == "Of course."
        await client.until("response.done")
    assert [heard.via for heard, _ in running.host.settled] == ["text", "text"]


BAD = [
    "not json",
    "[]",
    "{}",
    '{"type": 7}',
    '{"type": "no.such.event"}',
    '{"type": "input_audio_buffer.append"}',
    '{"type": "input_audio_buffer.append", "audio": "!!!"}',
    '{"type": "input_audio_buffer.append", "audio": 12}',
    '{"type": "input_audio_buffer.commit"}',
    '{"type": "response.create"}',
    '{"type": "conversation.item.create", "item": {"type": "message", "role": "system", "content": []}}',
    '{"type": "conversation.item.create", "item": {"type": "message", "role": "user", "content": [{"type": "x"}]}}',
    '{"type": "becoming.played", "item_id": "item_her_1", "audio_ms": -5}',
    '{"type": "becoming.played", "item_id": "../etc", "audio_ms": 5}',
    '{"type": "session.update", "session": "loud"}',
    '{"type": "session.update", "session": {"audio": {"input": {"format": {"type": "audio/mp3"}}}}}',
    "[" * 5000,
    '{"type": "' + "x" * 100_000 + '"}',
]


async def test_bad_messages_get_a_clear_error_and_nobody_else_is_disturbed(house):
    running = await house(["Still here."])
    async with running.client("&resume=1") as good, running.client("&resume=1") as bad:
        await bad.until("session.created")
        for text in BAD:
            await bad.socket.send(text)
            error = (await bad.until("error"))["error"]
            assert len(error["message"]) > 10
            assert "Traceback" not in error["message"]
        await bad.socket.send(b"\x00\x01binary")
        await bad.until("error")
        item = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Hello?"}]}
        for client in (good, bad):
            await client.send(type="conversation.item.create", item=item)
        await good.send(type="response.create")
        done = await good.until("response.done")
        assert done["response"]["status"] == "completed"


async def test_what_no_memory_can_hold_is_taken_out_of_what_is_written(house):
    running = await house(["Of course."])
    item = {
        "type": "message",
        "role": "user",
        "content": [{"type": "input_text", "text": "Are\x00 you \ud800there?"}],
    }
    async with running.client("&resume=1") as client:
        await client.send(type="conversation.item.create", item=item)
        await client.send(type="response.create")
        await client.until("response.done")
    assert running.host.settled[0][0].text == "Are you there?"


async def test_a_giant_message_ends_that_connection_alone(house):
    running = await house()
    async with running.client("&resume=1") as good, running.client("&resume=1") as bad:
        await bad.until("session.created")
        with pytest.raises(websockets.ConnectionClosed):
            await bad.socket.send("x" * (5 * 2**20))
            await bad.until("error")
        await good.send(type="session.update", session={})
        await good.until("session.updated")


@pytest.mark.parametrize(
    ("kind", "rate"), [("audio/pcm", 8_000), ("audio/pcm", 16_000), ("audio/pcm", 48_000), ("audio/pcmu", 8_000), ("audio/pcma", 8_000)]
)  # fmt: skip
def test_other_audio_formats_arrive_as_the_same_sound(kind: str, rate: int):
    said = speak("My sister is getting married on Saturday.")
    there = resampled(said, rate)
    data = to_pcm16(there)
    if kind != "audio/pcm":
        data = _law(there, kind)
    ear = AudioIn.of({"type": kind, "rate": rate})
    heard = np.concatenate(
        [ear(base64.b64encode(data[at : at + 640]).decode()) for at in range(0, len(data), 640)]
    )
    length = min(len(heard), len(said))
    shift = max(range(0, 200), key=lambda lag: float(np.dot(heard[lag:length], said[: length - lag])))
    likeness = np.corrcoef(heard[shift:length], said[: length - shift])[0, 1]
    assert likeness > 0.9


def _law(samples: np.ndarray, kind: str) -> bytes:
    """Encode by asking the decoder which code is nearest: slow, and independent of any encoder."""
    from becoming.web.audio import _LAWS

    table = _LAWS[kind]
    order = np.argsort(table)
    places = np.clip(np.searchsorted(table[order], samples), 1, 255)
    lower, upper = order[places - 1], order[places]
    nearer = np.abs(table[lower] - samples) <= np.abs(table[upper] - samples)
    return bytes(np.where(nearer, lower, upper).astype(np.uint8))


def test_half_a_sample_waits_for_its_other_half():
    whole = to_pcm16(np.linspace(-0.5, 0.5, 480, dtype=np.float32))
    ear = AudioIn("audio/pcm", 16_000)
    parts = [ear(base64.b64encode(part).decode()) for part in (whole[:101], whole[101:300], whole[300:])]
    assert len(np.concatenate(parts)) == 480


async def test_nothing_noise_and_forty_minutes_at_once_are_borne(house):
    running = await house(["Mm."])
    rng = np.random.default_rng(0)
    noise = to_pcm16((rng.standard_normal(24_000) * 0.1).astype(np.float32))
    async with running.client("&resume=1", max_queue=None) as client:
        await client.send(type="input_audio_buffer.append", audio="")
        for _ in range(120):  # twenty seconds in a message, forty minutes in all
            await client.send(type="input_audio_buffer.append", audio=base64.b64encode(noise * 20).decode())
        await client.send(type="input_audio_buffer.clear")
        await client.until("input_audio_buffer.cleared", timeout=120)
        await client.send(type="session.update", session={})
        await client.until("session.updated")


async def test_the_events_are_json_with_ids_of_their_own(house):
    running = await house()
    async with running.client() as client:
        await client.until("response.done")
    ids = [e["event_id"] for e in client.events]
    assert len(set(ids)) == len(ids)
    assert json.dumps(client.events)


async def test_what_is_to_be_asked_is_asked_while_the_page_stands_open(house, monkeypatch):
    monkeypatch.setattr(session, "LOOKS_EVERY_S", 0.05)
    opened = await house()
    async with opened.client("&resume=1") as client:
        await client.until("becoming.state")
        opened.host.asks = True
        await client.until("response.created")
        await client.until("response.done")
    assert opened.host.greeting.text == "Good morning."


async def test_what_waits_for_a_yes_is_on_the_wire_and_a_tap_answers_it(house):
    running, sent = await house(["Shall I?"]), list[str]()

    def send() -> str:
        sent.append("Hi.")
        return ""

    async with running.client("&resume=1") as client:
        await client.until("session.created")
        proposal = Proposal("send a mail", "Anna", "Hi.", "Shall I?", "It goes.", send, lambda: "")
        running.host.approvals.ask(proposal)
        await client.send(
            type="conversation.item.create",
            item={
                "type": "message",
                "role": "user",
                "content": [{"type": "input_text", "text": "reply: hi"}],
            },
        )
        await client.send(type="response.create")
        card = (await client.until("becoming.approval"))["card"]
        assert (card["what"], card["whom"], card["words"], card["done"]) == (
            "send a mail",
            "Anna",
            "Hi.",
            False,
        )
        number = card["number"]
        for bad in (
            {"number": number, "answer": "maybe"},
            {"number": True, "answer": "yes"},
            {},
            {"number": 0, "answer": "yes"},
        ):
            await client.send(type="becoming.approval.answer", **bad)
            await client.until("error")
        assert sent == []
        await client.send(type="becoming.approval.answer", number=number, answer="yes")
        while not (await client.until("becoming.approval"))["card"]["done"]:
            pass
    running.host.approvals.close()
    assert sent == ["Hi."]
