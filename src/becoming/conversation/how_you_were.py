"""How she says how the person was: from moments that show it, with the day and the words, and as a guess.

Words are all she has, so every answer says so, except where the person themself said what they felt. Without a
moment that shows it she does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from becoming.conversation.fluent import capital
from becoming.conversation.telling import said_when
from becoming.memory.feelings.holding import Felt
from becoming.memory.feelings.looking_back import LookedBack
from becoming.memory.feelings.putting_right import Righted

QUOTED = 16
"""Words of a quotation that an ear still follows."""

MOSTLY = 0.5
"""A feeling in more of the plain moments than this was the time's own."""

ENOUGH = 3
"""In fewer moments than these there is no "mostly"."""


def told(looked: LookedBack, now: float, unsayable: Callable[[str], str | None]) -> str:
    """Her answer. Moments whose words must not be said are passed over."""
    if not looked.kept:
        return _nothing_kept(looked.phrase)
    found = [each for each in looked.found if unsayable(each.moment.text) is None]
    if looked.kind == "how":
        return _how(looked, found, now)
    if not found:
        return f"I don't know. Nothing you told me{_from(looked.phrase)} sounded plainly {looked.word}, and words don't tell all."
    latest = found[0]
    day, words = said_when(latest.moment.at, now), quoted(latest.moment.text)
    if latest.feeling.source == "person":
        return f"{capital(day)}, by your own word. You had said: {words}"
    if looked.kind == "last":
        return f"{capital(day)} you sounded {latest.word}, as far as words tell. You said: {words}"
    return f"I've heard you {latest.word}, as far as words tell. {capital(day)} you said: {words}"


def _nothing_kept(phrase: str) -> str:
    """She does not say that they never talked then: what was forgotten, or off the record, is no news of hers."""
    time = re.sub(r"^(?:in|on|during|over|for)\b(?: the)? ", "", phrase, flags=re.IGNORECASE)
    return f"I have nothing of yours from {time or 'then'}, so I don't know."


def _how(looked: LookedBack, found: Sequence[Felt], now: float) -> str:
    if not found:
        return f"I can't tell. What you told me{_from(looked.phrase)} had no plain feeling in it."
    first = found[0]
    day, words = said_when(first.moment.at, now), quoted(first.moment.text)
    other = next((each for each in found[1:] if each.feeling.valence * first.feeling.valence < 0), None)
    turn = f" And {other.word} {said_when(other.moment.at, now)}." if other else ""
    most, share = looked.mostly[0]
    if len(found) < ENOUGH:
        return f"{capital(first.word)} {day}, as far as words tell: {words}{turn} More I can't tell."
    if share > MOSTLY:
        return f"Mostly {most}, as far as words tell. {capital(day)} you said: {words}{turn}"
    return f"It went up and down, as far as words tell. {capital(first.word)} {day}: {words}{turn}"


def put_right(right: Righted) -> str:
    """Her word on being put right."""
    if right.instead and right.denied:
        return f"{capital(right.instead)}, not {right.denied}. I had that wrong."
    if right.instead:
        return f"{capital(right.instead)}, then. I had that wrong."
    return f"Not {right.denied}, then. I had that wrong." if right.denied else "Then I had that wrong."


def quoted(text: str) -> str:
    """The words of a moment in quotation marks; of a long one the first sentence, or its beginning."""
    line = " ".join(text.replace('"', "'").split())
    if len(line.split()) > QUOTED:
        line = re.split(r"(?<=[.!?])\s", line)[0]
    kept = line.split()
    if len(kept) > QUOTED:
        return f'"{" ".join(kept[:QUOTED]).rstrip(",;:.-")} …"'
    return f'"{line.rstrip(".")}."' if line[-1:] not in "!?…" else f'"{line}"'


def _from(phrase: str) -> str:
    return f" {phrase}" if phrase else ""
