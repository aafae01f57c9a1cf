"""What she says of the person's people: who there is, how things stand with somebody, whom they have not spoken of.

She knows only what she was told, and says so; what stands is a guess from words, with the day and the words it rests
on. Whoever is not to be brought up is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from becoming.conversation import files
from becoming.conversation.fluent import capital
from becoming.conversation.how_you_were import quoted
from becoming.conversation.telling import said_when
from becoming.memory import Life
from becoming.memory.company import DAY_S, PETS, Someone
from becoming.tools.calendar.aloud import spoken

_SAYS = files.patterns("asked.toml")
MOST, A_WHILE_S = 5, 21 * DAY_S
"""So many are named at once; and who was not spoken of for so long, was not for a while."""


@dataclass(frozen=True, slots=True)
class Told:
    """Her answer, and the person's words it rests on."""

    reply: str
    rests_on: tuple[str, ...] = ()


def asked(text: str, past: Life, now: float) -> Told | None:
    """The answer to a question about the person's people; None if it is none."""
    if stands := _SAYS["stand"].search(text):
        return _stand(next(filter(None, stands.groups())), past, now)
    everybody, lately = _SAYS["people"].search(text), _SAYS["lately"].search(text)
    if not (everybody or lately):
        return None
    known = [
        one
        for one in past.company.all()
        if not one.quiet and not one.dead and past.unsayable(one.called) is None
    ]
    people = [one for one in known if one.kin not in PETS]
    return _lately(people, now) if lately else _who(people, [one for one in known if one.kin in PETS])


def _who(people: Sequence[Someone], pets: Sequence[Someone]) -> Told:
    if not people:
        return Told("Nobody you told me of yet.")
    names = [one.called for one in people]
    more = f", and {len(names) - MOST} more" if len(names) > MOST else ""
    first = people[0]
    latest = (
        f" You spoke of {first.name if first.name != first.kin else first.called} last."
        if len(people) > 1
        else ""
    )
    animals = f" And {spoken([one.called for one in pets[:2]])}." if pets else ""
    return Told(
        f"{capital(spoken(names[:MOST]))}{more}.{latest}{animals}", (*names, *(one.called for one in pets))
    )


def _lately(people: Sequence[Someone], now: float) -> Told:
    silent = [
        one for one in reversed(people) if one.last and now - one.last.at >= A_WHILE_S and not one.unsafe
    ]
    if not silent:
        return Told("Nobody, as far as you told me. They all came up in the last weeks.") if people else Told("Nobody you told me of yet.")  # fmt: skip
    told = [f"{one.called}, last {said_when(one.last.at, now)}" for one in silent[:3] if one.last]
    return Told(f"Of those I know: {'; '.join(told)}.", tuple(one.called for one in silent))


def _stand(who: str, past: Life, now: float) -> Told | None:
    one = past.company.find(who) or past.company.find(capital(who))
    if one is None or one.quiet:
        return None
    if one.last is None:
        return Told(f"I only know there is {one.called}.", (one.called,))
    rests = next((each for each in reversed(one.stands.moments) if past.unsayable(each.text) is None), None)
    stands = one.stands.text if one.tone else "I can't tell from words how it stands."
    said = f" {capital(said_when(rests.at, now))} you said: {quoted(rests.text)}" if rests else ""
    coming = (
        f" Still open: {one.open[0].text.rstrip('.')}."
        if one.open and not one.open[0].text.endswith("?")
        else ""
    )
    last = (
        "" if rests and rests.id == one.last.id else f" You last spoke of them {said_when(one.last.at, now)}."
    )
    words = tuple(each.text for each in (*one.stands.moments, one.last))
    return Told(f"{stands}{said}{last}{coming}", (*words, one.called, *(line.text for line in one.open)))
