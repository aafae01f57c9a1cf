"""From a moment to claims: the model proposes, code decides.

A claim is kept only if every part of it can be shown: its quote stands in the moment word for word (the
database checks that once more), its value in the quote, whom it is about in the moment; the words around
it do not take it back; and, asked once more whether the quote says so, the model answers yes. What fails
is dropped, and the audit says why. The words she will say it in come from `relations.toml`, never from the
model.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import AsyncIterator, Sequence
from functools import cache
from importlib import resources
from typing import Any, cast

from becoming.events import BeliefKind, Lesson, Moment
from becoming.memory import people
from becoming.memory.beliefs import doubt
from becoming.memory.beliefs.figures import sensible
from becoming.memory.beliefs.phrases import plainly
from becoming.sleep.asking import Asking
from becoming.sleep.night import Claim, Dropped

MOST_CLAIMS = 2
_LONGEST_VALUE = 8  # words
_ORDERS = re.compile(
    r"\b(?:from now on|you (?:must|should|will|shall|are to|have to|need to|now) (?:believe|remember|know|think|act|be|obey|treat)|"
    r"(?:you )?(?:believe|remember|note|memori[sz]e|store|save) (?:that|this)|ignore (?:all|your|every|the)|you are (?:now|actually)|"
    r"your (?:owner|instructions?|system|rules?|memory|prompt)|as (?:your|an?) (?:admin\w*|developer|owner|operator|system)|"
    r"pretend|system:|assistant:)\b|[{}<>\[\]]",
    re.IGNORECASE,
)
"""Words that would have her believe something instead of telling it: they stay a thing somebody said."""


def schema() -> dict[str, Any]:
    """The JSON schema of an answer, to be read beside `prompts/extract.md`."""
    text = {"type": "string", "maxLength": 120}
    fields = {"quote": text, "about": {"type": "string", "maxLength": 30}}
    fields |= {"relation": {"enum": list(_relations())}, "value": {"type": "string", "maxLength": 60}}
    claim = {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }
    claims = {"type": "array", "items": claim, "maxItems": MOST_CLAIMS}
    return {
        "type": "object",
        "properties": {"claims": claims},
        "required": ["claims"],
        "additionalProperties": False,
    }


async def extract(asking: Asking, moment: Moment) -> AsyncIterator[Claim | Dropped]:
    """What a moment tells, and what was proposed and is not kept. Raises events.ModelAway."""
    if doubt.whole(moment.text):
        return
    if _ORDERS.search(moment.text):
        yield Dropped("anything in this line", "it orders her to believe instead of telling", moment)
        return
    answer = await asking.json("extract.md", moment.text, schema())
    proposed = answer.get("claims") if isinstance(answer, dict) else None
    if not isinstance(proposed, list):
        yield Dropped("an answer", "it has not the form that was asked for", moment)
        return
    for one in proposed[:MOST_CLAIMS]:
        lesson = judged(one, moment)
        if isinstance(lesson, str):
            yield Dropped(_shown(one), lesson, moment)
        elif not await asking.yes(f'"{lesson.quote}" — do these words say that {_to_check(lesson)}?'):
            yield Dropped(lesson.text, "asked once more, the words do not say so", moment)
        else:
            yield Claim(lesson, ((moment, lesson.quote),))


def judged(one: object, moment: Moment) -> Lesson | str:
    """A proposal as a lesson that can be shown; else why it cannot."""
    fields = _fields(one)
    if fields is None:
        return "it has not the form that was asked for"
    quote, about, relation, value = fields
    phrase = _relations().get(relation)
    if phrase is None:
        return "there is no such relation"
    quote = _verbatim(quote, moment.text)
    if not quote or len(quote.split()) < 2:
        return "nobody said these words"
    value = _verbatim(value, quote)
    if not value or len(value.split()) > _LONGEST_VALUE:
        return "the value is not in the words"
    before, _, after = moment.text.partition(quote)
    sentence = _sentence_around(moment.text, quote)
    if doubt.sentence(plainly(sentence)) or quote not in doubt.unquoted(moment.text):
        return "it is asked, or somebody else's words"
    if doubt.around(plainly(_last_clause(before)), plainly(_first_clause(after))) or doubt.around(
        plainly(quote.partition(value)[0]), ""
    ):
        return "the words around it take it back"
    if re.search(r"\b(?:not|never|no)\b|n['’]t\b", quote) and relation != "dislikes":
        return "it is denied"
    sense = sensible(relation, value)
    if sense is None:
        return "it is a figure of speech"
    who = _who(about, moment.text)
    if who is None:
        return "it is about nobody who is named"
    name, spoken = who
    shape = phrase.get("you" if name == "you" else "them")
    if shape is None:
        return "that cannot be said of them"
    slot = phrase.get("slot")
    return Lesson(
        name,
        cast(BeliefKind, phrase.get("kind", "fact")),
        relation,
        sense,
        shape.format(value=_second_person(sense), who=spoken),
        quote,
        slot,
    )


def _fields(one: object) -> tuple[str, str, str, str] | None:
    if not isinstance(one, dict):
        return None
    found = [one.get(name) for name in ("quote", "about", "relation", "value")]
    if not all(isinstance(each, str) and 0 < len(each) <= 400 for each in found):
        return None
    return tuple(found)  # type: ignore[return-value]


def _verbatim(words: str, text: str) -> str:
    """`words` as they stand in `text`, whatever their case at the edges; "" where they do not."""
    bare = words.strip().strip(" .,!;:\"'")
    found = re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", text, re.IGNORECASE) if bare else None
    return found[0] if found else ""


def _sentence_around(text: str, quote: str) -> str:
    return next((each for each in re.split(r"(?<=[.!?])\s+", text) if quote in each), text)


def _last_clause(before: str) -> str:
    return re.split(r"[.!?;]\s", before)[-1]


def _first_clause(after: str) -> str:
    return re.split(r"[.!?;,]", after)[0]


def _who(about: str, text: str) -> tuple[str, str] | None:
    """Whom a claim is about, and how she says it to the person: ("sister", "your sister"), ("Omar", "Omar")."""
    plain = about.strip().lower().removeprefix("my ").removeprefix("your ")
    if plain in ("you", "i", "me", "the person", "person", "myself"):
        return ("you", "you") if re.search(r"\b(?:i|we|me|my|us|our|mine)\b", text, re.IGNORECASE) else None
    if plain in people.KIN:
        here = re.search(rf"\bmy (?:\w+ )?{re.escape(plain)}\b", text, re.IGNORECASE)
        return (people.KIN[plain], f"your {plain}") if here else None
    name = _verbatim(about, text)
    if name and name[0].isupper() and len(name.split()) <= 2 and name.lower() not in _NO_NAME:
        return name, name
    return None


_NO_NAME = frozenset("i he she they it we the a this that my our his her".split())
_TURNED = {"i": "you", "me": "you", "my": "your", "mine": "yours", "our": "your", "us": "you", "we": "you"}


def _second_person(words: str) -> str:
    return re.sub(
        r"\b(?:i|me|my|mine|our|us|we)\b",
        lambda match: _TURNED[match[0].lower()],
        words,
        flags=re.IGNORECASE,
    )


def _to_check(lesson: Lesson) -> str:
    """The lesson as somebody else would put it: "the speaker lives in Leipzig"."""
    who = "the speaker" if lesson.about == "you" else lesson.about
    said = _relations()[lesson.relation]["them"].format(value=lesson.value, who=who)
    return said.replace(" your ", " the speaker's ")


def _shown(one: object) -> str:
    fields = _fields(one)
    return f"{fields[1]} {fields[2]} {fields[3]}"[:120] if fields else "an answer"


def already(held: Sequence[str], moment: Moment) -> bool:
    """Whether the quotes that beliefs hold of a moment are most of it already: then nothing is asked."""
    return sum(len(quote) for quote in held) >= 0.7 * len(moment.text.strip())


@cache
def _relations() -> dict[str, dict[str, str]]:
    text = resources.files("becoming.sleep").joinpath("prompts", "relations.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
