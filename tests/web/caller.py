"""Somebody who calls over WebRTC: an aiortc peer with a microphone and an ear."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from fractions import Fraction
from typing import Any

import numpy as np
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame

from tests.audio.voice import RATE, Audio, pcm16

FRAME = RATE // 50
HEARD_RATE = 48_000


class Microphone(MediaStreamTrack):
    """Plays what it is given, else silence, at the pace of the clock."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self.sound = b""
        self._frames, self._began = 0, 0.0

    async def recv(self) -> AudioFrame:
        now = asyncio.get_running_loop().time()
        self._began = self._began or now
        await asyncio.sleep(self._began + self._frames * 0.02 - now)
        frame = AudioFrame("s16", "mono", FRAME)
        said, self.sound = self.sound[: FRAME * 2], self.sound[FRAME * 2 :]
        frame.planes[0].update(said.ljust(FRAME * 2, b"\0"))
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._frames * FRAME, Fraction(1, RATE)
        self._frames += 1
        return frame


class Caller:
    """The calling side. `heard` holds (when, sound) of every frame that arrived, mono at HEARD_RATE."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.microphone = Microphone()
        self.peer.addTrack(self.microphone)
        self.channel = self.peer.createDataChannel("oai-events")
        self.events: list[dict[str, Any]] = []
        self.heard: list[tuple[float, np.ndarray]] = []
        self._news: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._ear: asyncio.Task[None] | None = None
        self.channel.on("message", lambda text: self._news.put_nowait(json.loads(text)))
        self.peer.on("track", self._listen)

    async def call(self) -> None:
        await self.peer.setLocalDescription(await self.peer.createOffer())
        status, answer = await asyncio.to_thread(post, self.url, self.peer.localDescription.sdp)
        assert status == 201, answer
        await self.peer.setRemoteDescription(RTCSessionDescription(answer, "answer"))

    def say(self, sound: Audio) -> None:
        self.microphone.sound += pcm16(sound)

    def send(self, **event: Any) -> None:
        self.channel.send(json.dumps(event))

    async def until(self, kind: str, timeout: float = 20) -> dict[str, Any]:
        async with asyncio.timeout(timeout):
            while True:
                event = await self._news.get()
                event["at"] = asyncio.get_running_loop().time()
                self.events.append(event)
                if event["type"] == kind:
                    return event

    def _listen(self, track: MediaStreamTrack) -> None:
        async def listen() -> None:
            try:
                while True:
                    frame: Any = await track.recv()
                    channels = len(frame.layout.channels)
                    samples = np.frombuffer(bytes(frame.planes[0]), np.int16)[: frame.samples * channels]
                    mono = samples.reshape(-1, channels).mean(axis=1) / 32768
                    self.heard.append((asyncio.get_running_loop().time(), mono.astype(np.float32)))
            except MediaStreamError:
                return

        self._ear = asyncio.create_task(listen())

    def sound_since(self, t: float) -> np.ndarray:
        return np.concatenate([np.zeros(0, np.float32), *(sound for at, sound in self.heard if at >= t)])


@asynccontextmanager
async def calling(url: str) -> AsyncIterator[Caller]:
    """A call that is up, hung up at the end."""
    caller = Caller(url)
    try:
        await caller.call()
        await caller.until("session.created")
        yield caller
    finally:
        await caller.peer.close()


def post(url: str, offer: str, **headers: str) -> tuple[int, str]:
    """Status and body of the answer to an offer."""
    request = urllib.request.Request(
        f"{url}/v1/realtime/calls", offer.encode(), {"Content-Type": "application/sdp", **headers}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
