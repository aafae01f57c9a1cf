"""The official `openai` SDK's Realtime client holds a spoken conversation with her."""

from __future__ import annotations

import asyncio
import base64

import numpy as np
import openai
import pytest
import soxr

from becoming.speech.stt import MoonshineStt
from tests.audio.voice import Audio, join, pcm16, resampled, silence, speak

pytestmark = pytest.mark.slow


async def test_the_openai_sdk_holds_a_spoken_conversation_with_her(house: str):
    client = openai.AsyncOpenAI(
        api_key="none is needed here",
        base_url=f"{house}/v1",
        websocket_base_url=f"{house.replace('http', 'ws')}/v1",
    )
    answers: list[tuple[str, bytes]] = []
    heard: list[str] = []
    async with client.realtime.connect(model="becoming") as connection:
        created = await connection.recv()
        assert created.type == "session.created"
        await connection.session.update(session={"type": "realtime", "output_modalities": ["audio"]})
        speaking = asyncio.create_task(_silence(connection))
        async with asyncio.timeout(90):
            voice, said = bytearray(), ""
            async for event in connection:
                if event.type == "response.output_audio.delta":
                    voice += base64.b64decode(event.delta)
                elif event.type == "conversation.item.input_audio_transcription.completed":
                    heard.append(event.transcript)
                elif event.type == "response.output_audio_transcript.done":
                    said = event.transcript
                elif event.type == "response.done":
                    sound = bytes(voice)
                    voice.clear()
                    if event.response.status == "cancelled":
                        continue  # she began in a pause and gave way: the question is still being asked
                    answers.append((said, sound))
                    if len(answers) == 3:
                        break
                    speaking.cancel()
                    question = (
                        "What is the capital of France?"
                        if len(answers) == 1
                        else "Thank you very much, goodbye."
                    )
                    speaking = asyncio.create_task(_speak(connection, speak(question)))
        speaking.cancel()
    assert "capital" in heard[0].lower()
    assert "thank" in heard[1].lower()
    written, spoken = answers[1]
    assert "Paris" in written
    assert "paris" in _words(spoken).lower()  # only now: it would have held up the microphone
    assert answers[2][0]


async def _speak(connection, audio: Audio) -> None:
    for packet in _packets(join(silence(0.3), audio)):
        await connection.input_audio_buffer.append(audio=packet)
        await asyncio.sleep(0.02)
    await _silence(connection)


async def _silence(connection) -> None:
    packet = _packets(silence(0.02))[0]
    while True:
        await connection.input_audio_buffer.append(audio=packet)
        await asyncio.sleep(0.02)


def _packets(audio: Audio) -> list[str]:
    data = pcm16(resampled(audio, 24_000))
    return [base64.b64encode(data[at : at + 960]).decode() for at in range(0, len(data), 960)]


def _words(voice: bytes) -> str:
    samples = np.frombuffer(voice, "<i2").astype(np.float32) / 32768.0
    return MoonshineStt()(soxr.resample(samples, 24_000, 16_000).astype(np.float32))
