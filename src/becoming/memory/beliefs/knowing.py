"""What she answers from beliefs when she is asked about this life: "where do I live?" → "you live in Porto".

A belief answers a question when it speaks of whom the question asks about and holds every telling word
of it, by stem or by meaning ("hate" and "like" are both a matter of taste). Precision first: what no
belief answers in full is left to recall, which quotes, or to "I don't know".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection

from becoming.events import Belief
from becoming.memory import people
from becoming.memory.beliefs import holding as beliefs
from becoming.memory.recall.words import STOP_WORDS
from becoming.store import Store

# Words that ask for the same thing. A question's word stands for its group; so does a belief's.
_MEANINGS = {
    "name": "name named called call",
    "home": "live lives living home moved based city town",
    "work": "work works working job work_as company employer living",
    "origin": "from born grew raised comes come_from originally",
    "taste": "like likes love loves hate hates dislike dislikes enjoy adore stand bear taste favourite favorite",
    "fear": "afraid scared fear fears terrified phobia",
    "age": "old age years",
    "birthday": "birthday born",
    "status": "married single divorced engaged separated widowed status",
    "allergy": "allergic allergy allergies allergic_to",
    "eat": "eat eats meat drink drinks diet vegetarian vegan",
    "study": "study studies studying major university",
    "speak": "speak speaks language languages",
    "play": "play plays instrument",
}
_MEANING = {word: meaning for meaning, words in _MEANINGS.items() for word in words.split()}
_BY_WHERE = ("lives_in", "works_at", "comes_from", "visited")
_FILLING = STOP_WORDS | frozenset(
    """remember remind tell told know said say ever mention mentioned called anything something someone everything
    again still now currently actually kind people person please find forget forgot
    when where who what which how long often much many day date time place""".split()
)
_ABOUT_ALL = re.compile(
    r"what (?:do|did) (?:you|i) (?:know|remember|tell you|say)(?: so far)? about (?P<whom>me|myself|my [\w ]+|[\w ]+?)[?.!]*$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:used to|before|previously|first (?:say|tell)|in the past|back then|earlier)\b", re.I
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
MOST = 3
"""So many beliefs are said at once; an ear holds no more."""


class Knowing:
    """Answers from what is held true. Raises events.StoreError when the store cannot be read."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def answers(self, question: str) -> list[Belief]:
        """The beliefs that answer, the latest learned first, at most MOST; empty when none does in full."""
        with self._store.read() as connection:
            held = beliefs.held(connection)
            if _BEFORE.search(question):
                held = [each for each in beliefs.ended(connection) if each.unlearned is None] or held
            asked = _asked(question, connection)
            if asked is None:
                return []
            found = [each for each in held if _answers(each, asked)]
        # Who somebody is comes before what else is known of them.
        best = sorted(
            found, key=lambda each: (each.value.casefold() in asked.names, each.learned), reverse=True
        )
        return best[:MOST]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question taken apart: of whom (their names in lower case), which meanings, whether it asks where."""

    names: set[str]
    meanings: set[str]
    kind: str
    of_person: bool
    everything: bool


def _asked(question: str, connection: Connection) -> _Asked | None:
    line = question.replace("’", "'").strip()
    lower = line.casefold()
    words = [re.sub(r"'s$", "", word) for word in _WORD.findall(lower)]
    named: set[str] = set()
    spelled: set[str] = set()
    for known in people.everybody(connection):
        for alias in known.aliases:
            if re.search(rf"(?<!\w){re.escape(alias)}(?!\w)", lower):
                named |= {each.casefold() for each in (known.name, *known.aliases)}
                spelled |= set(_WORD.findall(alias))
    all_of = _ABOUT_ALL.search(line)
    everything = bool(all_of)
    if all_of and not named and all_of["whom"].casefold() not in ("me", "myself"):
        return None  # of somebody she knows nothing of
    meanings = {
        _meaning(word)
        for word in words
        if (word in _MEANING or word not in _FILLING) and word not in spelled and not everything
    }
    first = words[0] if words else ""
    asks = "who" if first in ("who", "who's") else ""
    kind = next((kind for kind in ("where", "when") if kind in words), asks)
    of_person = bool({"i", "me", "my", "mine", "i'm", "i've", "am"} & set(words))
    if first == "why" or ("how" in words and "old" not in words and "long" not in words):
        return None  # "how is my sister?" asks about today
    if not (named or of_person) or not (meanings or named or everything):
        return None
    if not meanings and not everything and kind not in ("who", "where"):
        return None
    return _Asked(named, meanings, kind, of_person, everything)


def _answers(belief: Belief, asked: _Asked) -> bool:
    if belief.kind in ("rule", "reflection") and not asked.everything:
        return False
    about, value = belief.about.casefold(), belief.value.casefold()
    of_them = about in asked.names or (
        belief.about == "you" and bool({value, belief.relation.casefold()} & asked.names)
    )
    if not (of_them if asked.names else belief.about == "you" and asked.of_person):
        return False
    if asked.everything:
        return True
    if belief.about == "you" and belief.relation in people.KIN.values() and not of_them:
        return False  # "what's my name?" is not "what's my wife's name?"
    if asked.kind == "where" and belief.relation not in _BY_WHERE:
        return False
    if asked.kind == "where" and not asked.meanings:
        return True
    if asked.kind == "who" and not asked.meanings:
        return belief.about == "you" and value in asked.names
    if asked.kind == "when" and belief.kind != "plan" and belief.relation not in ("birthday", "died"):
        return False
    held = {_meaning(word) for word in _WORD.findall(f"{belief.text} {belief.relation}".casefold())}
    held |= {_MEANING.get(part, "") for part in (belief.relation, *belief.relation.split("_"))}
    return asked.meanings <= held


def _meaning(word: str) -> str:
    return _MEANING.get(word) or _MEANING.get(_stem(word)) or _stem(word)


def _stem(word: str) -> str:
    word = re.sub(r"'s$", "", word)
    for ending in ("ings", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
