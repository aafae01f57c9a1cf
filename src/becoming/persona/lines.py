"""Her own words at birth: short, for the ear, no markup. Only the notice may be longer than 25 words."""

from __future__ import annotations

import re
from collections.abc import Sequence

NOTICE = (
    "Hello. Before anything else: I'm software, a voice made by a program on your computer, "
    "not a person. And I'm for adults only. Are you eighteen or older?"
)
YES_NO = ("Yes", "No")
AGE_AGAIN = "I have to be sure of this one. Are you eighteen or older?"
TURNED_AWAY = (
    "Thank you for being honest. I'm made for adults only; I'm not careful enough yet for anybody younger.",
    "That's about me, not about you. If something weighs on you, please tell a grown-up you trust.",
)

CALL = "What should I call you?"
CALL_AGAIN = "What's your name? You can say it, spell it or type it."
HELLO = "Hello, {name}."
HELLO_UNSURE = "Hello, {name}. If I got that wrong, spell it for me, or type it."
NO_NAME = "That's fine, I'll just say you."
SORRY = "I'm sorry, I heard that wrong."
SORRY_NAME = "{name}. Sorry about that."
LOOK_AGAIN = "Let me look again, now that I have your name right."

VOICE_AGAIN = "I didn't catch which one."
VOICE_TAKEN = "{label} it is."

BRINGS = "What brings you here?"
HEAVY = "Thank you for telling me."
TOLD = "All right. I'll keep that in mind."
NOT_TOLD = "That's fine. We don't need a reason."

BEFORE_READING = "I don't have a name yet. There's a book of baby names here; give me a moment with it."
WOULD_LIKE = "I'd like to be {name}."
MAY_I = "Is {name} all right with you, or should I look for another?"
KEEP, ANOTHER, RIGHT, WRONG = "It's good", "Another name", "That's right", "No"
ANOTHER_COMES = "Of course. Let me look again."
BECAUSE = "Well, because I liked it."
NO_MEANINGS = "The book doesn't say what names mean. It only counts who was given them, and when."
GIVEN = "{name}. Thank you for thinking of one for me."
IS_IT = "Did I get it right, {name}?"
GIVEN_WRONG = "Then I heard it wrong. Say it again, or spell it."
BORN = "I'm {name}, then. I'm glad to meet you."


def voice(labels: Sequence[str]) -> str:
    """The question about her voice."""
    *most, last = labels
    return f"Whose voice would you like me to have: {', '.join(most)} or {last}?"


def reading(names: int, seconds: float) -> str:
    """How many names she read and how long it took, as one would say it."""
    return f"I've read all {names:,} names in it; it took {spoken(seconds)}."


def spoken(seconds: float) -> str:
    """A short time in words, true to about a tenth: "a fifth of a second", "about two seconds"."""
    if seconds < 0.075:
        return "less than a tenth of a second"
    if seconds >= 1.25:
        whole = round(seconds)
        return f"about {_WHOLE.get(whole, str(whole))} seconds" if whole > 1 else "a little over a second"
    return min(_FRACTIONS, key=lambda known: abs(known[0] - seconds))[1]


def with_name(line: str, name: str) -> str:
    """The line, said to the person by name when there is one: "What brings you here, Theo?"."""
    return f"{line[:-1]}, {name}{line[-1]}" if name else line


def sentences(text: str) -> list[str]:
    """One line for each sentence."""
    return re.split(r"(?<=[.!?]) (?=[A-Z])", text)


_FRACTIONS = (
    (0.1, "about a tenth of a second"),
    (0.15, "about a seventh of a second"),
    (0.2, "about a fifth of a second"),
    (0.25, "a quarter of a second"),
    (0.33, "a third of a second"),
    (0.5, "half a second"),
    (0.67, "two thirds of a second"),
    (0.75, "three quarters of a second"),
    (1.0, "about a second"),
)
_WHOLE = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
