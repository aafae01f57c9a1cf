"""What is kept of rehearsals, to be looked at and let go.

A note holds which moves were made and what to try. What somebody said stands in moments alone, to which it points by their
times: what is forgotten there is gone here, and nothing is kept here that may not be kept there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from becoming.conversation.echo import turned
from becoming.conversation.fluent import capital
from becoming.events import Loss
from becoming.memory import Life
from becoming.practice.debrief import QUOTED
from becoming.practice.moves import moves

NOTE = "practice"
_QUOTED = re.compile(re.escape(QUOTED).replace(r"\{\}", r"(.+?)") + r"(?= That was |$)")


def rehearsed(past: Life) -> list[dict[str, Any]]:
    """Every rehearsal, the newest first; empty is what is not known of it. Raises events.StoreError."""
    notes = list(past.moments.get(NOTE) or [])
    lines = past.moments.said_at(at for it in notes for at in it.get("said", ()))
    said = {(str(each.role), round(each.at * 1000)): each.text for each in lines}
    return [_shown(it, said) for it in reversed(notes)]


def plan(past: Life, at: float) -> Loss:
    """What would go with the rehearsal of then: it, and the moments in which it was talked of. Raises events.StoreError."""
    it = next((each for each in past.moments.get(NOTE) or [] if each["at"] == at), None)
    if it is None:
        return Loss("")
    lines = past.moments.said_at(it.get("said", ()))
    return past.forgetting.plan_entry(NOTE, at, [each.id for each in lines])


def _shown(it: Mapping[str, Any], said: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    def told(key: str, role: str) -> str:
        at = it.get(key, 0)
        return at if isinstance(at, str) else said.get((role, round(at * 1000)), "")  # words, as it once was

    worked, move = _QUOTED.search(told("kept", "her")), moves().get(it.get("try", ""))
    title, whom = turned(it.get("title") or ""), it.get("for", "")
    return {
        "at": it["at"],
        "title": capital(title) or "A hard talk",
        "whom": "" if whom.removeprefix("a talk with ") in title else whom,
        "worked": worked[1] if worked else "",
        "try": move.tip if move else "",
        "plan": it.get("plan"),
        "went": told("went", "person"),
        "learned": told("learned", "person"),
    }
