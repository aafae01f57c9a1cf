"""What the page of her memory shows, as JSON. Times are Unix seconds: the browser says them in its own way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from becoming.events import Belief, Evidence, Loss, Moment, Receipt
from becoming.memory.library import Passage
from becoming.memory.people import KIN
from becoming.memory.recall.search import Recalled
from becoming.memory.talks import Talk

SHOWN = 300
"""Lines of talk that are shown one by one before a forgetting; of more, the count."""

_NOTES = {
    "person": "what you told her about yourself when she began",
    "birth": "how she began",
    "practice": "a note on a rehearsal",
}


def groups(held: Sequence[Belief], kinships: dict[str, str], her: str) -> list[dict[str, Any]]:
    """All beliefs by whom they are about, the person first; what is over apart from what is held."""
    about: dict[str, list[Belief]] = {"you": []}
    for each in held:
        about.setdefault(each.about, []).append(each)
    return [
        {
            "about": who,
            "title": _title(who, kinships, her),
            "held": [belief(each) for each in them if each.current],
            "once": [belief(each) for each in them if not each.current],
        }
        for who, them in about.items()
        if them
    ]


def _title(who: str, kinships: dict[str, str], her: str) -> str:
    kin = kinships.get(who)
    if who in ("you", "me"):
        return "You" if who == "you" else her or "Herself"
    if who in KIN:
        return f"Your {who}"
    return f"{who}, your {kin}" if kin else who


def belief(one: Belief) -> dict[str, Any]:
    """One belief; `how` it ended, if it did: "over", or "never" for what the person took back."""
    return {
        "id": one.id,
        "text": one.text,
        "value": one.value,
        "kind": one.kind,
        "learned": one.learned,
        "ended": one.true_to if one.unlearned is None else one.unlearned,
        "how": None if one.current else "over" if one.unlearned is None else "never",
        "can_be_put_right": one.kind == "plan" or one.value.casefold() in one.text.casefold(),
    }


def source(evidence: Evidence) -> dict[str, Any]:
    """Where a belief comes from."""
    return {**moment(evidence.moment), "quote": evidence.quote, "against": evidence.against}


def moment(one: Moment) -> dict[str, Any]:
    """One line of a talk."""
    return {"id": one.id, "role": one.role, "text": one.text, "at": one.at, "cut": one.interrupted}


def talk(one: Talk) -> dict[str, Any]:
    """A talk, or as much of it as is on the page."""
    return {"id": one.id, "moments": [moment(each) for each in one.moments]}


def recalled(found: Recalled) -> dict[str, Any]:
    """A moment that was found, and why."""
    return {**moment(found.moment), "reason": found.reason, "around": [moment(each) for each in found.around]}


def passage(found: Passage) -> dict[str, Any]:
    """A piece of a book that was found."""
    return {"title": found.title, "place": found.place, "text": found.text}


def loss(what: Loss) -> dict[str, Any]:
    """What would go."""
    return {
        "everything": what.everything,
        "moments": [moment(each) for each in what.moments[:SHOWN]],
        "moments_count": len(what.moments),
        "beliefs": [each.text for each in what.beliefs],
        "reopened": [each.text for each in what.reopened],
        "people": list(what.people),
        "books": [title for _, title in what.books],
        "notes": [_NOTES.get(key, f"a note of hers ({key})") for key in what.notes],
    }


def receipt(done: Receipt) -> dict[str, Any]:
    """What went, and where something is left."""
    return {
        "moments": done.moments,
        "beliefs": done.beliefs,
        "people": done.people,
        "books": done.books,
        "notes": done.notes,
        "backups": done.backups_replaced,
        "prompts": done.prompts_dropped,
        "left": list(done.left),
        "beyond": list(done.beyond),
    }
