"""The output guard: every clause of hers passes here before anybody hears it.

`Guard.objection(reply, known)` says what is wrong with a reply as far as it goes, or None. It is
called on the growing reply, clause by clause, so a phrase that spans two clauses is found too. It
works on words alone, needs no model and takes about a millisecond. The duties in `never.py` and `harm.py`
hold whatever persona or prompt is in use: the guard has no switch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from becoming.care import claims, harm, never, strangers
from becoming.care.known import STOP, Known, plain, words

LONGEST = 45  # words an ear bears in one reply

_ONE = re.compile(
    r"\b[Mm]y (?:\w+ )?(sister|brother|mother|mom|mum|father|dad|son|daughter|wife|husband|partner|boss|friend|aunt|uncle|cousin),? "
    r"(?:is called |called )?([A-Z][a-z]+)\b"
)
"""Somebody who is named beside what they are to the person: "my sister Ida"."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a line is not said: the rule it breaks and the words that break it."""

    rule: str
    words: str


_MARKUP = re.compile(
    r"[*_#`~<>{}\[\]|\\^=@]|https?:|www\.|\.(?:com|org|net)\b|^\s*(?:[-•–]|\d+[.)])\s|\n\s*\n|&\w+;|"
    r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2190-\u21FF\u3000-\u9FFF\uAC00-\uD7AF\u0400-\u04FF\u0600-\u06FF]|"
    r"\((?!which)|:\s*(?:$|\n)|:[)(DP]",
    re.MULTILINE,
)
_QUOTED = re.compile(r"\"[^\"]*\"?|(?<!\w)'[^']*(?:'(?!\w)|$)")
_MY_OWN = "mistake|name|way|turn|words?|guess|fault|memory|answer|vote|bad|pick|question|side|voice|apologies|kind|favorite"
_NOT_HERS = re.compile(rf"\b(?:my|mine)\b(?! (?:own |first )?(?:{_MY_OWN})\b)")
_OUR_LIFE = re.compile(
    r"\b(?:our|ours|us)\b|\bwe(?:'d|'ve|'re)? (?:need|should|had|have|went|were|did|got|must|all|want|planted)\b"
)

_YES = re.compile(
    r"(?:yes|yeah|yep|sometimes|of course|i do|i am|i can|a little|maybe|sure)\b(?!['’]t)", re.IGNORECASE
)


