"""Who has the floor: one person's microphone and her voice, joined.

States: *listening* (nobody, or the person, speaks), *thinking* (the turn is hers, no sound yet),
*speaking*, and *overlapping* (a sound over her voice, not yet known what it is).

While the person speaks, every partial transcript goes to the mind, so that it is in the model's
cache when they stop ("listening is thinking"); as soon as the words could be the end of a turn a
draft of the reply is begun, unheard. The end of the turn then only releases it.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from becoming.events import (
    Backchannel,
    BecomingError,
    Clause,
    Ducked,
    Partial,
    Reply,
    Resumed,
    SpeechEvent,
    SpeechStarted,
    Stage,
    TurnEnded,
    Utterance,
    Via,
)
from becoming.speech.audio import EAR_RATE, Samples, to_pcm16
from becoming.speech.draft import Draft
from becoming.speech.ear import Ear
from becoming.speech.endpointing import SmartTurn, Verdict, completeness, verdict
from becoming.speech.mouth import Mouth
from becoming.speech.overlap import Kind, echo_likeness, judge
from becoming.speech.speaker import UNEXPECTED, Speaker
from becoming.speech.stt import Stt
from becoming.speech.tts import Tts
from becoming.speech.vad import Vad

log = logging.getLogger(__name__)

_PARTIAL_EVERY_MS = 320.0
_OVERLAP_EVERY_MS = 220.0
_PAUSE_MS = 60.0
_CALM_MS = 260.0
_HOLD_AFTER_MS = 650.0
_BACKCHANNELS = ("Mm-hm.", "Mm.", "Yeah.")
_BACKCHANNEL_AFTER_S, _BACKCHANNEL_EVERY_S, _BACKCHANNEL_GAIN = 4.0, 9.0, 0.35


class Mind(Protocol):
    """What thinks: `conversation.Conversation`, or a scripted one in tests."""

    async def partial(self, text: str) -> None:
        """Prepare for an utterance that begins with these words; may be cancelled at any time."""

    def draft(self, text: str, via: Via) -> AsyncIterator[Clause]:
        """The reply, clause by clause, without side effects; raises ModelAway."""

    async def settle(self, heard: Utterance, said: Reply | None) -> None:
        """Remember what was really heard and really said."""


@dataclass(frozen=True, slots=True)
class Senses:
    """The models of ears and mouth, loaded once and shared by every connection."""

    make_vad: Callable[[], Vad]
    stt: Stt
    melody: SmartTurn
    tts: Tts
    ear_worker: ThreadPoolExecutor
    mouth_worker: ThreadPoolExecutor


class Engine:
    """One connection's ears and mouth. Feed it with `hear`, read its `emit`."""

    def __init__(
        self,
        senses: Senses,
        mind: Mind,
        emit: Callable[[SpeechEvent], None],
        *,
        names: tuple[str, ...] = (),
        backchannels: bool = True,
        ahead: bool = True,
        rng: random.Random | None = None,
        stirred: Callable[[Samples], float | None] | None = None,
    ) -> None:
        """`names` always take the floor (hers); `ahead=False` thinks only after the end of the turn (the
        benchmark's second arm). `stirred` says how stirred an utterance sounds, if that may be listened for."""
        self._senses, self._mind, self._emit = senses, mind, emit
        self.names, self.backchannels = names, backchannels
        self._ahead, self._stirred = ahead, stirred
        self._rng = rng or random.Random()
        self._ear = Ear(senses.make_vad(), senses.stt, senses.ear_worker)
        self._speaker = Speaker(senses.tts, emit)
        self._turn = self._revision = 0
        self._draft: Draft | None = None
        self._preparing: asyncio.Task[None] | None = None
        self._carried = ""
        self._echoes = 0
        self._nodded_at = 0.0
        self._told_done = False
        self._listening = asyncio.create_task(self._listen(), name="listen")

    # ── from outside ────────────────────────────────────────────────────────────────────────

    def hear(self, samples: Samples) -> None:
        """The microphone: mono samples at EAR_RATE."""
        self._ear.hear(samples)

    @property
    def hearing(self) -> bool:
        """Whether the person is in the middle of a turn."""
        return self._ear.speaking

    @property
    def free(self) -> bool:
        """Whether nobody speaks, and she is not about to."""
        return not self._ear.speaking and not self._speaker.busy

    def played(self, reply: int, ms: float) -> None:
        """The listener has heard this much of a reply."""
        self._speaker.played(reply, ms)

    async def say(
        self, clauses: AsyncIterator[Clause], settle: Callable[[Reply | None], Awaitable[None]]
    ) -> None:
        """Speak of her own accord (a greeting). A person who speaks first is not interrupted."""
        if not self.free:
            return
        draft = Draft("", clauses, self._senses.tts, self._senses.mouth_worker)
        self._speaker.begin(draft, self._turn, settle)
        await self._speaker.done()

    async def typed(self, text: str) -> None:
        """A typed turn: it stops her like a spoken one and is answered like one."""
        await self.stop()
        self._turn += 1
        await self._forget_draft()
        self._answer(Utterance(text, time.time(), "text"), self._begin_draft(text, "text"))

    def end_turn(self) -> None:
        """The person says that they are done (push to talk, let go): no silence is waited for."""
        if self._ear.speaking:
            self._told_done = True
            self._ear.beat.set()

    def forget_sound(self) -> None:
        """What was heard of the turn that is being spoken is dropped."""
        self._ear.close()

    async def stop(self) -> None:
        """Be silent now. What was heard is remembered, the rest never was."""
        await self._speaker.stop()

    async def close(self) -> None:
        """The connection is gone; what was said and heard is settled first."""
        self._listening.cancel()
        await self.stop()
        await self._forget_draft()
        self._stop_preparing()
        with suppress(asyncio.CancelledError):
            await self._listening

    # ── listening ───────────────────────────────────────────────────────────────────────────

    async def _listen(self) -> None:
        while True:
            await self._ear.next_beat()
            if not self._ear.speaking:
                continue
            try:
                if self._speaker.sounding and not await self._overlap():
                    continue
                await self._take_turn()
            except BecomingError as error:
                self._ear.close()
                self._speaker.fault(error)
            except Exception:  # the edge of the task: a listener that dies would be a deaf companion
                log.exception("listening failed")
                self._ear.close()
                self._speaker.fault(UNEXPECTED)

    async def _take_turn(self) -> None:
        """From the first word to the end of the turn; she answers when it returns."""
        ear = self._ear
        self._turn += 1
        self._revision = 0
        began = time.monotonic()
        self._emit(SpeechStarted(self._turn, began, ear.position * 1000 // EAR_RATE))
        melody: asyncio.Future[float] | None = None
        paused_at = -1.0
        while ear.speaking:
            if self._told_done:
                self._told_done = False
                await self._hear_words()
                judgement = Verdict(0.0, "told so")
                break
            if ear.silence_ms < _PAUSE_MS:
                melody = None
                if ear.uncovered_ms >= max(_PARTIAL_EVERY_MS, 2 * ear.cost_ms):
                    await self._hear_words()
            else:
                if melody is None:
                    melody = self._start_melody()
                if not ear.knows_all:
                    await self._hear_words()
                    continue
                judgement = self._judge(melody)
                if ear.silence_ms >= judgement.wait_ms:
                    break
                if ear.silence_ms >= _CALM_MS and paused_at != ear.voiced_ms:
                    paused_at = ear.voiced_ms
                    self._nod(began, judgement)
            await ear.next_beat()
        else:
            await self._forget_draft()
            self._emit(TurnEnded(self._turn, "", time.monotonic(), "dropped"))
            return
        await self._end_turn(judgement)

    def _start_melody(self) -> asyncio.Future[float]:
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(self._senses.mouth_worker, self._senses.melody, self._ear.melody)

    def _judge(self, melody: asyncio.Future[float]) -> Verdict:
        return verdict(self._ear.text, melody.result() if melody.done() else None)

    async def _hear_words(self) -> None:
        """A new partial transcript, told to the listener and thought about."""
        before = self._ear.text
        text = await self._ear.transcribe()
        if text != before or not self._revision:
            self._revision += 1
            self._emit(Partial(self._turn, self._revision, text, time.monotonic()))
        if self._ahead and text:
            await self._think_ahead(f"{self._carried} {text}".strip(), changed=text != before)

    async def _think_ahead(self, text: str, *, changed: bool) -> None:
        """Prepare for these words, or, when they could be the whole turn, draft the answer to them."""
        if self._draft and self._draft.answers(text):
            return
        await self._forget_draft()
        if self._ear.silence_ms >= _PAUSE_MS and completeness(text) >= 0.8:
            self._stop_preparing()
            self._begin_draft(text, "voice")
        elif changed:
            self._stop_preparing()
            self._preparing = asyncio.create_task(self._prepare(text), name="partial")

    def _stop_preparing(self) -> None:
        if self._preparing:
            self._preparing.cancel()
            self._preparing = None

    async def _prepare(self, text: str) -> None:
        # Preparing is a favour: when it fails, the draft that follows meets the same fault and says so.
        with suppress(BecomingError):
            await self._mind.partial(text)

    def _nod(self, began: float, judgement: Verdict) -> None:
        """Her "mm-hm" in a pause of somebody who speaks at length and has not finished."""
        now = time.monotonic()
        if (
            not self.backchannels
            or judgement.wait_ms < 800
            or now - began < _BACKCHANNEL_AFTER_S
            or now - self._nodded_at < _BACKCHANNEL_EVERY_S
        ):
            return
        self._nodded_at = now
        text = self._rng.choice(_BACKCHANNELS)
        sound = self._senses.tts(text) * np.float32(_BACKCHANNEL_GAIN)
        self._emit(Backchannel(text, to_pcm16(sound), now))

    async def _end_turn(self, judgement: Verdict) -> None:
        ear, now = self._ear, time.monotonic()
        text = f"{self._carried} {ear.text}".strip()
        spoken_until, voiced, sound = ear.voice_at, ear.voiced_ms, ear.melody
        ear.close()
        if not ear.text or (voiced < 120 and len(ear.text) < 4):
            await self._forget_draft()
            if not self._carried:
                self._emit(TurnEnded(self._turn, "", now, "no words"))
                return
        self._carried = ""
        self._emit(TurnEnded(self._turn, text, now, judgement.why))
        self._emit(Stage(self._turn, "stt", ear.cost_ms))
        self._emit(Stage(self._turn, "endpoint", (now - spoken_until) * 1000))
        draft = self._draft if self._draft and self._draft.answers(text) else None
        if draft is None:
            await self._forget_draft()
            draft = self._begin_draft(text, "voice")
        # A typed turn may have begun to be answered meanwhile: one voice at a time.
        await self._speaker.stop()
        self._answer(Utterance(text, time.time(), "voice"), draft, spoken_until, sound)

    # ── drafting and speaking ───────────────────────────────────────────────────────────────

    def _begin_draft(self, text: str, via: Via) -> Draft:
        self._draft = Draft(text, self._mind.draft(text, via), self._senses.tts, self._senses.mouth_worker)
        return self._draft

    async def _forget_draft(self) -> None:
        draft, self._draft = self._draft, None
        if draft:
            await draft.drop()

    def _answer(
        self, heard: Utterance, draft: Draft, spoken_until: float = 0.0, sound: Samples | None = None
    ) -> None:
        self._draft = None
        self._stop_preparing()

        async def settle(said: Reply | None) -> None:
            if said is not None and said.interrupted and not said.text and heard.via == "voice":
                self._carried = heard.text  # cut before a word was heard: it was not the end of the turn
                return
            arousal = None
            if self._stirred and sound is not None:
                arousal = await asyncio.to_thread(self._stirred, sound)
            await self._mind.settle(replace(heard, arousal=arousal), said)

        self._speaker.begin(draft, self._turn, settle, spoken_until)

    # ── overlap ─────────────────────────────────────────────────────────────────────────────

    async def _overlap(self) -> bool:
        """A sound over her voice. True when the person takes the floor; the stretch is then a turn."""
        ear, mouth = self._ear, self._speaker.mouth
        assert mouth is not None
        ducked = False
        kind: Kind = "unclear"
        weighed = 0.0
        while True:
            likeness = self._likeness(mouth)
            # In a room where her own voice comes back, a sound must first differ from it to make her duck.
            if not ducked and mouth.left_ms > 0 and (not self._echoes or likeness < 0.6):
                ducked = True
                self._emit(Ducked(mouth.reply, time.monotonic()))
            ended = ear.silence_ms >= _CALM_MS
            if ear.voiced_ms + ear.silence_ms - weighed >= _OVERLAP_EVERY_MS or (ended and not ear.knows_all):
                weighed = ear.voiced_ms + ear.silence_ms
                kind = await self._weigh(mouth, ended)
            if kind != "unclear":
                break
            if ducked and ear.voiced_ms > _HOLD_AFTER_MS and likeness < 0.5:
                mouth.hold()
            await ear.next_beat()
        if kind == "nod" and mouth.ended_at:
            return True  # she had just finished: "yeah" is the answer, not a nod
        if kind == "words":
            await self.stop()
            return True
        self._echoes += kind == "echo"
        ear.close()
        mouth.go_on()
        if ducked:
            self._emit(Resumed(mouth.reply, kind, time.monotonic()))
        return False

    async def _weigh(self, mouth: Mouth, ended: bool) -> Kind:
        ear = self._ear
        if self._echoes and ear.voiced_ms >= 300 and self._likeness(mouth) > 0.85:
            return "echo"  # no need to make words of it
        await ear.transcribe()
        return judge(
            ear.text,
            hers=f"{self._speaker.lately} {mouth.intended}",
            voiced_ms=ear.voiced_ms,
            ended=ended,
            likeness=self._likeness(mouth),
            names=self.names,
        )

    def _likeness(self, mouth: Mouth) -> float:
        """Envelope likeness of the microphone to her own voice since she began, lately."""
        count = int(EAR_RATE * (mouth.sounding_s + 0.1))
        return echo_likeness(self._ear.lately[-count:], mouth.line(3.0))
