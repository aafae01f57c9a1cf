"""Her events as the OpenAI Realtime API's server events (https://platform.openai.com/docs/api-reference/realtime).

Pure translation: one `Wire` for each connection keeps the ids; what has no counterpart there is
sent under `becoming.`, which other clients may ignore.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from becoming.events import (
    Backchannel,
    Ducked,
    Fault,
    Partial,
    ReplyAudio,
    ReplyEnded,
    ReplyStarted,
    ReplyText,
    Resumed,
    SpeechEvent,
    SpeechStarted,
    Stage,
    TurnEnded,
)
from becoming.web.audio import encode

Event = dict[str, Any]
DUCK_GAIN = 0.22


class Wire:
    """Translates one session's events and makes its ids."""

    def __init__(self, session_id: str, *, sound: bool = True) -> None:
        """`sound=False`: her voice goes another way (a track), and is softened and dropped there."""
        self._session, self._sound = session_id, sound
        self._events = itertools.count(1)
        self._last_item: str | None = None
        self._transcripts: dict[int, str] = {}
        self._playing: int | None = None
        self.text_only = False

    def event(self, name: str, /, **fields: Any) -> Event:
        """One server event with an id of its own."""
        return {"type": name, "event_id": f"event_{self._session}_{next(self._events)}", **fields}

    def error(self, message: str, cause: str | None) -> Event:
        """An `error` event; `cause` is the client's event_id."""
        about = {"type": "invalid_request_error", "code": "invalid_event", "message": message, "param": None}
        return self.event("error", error={**about, "event_id": cause})

    @staticmethod
    def item_of(reply: int) -> str:
        """The item id of a reply."""
        return f"item_her_{reply}"

    @staticmethod
    def reply_of(item: Any) -> int | None:
        """The reply of an item id, or None when it is not one of hers."""
        digits = str(item).removeprefix("item_her_")
        return int(digits) if digits.isdecimal() and len(digits) < 12 else None

    def translate(self, event: SpeechEvent) -> Iterator[Event]:
        """The wire events of one of hers, in order; none for what the wire does not show."""
        match event:
            case SpeechStarted(turn, _, offset):
                yield self.event(
                    "input_audio_buffer.speech_started", audio_start_ms=offset, item_id=f"item_person_{turn}"
                )
            case Partial(turn, revision, text, _):
                yield self.event(
                    "becoming.partial", item_id=f"item_person_{turn}", text=text, revision=revision
                )
            case TurnEnded():
                yield from self._turn_ended(event)
            case ReplyStarted(_, reply, _):
                yield from self._reply_started(reply)
            case ReplyText(reply, text, _, part):
                said = self._transcripts.get(reply, "")
                delta = f" {text}" if said else text
                self._transcripts[reply] = said + delta
                kind = "output_text" if self.text_only else "output_audio_transcript"
                yield self.event(f"response.{kind}.delta", **self._part(reply), delta=delta, speaker=part)
            case ReplyAudio(reply, pcm, _):
                yield from self._reply_audio(reply, pcm)
            case ReplyEnded(reply, text, interrupted, _):
                yield from self._reply_ended(reply, text, interrupted)
            case Ducked(reply, _):
                gain = DUCK_GAIN if self._sound else 1.0
                yield self.event("becoming.duck", item_id=self.item_of(reply), gain=gain)
            case Resumed(reply, why, _):
                yield self.event("becoming.resume", item_id=self.item_of(reply), reason=why)
            case Backchannel(text, pcm, _):
                yield self.event(
                    "becoming.backchannel", text=text, **({"delta": encode(pcm)} if self._sound else {})
                )
            case Stage(turn, name, ms):
                yield self.event("becoming.stage", turn=turn, name=name, ms=round(ms, 1))
            case Fault(kind, text, _):
                yield self.event("becoming.fault", kind=kind, message=text)

    def heard_item(self, item: str, text: str, kind: str = "input_audio") -> Iterator[Event]:
        """The person's item: added, done."""
        content: Event = {"type": kind, "text" if kind == "input_text" else "transcript": text}
        made = {
            "id": item, "object": "realtime.item", "type": "message", "status": "completed", "role": "user",
            "content": [content],
        }  # fmt: skip
        before, self._last_item = self._last_item, item
        yield self.event("conversation.item.added", previous_item_id=before, item=made)
        yield self.event("conversation.item.done", previous_item_id=before, item=made)

    def _turn_ended(self, event: TurnEnded) -> Iterator[Event]:
        item = f"item_person_{event.turn}"
        yield self.event("input_audio_buffer.speech_stopped", audio_end_ms=0, item_id=item)
        if not event.text:
            return
        yield self.event("input_audio_buffer.committed", previous_item_id=self._last_item, item_id=item)
        yield from self.heard_item(item, event.text)
        yield self.event(
            "conversation.item.input_audio_transcription.completed",
            item_id=item,
            content_index=0,
            transcript=event.text,
            usage={"type": "duration", "seconds": 0.0},
        )

    def _part(self, reply: int) -> Event:
        ids: Event = {"response_id": f"resp_{reply}", "item_id": self.item_of(reply)}
        return {**ids, "output_index": 0, "content_index": 0}

    def _content(self, text: str) -> Event:
        if self.text_only:
            return {"type": "output_text", "text": text}
        return {"type": "output_audio", "transcript": text}

    def _item(self, reply: int, status: str, text: str | None) -> Event:
        return {
            "id": self.item_of(reply), "object": "realtime.item", "type": "message", "role": "assistant",
            "status": status, "content": [] if text is None else [self._content(text)],
        }  # fmt: skip

    def _response(self, reply: int, status: str, output: list[Event]) -> Event:
        return {
            "id": f"resp_{reply}", "object": "realtime.response", "status": status, "status_details": None,
            "output": output, "output_modalities": ["text" if self.text_only else "audio"],
            "metadata": None, "usage": None,
        }  # fmt: skip

    def _reply_started(self, reply: int) -> Iterator[Event]:
        item = self._item(reply, "in_progress", None)
        yield self.event("response.created", response=self._response(reply, "in_progress", []))
        yield self.event("response.output_item.added", response_id=f"resp_{reply}", output_index=0, item=item)
        yield self.event("conversation.item.added", previous_item_id=self._last_item, item=item)
        yield self.event("response.content_part.added", **self._part(reply), part=self._content(""))

    def _reply_audio(self, reply: int, pcm: bytes) -> Iterator[Event]:
        if self._sound:
            yield self.event("response.output_audio.delta", **self._part(reply), delta=encode(pcm))
        elif self._playing != reply:
            self._playing = reply
            yield self.event("output_audio_buffer.started", response_id=f"resp_{reply}")

    def _reply_ended(self, reply: int, text: str, interrupted: bool) -> Iterator[Event]:
        said = self._transcripts.pop(reply, text)
        status = "incomplete" if interrupted else "completed"
        item = self._item(reply, status, text)
        where = self._part(reply)
        if self.text_only:
            yield self.event("response.output_text.done", **where, text=said)
        else:
            yield self.event("response.output_audio.done", **where)
            yield self.event("response.output_audio_transcript.done", **where, transcript=said)
        yield self.event("response.content_part.done", **where, part=self._content(text))
        yield self.event("response.output_item.done", response_id=f"resp_{reply}", output_index=0, item=item)
        yield self.event("conversation.item.done", previous_item_id=self._last_item, item=item)
        self._last_item = self.item_of(reply)
        done = self._response(reply, "cancelled" if interrupted else "completed", [item])
        if interrupted:
            done["status_details"] = {"type": "cancelled", "reason": "turn_detected"}
        yield self.event("response.done", response=done)
        if self._playing == reply:
            self._playing = None
            kind = "output_audio_buffer.cleared" if interrupted else "output_audio_buffer.stopped"
            yield self.event(kind, response_id=f"resp_{reply}")
