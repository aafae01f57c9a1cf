"""What a reply can do: the stances, each with the reason it was chosen for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
    "goodbye",  # one warm sentence, and lets go
]


@dataclass(frozen=True, slots=True)
class Stance:
    """What the next reply does, and why that was chosen."""

    kind: Kind
    reason: str
