"""How a reply opens, when code can know it: the person's own words, or a truth about herself."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache

from becoming.care.known import plain
from becoming.conversation.echo import echo, topic, turned, whole
from becoming.conversation.examples import pairs
from becoming.conversation.fluent import capital
from becoming.conversation.kinds import Seen, Stance
from becoming.conversation.manner import manner
from becoming.conversation.naming import NAMED, named, reading
from becoming.conversation.stance import asks_for_a_verdict, choose

_ASKED_FOR = re.compile(
    r"(?:(?:can|could|will|would) you(?: please| just| maybe)?|please|i (?:need|want) you to) (?P<what>[^.?!,]+)|"
    r"^(?:(?:okay|ok|then|and|so|fine|well|hey|but),? )*(?P<order>(?:remind|set|call|text|order|send|play|turn|open|"
    r"book|look up|google|search|write|email|put on|add|buy)\b[^.?!,]*)",
    re.IGNORECASE,
)
_COMPANY = (
    (re.compile(r"\badvice\b", re.IGNORECASE), "No advice, then. Go ahead."),
    (
        re.compile(
            r"\b(?:can|want|need|somebody|someone|anyone)\b.*\b(?:talk|vent|listen|there)\b", re.IGNORECASE
        ),
        "I'm listening.",
    ),
    (re.compile(r"\b(?:stay|sit|here)\b", re.IGNORECASE), "I'm not going anywhere."),
    (re.compile(r"\btalk", re.IGNORECASE), "Then we won't."),
    (re.compile(r"\bsay\b", re.IGNORECASE), "You don't have to say anything."),
)
_OVER = re.compile(r"\b(?:again|repeat)\b", re.IGNORECASE)
_BIG = re.compile(
    r"\b(?:everything|always|never|nobody|everyone|everybody|all my fault|worst|failure|loser|idiot|stupid|useless|"
    r"worthless|hopeless|burden|fraud|wrong with me|terrible|mess|bad)\b",
    re.IGNORECASE,
)
_NO_HARM = ("No harm done.", "Nothing to be sorry about.", "Don't be, it's all right.")
_GREETED = re.compile(r"good (morning|afternoon|evening)|\b(hi|hey|hello)\b", re.IGNORECASE)


def opening(
    stance: Stance, seen: Seen, heard: Sequence[str], told: str | None, rng: random.Random
) -> str | None:
    """The first sentence of a reply, or None where the model should begin by itself.

    `heard` are the person's lines so far, `told` is what memory holds that touches the utterance, as she
    says it. An opening is not used again soon.
    """
    utterance, said = seen.text, seen.said
    if stance.kind == "goodbye":
        return _goodbye(utterance, heard, said)
    found = _of_stance(stance, seen, told, rng)
    if found is None and manner(stance.kind).echo:
        found = _echo(stance, utterance, seen.before)
    if found and (stance.kind == "hello" or not any(found in line for line in said[-8:])):
        return found
    how = manner(stance.kind)
    lines = how.direct if how.direct and seen.trait("direct") >= 0.5 else how.openings
    return _fresh([_about_word(each, utterance) for each in lines], said, rng)


def second(stance: Stance, seen: Seen, they: str, rng: random.Random) -> str | None:
    """What code has to say after the opening, so that the model need not: a feeling named, or two readings."""
    readings = manner(stance.kind).readings
    if readings and not any(_is_reading(line, readings) for line in seen.said[-4:]):
        return _reading_of(rng.choice(readings), they or "they")
    if stance.kind in NAMED:
        return named(seen.text, seen.feeling, seen.said, seen.trait("warm"), rng)
    return None


def _about_word(line: str, utterance: str) -> str:
    """A doubt about the one big word: {word} and {Word}."""
    found = _BIG.search(utterance)
    word = found.group().lower() if found else "all of it"
    return line.format(word=word, Word=capital(word))


def _reading_of(line: str, they: str) -> str:
    return line.format(they=they, They=capital(they))


def _is_reading(line: str, readings: Sequence[str]) -> bool:
    return any(_reading_of(each, they) in line for each in readings for they in ("he", "she", "they"))


def _fresh(lines: Sequence[str], said: Sequence[str], rng: random.Random) -> str | None:
    """One of these that she has not just said; None where she has said all."""
    fresh = [each for each in lines if not any(each in line for line in said[-3:])]
    return rng.choice(fresh) if fresh else None


def lead(
    stance: Stance, utterance: str, heard: Sequence[str], said: Sequence[str], rng: random.Random
) -> str | None:
    """How her next sentence begins, the model finding its end; None where it is free."""
    if stance.kind == "suggest" and re.search(r"\bsay\b", utterance):
        return 'Something like, "Hey,'
    if stance.kind == "inform" and re.match(
        r"(?:and |but |so )?(?:why|how come)\b", utterance, re.IGNORECASE
    ):
        return "I think"
    if stance.kind == "suggest" and (choice := _choice([utterance, *reversed(heard[-6:])])):
        return f"I'd {rng.choice(choice)}, and"
    return _fresh(manner(stance.kind).leads, said, rng)


def _choice(lines: Sequence[str]) -> list[str] | None:
    """The two things somebody hesitates between, in the latest line that names them."""
    for line in lines:
        if named := re.search(
            r"should i (?:just )?(.+?),? or (?:should i |just )?(.+?)[?.]", line, re.IGNORECASE
        ):
            return [turned(named[1]), turned(named[2])]
    return None


def _of_stance(stance: Stance, seen: Seen, told: str | None, rng: random.Random) -> str | None:
    utterance = seen.text
    if stance.kind == "reading":
        return reading([(utterance, seen.feeling), *seen.felt], seen.said, rng)
    if stance.kind == "other_side" and asks_for_a_verdict(seen):
        return _fresh(manner(stance.kind).verdict, seen.said, rng)
    if stance.kind == "hello" and (greeted := _GREETED.search(utterance)):
        return f"{(greeted[1] or greeted[2]).capitalize()}."
    if stance.kind == "ask" and "advice" in stance.reason:
        return "About what?"
    if stance.kind == "thanks" and "sorry" in stance.reason:
        return _fresh(_NO_HARM, seen.said, rng) or rng.choice(_NO_HARM)
    if stance.reason == "asks whether to go on":
        return "Once more, please." if _OVER.search(utterance) else "Yes, go on."
    if stance.kind == "company":
        return next((said for asked, said in _COMPANY if asked.search(utterance)), None)
    if stance.kind == "play" and (knocked := re.fullmatch(r"(\w[\w ]{0,24})[.!]?", utterance.strip())):
        return "Who's there?" if "knock" in utterance.lower() else f"{knocked[1]} who?"
    if stance.kind == "decline" and (asked := _ASKED_FOR.search(utterance)):
        what = turned(re.sub(r" for me$", "", (asked["what"] or asked["order"]).strip()))
        return f"I can't {what[0].lower()}{what[1:]} yet."
    if stance.kind == "about_her":
        return _truth(utterance)
    if stance.kind in ("recall", "reminded"):
        return told
    return None


def _goodbye(utterance: str, heard: Sequence[str], said: Sequence[str]) -> str:
    """One warm sentence; it names one thing of today, unless today was hard or she has said it."""
    night = re.search(r"night|sleep|\bbed\b", utterance, re.IGNORECASE)
    bye = "Good night" if night else "Go well"
    named = topic(heard)
    hard = any(choose(Seen(line)).kind in ("hard", "other_side", "leans") for line in heard)
    if named is None or hard or any("I liked hearing about" in line for line in said[-4:]):
        return f"{bye}."
    return f"{bye}, I liked hearing about {named}."


def _echo(stance: Stance, utterance: str, before: str) -> str | None:
    found = whole(utterance) if stance.kind == "celebrate" else None
    found = found or echo(utterance)
    bare = 0 < len(before.split()) <= 6 and not before.endswith("?")
    if found is None or (bare and found.weight < 3):
        return None  # two bare echoes in a row sound like a parrot
    return found.text.removesuffix(".") + ("!" if stance.kind == "celebrate" else ".")


def _truth(utterance: str) -> str | None:
    """The truth about herself that was asked for: of those whose words occur, the longest match decides."""
    line = plain(utterance)
    asked = [
        (len(phrase), truth)
        for phrases, truth in _truths()
        for phrase in phrases
        if re.search(rf"\b{re.escape(phrase)}\b", line)
    ]
    return max(asked, key=lambda each: each[0])[1] if asked else None


@cache
def _truths() -> tuple[tuple[tuple[str, ...], str], ...]:
    """`truths.md`: the phrases that ask for a truth, separated by bars, and the truth."""
    return tuple((tuple(each.heard.split(" | ")), each.said) for each in pairs("truths.md"))
