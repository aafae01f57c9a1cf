"""From a moment to claims: the model says what kind of thing a sentence tells, code does the rest.

One small question at a time, each answer held to a JSON schema of a word or two, so that a small model gets it
right, and fast. What she will hold is never in the model's words: it is the sentence itself, said back to the
person, or, where only one thing can be true (a home, a job), words copied out of it that the model affirms when
asked once more. So every claim quotes the person word for word, which the database checks again; what fails is
dropped, and the audit says why.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any, cast

from becoming.events import BeliefKind, Lesson, Moment
from becoming.memory import people
from becoming.memory.beliefs import doubt
from becoming.memory.beliefs.figures import sensible
from becoming.memory.beliefs.phrases import KIN_WORDS, SENTENCE, plainly
from becoming.sleep.asking import Asking
from becoming.sleep.night import Claim, Dropped

LEAST_WORDS, MOST_WORDS = 4, 30
_LONGEST_VALUE = 6  # words
_NOTHING = "passing"
_ORDERS = re.compile(
    r"\b(?:from now on|you (?:must|should|will|shall|are to|have to|need to|now) (?:believe|remember|know|think|act|be|obey|treat)|"
    r"(?:you )?(?:believe|remember|note|memori[sz]e|store|save) (?:that|this)|ignore (?:all|your|every|the)|you are (?:now|actually)|"
    r"your (?:owner|instructions?|system|rules?|memory|prompt)|as (?:your|an?) (?:admin\w*|developer|owner|operator|system)|"
    r"pretend|system:|assistant:)\b|[{}<>\[\]]",
    re.IGNORECASE,
)
"""Words that would have her believe something instead of telling it: they stay a thing somebody said."""

_OF_ME = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|we|we're|we've|me|my|us|our|mine)\b", re.IGNORECASE)
_TO_HER = re.compile(r"\b(?:you|your|yours|you're|you've)\b", re.IGNORECASE)
_MY_KIN = re.compile(rf"^(?:(?:and|but|so|oh),? )*(?:my )?(?P<kin>{KIN_WORDS})\b", re.IGNORECASE)


async def extract(
    asking: Asking, moment: Moment, known: Sequence[str] = (), names: Collection[str] = ()
) -> AsyncIterator[Claim | Dropped]:
    """What a moment tells beyond the quotes that are `known`, and what is dropped.

    `names` are what people she knows of are called, in lower case. Raises events.ModelAway.
    """
    if doubt.whole(moment.text):
        return
    if _ORDERS.search(moment.text):
        yield Dropped("anything in this line", "it orders her to believe instead of telling", moment)
        return
    for sentence in _sentences(moment.text):
        if any(quote in sentence or sentence in quote for quote in known):
            continue
        kind = _plain(sentence) or await asking.json("kind.md", sentence, {"enum": [*_kinds(), _NOTHING]}, 12)
        if kind == _NOTHING:
            continue
        if not isinstance(kind, str) or kind not in _kinds():
            yield Dropped(sentence, "the answer has not the form that was asked for", moment)
            continue
        about = _about(sentence, names)
        one = "slot" in _kinds()[kind] and about in ("you", None)
        lesson = await _of_one(asking, kind, sentence, about) if one else _told_back(kind, sentence, about)
        if isinstance(lesson, str):
            yield Dropped(f"{kind}: {sentence}", lesson, moment)
        else:
            yield Claim(lesson, ((moment, lesson.quote),))


def _sentences(text: str) -> Iterator[str]:
    """The sentences that may tell something: not asked, not somebody else's words, not said to her."""
    unquoted = doubt.unquoted(text)
    for span in SENTENCE.finditer(unquoted):
        sentence = text[span.start() : span.end()].strip()
        size = len(sentence.split())
        if sentence not in unquoted or not LEAST_WORDS <= size <= MOST_WORDS:
            continue
        if not (doubt.sentence(plainly(sentence)) or _TO_HER.search(sentence)):
            yield sentence


def _plain(said: str) -> str | None:
    """The kind of what the words alone show; a small model calls much of it passing."""
    return next(
        (kind for kind, it in _kinds().items() if "plain" in it and re.search(it["plain"], said, re.I)), None
    )


def _told_back(kind: str, sentence: str, about: str | None) -> Lesson | str:
    """The sentence as something to be held, said back to the person."""
    if about is None:
        return "it is about nobody who is named"
    fact = _kinds()[kind]
    text = told_back(sentence)
    if sentence.startswith(about):
        text = text[:1].upper() + text[1:]
    return Lesson(about, cast(BeliefKind, fact.get("kind", "fact")), fact["relation"], text, text, sentence)


async def _of_one(asking: Asking, kind: str, sentence: str, about: str | None) -> Lesson | str:
    """A lesson in a slot, if the words for it stand in the sentence and are affirmed; else why not."""
    fact = _kinds()[kind]
    if about != "you":
        return "it is not about the person"
    if doubt.around(plainly(sentence), "") or re.search(r"\b(?:not|never)\b|n['’]t\b", sentence):
        return "the words around it take it back"
    text = {"type": "string", "maxLength": 60}
    answer = await asking.json("value.md", f"{sentence} — {fact['asks']}", text, 24)
    value = _verbatim(answer, sentence) if isinstance(answer, str) else ""
    if not value or len(value.split()) > _LONGEST_VALUE:
        return "the words for it do not stand there"
    sense = sensible(fact["relation"], value)
    if sense is None or re.match(r"\w+ing\b", sense):
        return "it is a figure of speech"
    asked = f'"{sentence}" — do these words say that {fact["checks"].format(value=sense)}?'
    if not await asking.yes(asked):
        return "asked once more, the words do not say so"
    said = fact["you"].format(value=_turned(sense))
    return Lesson("you", "fact", fact["relation"], sense, said, sentence, fact["slot"])


def _about(sentence: str, names: Collection[str]) -> str | None:
    """Whom a sentence is about: a kinship or a known name it begins with, else "you" where the person is in it."""
    if kin := _MY_KIN.match(sentence):
        return people.KIN[kin["kin"].lower().split()[-1]]
    first = re.match(r"[^\W\d_]+", sentence)
    if first and first[0].lower() in names and not _OF_ME.match(sentence):
        return first[0]
    return "you" if _OF_ME.search(sentence) else None


_TURNED = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "we": "you", "us": "you",
    "our": "your", "ours": "yours", "ourselves": "yourselves", "am": "are",
}  # fmt: skip


def told_back(sentence: str) -> str:
    """What the person says of themself, as she says it to them: "I was late" → "you were late"."""
    plain = re.sub(r"\b([Ii]|[Ww]e) was\b", r"\1 were", plainly(sentence)).rstrip(" .!")
    said = _turned(plain)
    return said[:1].lower() + said[1:]


def _turned(words: str) -> str:
    return re.sub(r"[A-Za-z]+", lambda word: _TURNED.get(word[0].lower(), word[0]), words)


def _verbatim(words: str, text: str) -> str:
    """`words` as they stand in `text`, whatever their case; "" where they do not."""
    bare = words.strip().strip(" .,!;:\"'")
    found = re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", text, re.IGNORECASE) if bare else None
    return found[0] if found else ""


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    file = resources.files("becoming.sleep").joinpath("prompts", "relations.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
