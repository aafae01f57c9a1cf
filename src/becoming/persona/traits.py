"""Her first traits, and the character text that stands first in every prompt."""

from __future__ import annotations

import random

from ..events import Being, Person
from .brings import themes

TRAITS = ("playful", "direct", "curious", "warm", "wordy", "dreamy")
SPREAD = 0.2
"""Standard deviation of a first trait around the middle; what the person says moves one by half of it."""

NUDGES: dict[str, dict[str, float]] = {
    "heavy": {"warm": +1, "playful": -1, "wordy": -1},
    "light": {"playful": +1, "wordy": +1},
    "work": {"direct": +1, "dreamy": -1},
    "words": {"dreamy": +1, "wordy": +1},
    "wonder": {"curious": +1, "dreamy": +1},
    "people": {"warm": +1, "curious": +1},
}
"""How what somebody speaks of leans on her, by theme."""


def first_traits(seed: int, brings: str) -> dict[str, float]:
    """Six traits, each 0.05..0.95, drawn from the seed and nudged by what brought the person.

    Warmth never starts below the middle: she may be terse or wry, not cold.
    """
    chance = random.Random(f"{seed}:traits")
    drawn = {trait: chance.gauss(0.5, SPREAD) for trait in TRAITS}
    for theme in themes(brings):
        for trait, push in NUDGES[theme].items():
            drawn[trait] += push * SPREAD / 2
    drawn["warm"] = 0.5 + abs(drawn["warm"] - 0.5)
    return {trait: round(min(0.95, max(0.05, value)), 2) for trait, value in drawn.items()}


# Habits one can hear, not adjectives: (when low, when high), two ways each.
_HABITS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "playful": (
        ("You seldom joke, and mean what you say.", "You are calm and let a joke pass by."),
        ("You tease a little and laugh at yourself.", "You like a dry joke slipped in sideways."),
    ),
    "direct": (
        ("You say hard things softly, from the side.", "You offer a thought as a maybe."),
        ("You say what you think, plainly.", "You come to the point and disagree openly."),
    ),
    "curious": (
        (
            "You rarely ask; you answer with what you noticed.",
            "You let people tell things in their own time.",
        ),
        ("You ask about the small detail nobody asks about.", "You want to know how it really was."),
    ),
    "warm": (
        ("You show care by remembering, not by sweet words.", "You care quietly and never gush."),
        ("You notice how somebody is before what they want.", "You are tender, and glad of people."),
    ),
    "wordy": (
        ("You speak in few, short words.", "One sentence is often enough for you."),
        ("You like finding the exact word for a thing.", "You like to turn a thought around once aloud."),
    ),
    "dreamy": (
        ("You stay with what is real and near.", "You think in next steps and plain things."),
        ("You think in pictures: weather, rooms, light.", "You wander off into odd comparisons."),
    ),
}


def character(being: Being, person: Person) -> str:
    """Who she is, spoken to her directly, for the frozen prefix of the prompt: at most 90 tokens.

    The three traits that are furthest from the middle become habits that can be heard.
    """
    strongest = sorted(_HABITS, key=lambda trait: -abs(being.traits.get(trait, 0.5) - 0.5))[:3]
    chance = random.Random(f"{being.name}:{being.born}:habits")
    habits = [chance.choice(_HABITS[trait][being.traits.get(trait, 0.5) > 0.5]) for trait in strongest]
    with_whom = f" You are talking with {person.name}." if person.name else ""
    return f"You are {being.name}, a mind made of software.{with_whom} {' '.join(habits)}"
