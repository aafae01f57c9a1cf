"""One call: WebRTC in the place of the WebSocket.

Her voice and the person's are Opus tracks; the data channel "oai-events" carries the events. An extra:
`becoming[webrtc]` brings `aiortc`, and this module is imported when the first offer comes.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import deque
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCDataChannel,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame

from becoming.events import Backchannel, Ducked, InputError, ReplyAudio, ReplyEnded, Resumed, SpeechEvent
from becoming.speech.audio import VOICE_RATE, Resampler, from_pcm16
from becoming.speech.engine import Engine
from becoming.web.line import Gone
from becoming.web.wire import DUCK_GAIN

log = logging.getLogger(__name__)

CHANNEL = "oai-events"
_FRAME = VOICE_RATE // 50
"""Samples of one frame of 20 ms; the Opus encoder takes it to 48 kHz."""
_ON_THE_WAY_MS = 100.0
"""From the track to the ear: encoding, the net at home, and the browser's jitter buffer."""
_CONNECT_PATIENCE_S = 30.0
_WITHOUT = re.compile(r"^a=(candidate:.*\.local |end-of-candidates).*\r?\n", re.MULTILINE)
"""Names that only a multicast could resolve: who sends from there is recognised when it does."""


class Call:
    """One peer: a `Line` whose sound goes by tracks."""

    carries_sound = True

    def __init__(self) -> None:
        # No servers: the library's default asks one on the internet where this computer is.
        self._peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._voice = Voice()
        self._channel: RTCDataChannel | None = None
        self._open = asyncio.Event()
        self._inbox: asyncio.Queue[str | bytes | None] = asyncio.Queue()
        self._engine: Engine | None = None
        self._hearing: asyncio.Task[None] | None = None
        self._peer.on("connectionstatechange", self._changed)
        self._peer.on("datachannel", self._offered)
        self._peer.on("track", self._tracked)

    # ── setting up ──────────────────────────────────────────────────────────────────────────

    async def accept(self, offer: str, address: str) -> str:
        """The answer to an offer. Raises InputError."""
        try:
            description = RTCSessionDescription(_WITHOUT.sub("", offer), "offer")
            await self._peer.setRemoteDescription(description)
        except Exception as error:  # whatever the parser trips over, it is the offer's fault
            log.info("an offer was not understood: %r", error)
            raise InputError("That is not an SDP offer that can be understood here.") from error
        kinds = [transceiver.kind for transceiver in self._peer.getTransceivers()]
        if kinds != ["audio"] or self._peer.sctp is None:
            raise InputError(
                f"An offer has one audio track and a data channel named {CHANNEL}; nothing else."
            )
        self._peer.addTrack(self._voice)
        _only_at(address, self._peer)
        await self._peer.setLocalDescription(await self._peer.createAnswer())
        return str(self._peer.localDescription.sdp)

    async def connected(self) -> bool:
        """Whether the peer came: waits for the channel, and not for ever."""
        try:
            await asyncio.wait_for(self._open.wait(), _CONNECT_PATIENCE_S)
        except TimeoutError:
            return False
        return self._channel is not None

    async def close(self) -> None:
        """Hang up."""
        if self._hearing:
            self._hearing.cancel()
        await self._peer.close()

    def _changed(self) -> None:
        if self._peer.connectionState in ("failed", "closed"):
            self._went()

    def _offered(self, channel: RTCDataChannel) -> None:
        if channel.label == CHANNEL and self._channel is None:
            self._channel = channel
            channel.on("message", self._inbox.put_nowait)
            channel.on("close", self._went)
            self._open.set()

    def _tracked(self, track: MediaStreamTrack) -> None:
        self._hearing = asyncio.create_task(self._hear(track), name="hear a call")

    def _went(self) -> None:
        self._inbox.put_nowait(None)
        self._open.set()

    # ── as a line ───────────────────────────────────────────────────────────────────────────

    def begin(self, engine: Engine) -> None:
        """The person's track goes to this engine from now on, and it is told what of hers was played."""
        self._engine = engine
        self._voice.played = engine.played

    async def receive(self) -> str | bytes:
        """The client's next message. Raises Gone."""
        message = await self._inbox.get()
        if message is None:
            raise Gone
        return message

    async def send(self, text: str) -> None:
        """One event to the client. Raises Gone."""
        if self._channel is None or self._channel.readyState != "open":
            raise Gone
        self._channel.send(text)

    def take(self, event: SpeechEvent) -> None:
        """Her voice: played, softer while somebody else speaks, dropped when she is cut."""
        match event:
            case ReplyAudio(reply, pcm, _):
                self._voice.play(reply, pcm)
            case Backchannel(_, pcm, _):
                self._voice.play(None, pcm)
            case Ducked():
                self._voice.gain = DUCK_GAIN
            case Resumed():
                self._voice.gain = 1.0
            case ReplyEnded(_, _, interrupted, _):
                self._voice.gain = 1.0
                if interrupted:
                    self._voice.drop()
            case _:
                pass

    async def _hear(self, track: MediaStreamTrack) -> None:
        resample: Resampler | None = None
        try:
            while True:
                frame: Any = await track.recv()
                resample = resample or Resampler(frame.sample_rate)
                channels = len(frame.layout.channels)
                samples = from_pcm16(bytes(frame.planes[0])[: frame.samples * channels * 2])
                if self._engine:
                    self._engine.hear(resample(samples.reshape(-1, channels).mean(axis=1)))
        except MediaStreamError:
            return


