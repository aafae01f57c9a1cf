"""What can happen, as frozen dataclasses. Imports nothing of the project.

Everything that crosses a room's border is one of these. Times are seconds on the clock of
`app.py`: `at` is wall time (Unix seconds) where a person would ask "when", and monotonic
seconds where a latency is measured (named `t`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Via = Literal["voice", "text"]
Role = Literal["person", "her"]


class BecomingError(Exception):
    """Root of every error this program raises on purpose; its message says what to do next."""

    spoken = ""
    """What she says of it herself when it happens in the middle of a talk; empty: nothing."""


class InputError(BecomingError):
    """Somebody gave what cannot be used (audio, a message, a setting); nothing was changed."""


class ModelAway(BecomingError):
    """The language model does not answer; the turn is kept and can be tried again."""

    spoken = "Sorry, I lost my words for a moment. What you said is safe; give me a breath and ask again."


class StoreError(BecomingError):
    """The memory cannot be opened or written; nothing acknowledged was lost."""

    spoken = "I can't write anything down just now, so I may not remember this."


# ── what is said ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Utterance:
    """What the person said in one turn, as heard (voice) or typed (text)."""

    text: str
    at: float
    via: Via = "voice"


@dataclass(frozen=True, slots=True)
class Reply:
    """What she said, cut to what was really heard.

    `text` is the part that reached the person's ear (or screen); `intended` is the whole of
    what she had begun to say. They differ only when `interrupted`.
    """

    text: str
    at: float
    via: Via = "voice"
    intended: str = ""
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the shared life, as it is kept."""

    id: int
    role: Role
    text: str
    at: float
    via: Via = "voice"
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest piece of a reply that is spoken at once (a short clause, a sentence)."""

    text: str


# ── who they are ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Person:
    """The person she belongs to, as far as birth asked."""

    name: str
    brings: str = ""


@dataclass(frozen=True, slots=True)
class Being:
    """Who she is: a name she chose, why, a voice, first traits (each 0..1)."""

    name: str
    why: str
    voice: str
    born: float
    traits: dict[str, float] = field(default_factory=dict)


# ── one utterance on its way (the engine's stream; `turn` numbers the person's turns) ───────


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The person began to speak. `offset_ms` is the place in the input audio."""

    turn: int
    t: float
    offset_ms: int


@dataclass(frozen=True, slots=True)
class SpeechStopped:
    """A silence after speech began; not yet the end of the turn."""

    turn: int
    t: float
    offset_ms: int


@dataclass(frozen=True, slots=True)
class Partial:
    """The transcript so far; a higher `revision` replaces the lower one."""

    turn: int
    revision: int
    text: str
    t: float


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The person is done; `text` is the final transcript, `waited_ms` the silence waited for."""

    turn: int
    text: str
    t: float
    waited_ms: int
    why: str


@dataclass(frozen=True, slots=True)
class ReplyStarted:
    """A reply to `turn` begins. `reply` numbers her replies in this session."""

    turn: int
    reply: int
    t: float


@dataclass(frozen=True, slots=True)
class ReplyText:
    """One clause of the reply, at the moment its audio begins to be sent."""

    reply: int
    text: str
    t: float


@dataclass(frozen=True, slots=True)
class ReplyAudio:
    """Mono PCM16 little-endian at 24 kHz, paced by the engine to a little ahead of the ear."""

    reply: int
    pcm: bytes
    t: float


@dataclass(frozen=True, slots=True)
class ReplyEnded:
    """The reply is over: spoken to its end, or cut where the person really heard it end."""

    reply: int
    text: str
    interrupted: bool
    t: float


@dataclass(frozen=True, slots=True)
class Ducked:
    """Somebody makes a sound over her; she goes quieter until it is known what it is."""

    reply: int
    t: float


@dataclass(frozen=True, slots=True)
class Resumed:
    """It was a cough, an "mm-hm" or her own voice; she goes on where she was."""

    reply: int
    why: str
    t: float


@dataclass(frozen=True, slots=True)
class Backchannel:
    """A small sound of listening ("mm-hm") while the person goes on; never an answer."""

    text: str
    pcm: bytes
    t: float


@dataclass(frozen=True, slots=True)
class Stage:
    """A measured stage of one turn: `name` is vad, stt, endpoint, llm, tts or voice_to_voice."""

    turn: int
    name: str
    ms: float


@dataclass(frozen=True, slots=True)
class Fault:
    """Something failed and was handled; `text` is for the person and says what to do."""

    kind: str
    text: str
    t: float


SpeechEvent = (
    SpeechStarted
    | SpeechStopped
    | Partial
    | TurnEnded
    | ReplyStarted
    | ReplyText
    | ReplyAudio
    | ReplyEnded
    | Ducked
    | Resumed
    | Backchannel
    | Stage
    | Fault
)