class Guard:
    """The tables of `never.py`, compiled; stateless, so one serves every conversation."""

    def __init__(self) -> None:
        tables = {**never.DUTIES, **harm.HARM, **never.ASSISTANT, **never.WORN, **never.DEEDS}
        self._tables = {rule: never.phrases(table) for rule, table in tables.items()}
        self._duties = [*never.DUTIES, *harm.HARM]
        self._advice = never.phrases(never.UNASKED_ADVICE)

    def objection(self, reply: str, known: Known, own: str = "") -> Objection | None:
        """What is wrong with this reply, as far as it goes; None when it may be said.

        `own` is the end of it that a language model found, where other words began its sentence: no duty is got around
        by what stands before it.
        """
        if known.in_role:
            return self._form(reply) or self._phrase(reply, known) or self._again(reply, known)
        return (
            self._form(reply)
            or self._phrase(reply, known)
            or self._broken(own, quoted='"' in reply.removesuffix(own))
            or self._fitting(reply, known)
            or self._claim(reply, known)
            or self._again(reply, known)
        )

    def _form(self, reply: str) -> Objection | None:
        if not re.search(r"[^\W_]", reply):
            return Objection("says nothing", reply)
        if found := _MARKUP.search(reply):
            return Objection("markup in speech", found.group())
        if len(words(reply)) > LONGEST:
            return Objection("too long for an ear", "")
        return None

    def _phrase(self, reply: str, known: Known) -> Objection | None:
        line = plain(reply)
        own = plain(_QUOTED.sub('""', reply.translate({0x201C: '"', 0x201D: '"', 0x2019: "'", 0x2018: "'"})))
        for rule, table in self._tables.items():
            if known.in_role and rule in never.NOT_IN_ROLE:
                continue
            for each in table.finditer(own if rule in never.OWN_VOICE else line):
                if not (rule == "takes a clinician's part" and each.group() in plain(known.utterance)):
                    return Objection(rule, each.group())
        if known.in_role:
            return None
        if not known.advice and (found := self._advice.search(own)):
            return Objection("advice nobody asked for", found.group())
        if found := _NOT_HERS.search(own) or _OUR_LIFE.search(own):
            return Objection("speaks as if she were the person", found.group())
        return None

    def _broken(self, own: str, *, quoted: bool) -> Objection | None:
        """The duty that these words break by themselves; in a quotation they are no claim of hers."""
        line = plain(own)
        for rule in self._duties if line else ():
            claims_nothing = quoted and rule in never.OWN_VOICE
            if not claims_nothing and (found := self._tables[rule].search(line)):
                return Objection(rule, found.group())
        return None

    def _fitting(self, reply: str, known: Known) -> Objection | None:
        if known.leaving and "?" in reply:
            return Objection("a question at a goodbye", "?")
        if known.about_her and (found := _YES.match(reply)) and "software" not in reply:
            return Objection("says yes to what she is not", found.group())
        if known.imagining and (wrong := strangers.objection(reply, known.utterance)):
            return Objection(*wrong)
        for name in (known.person, known.being):
            if name and (found := _third_person(name).search(reply)):
                return Objection("speaks of somebody present as of somebody else", found.group())
        named = _ONE.findall(" ".join([*known.heard, known.utterance])) if "our " in reply else ()
        for kin, name in named:
            apart = re.compile(
                rf"(?<!{name}, )\b[Yy]our {kin}\b(?!,? [A-Z]| (?:is |was )?(?:called |named )?{name}\b)"
            )
            if re.search(rf"\b{name}\b", reply) and (found := apart.search(reply)):
                return Objection("makes two people of one", found.group())
        if reply.count("?") > 2:
            return Objection("an interrogation", "?")
        return None

    def _claim(self, reply: str, known: Known) -> Objection | None:
        found = claims.unsupported(reply, known)
        return Objection("claims what nobody said", found) if found else None

    def _again(self, reply: str, known: Known) -> Objection | None:
        sentences = plain(reply).split("\n")
        if len(set(sentences)) < len(sentences):
            return Objection("repeats herself", sentences[-1])
        # Who asks for a fact twice gets it twice.
        said = [] if known.facts else [each for line in known.said for each in plain(line).split("\n")]
        for sentence in sentences:
            if any(alike(sentence, each) for each in said):
                return Objection("repeats herself", sentence)
            if _parrots(sentence, known.utterance):
                return Objection("repeats the person as if it were herself", sentence)
        return None


def alike(one: str, other: str) -> bool:
    """Whether two sentences are nearly the same: three words or more, and most of them shared in order."""
    a, b = words(one), words(other)
    if len(a) < 3 or len(b) < 3:
        return False
    if a == b:
        return True
    if STOP.issuperset(a) and len(a) < 5:
        return False  # "And what then?" may come twice with other words around it
    grams, others = set(pairwise(a)), set(pairwise(b))
    return len(grams & others) >= 0.67 * min(len(grams), len(others)) and min(len(grams), len(others)) >= 3


def _parrots(sentence: str, utterance: str) -> bool:
    """Four words in a row of the person's, with an "I" or "my" among them that should have become "you"."""
    spoken, heard = words(sentence), words(utterance)
    mine = {"i", "i'm", "i've", "i'd", "i'll", "my", "me", "myself"}
    return any(not mine.isdisjoint(run) for run in _runs(spoken) & _runs(heard))


def _runs(spoken: list[str]) -> set[tuple[str, ...]]:
    return {tuple(spoken[at : at + 4]) for at in range(len(spoken) - 3)}


def _third_person(name: str) -> re.Pattern[str]:
    verbs = (
        "is|was|has|had|will|would|said|says|does|did|knows?|can|wants?|feels?|likes?|needs?|thinks?|seems?"
    )
    return re.compile(rf"\b{re.escape(name)}(?:'s\b|’s\b| (?:{verbs})\b)")
