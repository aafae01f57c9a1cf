"""The Pipecat arm: a voice bot as Pipecat's documentation builds one, on the models we use.

It runs in an environment of its own (`pipecat.txt`), so nothing here may import the project:

    python pipecat_bot.py --llm http://127.0.0.1:PORT --prompt prompt.json

The pipeline, its order and every parameter are those of Pipecat 1.14's own scaffold (`pipecat init`,
cascade): transport → STT → user aggregator with Silero VAD (smart-turn v3.2 is its default end of
turn) → LLM → TTS by sentence → transport → assistant aggregator. Pipecat's Moonshine and OpenAI
services are used as they are, except that Moonshine's tiny model comes from the wheel instead of
the internet; hibari is wrapped as its other in-process voices (Kokoro, Pocket) are. Only the
serializer is ours: the OpenAI Realtime API's events, so that one client measures every arm.

It prints its address, stops when its standard input closes, and reports each answer's parts as
Pipecat's own latency observer names them.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import socket
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

import numpy as np
import uvicorn
from fastapi import FastAPI, WebSocket
from hibari import Hibari
from loguru import logger
from moonshine_voice import ModelArch, Transcriber, get_assets_path
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.frames.frames import (
    Frame,
    InputAudioRawFrame,
    InterruptionFrame,
    OutputAudioRawFrame,
    OutputTransportMessageFrame,
    OutputTransportMessageUrgentFrame,
)
from pipecat.observers.user_bot_latency_observer import (
    LatencyBreakdown,
    MeasuredFrom,
    UserBotLatencyObserver,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMContextAggregatorPair,
    LLMUserAggregatorParams,
)
from pipecat.serializers.base_serializer import FrameSerializer
from pipecat.services.moonshine.stt import MoonshineSTTService
from pipecat.services.openai.llm import OpenAILLMService
from pipecat.services.settings import TTSSettings
from pipecat.services.tts_service import TTSService
from pipecat.transcriptions.language import Language
from pipecat.transports.websocket.fastapi import FastAPIWebsocketParams, FastAPIWebsocketTransport
from pipecat.workers.runner import WorkerRunner

MAX_TOKENS = 60
TEMPERATURE = 0.7
MICROPHONE_RATE = 16_000  # Pipecat's default for input; its output is 24 kHz by default


class RealtimeSerializer(FrameSerializer):  # type: ignore[misc]
    """Pipecat's frames as the OpenAI Realtime API's events, and back."""

    async def serialize(self, frame: Frame) -> str | None:
        """What goes to the client: audio, the end of it when interrupted, and messages as they are."""
        if isinstance(frame, OutputTransportMessageFrame | OutputTransportMessageUrgentFrame):
            return None if self.should_ignore_frame(frame) else json.dumps(frame.message)
        if isinstance(frame, InterruptionFrame):
            return json.dumps({"type": "response.done", "response": {"status": "cancelled"}})
        if isinstance(frame, OutputAudioRawFrame):
            delta = base64.b64encode(frame.audio).decode()
            return json.dumps({"type": "response.output_audio.delta", "delta": delta})
        return None

    async def deserialize(self, data: str | bytes) -> Frame | None:
        """What comes from the client: the microphone, and the wish that the bot stops."""
        event = json.loads(data)
        if event["type"] == "input_audio_buffer.append":
            audio = base64.b64decode(event["audio"])
            return InputAudioRawFrame(audio=audio, sample_rate=MICROPHONE_RATE, num_channels=1)
        if event["type"] == "response.cancel":
            return InterruptionFrame()
        return None


class WheelMoonshine(MoonshineSTTService):  # type: ignore[misc]
    """Pipecat's Moonshine service with the tiny model that lies in the wheel.

    Its inner VAD is off (`vad_threshold` 0): Pipecat's own VAD has cut the segment already.
    """

    def _load(self) -> Transcriber:
        tiny = get_assets_path() / "tiny-en"
        return Transcriber(tiny, ModelArch.TINY, options={"vad_threshold": "0.0"})


class HibariTTS(TTSService):  # type: ignore[misc]
    """hibari in the shape of Pipecat's in-process voices: one request for each sentence."""

    def __init__(self) -> None:
        settings = TTSSettings(model=None, voice="heart", language=Language.EN)
        super().__init__(push_start_frame=True, push_stop_frames=True, settings=settings)
        self._hibari = Hibari()
        self._hibari("Warm up.")

    def can_generate_metrics(self) -> bool:
        """It reports the time to its first sound."""
        return True

    async def run_tts(self, text: str, context_id: str) -> AsyncGenerator[Frame, None]:
        """The frames of one sentence."""
        async for frame in self._stream_audio_frames_from_iterator(
            self._sentence(text), in_sample_rate=Hibari.sample_rate, context_id=context_id
        ):
            await self.stop_ttfb_metrics()
            yield frame

    async def _sentence(self, text: str) -> AsyncIterator[bytes]:
        audio = await asyncio.to_thread(self._hibari, text)
        yield (np.clip(audio, -1, 1) * 32767).astype(np.int16).tobytes()


