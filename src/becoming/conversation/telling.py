"""Answering a question about this life in the person's own words: which of what came to mind answers it.

A line answers when it holds what the question asks about and something beyond it. "She is six." holds it
together with the line before ("My daughter is called Nell."): what goes on with a pronoun is read, and
quoted, as one. Of two lines that say as much the later one counts, as things change.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from becoming.care.known import content, stem
from becoming.conversation import files
from becoming.conversation.fluent import capital, fluent
from becoming.events import Moment
from becoming.memory.beliefs.phrases import KIN_WORDS
from becoming.memory.recall.search import Recalled

_SAYS = files.patterns("telling.toml")

SURELY, PERHAPS = 0.6, 0.9
"""So much of the question must be found where it is about this life, or may be about the world."""

_ASKING = frozenset(
    stem(word) for word in "remember tell told say said mention name called remind old happened".split()
)
"""Words of a question that no answer need hold."""

_WANTED = {"how_many": "number", "when": "time", "where": "place"}
"""What an answer to such a question cannot be without."""

_THEIRS = re.compile(rf"your {KIN_WORDS} (?P<name>[A-Z][\w'-]*) ")
_NAME = re.compile(r"(?<=\w )[A-Z]\w+")


@dataclass(frozen=True, slots=True)
class Told:
    """What was told, as it is quoted, and when; `raised` is the moment's id when nobody asked for it."""

    text: str
    at: float
    raised: int = 0


def asks_own_name(text: str) -> bool:
    """Whether they ask what they are called."""
    return bool(_SAYS["own_name"].search(text))


def lost_the_thread(text: str) -> bool:
    """Whether it is asked what was being talked of just now."""
    return bool(_SAYS["thread"].search(text))


def wonders(text: str) -> bool:
    """Whether this is a question whose answer may have been told: of this life or of the world."""
    plain = re.sub(r"\bdo you (?:know|remember)\b", "", text, flags=re.IGNORECASE)
    return bool(_SAYS["wonders"].match(text)) and not re.search(r"\b(?:you|your)\b", plain, re.IGNORECASE)


def names_somebody(question: str, came: Sequence[Recalled]) -> bool:
    """Whether a name in the question came up before, in what was told and not only asked: then it is about this life."""
    names = set(_NAME.findall(question))
    told = [each.moment.text for each in came if not fluent(each.moment.text).endswith("?")]
    return any(name in line for name in names for line in told)


def in_one(told: Sequence[str]) -> str:
    """What is held true in one sentence; who was named before is called by the name alone, or there would seem to be two."""
    said: list[str] = []
    for line in told:
        who = _THEIRS.match(line)
        named = who and any(re.search(rf"\b{re.escape(who['name'])}\b", each) for each in said)
        said.append(line[who.start("name") :] if who and named else line)
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])}, and {said[-1]}"


def asks_who(question: str) -> bool:
    """Whether it asks for one of the people around them: "who has a motorbike?" is no question about the world."""
    return bool(_SAYS["who"].match(question)) and not _NAME.search(question)


def answers(
    question: str, came: Sequence[Recalled], *, surely: bool, unsayable: Callable[[str], str | None]
) -> list[Told]:
    """What was told that answers, best first. `surely`: the question is about this life whatever it is."""
    asked = set(content(question)) - _ASKING
    if not asked:
        return []
    found = []
    for each in came:
        line = _line(each)
        if line is None or not _fits(question, line.text) or unsayable(line.text):
            continue
        said = set(content(line.text))
        covered = len(asked & said) / len(asked)
        if said - asked and covered >= (SURELY if surely else PERHAPS):
            found.append((round(covered, 2), line.at, line))
    return [line for _, _, line in sorted(found, key=lambda it: it[:2], reverse=True)]


def _fits(question: str, line: str) -> bool:
    return all(_SAYS[has].search(line) for asks, has in _WANTED.items() if _SAYS[asks].search(question))


def _line(came: Recalled) -> Told | None:
    """The person's line with what belongs to it; None for hers, and for questions."""
    moment = came.moment
    if moment.role != "person" or moment.text.rstrip().endswith("?"):
        return None
    theirs = [each for each in came.around if each.role == "person" and not each.text.rstrip().endswith("?")]
    before = next((each for each in reversed(theirs) if each.id < moment.id), None)
    after = next((each for each in theirs if each.id > moment.id), None)
    parts: list[Moment] = [moment]
    if before and _SAYS["goes_on"].match(moment.text):
        parts.insert(0, before)
    if after and _SAYS["goes_on"].match(after.text):
        parts.append(after)
    return Told(" ".join(_ended(each.text) for each in parts), parts[0].at)


def _ended(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "…")) else f"{text}."


def quoted(text: str, at: float, now: float) -> str:
    """What was told at `at`, as she says it: when, and in the person's words."""
    return f"You told me {said_when(at, now)}: {_in_quotes(text)}"


def raised(text: str, at: float, now: float) -> str:
    """The same, where she is the one to bring it up: the day comes first."""
    return f"{capital(said_when(at, now))} you told me: {_in_quotes(text)}"


def _in_quotes(text: str) -> str:
    return f'"{text.strip().rstrip(".!")}."'


def said_when(at: float, now: float) -> str:
    """A time as one says it: "just now", "yesterday", "on Tuesday", "on the 3rd of March", "in March 2025"."""
    then, today = time.localtime(at), time.localtime(now)
    days = (
        time.mktime((*today[:3], 12, 0, 0, 0, 0, -1)) - time.mktime((*then[:3], 12, 0, 0, 0, 0, -1))
    ) / 86_400
    if now - at < 600:
        return "just now"
    if days < 0.5:
        return "earlier today"
    if days < 1.5:
        return "yesterday"
    if days < 6.5:
        return f"on {time.strftime('%A', then)}"
    month = time.strftime("%B", then)
    if days < 300:
        return f"on the {_ordinal(then.tm_mday)} of {month}"
    return f"in {month} {then.tm_year}"


def said_at(at: float, now: float) -> str:
    """The same with the hour: "yesterday at 21:40"."""
    when = said_when(at, now)
    return when if when == "just now" else f"{when} at {time.strftime('%H:%M', time.localtime(at))}"


def _ordinal(day: int) -> str:
    ending = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def touches(text: str, earlier: str) -> bool:
    """Whether an earlier line is about the same: two telling words in common, or a long one."""
    shared = set(content(text)) & set(content(earlier))
    return len(shared) >= 2 or any(len(stem) >= 6 for stem in shared)


def with_memory(text: str, recalled: Sequence[str]) -> str:
    """The utterance as the model reads it, with the first of what was recalled before it."""
    return f'(Earlier: "{recalled[0]}") {text}' if recalled else text
