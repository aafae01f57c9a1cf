"""A spoken question over WebRTC, through real ears, mind and voice."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest
import soxr

from becoming.speech.stt import MoonshineStt
from tests.audio.voice import join, read_wav, silence, speak, write_wav
from tests.web.caller import HEARD_RATE, calling

pytestmark = pytest.mark.slow


async def test_a_question_asked_in_a_call_is_answered_aloud(house: str, tmp_path: Path):
    wav = write_wav(tmp_path / "question.wav", join(silence(0.3), speak("What is the capital of France?")))
    async with calling(house) as caller:
        await caller.until("response.done", timeout=60)  # her greeting
        began = asyncio.get_running_loop().time()
        caller.say(read_wav(wav)[0])
        asked = await caller.until("conversation.item.input_audio_transcription.completed", timeout=60)
        await caller.until("output_audio_buffer.stopped", timeout=60)
        await asyncio.sleep(0.3)
        heard = soxr.resample(caller.sound_since(began), HEARD_RATE, 16_000)
    assert "capital" in asked["transcript"].lower()
    assert "paris" in MoonshineStt()(heard.astype(np.float32)).lower()