async def run_bot(websocket: WebSocket, llm_url: str, prompt: list[dict[str, str]]) -> None:
    """One conversation, from the client's arrival until it hangs up.

    `prompt` is a system message and the examples that follow it, in the chat API's form.
    """
    transport = FastAPIWebsocketTransport(
        websocket,
        FastAPIWebsocketParams(
            audio_in_enabled=True, audio_out_enabled=True, serializer=RealtimeSerializer()
        ),
    )
    stt = WheelMoonshine()
    tts = HibariTTS()
    llm = OpenAILLMService(
        base_url=f"{llm_url}/v1",
        api_key="local",
        settings=OpenAILLMService.Settings(
            model="local",
            system_instruction=prompt[0]["content"],
            max_tokens=MAX_TOKENS,
            temperature=TEMPERATURE,
        ),
    )
    user_aggregator, assistant_aggregator = LLMContextAggregatorPair(
        LLMContext([*prompt[1:]]),
        user_params=LLMUserAggregatorParams(vad_analyzer=SileroVADAnalyzer()),
    )
    pipeline = Pipeline(
        [
            transport.input(),
            stt,
            user_aggregator,
            llm,
            tts,
            transport.output(),
            assistant_aggregator,
        ]
    )
    latency = UserBotLatencyObserver()
    worker = PipelineWorker(
        pipeline,
        params=PipelineParams(enable_metrics=True, enable_usage_metrics=True),
        observers=[latency],
    )
    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)

    async def tell(kind: str, **fields: object) -> None:
        await worker.queue_frame(OutputTransportMessageUrgentFrame(message={"type": kind, **fields}))

    @worker.event_handler("on_pipeline_started")  # type: ignore[untyped-decorator]
    async def ready(*_: object) -> None:
        await tell("session.created")

    @transport.event_handler("on_client_disconnected")  # type: ignore[untyped-decorator]
    async def gone(*_: object) -> None:
        await runner.cancel()

    @user_aggregator.event_handler("on_user_turn_stopped")  # type: ignore[untyped-decorator]
    async def turn_ended(_aggregator: object, _strategy: object, message: object) -> None:
        await tell("input_audio_buffer.committed")
        heard = getattr(message, "content", "")
        await tell("conversation.item.input_audio_transcription.completed", transcript=heard)

    @assistant_aggregator.event_handler("on_assistant_turn_stopped")  # type: ignore[untyped-decorator]
    async def answered(_aggregator: object, message: object) -> None:
        said = getattr(message, "content", "")
        await tell("response.output_audio_transcript.done", transcript=said)
        await tell("response.done", response={"status": "completed"})

    @latency.event_handler("on_latency_breakdown")  # type: ignore[untyped-decorator]
    async def measured(_observer: object, breakdown: LatencyBreakdown) -> None:
        for part in breakdown.contributions if breakdown.measured_from == MeasuredFrom.USER_SILENCE else []:
            await tell("becoming.stage", name=part.key, ms=part.duration_secs * 1000)

    await runner.run()


def main() -> None:
    """Serve conversations on a free port of the loopback until standard input closes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--llm", required=True)
    parser.add_argument("--prompt", type=Path, required=True)
    arguments = parser.parse_args()
    prompt = json.loads(arguments.prompt.read_text(encoding="utf-8"))
    logger.remove()
    logger.add(sys.stderr, level="WARNING")

    app = FastAPI()

    @app.websocket("/v1/realtime")
    async def session(websocket: WebSocket) -> None:
        await websocket.accept()
        await run_bot(websocket, arguments.llm, prompt)

    asyncio.run(serve(app))


async def serve(app: FastAPI) -> None:
    """Run `app`; its address is the first line of standard output."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    print(f"ws://127.0.0.1:{listener.getsockname()[1]}/v1/realtime", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.should_exit = True
    await serving


if __name__ == "__main__":
    main()
