"""What a person wants to be called, and how they put it right when it was misheard."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .text import plain

NOT_NAMES = frozenset(
    """a about actually again ah alright am an and any are as at because bored busy but by bye called can
    could did do does eh er fine for from good got great had happy has he hello here hey hi hm hmm
    how i if in is it its just know like lonely lost maybe me my name new nice no not now of off ok
    okay on only or please probably ready really right sad says she short sick so sorry speaking
    sure thank thanks that the then there they think this tired to uh um was we well what when where
    who why will with works would wrong yeah yep yes you your""".split()
)
_DECLINED = re.compile(
    r"none of your|mind your own|not (?:going to )?tell|won't (?:tell|say)|(?:rather|prefer) not|don't want"
    r"|no (?:name|reason|idea|thanks|one)|nothing|anything|nobody|anonymous|\b(?:skip|pass)\b|never ?mind"
    r"|(?:doesn't|does not|don't) (?:matter|care|know|have)|dunno|whatever|you (?:choose|decide)|up to you"
    r"|^(?:no|nope|nah)\W*$"
)
_BEFORE = tuple(
    re.compile(rf"(?:{lead})\b[\s,:]+", re.IGNORECASE)
    for lead in (
        r"\b(?:every ?(?:body|one)|people|friends?|they|folks|family|all)(?: \w+){0,2}? (?:says?|calls? me)",
        r"(?<!don't )(?<!not )(?<!never )\bcall me",
        r"\b(?:go|goes|going) by",
        r"\b(?:prefer|known as|called|nickname is|nickname's)(?: to be called)?",
        r"\b(?:i said|my name is|my name's|name is|names?|name's)",
        r"\b(?:i'm|i am|im|it's|it is|its|this is|that's|that is|that would be)",
    )
)
_FILLERS = re.compile(
    r"^(?:(?:um+|uh+|er+|hm+|well|oh|ah|hi|hello|hey|so|okay|ok|yes|yeah|sure|please|just|maybe|probably"
    r"|i guess|i think|it could be|how about)\b[\s,.!]*)+",
    re.IGNORECASE,
)
_SPELLED = re.compile(r"(?<![\w'])[^\W\d_](?:[-. ]+[^\W\d_]){2,}\b")
_ONLY_SPELLED = re.compile(
    rf"^\W*(?:(?:no|it's|it is|that's)\b\W*)*(?:{_SPELLED.pattern})\W*$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['.-])*")
_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.)+|(?:Dr|Mr|Mrs|Ms)\.")
LONGEST_NAME = 40


def called(text: str) -> str | None:
    """What to call the person: a name, "" when they would rather not say, None when no name was heard."""
    line = plain(text)
    spelled = _SPELLED.search(line)
    if spelled:
        return re.sub(r"[-. ]", "", spelled.group()).capitalize()
    for lead in _BEFORE:
        for found in reversed(list(lead.finditer(line))):
            rest = strip_fillers(line[found.end() :])
            name = first_name(rest)
            if name and not _DECLINED.match(rest.lower()):
                return name
    if _DECLINED.search(line.lower()):
        return ""
    short = re.search(r"(\S+) for short", line, re.IGNORECASE)
    whole = strip_fillers(short[1] if short else line)
    remark = whole.islower() and len(whole.split()) > 4  # in lower case, and too long for a name
    return None if remark else first_name(whole)


def only_spelled(text: str) -> bool:
    """Whether the answer is nothing but single letters: a name spelled out, or else "P T S D"."""
    return _ONLY_SPELLED.match(plain(text)) is not None


def strip_fillers(phrase: str) -> str:
    """The phrase without the small words people begin with ("um, well, just …")."""
    return _FILLERS.sub("", phrase)


def first_name(phrase: str) -> str | None:
    """The name a phrase begins with: up to three words, ended by a mark or a word that is no name."""
    words: list[str] = []
    spoken = phrase.islower()
    for word in phrase.split()[:3]:
        bare = word.strip(',;:!?"()')
        bare = bare if _ABBREVIATED.fullmatch(bare) else re.sub(r"^\W+|\W+$", "", bare)
        if not _WORD.fullmatch(bare) or bare.lower().split("'")[0] in NOT_NAMES:
            break
        if words and word.islower() and not spoken:
            break  # "Priya speaking"
        words.append(bare)
        if word[-1] in ",.;:!?" and not bare.endswith("."):
            break
    if spoken and len(phrase.split()) > 2:
        words = words[:1]  # lower case hides where a name ends
    return " ".join(map(_cased, words))[:LONGEST_NAME].strip() or None


def _cased(word: str) -> str:
    """A name as it is written: lower and shouted ones get capitals, mixed ones are the person's own."""
    if not word.islower() and not (word.isupper() and len(word) > 2 and "." not in word):
        return word
    if len(word) <= 3 and not re.search(r"[aeiouy]", word.lower()) and word.isascii():
        return word.upper()  # TJ
    return re.sub(r"(?:^|(?<=[-.])|(?<=^o')|(?<=^d'))\w", lambda start: start.group().upper(), word.lower())


# ── putting it right ────────────────────────────────────────────────────────────────────────

_WRONG = re.compile(
    r".*?(?:(?:not|isn't|wasn't) my name|my name (?:is not|isn't)|name wrong|wrong name|misheard)\W*",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"^(?:no+|nope|wait|actually|sorry|oh)\b[\s,.!]*", re.IGNORECASE)
_INSTEAD = re.compile(r"^(?:it's|it is|i'm|i am|my name is|my name's|call me|i said)[\s,]+", re.IGNORECASE)
_PLAINLY = re.compile(r"^(?:my name is|my name's|call me|i said)\b", re.IGNORECASE)
_HINT = re.compile(
    r"\b(with|without)\s+(?:(two|double)\s+|an?\s+)?(age|aitch|[a-z])(?:[-. ]+([a-z])\b)?(?:'?s)?"
    r"(?=\W*$|\W+(?:at|in|not|instead|please)\b)",
    re.IGNORECASE,
)
_LONGEST_CORRECTION = 14


@dataclass(frozen=True, slots=True)
class Hint:
    """How a name is spelled: with (or without) these letters."""

    letters: str
    present: bool


def hint(text: str) -> Hint | None:
    """The hint in "with T-H", "with a K", "without an h", "with two l's"; None where there is none."""
    found = _HINT.search(plain(text).lower())
    if not found:
        return None
    first = found[3] if len(found[3]) == 1 else "h"  # "with an age" is what a recogniser makes of an H
    letters = first * 2 if found[2] else first + (found[4] or "")
    return Hint(letters, found[1] == "with")


def corrected(text: str, name: str) -> str | None:
    """The name the person wants instead of `name`, which she used.

    "" when she only learns that it was wrong; None when the answer is no correction ("I'm tired").
    """
    line = plain(text)
    if len(line.split()) > _LONGEST_CORRECTION:
        return None
    wrong = _WRONG.match(line)
    refused = wrong or _REFUSED.match(line)
    rest = line[refused.end() :] if refused else line
    instead = _INSTEAD.match(rest)
    spelt = hint(line) or only_spelled(line) or re.search(r"\bspel[lt]", line, re.IGNORECASE)
    instead_of = re.search(rf"\bnot {re.escape(name)}\b", line, re.IGNORECASE)
    if wrong or spelt or instead_of or _PLAINLY.match(rest) or (refused and instead):
        return called(_HINT.sub("", rest)) or ""
    return None
