"""What a reply may rest on: the words that were really said, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.,:]\d+)*")

STOP = frozenset(
    """
    a about after again all also always am an and any anything are aren't as at away back be because been before
    being both but by came can can't come comes coming could couldn't did didn't do does doesn't doing don't done
    down each else even ever every everything few for from get gets getting go goes going gone got had has have
    having he he's her here hers him his how i i'd i'll i'm i've if in into is isn't it it's its just keep kind
    know let like little long made make makes many may maybe me might more most much must my need never no nobody
    not nothing now of off oh okay on one only or other our out over own part people perhaps put quite rather
    really right said same saw say saying says see she she's should so some somebody someone something sort still
    such sure take talk tell than that that's the their them then there there's these they they're thing things
    think this those though thought time to told too two under until up us very want wants was wasn't way we we're
    well went were what what's when where which while who who's whole why will with without won't would wouldn't
    yes yet you you'd you'll you're you've your yours around between last mentioned remember talked talking
    """.split()
)

SMALL_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def plain(text: str) -> str:
    """Lower case, straight quotes, single spaces, one sentence a line: the form the tables are matched on."""
    text = text.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"', 0x2014: " - ", 0x2013: " - "})
    text = re.sub(r"\s+", " ", text).strip().lower()
    return re.sub(r"(?<=[.?!…])['\")]* (?=\S)", "\n", text)


def says(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Whether a text, in plain form, holds the pattern."""
    return lambda text: pattern.search(plain(text)) is not None


def words(text: str) -> list[str]:
    """The words and numbers of a text, in plain form."""
    return _WORD.findall(plain(text))


_IRREGULAR = {
    form: base
    for line in """
    break broke broken, buy bought, bring brought, catch caught, choose chose chosen, drink drank drunk, drive drove driven,
    eat ate eaten, fall fell fallen, feel felt, fight fought, find found, fly flew flown, forget forgot forgotten, give gave given,
    grow grew grown, hear heard, hide hid hidden, hold held, leave left, lend lent, lose lost, meet met, pay paid, ride rode ridden,
    ring rang rung, run ran, sell sold, send sent, shake shook shaken, sing sang sung, sit sat, sleep slept, speak spoke spoken,
    spend spent, stand stood, steal stole stolen, swim swam swum, teach taught, tear tore torn, throw threw thrown, wake woke woken,
    wear wore worn, win won, write wrote written, begin began begun, build built, draw drew drawn, dream dreamt, burn burnt, dig dug,
    child children, woman women, man men, foot feet, tooth teeth, wife wives, life lives
    """.split(",")
    for base, *forms in [line.split()]
    for form in forms
}


def stem(word: str) -> str:
    """A crude stem, enough to see that "cups" and "cup", "driving" and "drove" and "drive" are one word."""
    word = re.sub(r"'(?:s|re|ve|ll|d|t)$", "", word)
    word = _IRREGULAR.get(word, word)
    if word.endswith(("ied", "ies")) and len(word) > 4:
        word = f"{word[:-3]}y"
    for ending in ("ings", "ing", "edly", "ed", "es", "s", "ly", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return re.sub(r"([bdfglmnprt])\1$", r"\1", word)


def content(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order."""
    return [stem(word) for word in words(text) if word not in STOP and len(word) > 1]


@dataclass(frozen=True)
class Known:
    """Everything a reply may rest on in this turn.

    `utterance` is what the person just said, `heard` what they said before (today, and what was
    recalled or is known of them), `said` her own lines, `person` and `being` the two names.
    The flags widen or narrow what is fitting: `facts` (a question about the world: names and
    numbers are expected), `advice` (a suggestion was asked for), `about_her` (she was asked what
    she is), `leaving` (the person says goodbye), `imagining` (it is about a stranger who is only seen),
    `in_role` (she plays somebody in a rehearsal, and is marked as that one: what is said then is no claim of hers).
    """

    utterance: str
    heard: Sequence[str] = ()
    said: Sequence[str] = ()
    person: str = ""
    being: str = ""
    facts: bool = False
    advice: bool = False
    about_her: bool = False
    leaving: bool = False
    imagining: bool = False
    in_role: bool = False

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of every word the person is known to have said, and the two names."""
        text = [self.utterance, *self.heard, self.person, self.being]
        return frozenset(stem(word) for line in text for word in words(line))

    @cached_property
    def shared_stems(self) -> frozenset[str]:
        """The same with her own lines: what has come up between them at all."""
        return self.stems | {stem(word) for line in self.said for word in words(line)}

    @cached_property
    def shared_words(self) -> frozenset[str]:
        """Every word that has come up between them, unstemmed."""
        lines = [self.utterance, *self.heard, *self.said, self.person, self.being]
        return frozenset(word for line in lines for word in words(line))
