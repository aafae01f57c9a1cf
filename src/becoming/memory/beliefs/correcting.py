"""Being put right: "no, that was Denver, not Dallas" ends the old belief now and holds the new one.

`correction` is pure and sees whether words put something right; `apply` finds which belief is meant;
`Corrected.stale` tells whether a sentence of hers still says what was put right or is over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update

from becoming.events import Belief, InputError, Moment
from becoming.memory import people
from becoming.memory.beliefs import dates
from becoming.memory.beliefs import holding as beliefs
from becoming.memory.beliefs.figures import sensible
from becoming.memory.beliefs.phrases import KIN_WORDS
from becoming.memory.people import KIN
from becoming.store import Store
from becoming.store.schema import belief, evidence

_SORRY = r"(?:(?:no|nope|nah|sorry|wait|actually|oh|well|hey|um|uh|hang on|hold on|wrong|that's wrong|that's not right|not quite|i mean)[,.!…\s]+)"
_LEAD = (
    r"(?:(?:it|that|this)(?:'s| is| was| will be)(?: (?:on|in|at|called))?|i (?:meant|said|mean)(?: to say)?|"
    rf"(?:her|his|their|its|my {KIN_WORDS}'s|the \w+'s) (?:name|\w+)?(?:'s| is| was)(?: on)?|(?:she|he|they)(?:'s| is| are)(?: (?:called|named|from|in))?|"
    r"(?:i|we|she|he) (?:lives? in|works? (?:at|for|as an?|as)|moved to|grew up in|hates?|loves?|likes?)|i(?:'m| am) (?:from|a|an|called|allergic to)|"
    rf"my {KIN_WORDS} (?:is|'s|lives in|works at)(?: (?:called|named|on))?|my [\w ]+? (?:is|'s)(?: on)?|call me|on|in|at|to|the)\s+"
)
_OLD = r"(?:in |on |at |to |for |the |called |a |an )?(?P<old>[^.!?,;]{2,40}?)(?:\s+(?:at all|any ?more|okay|ok|though|like i said))?"
_FORMS = [
    re.compile(
        rf"^{_SORRY}*{_LEAD}(?P<new>[^.!?,;]{{2,40}}?),? (?:and |but )?not {_OLD}[.!]*$", re.IGNORECASE
    ),
    re.compile(rf"^{_SORRY}+(?P<new>[^.!?,;]{{2,40}}?),? (?:and |but )?not {_OLD}[.!]*$", re.IGNORECASE),
    re.compile(
        rf"^{_SORRY}*(?:{_LEAD.removesuffix(chr(92) + 's+')}\s+)?not {_OLD}[,;.]+ (?:but )?(?:{_LEAD})?(?P<new>[^.!?,;]{{2,40}}?)[.!]*$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^{_SORRY}*i meant (?:to say )?(?:on |in |at |the )?(?P<new>[^.!?,;]{{2,40}}?)[.!]*$", re.IGNORECASE
    ),
]
_ONLY_NEW = re.compile(
    rf"^(?:no|nope|nah|wrong|not quite)[,.!]+ (?:{_LEAD})?(?P<new>[^.!?,;]{{2,40}}?)[.!]*$", re.IGNORECASE
)
_DENIED = re.compile(
    r"^(?:no[,.!]* )?(?:that(?:'s| is)(?: just| simply)? (?:not (?:true|right|correct|so)|wrong|false|incorrect)|that isn't (?:true|right|correct)|"
    r"i never (?:said|told you) (?:that|so|such a thing))[.!]*$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:used to|was|were|had|lived|worked|called|before|once|back (?:then|when)|until|no longer|not|\w+n't|any ?more|former|old|ex|"
    r"instead of|left|moved (?:away )?from|moved|thought|said|told|mistook|mixed up|sorry|previously|after|since you|wrong)\b",
    re.IGNORECASE,
)
_CUES = {
    "lives_in": r"liv\w+|home|house|flat|apartment|place|neighbou?r\w*|city|town|out there|there|in|weather",
    "comes_from": r"from|grew up|born|childhood|home",
    "works_at": r"work\w*|job|office|boss|colleague\w*|team|shift",
    "works_as": r"you are|you're|your|as|job|work\w*|being",
    "status": r"you are|you're|your|being|since",
    "likes": r"like|love|enjoy|fan|favou?rite|adore",
    "dislikes": r"hate|dislike|stand|don't like|without|avoid",
    "allergic_to": r"allerg\w+|react\w*|careful|without|avoid",
    "afraid_of": r"afraid|scared|fear\w*|terrified",
    "diet": r"you are|you're|your|as|being|eat\w*|cook\w*|recipe",
    "age": r"you are|you're|your|turn\w*|years?",
    "birthday": r"birthday|turn\w*|born|celebrat\w*",
    "died": r"died|loss|lost|gone|passed",
    "pregnant": r"pregnan\w+",
}
_LAST_MOMENTS = 6


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody said to put something right: `new` for `old`; empty where it was not said."""

    new: str
    old: str
    quote: str

    @property
    def of_her(self) -> bool:
        """Whether only what she has just said can be meant ("no, it's Thursday")."""
        return not self.old and not self.quote.lower().replace("’", "'").count("i meant")


