"""What a reply can do, with the reason it was chosen for, and what the choice looks at."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from becoming.events import Feeling

Kind = Literal[
    "hello",  # meets a greeting
    "brief",  # answers a word or two that say little
    "again",  # greets, and asks how something of the last talk went
    "ask",  # picks up one thing and asks about it
    "reflect",  # gives back what was said, closely
    "hard",  # the same, where it hurts: never guesses
    "company",  # stays, says almost nothing
    "celebrate",  # is glad with the person
    "light",  # takes a small mishap lightly
    "challenge",  # doubts a hard word somebody says of themselves, gently
    "care",  # says what care has to say: the crisis protocol, the safety plan, leaving for good
    "memory",  # does what is asked of her memory, or answers from what she holds true
    "bridge",  # offers one small step towards somebody
    "reminded",  # is reminded of another day, and says so
    "recall",  # answers from what was really said before
    "other_side",  # takes the feeling seriously and opens the other side: two readings, no verdict
    "reading",  # says what feeling she hears, as a guess, because it was asked for
    "inform",  # answers a question about the world
    "hold",  # a fact of hers is disputed: she looks again, and says what she finds
    "suggest",  # one suggestion, because it was asked for
    "decline",  # says what she can't do yet
    "about_her",  # the truth about herself
    "leans",  # hears that she is all there is, and does not take that place
    "joke",  # tells one
    "tell",  # tells a little story, because it was asked for
    "play",  # jokes along
    "corrected",  # takes a correction
    "thanks",  # takes thanks lightly
    "imagine",  # imagines a life for a stranger, and says that it is imagined
    "goodbye",  # one warm sentence, and lets go
]


@dataclass(frozen=True, slots=True)
class Stance:
    """What the next reply does, and why that was chosen."""

    kind: Kind
    reason: str


MARKED = 0.35
"""A valence this far from nothing is a feeling worth answering."""

_MIXED = re.compile(r"\b(?:but|just|though|only|really|said|asked|they all|would be)\b|\bi thought\b")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the choice looks at. `said` are her lines so far, `taken` what her last turns did, `earlier` the
    person's lines before this one, each oldest first; `felt` the last of them and what was felt, latest first."""

    text: str
    said: Sequence[str] = ()
    taken: Sequence[Kind] = ()
    feeling: Feeling | None = None
    traits: Mapping[str, float] = field(default_factory=dict)
    earlier: Sequence[str] = ()
    felt: Sequence[tuple[str, Feeling]] = ()

    @property
    def line(self) -> str:
        """The utterance in lower case."""
        return self.text.lower().replace("’", "'").strip()

    @property
    def words(self) -> list[str]:
        """Its words."""
        return re.findall(r"[a-z']+", self.line)

    @property
    def before(self) -> str:
        """Her line that it answers."""
        return self.said[-1] if self.said else ""

    @property
    def valence(self) -> float:
        """How pleasant what is felt is, -1 to 1; 0 where nothing was perceived."""
        return self.feeling.valence if self.feeling else 0.0

    def pleasant(self, confidence: float) -> bool:
        """Whether something clearly pleasant is heard, with at least this confidence."""
        return self._surely(confidence) and self.valence >= MARKED

    def unpleasant(self, confidence: float) -> bool:
        """Whether something clearly unpleasant is heard, with at least this confidence."""
        return self._surely(confidence) and self.valence <= -MARKED

    def _surely(self, confidence: float) -> bool:
        return self.feeling is not None and self.feeling.confidence >= confidence

    @property
    def mixed(self) -> bool:
        """Whether something pleasant is said with something else beside it: "I'm happy for her, but"."""
        return bool(self.valence > 0 and _MIXED.search(self.line))

    def trait(self, name: str) -> float:
        """How much of a trait she has, 0 to 1; the middle where nothing is known."""
        return self.traits.get(name, 0.5)


Rule = tuple[Kind, str, Callable[[Seen], object]]
"""A stance, the reason for it, and where it fits."""
