"""The person says that they felt otherwise: "I wasn't sad, I was tired".

`otherwise` is pure and reads what is said; `righted` finds the moments it speaks of; `write` keeps it, as the
person's own word. What denies nothing that was perceived or offered is just talk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection

from becoming.events import Feeling, Moment
from becoming.memory.feelings import words
from becoming.memory.feelings.holding import Feelings, put, settle
from becoming.memory.feelings.words import Kind
from becoming.memory.recall import when

LATEST = 6
"""So many of the person's last moments may be meant where no time is named,"""

RECENT_S = 12 * 3600.0
"""and none from longer ago than this."""

LONGEST = 24
"""Words beyond which it is a story and no correction."""

PERCEIVED = 0.2
"""From this intensity on a feeling was perceived at all, and can be denied."""

_SORRY = r"(?:(?:no|nope|nah|well|actually|oh|hey|um|wait|but|hm|and|honestly|not really|you know)[,.!… ]+)*"
_WAS_NOT = (
    r"(?:i (?:wasn't|was not|didn't feel|did not feel|hadn't felt|haven't been|wasn't feeling|didn't sound)|"
    r"(?:that|it|this) (?:wasn't|was not|didn't feel like)|not)"
)
_AM_NOT = r"(?:i(?:'m| am) not|i don't feel|i(?:'m| am) not feeling|(?:that|it|this)(?:'s| is) not|(?:that|it|this) isn't)"
_DEGREE = (
    r"(?:(?:really|actually|that|so|very|even|all that|exactly|at all|feeling|being|quite|a bit|just) )*"
)
_BUT = r"(?:[,;.!–—-]+ ?(?:it was |it's |i was |i'm |i am |i felt |i feel )?|,? but )(?:(?:just|only|more|rather|more like|i was|i'm|it was|i felt|mostly|simply|but) )*"
_NOT_HOW = re.compile(
    rf"^{_SORRY}(?:that|this|it)(?:'s| is| was|n't)* ?(?:not|wasn't|isn't) (?:at all )?how i (?:felt|feel|was feeling|am)(?: at all)?(?P<rest>.*)$"
)


@dataclass(frozen=True, slots=True)
class Righted:
    """What the person says they felt instead, before anything is written: `moments` are those it speaks of.

    `denied` and `instead` are words for it ("sad", "tired"), empty where none was said. `now` says that they
    speak of how they are at this moment too.
    """

    moments: tuple[Moment, ...]
    feeling: Feeling
    denied: str = ""
    instead: str = ""
    now: bool = False


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What is said: the kind that is denied (None: whatever was offered), and what it was instead, if said."""

    denied: Kind | None
    instead: Feeling | None
    now: bool = False


def otherwise(text: str) -> Otherwise | None:
    """Whether `text` says that a feeling was another one; questions and stories do not."""
    line = words.plainly(text).rstrip(" .!…")
    if "?" in line or len(line.split()) > LONGEST:
        return None
    if any_of := _NOT_HOW.match(line):
        return Otherwise(None, words.own_word(any_of["rest"]), now="i feel" in line or "i am" in line)
    for form in _forms():
        if found := form.match(line):
            parts = found.groupdict()
            denied = words.kind_of(parts["denied"])
            instead = words.own_word(parts.get("instead") or "")
            if parts.get("instead") and not instead:
                return None  # "I'm not sad, it's raining"
            return Otherwise(denied, instead, now=bool(parts.get("now")))
    return None


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    feeling = rf"(?:{words.alternatives()})"
    denied = rf"(?P<denied>{feeling})(?![\w'-])"
    then = r"(?: (?:then|there|at all|back then|anymore|any more|either|though|yesterday|today|last \w+|on \w+|in \w+|this \w+|that \w+))*"
    instead = (
        rf"(?P<instead>(?:a bit |a little |really |so |very |kind of |sort of )*{feeling}(?![\w'-])[\w ,'-]*)"
    )
    not_that = rf"(?:{_WAS_NOT}|(?P<now>{_AM_NOT})) {_DEGREE}{denied}{then}"
    i_was = r"(?:(?P<now>i(?:'m| am)|i feel)|i was|i felt|it was|that was) "
    return (
        re.compile(rf"^{_SORRY}{not_that}(?:{_BUT}{instead})?{then}$"),
        re.compile(rf"^{_SORRY}{i_was}(?:just |only )?{instead},? not {_DEGREE}{denied}{then}$"),
        re.compile(rf"^{_SORRY}(?:{i_was})?more (?P<instead>{feeling}) than {_DEGREE}{denied}{then}$"),
    )


def righted(
    feelings: Feelings, text: str, before: str, now: float, earlier_than: int | None = None
) -> Righted | None:
    """The moments it puts right, said after her line `before` at Unix time `now`; None if it is no correction.

    Meant are: those of the time it names that were read so; else the one her line quotes; else the one she has
    just spoken of as felt so; else the latest that was read so.
    """
    said = otherwise(text)
    if said is None:
        return None
    meant = _meant(feelings, said, text, before, now, earlier_than)
    if not meant:
        return None
    instead = said.instead or words.NOT_SO
    own = instead.emotions[0][0] if instead.emotions else ""
    denied = said.denied.says if said.denied else ""
    return Righted(tuple(meant), instead, denied, words.says(own), said.now)


def _meant(
    feelings: Feelings, said: Otherwise, text: str, before: str, now: float, earlier_than: int | None
) -> list[Moment]:
    if spans := when.spans(text, now):
        felt = feelings.between(spans[0].start, spans[0].end)
        theirs = [each for each in felt if earlier_than is None or each.moment.id < earlier_than]
        return [each.moment for each in theirs if said.denied and _read_as(each.feeling, said.denied)]
    quoted = feelings.quoted_in(before)
    if quoted:
        return [quoted]
    last = [each for each in feelings.last(LATEST, before=earlier_than) if now - each[0].at <= RECENT_S]
    if not last:
        return []
    offered = words.named(before)
    if said.denied is None:
        return [last[0][0]] if offered else []
    if any(kind.name in said.denied.counts or said.denied.name in kind.counts for kind in offered):
        return [last[0][0]]
    return [moment for moment, read in last if read and _read_as(read, said.denied)][:1]


def _read_as(read: Feeling, kind: Kind) -> bool:
    return any(name in kind.counts and intensity >= PERCEIVED for name, intensity in read.emotions)


def write(connection: Connection, right: Righted, moment: Moment) -> dict[int, Feeling | None]:
    """Keep it, said in `moment`; what counts now for each moment that is read otherwise.

    What puts something right names a feeling that was not, so it is itself read as the person says they are
    now, or as nothing.
    """
    for each in right.moments:
        put(connection, each.id, right.feeling, moment.id)
    put(connection, moment.id, right.feeling if right.now else words.NOT_SO, moment.id)
    return settle(connection, [*(each.id for each in right.moments), moment.id])