def correction(text: str) -> Correction | None:
    """The correction that `text` is, or None. Questions and long texts are none."""
    words = text.strip().replace("’", "'")
    for sentence in [words, *re.split(r"(?<=[.!])\s+", words)]:
        if "?" in sentence or len(sentence) > 120:
            continue
        quote = _quote(text, words, sentence)
        for form in _FORMS:
            if match := form.match(sentence):
                return Correction(_bare(match["new"]), _bare(match.groupdict().get("old") or ""), quote)
        if match := _ONLY_NEW.match(sentence):
            return Correction(_bare(match["new"]), "", quote)
        if _DENIED.match(sentence):
            return Correction("", "", quote)
    return None


def apply(connection: Connection, said: Correction, moment: Moment, before: str) -> list[Belief]:
    """Put right what is meant, if that is plain: the ended belief and the new one; else nothing."""
    meant = _meant(connection, said, moment, before)
    if meant is None:
        return []
    if not said.new:
        return [beliefs.deny(connection, meant, moment, said.quote)]
    if kin := _kin(said):
        return _other_kin(connection, meant, kin, moment, said.quote)
    put = _put_right(meant, said.new, moment.at)
    if put is None or put[0].casefold() == meant.value.casefold():
        return []
    new = _replace(connection, meant, put, moment.at, source=(moment.id, said.quote))
    return [beliefs.get(connection, meant.id), new]


def by_hand(connection: Connection, old: Belief, typed: str, at: float) -> Belief:
    """The person writes what it is instead; their word goes, however unlikely it looks. Raises InputError."""
    put = _put_right(old, typed, at)
    if put is None and old.kind == "plan":
        raise InputError('That is no day she can read. Write it like "Thursday" or "3 November".')
    if put is None and not has(old.text, old.value):
        raise InputError("This cannot be put right in a word. Take it back, and tell her how it is.")
    put = put or (typed, _instead(old, typed), None)
    if put[0].casefold() == old.value.casefold():
        raise InputError("That is what she holds already.")
    return beliefs.get(connection, _replace(connection, old, put, at, author="user").id)


def _replace(
    connection: Connection, old: Belief, put: tuple[str, str, float | None], at: float, **more: Any
) -> Belief:
    """The new belief; of somebody of one's own it is the name, by which they go from now on."""
    value, text, true_from = put
    slot = old.slot.replace(old.value.lower(), value.lower()) if old.slot else None
    new = beliefs.correct(
        connection, old, value=value, text=text, at=at, slot=slot, true_from=true_from, **more
    )
    if new.relation in KIN and new.about == "you":
        _rename(connection, people.join(connection, new.relation, value, beside=False), old.value, value)
    return new


