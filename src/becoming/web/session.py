"""One client on the wire: its events in, hers out. A bad event is that client's error and nobody else's."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from base64 import b64decode
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, Any

from becoming.events import (
    BecomingError,
    Fault,
    InputError,
    Reply,
    ReplyEnded,
    ReplyStarted,
    ReplyText,
    SpeechEvent,
    Utterance,
)
from becoming.web.audio import AudioIn
from becoming.web.line import Gone, Line
from becoming.web.wire import Event, Wire

if TYPE_CHECKING:
    from becoming.app import Home

log = logging.getLogger(__name__)

LOOKS_EVERY_S = 30.0
"""So often it is looked whether she has something to ask."""

_LONGEST_TEXT = 20_000
_LARGEST_PICTURE = 400_000
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Session:
    """One client, whatever the line. `run` returns when the client has gone."""

    def __init__(self, line: Line, home: Home, session_id: str) -> None:
        self._line, self._home, self._id = line, home, session_id
        self._wire = Wire(session_id, sound=not line.carries_sound)
        self._out: asyncio.Queue[Event] = asyncio.Queue()
        self._audio = AudioIn()
        self._engine = home.engine_for(self._emit)
        self._typed: list[str] = []
        self._written = 0
        self._step: Event | None = None
        self._card: Event | None = None
        self._waits: int | None = None
        self._rings: list[Event] = []
        self._dark = home.lights.off
        self._tasks: set[asyncio.Task[None]] = set()
        self._handlers: dict[str, Callable[[Event], Awaitable[None]]] = {
            "session.update": self._update,
            "input_audio_buffer.append": self._append,
            "input_audio_buffer.commit": self._commit,
            "input_audio_buffer.clear": self._clear,
            "conversation.item.create": self._create_item,
            "conversation.item.truncate": self._truncate,
            "response.create": self._create_response,
            "response.cancel": self._cancel,
            "output_audio_buffer.clear": self._cancel,
            "becoming.played": self._played,
            "becoming.birth.answer": self._birth_answer,
            "becoming.approval.answer": self._approval_answer,
            "becoming.look": self._look,
            "becoming.dark": self._fade,
        }

    async def run(self, *, greet: bool) -> None:
        """Talk until the client goes; what was said by then is remembered."""
        sender = asyncio.create_task(self._send(), name="wire out")
        self._line.begin(self._engine)
        self._put(self._wire.event("session.created", session=self._session()))
        self._put(self._wire.event("becoming.state", state="listening", **self._home.state()))
        self._tell_birth()
        self._tell_waiting()
        if greet:
            self._home.lights.off = self._dark = False  # who comes in finds a page
            self._spawn(self._greet())
        elif self._dark:
            self._put(self._wire.event("becoming.dark", on=True))
        self._spawn(self._ask_when_it_fits())
        self._spawn(self._home.ringing.voice(self._engine))
        self._home.ringing.pages.add(self._tell_rings)
        self._tell_rings()
        try:
            while True:
                await self._take(await self._line.receive())
        except Gone:
            return
        finally:
            self._home.ringing.pages.discard(self._tell_rings)
            for task in self._tasks:
                task.cancel()
            await self._engine.close()
            sender.cancel()

    async def _greet(self) -> None:
        await self._engine.say(self._home.greet(), self._home.greeted)

    async def _ask_when_it_fits(self) -> None:
        while True:
            await asyncio.sleep(LOOKS_EVERY_S)
            if await asyncio.to_thread(self._home.would_ask):
                await self._greet()

    # ── out ─────────────────────────────────────────────────────────────────────────────────

    def _emit(self, event: SpeechEvent) -> None:
        self._line.take(event)
        for translated in self._wire.translate(event):
            self._put(translated)
        if isinstance(event, ReplyEnded):
            self._tell_birth()
            self._tell_care()
            self._tell_waiting()
            self._tell_rings()
            self._tell_dark()

    def _put(self, event: Event) -> None:
        self._out.put_nowait(event)

    async def _send(self) -> None:
        with suppress(Gone):
            while True:
                await self._line.send(json.dumps(await self._out.get()))

    def _tell_birth(self) -> None:
        step = self._home.birth_step()
        if step is not None and step != self._step:
            self._put(self._wire.event("becoming.birth", **step))
            if step["done"] and self._home.name:
                self._engine.names = (self._home.name,)
                self._put(self._wire.event("becoming.state", state="listening", **self._home.state()))
        self._step = step

    def _tell_care(self) -> None:
        card = self._home.care_card()
        if card != self._card:
            self._put(self._wire.event("becoming.care", card=card))
        self._card = card

    def _tell_waiting(self) -> None:
        """What waits for a yes, or can be taken back; said anew where it is another, or none any more."""
        card = self._home.hands.approvals.card()
        waits = (card["number"] * 2 + card["done"]) if card else None
        if waits != self._waits:
            self._put(self._wire.event("becoming.approval", card=card))
        self._waits = waits

    def _tell_rings(self) -> None:
        rings = self._home.ringing.cards()
        if [it["id"] for it in rings] != [it["id"] for it in self._rings]:
            self._put(self._wire.event("becoming.reminders", open=rings))
        self._rings = rings

    def _tell_dark(self) -> None:
        if self._home.lights.off != self._dark:
            self._dark = self._home.lights.off
            self._put(self._wire.event("becoming.dark", on=self._dark))

    def _spawn(self, work: Any) -> None:
        async def guarded() -> None:
            try:
                await work
            except BecomingError as error:
                self._emit(Fault(type(error).__name__, str(error), time.monotonic()))
            except Exception:  # the edge of the task
                log.exception("a client's request failed")
                self._emit(
                    Fault("unexpected", "Something broke on my side; please try again.", time.monotonic())
                )

        task = asyncio.create_task(guarded())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _session(self) -> Event:
        audio_in = {
            "format": {"type": self._audio.kind, "rate": self._audio.rate},
            "turn_detection": {"type": "server_vad", "create_response": True, "interrupt_response": True},
            "transcription": {"model": "moonshine-tiny"},
        }
        audio_out = {"format": {"type": "audio/pcm", "rate": 24000}, "voice": "hers", "speed": 1.0}
        return {
            "id": f"sess_{self._id}",
            "object": "realtime.session",
            "type": "realtime",
            "model": "becoming",
            "output_modalities": ["text" if self._wire.text_only else "audio"],
            "audio": {"input": audio_in, "output": audio_out},
            "becoming": {"backchannels": self._engine.backchannels, "synthetic_audio": True},
        }

    # ── in ──────────────────────────────────────────────────────────────────────────────────

    async def _take(self, text: str | bytes) -> None:
        cause: str | None = None
        try:
            if isinstance(text, bytes):
                raise InputError("Events are sent as text messages holding JSON, not as binary.")
            try:
                event = json.loads(text)
            except (ValueError, RecursionError) as error:
                raise InputError("That message is not JSON; nothing was done.") from error
            if not isinstance(event, dict) or not isinstance(event.get("type"), str):
                raise InputError("An event is a JSON object with a type, such as input_audio_buffer.append.")
            cause = event.get("event_id") if isinstance(event.get("event_id"), str) else None
            handler = self._handlers.get(event["type"])
            if handler is None:
                raise InputError(f"Events of type {event['type'][:60]!r} are not understood here.")
            await handler(event)
        except InputError as error:
            self._put(self._wire.error(str(error), cause))

    async def _update(self, event: Event) -> None:
        session = _mapping(event, "session")
        audio_in = _mapping(_mapping(session, "audio"), "input")
        announced = audio_in.get("format", session.get("input_audio_format"))
        if announced is not None:
            self._audio = AudioIn.of(announced)
        modalities = session.get("output_modalities", session.get("modalities"))
        if isinstance(modalities, list):
            self._wire.text_only = "audio" not in modalities
        nods = _mapping(session, "becoming").get("backchannels")
        if isinstance(nods, bool):
            self._engine.backchannels = nods
        self._put(self._wire.event("session.updated", session=self._session()))

    async def _append(self, event: Event) -> None:
        self._engine.hear(self._audio(event.get("audio")))

    async def _commit(self, event: Event) -> None:
        if not self._engine.hearing:
            raise InputError("There is no speech to end: nothing was heard since the last turn.")
        self._engine.end_turn()

    async def _clear(self, event: Event) -> None:
        self._engine.forget_sound()
        self._put(self._wire.event("input_audio_buffer.cleared"))

    async def _create_item(self, event: Event) -> None:
        item = _mapping(event, "item")
        content = item.get("content")
        if item.get("type") != "message" or item.get("role") != "user" or not isinstance(content, list):
            raise InputError(
                "Only messages of the person can be added: type message, role user, with content."
            )
        for part in content:
            text, kind = await self._words_of(part)
            self._written += 1
            name = item.get("id") if isinstance(item.get("id"), str) else f"item_written_{self._written}"
            for made in self._wire.heard_item(str(name), text, kind):
                self._put(made)
            self._typed.append(text)

    async def _words_of(self, part: Any) -> tuple[str, str]:
        kind = part.get("type") if isinstance(part, dict) else None
        if kind == "input_text" and isinstance(part.get("text"), str):
            return _written(part["text"]), kind
        if kind == "input_audio":
            samples = self._audio(part.get("audio"))
            text = await asyncio.to_thread(self._home.senses.stt, samples)
            if not text:
                raise InputError("There were no words in that audio.")
            return text, kind
        raise InputError("The content of a message is input_text or input_audio.")

    async def _create_response(self, event: Event) -> None:
        if not self._typed:
            raise InputError("There is nothing to answer: add a message first, or speak.")
        text, self._typed = "\n".join(self._typed), []
        if self._wire.text_only:
            await self._engine.stop()
            self._spawn(self._write(text))
        else:
            self._spawn(self._engine.typed(text))

    async def _write(self, text: str) -> None:
        """Answer in writing only: the same turn without ears and mouth."""
        self._written += 1
        reply = 1_000_000 + self._written  # her spoken replies count from one
        said: list[str] = []
        heard = Utterance(text, time.time(), "text")
        self._emit(ReplyStarted(0, reply, time.monotonic()))
        try:
            async with aclosing(self._home.draft(text, "text")) as clauses:  # type: ignore[type-var]
                async for clause in clauses:
                    said.append(clause.text)
                    self._emit(
                        ReplyText(
                            reply, clause.text, time.monotonic(), clause.part.name if clause.part else ""
                        )
                    )
        finally:
            whole = " ".join(said)
            try:
                await self._home.settle(heard, Reply(whole, time.time(), "text", whole) if said else None)
            finally:
                self._emit(ReplyEnded(reply, whole, False, time.monotonic()))

    async def _cancel(self, event: Event) -> None:
        await self._engine.stop()

    async def _truncate(self, event: Event) -> None:
        await self._played(event, "audio_end_ms")
        await self._engine.stop()
        self._put(
            self._wire.event(
                "conversation.item.truncated",
                item_id=event["item_id"],
                content_index=0,
                audio_end_ms=event["audio_end_ms"],
            )
        )

    async def _played(self, event: Event, field: str = "audio_ms") -> None:
        reply, ms = self._wire.reply_of(event.get("item_id")), event.get(field)
        if reply is None or isinstance(ms, bool) or not isinstance(ms, int | float) or not 0 <= ms < 1e9:
            raise InputError(f"{event['type']} needs the item_id of a reply and {field}.")
        self._engine.played(reply, float(ms))

    async def _approval_answer(self, event: Event) -> None:
        number, answer = event.get("number"), event.get("answer")
        if isinstance(number, bool) or not isinstance(number, int) or answer not in ("yes", "no", "undo"):
            raise InputError("An answer names the number of the card, and is yes, no or undo.")
        done = await asyncio.to_thread(self._home.hands.approvals.tapped, number, answer)
        self._waits = -1
        self._tell_waiting()
        if not done:
            raise InputError("That is no longer waiting. Nothing was done.")

    async def _birth_answer(self, event: Event) -> None:
        text = event.get("choice") or event.get("text")
        if not isinstance(text, str):
            raise InputError("An answer is a text.")
        self._spawn(self._engine.typed(_written(text)))

    async def _look(self, event: Event) -> None:
        """One picture, for one request; what is imagined of it is said, and the picture is let go."""
        jpeg = _picture(event.get("image"))
        await self._engine.stop()
        self._spawn(self._engine.say(self._home.sight.look(jpeg), self._home.sight.looked))

    async def _fade(self, event: Event) -> None:
        """A tap made the page dark, or light."""
        if not isinstance(event.get("on"), bool):
            raise InputError("becoming.dark needs on, true or false.")
        self._home.lights.off = self._dark = event["on"]


def _picture(image: Any) -> bytes:
    """The JPEG in an event. Raises InputError."""
    try:
        jpeg = b64decode(image if isinstance(image, str) else "", validate=True)
    except ValueError:
        jpeg = b""
    if not jpeg.startswith(b"\xff\xd8\xff") or len(jpeg) > _LARGEST_PICTURE:
        raise InputError(f"A picture is a JPEG in base64, of at most {_LARGEST_PICTURE // 1000} kB.")
    return jpeg


def _written(text: str) -> str:
    """What somebody wrote, without what no keyboard writes and no memory can hold. Raises InputError."""
    text = _NOT_TEXT.sub("", text).strip()
    if not text or len(text) > _LONGEST_TEXT:
        raise InputError(f"Write something, in at most {_LONGEST_TEXT:,} characters.")
    return text


def _mapping(event: Any, key: str) -> Event:
    value = event.get(key, {})
    if not isinstance(value, dict):
        raise InputError(f"The field {key} must be an object.")
    return value