class Voice(MediaStreamTrack):
    """Her voice as a track: a frame every 20 ms, silence where she says nothing."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._ahead: deque[tuple[int | None, np.ndarray[Any, np.dtype[np.float32]]]] = deque()
        self._reply: int | None = None
        self._reply_samples = 0
        self._frames = 0
        self._began = 0.0
        self.gain = 1.0
        self.played: Callable[[int, float], None] = lambda reply, ms: None

    def play(self, reply: int | None, pcm: bytes) -> None:
        """More of a reply (None: a small sound that belongs to none), PCM16 at VOICE_RATE."""
        self._ahead.append((reply, from_pcm16(pcm)))

    def drop(self) -> None:
        """What has not left yet never does."""
        self._ahead.clear()

    async def recv(self) -> AudioFrame:
        """The next 20 ms, when they are due."""
        if self.readyState != "live":
            raise MediaStreamError
        now = asyncio.get_running_loop().time()
        due = self._began + self._frames * 0.02
        if now - due > 0.2:  # at the beginning, or after this computer had slept: no rush to catch up
            self._began, due = now - self._frames * 0.02, now
        await asyncio.sleep(due - now)
        frame = AudioFrame("s16", "mono", _FRAME)
        frame.planes[0].update((self._next() * 32767.0 * self.gain).astype("<i2").tobytes())
        frame.sample_rate, frame.time_base = VOICE_RATE, Fraction(1, VOICE_RATE)
        frame.pts = self._frames * _FRAME
        self._frames += 1
        return frame

    def _next(self) -> np.ndarray[Any, np.dtype[np.float32]]:
        """One frame of what is waiting, filled up with silence."""
        parts, room = [], _FRAME
        while room and self._ahead:
            reply, samples = self._ahead.popleft()
            if len(samples) > room:
                self._ahead.appendleft((reply, samples[room:]))
            parts.append(samples[:room])
            room -= len(parts[-1])
            self._tell(reply, len(parts[-1]))
        return np.concatenate((*parts, np.zeros(room, np.float32)))

    def _tell(self, reply: int | None, samples: int) -> None:
        """Report what the ear has heard of the reply by now."""
        if reply is None:
            return
        if reply != self._reply:
            self._reply, self._reply_samples = reply, 0
        self._reply_samples += samples
        heard_ms = self._reply_samples * 1000 / VOICE_RATE - _ON_THE_WAY_MS
        if heard_ms > 0:
            self.played(reply, heard_ms)


def _only_at(address: str, peer: RTCPeerConnection) -> None:
    """Expect media at this address alone.

    The library would open a port on every network of this computer and leave loopback out, the
    one that a page on this computer needs; it has no setting for it.
    """
    for transport in {transceiver.receiver.transport.transport for transceiver in peer.getTransceivers()}:
        connection: Any = transport.iceGatherer._connection
        gather = connection.get_component_candidates

        async def gather_here(component: int, addresses: list[str], gather: Any = gather) -> Any:
            return await gather(component=component, addresses=[address])

        connection.get_component_candidates = gather_here