class Corrected:
    """What must not be said as if it were so. Raises events.StoreError when the store cannot be read."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def stale(self, sentence: str) -> Belief | None:
        """The ended belief that `sentence` still speaks of as current, if any."""
        if _PAST.search(sentence):
            return None
        with self._store.read() as connection:
            ended = beliefs.ended(connection)
            if not ended:
                return None
            held = beliefs.held(connection)
        return next((old for old in ended if _says(sentence, old) and not _still(held, old)), None)


def _says(sentence: str, old: Belief) -> bool:
    if old.kind == "plan":
        day = re.search(r"(?:on )(\w+) \d", old.text)
        return bool(day) and has(sentence, day[1]) and has(sentence, old.relation.split()[-1])  # type: ignore[index]
    if old.kind in ("rule", "promise") or not has(sentence, old.value):
        return False
    if old.relation in KIN or old.relation == "name":
        return True
    cue = _CUES.get(old.relation, re.escape(old.relation.split()[-1]))
    return re.search(rf"(?<!\w)(?:{cue})(?!\w)", sentence, re.IGNORECASE) is not None


def _still(held: list[Belief], old: Belief) -> bool:
    """Whether the same is said by something that is held: of somebody else of that name, perhaps."""
    named = old.relation in KIN or old.relation == "name"
    return any(
        now.value.casefold() == old.value.casefold()
        and (named or (now.relation, now.about) == (old.relation, old.about))
        for now in held
    )


def has(words: str, value: str) -> bool:
    """Whether the value stands in the words, as whole words of its own."""
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", words, re.IGNORECASE) is not None


def _bare(words: str) -> str:
    return re.sub(r"^(?:my|the|an?|on|in|at|to|it's|called) ", "", words.strip(" .!,'"), flags=re.IGNORECASE)


def _quote(text: str, words: str, sentence: str) -> str:
    start = words.find(sentence)
    return text.strip()[start : start + len(sentence)]


def _kin(said: Correction) -> tuple[str, str] | None:
    old, new = (KIN.get(word.lower().split()[-1], "") if word else "" for word in (said.old, said.new))
    return (old, new) if old and new and old != new else None


def _meant(connection: Connection, said: Correction, moment: Moment, before: str) -> Belief | None:
    """The belief to be put right. What is said now must fit exactly one, or the one just spoken of."""
    kinds = ("fact", "preference", "plan") if said.new else ("fact", "preference", "plan", "reflection")
    held = [one for one in beliefs.held(connection) if one.kind in kinds]
    if kin := _kin(said):
        about = [one for one in held if one.relation == kin[0]]
    elif said.old:
        about = [
            one
            for one in held
            if has(one.value, said.old) or (one.kind == "plan" and has(one.text, said.old))
        ]
    elif said.of_her:
        about = [one for one in held if _spoken(before, one)]
        return about[0] if len(about) == 1 and _fits(about[0], said.new, moment.at) else None
    else:
        newest = func.max(evidence.c.turn)
        recent = (
            select(evidence.c.belief).group_by(evidence.c.belief).having(newest > moment.id - _LAST_MOMENTS)
        )
        ids = set(connection.execute(recent).scalars())
        about = [one for one in held if one.id in ids and _fits(one, said.new, moment.at)]
        return about[-1] if about else None
    in_her_words = [one for one in about if _spoken(before, one)]
    return (in_her_words or about or [None])[-1]  # type: ignore[list-item]


def _spoken(before: str, one: Belief) -> bool:
    return has(before, one.relation if one.kind == "plan" else one.value)


def _fits(one: Belief, new: str, at: float) -> bool:
    """Whether `new` can stand where that belief's value does: a day for a day, a name for a name."""
    if not new:
        return True
    if (dates.upcoming(new, at) is not None) != (one.kind == "plan"):
        return False
    return one.kind == "plan" or (new[0].isupper() == one.value[0].isupper() and len(new.split()) <= 4)


def _put_right(old: Belief, new: str, at: float) -> tuple[str, str, float | None] | None:
    if old.kind == "plan":
        day = dates.upcoming(new, at)
        if day is None:
            return None
        return day.value, re.sub(r" on \w+ \d+ \w+(?: at \d\d:\d\d)?$", f" on {day.words}", old.text), day.at
    value = sensible(old.relation, new)
    if value is None or len(value.split()) > 5 or not has(old.text, old.value):
        return None
    if old.value[0].isupper() and value.islower():
        value = value.title()
    return value, _instead(old, value), None


def _instead(old: Belief, value: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(old.value)}(?!\w)", lambda _: value, old.text, flags=re.IGNORECASE)


def _other_kin(
    connection: Connection, old: Belief, kin: tuple[str, str], moment: Moment, quote: str
) -> list[Belief]:
    wrong, right = kin
    text = re.sub(rf"\byour (?:\w+ )?{KIN_WORDS}\b", f"your {right}", old.text, count=1)
    new = beliefs.correct(
        connection,
        old,
        value=old.value,
        text=text,
        at=moment.at,
        relation=right,
        slot=f"{right}'s name",
        source=(moment.id, quote),
    )
    people.is_rather(connection, wrong, right)
    return [beliefs.get(connection, old.id), new]


def _rename(connection: Connection, who: int, old: str, new: str) -> None:
    """What is held about somebody says their right name."""
    texts = connection.execute(select(belief.c.id, belief.c.text).where(belief.c.about == who)).all()
    for row in texts:
        text = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, row.text)
        connection.execute(update(belief).where(belief.c.id == row.id).values(text=text))
