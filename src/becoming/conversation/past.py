"""What a conversation asks of the memory; `memory.Life` is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from becoming.events import (
    Belief,
    Checkin,
    Evidence,
    Feeling,
    Lesson,
    Loss,
    Moment,
    Receipt,
    Role,
    Thought,
    Via,
)


class LastTalk(Protocol):
    """The talk before this one."""

    @property
    def ended(self) -> float:
        """When its last word was said (Unix seconds)."""

    @property
    def moments(self) -> Sequence[Moment]:
        """Its last few moments, in order."""


class Came(Protocol):
    """A moment that came to mind; `memory.recall.Recalled` is one."""

    @property
    def moment(self) -> Moment:
        """What was said."""

    @property
    def score(self) -> float:
        """How likely it is that it belongs here, 0 to 1."""

    @property
    def around(self) -> Sequence[Moment]:
        """What was said right before and after it, in order; for the best only."""


class Felt(Protocol):
    """A moment with what was felt in it; `memory.feelings.holding.Felt` is one."""

    @property
    def moment(self) -> Moment:
        """What was said."""

    @property
    def feeling(self) -> Feeling:
        """What was felt, as far as is known."""

    @property
    def word(self) -> str:
        """What is plainest in it, fit for "you sounded …"; empty where nothing is."""


class LookedBack(Protocol):
    """What a question about how the person felt finds; `memory.feelings.looking_back.LookedBack` is one."""

    @property
    def kind(self) -> Literal["last", "ever", "how"]:
        """Whether it asks when it last was so, whether it ever was, or how it was in general."""

    @property
    def word(self) -> str:
        """The feeling asked about, fit for "you sounded …"; empty where asked in general."""

    @property
    def phrase(self) -> str:
        """The time asked about, in the person's words; empty where none was."""

    @property
    def found(self) -> Sequence[Felt]:
        """Moments that show it plainly: the latest first, in general the strongest of what it mostly was."""

    @property
    def kept(self) -> int:
        """How many lines of the person's are kept of that time, plain or not."""

    @property
    def mostly(self) -> Sequence[tuple[str, float]]:
        """In general: shares of the plain moments by feeling, the greatest first."""


class Righted(Protocol):
    """That something was felt otherwise; `memory.feelings.putting_right.Righted` is one."""

    @property
    def denied(self) -> str:
        """The word for what it was not; empty where none was said."""

    @property
    def instead(self) -> str:
        """The word for what it was; empty where none was said."""


class Past(Protocol):
    """A shared life, as the one who lives it can use it. Every method may raise events.StoreError."""

    def record(
        self, role: Role, text: str, at: float, via: Via = "voice", interrupted: bool = False
    ) -> Moment:
        """Keep one moment; durable when it returns, with id 0 where it must not be kept."""

    def today(self) -> list[Moment]:
        """The moments of this day so far, in order."""

    def last_talk(self) -> LastTalk | None:
        """The talk before this one."""

    def recall(self, text: str) -> Sequence[Came]:
        """The few moments these words bring back, best first; often none."""

    def answers(self, question: str) -> list[Belief]:
        """The beliefs that answer a question about this life."""

    def how_known(self, belief: int) -> list[Evidence]:
        """When and in which words she was told."""

    def lessons(self, text: str, before: str) -> list[Lesson]:
        """What these words would teach; nothing is written."""

    def learn(self, moment: Moment, before: str) -> list[Belief]:
        """Learn from a moment that was recorded."""

    def feel(self, moment: Moment, feeling: Feeling) -> None:
        """Keep what may have been felt in a moment that was recorded."""

    def looked_back(self, question: str) -> LookedBack | None:
        """What a question about how the person felt finds; None if it asks for something else."""

    def otherwise(self, text: str, before: str) -> Righted | None:
        """Which feelings these words, said after her line `before`, put right; nothing is written."""

    def unsayable(self, sentence: str, heard: Sequence[str] = ()) -> str | None:
        """Why a sentence of hers must not be said: it holds what is no longer true, what she was asked never
        to mention, or a feeling of the past that nobody knows of; None when it may be. `heard` is what the
        person said that it may rest on, what they have just said first."""

    def noticed(self) -> list[Belief]:
        """What she noticed about the person over weeks."""

    def carried(self) -> list[str]:
        """What she has before her all day of who the person is, in their own words."""

    def brings(self) -> Checkin | Thought | None:
        """The one thing she might bring up of her own accord now; mostly none."""

    def brought(self, it: Checkin | Thought) -> None:
        """It was brought up and heard."""

    def plan_forgetting(self, what: str) -> Loss:
        """What would go."""

    def forget(self, loss: Loss) -> Receipt:
        """Let it go for good."""

    def off_the_record(self, off: bool) -> None:
        """From now on nothing is kept, or it is again."""
