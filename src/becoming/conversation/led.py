"""The reply where care leads: its own words, or between two of its steps close listening."""

from __future__ import annotations

import random
from collections.abc import Sequence

from becoming.care import Known, Led
from becoming.conversation.kinds import Stance
from becoming.conversation.manner import manner, pronoun
from becoming.conversation.opening import opening
from becoming.conversation.questions import beginnings
from becoming.conversation.speaking import Understood
from becoming.conversation.stance import Seen
from becoming.language import Message


def led_by_care(
    led: Led, seen: Seen, heard: Sequence[str], messages: list[Message], known: Known, rng: random.Random
) -> Understood:
    """Nothing of another day is in it: what care says is exact, and where it only listens, their words are given back,
    or nothing is said before the one thing asked."""
    if not led.free:
        return Understood(Stance("care", led.why), messages, known, exact=led.lines)
    chosen, hard = Stance("hard", led.why), manner("hard")
    opened = opening(chosen, seen, heard, None, rng)
    asks = hard.may_ask(seen.said, seen.trait("curious"))
    return Understood(
        chosen,
        messages,
        known,
        None if opened in hard.openings else opened,
        questions=beginnings("hard", seen, pronoun([*heard[-2:], seen.text]), rng) if asks else (),
        instead=led.lines[0],
    )
