"""The safety plan: six steps in the person's own words, built in a talk or by hand, and read aloud.

Six steps after Stanley & Brown, Safety Planning Intervention (2012). It is the person's: nothing in it is
suggested, corrected or judged. Kept in the encrypted store, part of the export and of every erasure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from becoming.care import answers, files
from becoming.care.lines import Place
from becoming.events import InputError

LONGEST = 300
MOST = 12

Plan = Mapping[str, Sequence[str]]
"""Key of a step → what stands there, in the person's words."""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the six."""

    key: str
    title: str
    ask: str
    read: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What she says in the building of a plan, the plan then, and the step that is open; None: it is over."""

    words: str
    plan: Plan
    at: int | None


@cache
def steps() -> tuple[Step, ...]:
    """The six steps, in order."""
    text = files.read("plan.toml")
    return tuple(Step(**each) for each in tomllib.loads(text)["step"])


def begin(plan: Plan) -> Turn:
    """The first question; a plan that was begun goes on at its first empty step."""
    at = next((at for at, step in enumerate(steps()) if not plan.get(step.key)), 0)
    lead = 'All right. Say "next" when a step is enough, and "stop" whenever you like. ' if at == 0 else ""
    return Turn(f"{lead}{steps()[at].ask}", plan, at)


def answer(plan: Plan, at: int, text: str) -> Turn:
    """An answer to the question of step `at`: kept as it was said, or enough, or stopped."""
    step = steps()[at]
    if answers.enough(text):
        return _next(plan, at)
    if answers.stops(text):
        return Turn("We stop here. What you have is kept, and you can go on any time.", plan, None)
    said = tidy(text)
    kept = checked({**plan, step.key: [*plan.get(step.key, ()), said]})
    return Turn(f"{_KEPT[len(kept[step.key]) % len(_KEPT)]} {_MORE[at % len(_MORE)]}", kept, at)


_KEPT = ("That's kept.", "I have it.", "It stands there now.")
_MORE = ("Anything else for that, or next?", "More, or on to the next?", "Is there another one, or next?")


def _next(plan: Plan, at: int) -> Turn:
    if at + 1 < len(steps()):
        return Turn(steps()[at + 1].ask, plan, at + 1)
    return Turn(
        "That's your plan. It's on your care page, you can change it there, and I read it to you whenever you ask.",
        plan,
        None,
    )


def aloud(plan: Plan, place: Place) -> list[str]:
    """The plan as it is read aloud, a sentence or two a step; empty steps are left out."""
    if empty(plan):
        return ['You have no safety plan yet. If you like, we make one: say "make a safety plan".']
    told = []
    for step in steps():
        entries = [*plan.get(step.key, ())]
        if step.key == "professionals":
            entries.append(f"{place.words['can_call'][:1].lower()}{place.words['can_call'][1:]}")
        if entries:
            told.append(f"{step.read}: {'; '.join(each.rstrip('.') for each in entries)}.")
    return told


def empty(plan: Plan) -> bool:
    """Whether nothing stands in it."""
    return not any(plan.get(step.key) for step in steps())


def checked(given: Mapping[str, Any]) -> dict[str, list[str]]:
    """A plan from outside, tidied. Raises InputError where it is none."""
    keys = {step.key for step in steps()}
    if set(given) - keys:
        raise InputError("A safety plan has six steps, and one of these is none of them.")
    made: dict[str, list[str]] = {}
    for key, entries in given.items():
        if not isinstance(entries, list) or not all(isinstance(each, str) for each in entries):
            raise InputError("Each step of a safety plan is a list of lines.")
        lines = [tidy(each) for each in entries if each.strip()]
        if len(lines) > MOST or any(len(each) > LONGEST for each in lines):
            raise InputError(
                f"A step has at most {MOST} lines of {LONGEST} characters: short is easier to use."
            )
        made[key] = list(dict.fromkeys(lines))
    return made


def tidy(text: str) -> str:
    """One line, without what was only said to begin ("um, well")."""
    line = " ".join(text.split())
    line = re.sub(r"^(?:(?:um|uh|well|okay|ok|so|hm+|like)[,.… ]+)+", "", line, flags=re.IGNORECASE)
    return f"{line[:1].upper()}{line[1:]}" if line else text.strip()


def kept(note: Any) -> dict[str, list[str]]:
    """The plan as it lies in the store; without the lines that were forgotten since."""
    keys = [step.key for step in steps()]
    return (
        {key: [line for line in note.get(key, []) if line] for key in keys} if isinstance(note, dict) else {}
    )
