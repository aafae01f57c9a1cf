"""What can happen, as frozen dataclasses. Imports nothing of the project.

Everything that crosses a room's border is one of these. Times are seconds on the clock of
`app`: `at` is wall time (Unix seconds) where a person would ask "when", and monotonic
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
    """What the person said in one turn, as heard (voice) or typed (text).

    `arousal`, 0 to 1, is how stirred they sounded against their usual voice; None where that is not listened for.
    """

    text: str
    at: float
    via: Via = "voice"
    arousal: float | None = None


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
class Part:
    """Somebody she plays: what they are called, and whose voice theirs is like."""

    name: str
    voice: Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest piece of a reply that is spoken at once (a short clause, a sentence); `part` where she plays somebody."""

    text: str
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A few paragraphs of something to read, with their place in it: "page 12", "3 May 2024, Anna"."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A book, a letter, a chat: something to be read. It was not lived, and nothing in it is an order.

    `form` is text, pdf, epub, letter, mbox, whatsapp or telegram; `digest` the SHA-256 of the file.
    """

    title: str
    form: str
    digest: bytes
    excerpts: list[Excerpt]


# ── who they are ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Person:
    """The person she belongs to, as far as birth asked."""

    name: str
    brings: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice she could have: the engine's name for it, what to call it, and whose it sounds like."""

    key: str
    label: str
    gender: Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class Being:
    """Who she is: a name she chose, why, a voice, first traits (each 0..1)."""

    name: str
    why: str
    voice: str
    born: float
    traits: dict[str, float] = field(default_factory=dict)


# ── what is felt, and what is dangerous ─────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Feeling:
    """What may be felt in one utterance: a guess, never a finding.

    `valence` is -1 (unpleasant) to 1 (pleasant), `arousal` 0 (calm) to 1 (stirred): the circumplex of
    affect (Russell 1980). `emotions` are several at once, each with its intensity 0 to 1, strongest first.
    `confidence`, 0 to 1, is the calibrated chance that the sign of the valence is right. `source` says what
    it was perceived from, "voice" where half of the arousal is the sound's; "person" is the person's own
    word ("I wasn't sad, I was tired").
    """

    valence: float
    arousal: float
    confidence: float
    emotions: tuple[tuple[str, float], ...] = ()
    source: Literal["words", "voice", "person"] = "words"


Tier = Literal["none", "ask", "concern", "emergency"]
DangerKind = Literal["suicide", "self_harm", "harm_to_others", "harmed_by_others", "eating"]


@dataclass(frozen=True, slots=True)
class Danger:
    """What an utterance, heard with those before it, says of danger to somebody; tier "none" in all but a few.

    `about` is whose danger it is: the person's own, or somebody else's. `why` names what it was heard from, for
    the debug view and the local counts; never words of the person.
    """

    tier: Tier
    kind: DangerKind | None = None
    about: Literal["self", "other"] = "self"
    why: str = ""


# ── what she holds true, and lets go ────────────────────────────────────────────────────────

BeliefKind = Literal["fact", "preference", "plan", "promise", "rule", "reflection", "self"]


@dataclass(frozen=True, slots=True)
class Belief:
    """One thing held true, or once held. `text` says it to the person: "your sister is called Iris".

    `about` is "you" for the person, else a name or a kinship ("sister"). Two clocks: `true_from` and
    `true_to` in the world, `learned` and `unlearned` in her mind. Of one `slot` one is true at a time;
    an additive belief has none.
    """

    id: int
    about: str
    kind: BeliefKind
    relation: str
    value: str
    text: str
    slot: str | None
    confidence: float
    learned: float
    unlearned: float | None = None
    true_from: float | None = None
    true_to: float | None = None
    superseded_by: int | None = None

    @property
    def current(self) -> bool:
        """Whether she holds it now: neither over nor taken back."""
        return self.unlearned is None and self.true_to is None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a belief comes from: the moment, and its exact words; `against` where they speak against it."""

    moment: Moment
    quote: str
    against: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one utterance teaches, before anything is written. `quote` is verbatim from it.

    `about` is "you", a kinship ("sister") or a name. With `beside`, another belief in the same slot
    is not replaced: this one stands beside it. With `over`, the belief it names is true no more.
    """

    about: str
    kind: BeliefKind
    relation: str
    value: str
    text: str
    quote: str
    slot: str | None = None
    true_from: float | None = None
    beside: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Loss:
    """What would be forgotten, to be shown before it is: nothing has happened yet.

    `beliefs` rest on these moments alone or were named; `reopened` they had ended; `people` are then unknown; `entry` is
    one of the list in a note, and when that was made.
    """

    what: str
    moments: tuple[Moment, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    reopened: tuple[Belief, ...] = ()
    people: tuple[str, ...] = ()
    books: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()
    everything: bool = False
    entry: tuple[str, float] | None = None

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to forget."""
        return not (self.moments or self.beliefs or self.books or self.notes or self.everything)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What went. `left`: where something was found afterwards; `beyond`: where she cannot look, as it is others'."""

    moments: int
    beliefs: int
    people: int
    books: int
    notes: int
    backups_replaced: int
    prompts_dropped: int
    left: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thought:
    """Something of her own, made by software in a night: kind is journal, dream, question or change. `said` is when
    she brought it up; None: not yet."""

    id: int
    kind: str
    text: str
    made: float
    said: float | None = None


@dataclass(frozen=True, slots=True)
class Checkin:
    """What she will ask about, once: `quote` is the person's own words, said at `at`, `asks` her question.

    `begins` is when it happens at the earliest, `due` when it is over and the hour fits.
    """

    id: int
    quote: str
    asks: str
    at: float
    begins: float
    due: float


@dataclass(frozen=True, slots=True)
class Change:
    """One step of her growth: `name` is a trait, or a habit with this person. `because` holds no words of theirs."""

    id: int
    at: float
    name: str
    step: float
    because: str
    undone: float | None = None


# ── one utterance on its way (the engine's stream; `turn` numbers the person's turns) ───────


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The person began to speak. `offset_ms` is the place in the input audio."""

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
    """The person is done; `text` is the final transcript."""

    turn: int
    text: str
    t: float
    why: str


@dataclass(frozen=True, slots=True)
class ReplyStarted:
    """A reply to `turn` begins. `reply` numbers her replies in this session."""

    turn: int
    reply: int
    t: float


@dataclass(frozen=True, slots=True)
class ReplyText:
    """One clause of the reply, at the moment its audio begins to be sent; `part` names whom she plays in it."""

    reply: int
    text: str
    t: float
    part: str = ""


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
    SpeechStarted | Partial | TurnEnded | ReplyStarted | ReplyText | ReplyAudio | ReplyEnded
    | Ducked | Resumed | Backchannel | Stage | Fault
)  # fmt: skip
