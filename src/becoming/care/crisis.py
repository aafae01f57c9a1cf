"""The crisis protocol: what she says when somebody is in danger, as a small state machine over turns.

    calm ──danger heard──▶ open ──▶ ask once ▸ line ▸ people ▸ safety plan ▸ stay …      (tiers ask and concern)
                             └────▶ emergency number ▸ away from the means ▸ hurdles ▸ on …        (emergency)

`move` is a pure function: state and what was heard in, her next step and the state after it out. Nothing is
said by a language model; every sentence stands in `crisis.toml`, in several wordings, and is never refused,
shortened or reworded. It asks once, and goes on whatever the answer; it never asks for a promise, never gives a
method, never ends the talk. The state moves only by what was really heard to its end (`after`).
Published as docs/crisis-protocol.md. After: Stanley & Brown, Safety Planning Intervention (2012); Columbia protocol
(C-SSRS) for the order of the questions; VERA-MH (2025) for what must not be missing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from becoming.care import answers, farewell, files
from becoming.care.lines import Place
from becoming.events import Danger, DangerKind, Tier

RANK: Final[dict[Tier, int]] = {"none": 0, "ask": 1, "concern": 2, "emergency": 3}
NOT_AGAIN_FOR = 36
"""So many of her last wordings are not used again, as long as a step has another."""

QUIET: Final[dict[Tier, int]] = {"none": 0, "ask": 2, "concern": 8, "emergency": 8}
"""Turns without danger, with every step said, after which the episode is over."""

ASKED_ONCE_S = 2 * 3600.0
"""So long after a "no" she does not ask again, unless the danger grows."""

LASTS_S = 12 * 3600.0
"""An episode nobody came back to is over after this; a new danger begins a new one."""

COMES_BACK_S = 4 * 24 * 3600.0
"""So long after a dark hour she asks how it is now, when they come back."""

EMERGENCY = ("emergency", "away", "hurdles")


@dataclass(frozen=True, slots=True)
class State:
    """Where an episode stands; plain data, kept across a restart. No word of the person's is in it.

    `tier` is the highest since it began; `waiting` the question that is open; `done` the steps said; `used` her
    last wordings; `quiet` the turns since danger was last heard; `at` the time of the last turn, `denied` of the last
    "no" to her question, `heard` of the last concern or emergency nobody came back to yet (Unix seconds).
    """

    tier: Tier = "none"
    kind: DangerKind = "suicide"
    about: str = "self"
    waiting: str = ""
    done: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    quiet: int = 0
    at: float = 0.0
    denied: float = 0.0
    heard: float = 0.0

    @property
    def over(self) -> State:
        """What is left when the episode is over."""
        return State(used=self.used, at=self.at, denied=self.denied, heard=self.heard)

    @property
    def open(self) -> bool:
        """Whether an episode is under way."""
        return self.tier != "none"

    @classmethod
    def load(cls, kept: Mapping[str, Any] | None) -> State:
        """The state as `dataclasses.asdict` kept it; a new one where that cannot be read."""
        try:
            values = dict(kept or {})
            return cls(**{**values, **{name: tuple(values.get(name, ())) for name in ("done", "used")}})
        except TypeError:
            return cls()


@dataclass(frozen=True, slots=True)
class Heard:
    """What one turn brings: the words, what the detector makes of them, and what is known of the person's side.

    `person` is somebody they trust (empty: nobody known), `planned` whether they have a safety plan, `there` whether
    these words named their country.
    """

    text: str
    danger: Danger
    place: Place
    at: float = 0.0
    person: str = ""
    planned: bool = False
    there: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """Her next step. `words` is what she says; None: nothing of its own, she only listens closely (`stay` has
    what to say when the language model has no words). `state` is what holds once that was heard."""

    step: str
    words: str | None
    state: State
    stay: str = ""


def move(state: State, heard: Heard) -> Move | None:
    """The next step, or None where there is no danger and no episode under way."""
    if state.open and heard.at - state.at > LASTS_S:
        state = state.over
    danger = heard.danger
    denied = danger.tier == "ask" and state.denied > 0 and heard.at - state.denied < ASKED_ONCE_S
    if not state.open and (danger.tier == "none" or denied):
        return None
    before = state
    state = _heightened(state, danger)
    state = replace(state, at=heard.at, quiet=0 if danger.tier != "none" else state.quiet + 1)
    if RANK[danger.tier] >= RANK["concern"]:
        state = replace(state, heard=heard.at)
    step = _next(before, state, heard)
    if step == "over":
        return None
    return _said(step, state, heard)


def returning(state: State, at: float) -> str | None:
    """What she asks when they come back after a dark hour, once; None where there was none lately."""
    since = at - state.heard
    if not state.heard or since > COMES_BACK_S:
        return None
    return _wording("returning", state)


def after(moved: Move, before: State, heard_to_end: bool) -> State:
    """The state once she has spoken; a step that was cut off will be said again."""
    if heard_to_end or moved.words is None:
        return moved.state
    kept = before if before.open else before.over
    return replace(
        kept, tier=moved.state.tier, kind=moved.state.kind, about=moved.state.about, at=moved.state.at
    )


# ── which step ──────────────────────────────────────────────────────────────────────────────


def _heightened(state: State, danger: Danger) -> State:
    """An episode takes the highest tier heard, and begins its steps anew when it rises or its matter changes."""
    if RANK[danger.tier] > RANK[state.tier] or (not state.open and danger.tier != "none"):
        # Once it is more than a question, whether it is meant for today is asked with the line, named before or not.
        done = tuple(step for step in state.done if step != "line")
        return replace(state, tier=danger.tier, kind=danger.kind or "suicide", about=danger.about, done=done)
    other = danger.kind is not None and (danger.kind, danger.about) != (state.kind, state.about)
    own = danger.about == "self" and state.about == "other"  # their own danger comes before somebody else's
    if other and danger.tier != "none" and (own or danger.tier != "ask"):
        tier = danger.tier if own else state.tier
        kind = danger.kind or state.kind
        return replace(state, tier=tier, kind=kind, about=danger.about, done=(), waiting="")
    return state


def _next(before: State, state: State, heard: Heard) -> str:
    text, rose = heard.text, RANK[state.tier] > RANK[before.tier]
    method = (
        answers.asks_method(text) if before.open else heard.danger.tier != "none" and answers.asks_how(text)
    )
    if method and state.about == "self":
        return "refuse" if state.tier != "emergency" or "emergency" in state.done else "emergency"
    if state.tier == "emergency":
        return _in_emergency(state, heard)
    if farewell.leaves(text) and not rose:
        return "parting" if "parting" not in state.done else "over"
    if state.tier == "ask":
        return _asked(state, heard)
    return _in_concern(state, heard)


def _in_emergency(state: State, heard: Heard) -> str:
    text = heard.text
    if "emergency" in state.done and heard.danger.tier != "emergency":
        if answers.with_somebody(text):
            return "safer"
        if answers.denies(text) and heard.danger.tier == "none":
            return "denied"
        if answers.not_today(text):
            return "people"
        if farewell.leaves(text):
            return "parting"
        if heard.there and "there" not in state.done:
            return "emergency"
        if answers.refuses(text) and "hurdles" not in state.done:
            return "hurdles"
    return next((step for step in EMERGENCY if step not in state.done), "emergency_on")


def _asked(state: State, heard: Heard) -> str:
    text = heard.text
    if state.about == "self" and answers.yes(text) and answers.names_today(text) and "ask" in state.done:
        return "emergency"  # also a turn later than it was asked
    if state.waiting != "ask":
        if "ask" in state.done:  # asked once in this episode: not again
            return "again" if heard.danger.tier != "none" else _listens(state)
        return "ask"
    if (answers.no(text) or answers.denies(text)) and heard.danger.tier in ("none", "ask"):
        return "no"
    return "line" if answers.yes(text) or heard.danger.tier == "concern" else "unsure"


def _in_concern(state: State, heard: Heard) -> str:
    text = heard.text
    today = answers.names_today(text) or (state.waiting == "today" and answers.soon(text))
    if today and state.about == "self" and state.waiting in ("today", "plan", "ask"):
        return "emergency"
    if heard.danger.tier == "none":
        if state.waiting == "plan" and answers.no(text):
            return "no_plan"
        if heard.there and "there" not in state.done:
            return "there"
        if answers.denies(text) and "denied" not in state.done:
            return "denied"
    if "line" not in state.done:
        return "line"
    if "ask" not in state.done:
        return "ask"  # the line was named already, with a refusal
    for step, said in (("secret", answers.secret), ("refuses", answers.refuses)):
        if said(text) and step not in state.done:
            return step
    if "people" not in state.done:
        return "people"
    if heard.person and "person" not in state.done:
        return "person"
    if "plan" not in state.done and state.about == "self" and state.kind in ("suicide", "self_harm"):
        return "have_plan" if heard.planned else "plan"
    return "again" if heard.danger.tier != "none" else _listens(state)


def _listens(state: State) -> str:
    return "stay" if state.quiet < QUIET[state.tier] else "over"


# ── which words ─────────────────────────────────────────────────────────────────────────────

_WAITS = {"ask": "ask", "line": "today", "plan": "plan", "have_plan": "plan"}
_DOES = {
    "line": ("line", "ask"),
    "refuse": ("line",),
    "unsure": ("line",),
    "have_plan": ("plan",),
    "no_plan": ("plan",),
    "emergency": ("emergency", "line", "ask"),
    **dict.fromkeys(("emergency_on", "again", "stay"), ()),
}
"""Which steps need not come any more after one; where nothing stands here, itself."""


def _said(step: str, state: State, heard: Heard) -> Move:
    if step == "emergency" and state.tier != "emergency":
        state = replace(state, tier="emergency", done=())
    words = _wording(step, state)
    waiting = "" if step == "line" and state.kind != "suicide" else _WAITS.get(step, "")
    done = tuple(dict.fromkeys((*state.done, *_DOES.get(step, (step,)))))
    now = replace(state, waiting=waiting, done=done, used=(*state.used, words)[-NOT_AGAIN_FOR:])
    if heard.there:
        now = replace(now, done=(*now.done, "there"))
    if (step in ("line", "refuse") and state.tier == "ask") or (
        step == "people" and state.tier == "emergency"
    ):
        now = replace(now, tier="concern")
    if step == "no":
        now = replace(now, denied=heard.at).over
    if step in ("safer", "denied"):
        now = replace(now, tier="concern", done=("line", "ask", "people", "person", step), quiet=0)
    if step == "stay":
        return Move(step, None, now, words)
    return Move(step, _filled(words, heard), now)


def _wording(step: str, state: State) -> str:
    """The wording of a step that was used longest ago."""
    table = _table()
    own: Mapping[str, Sequence[str]] = table.get(state.kind, {}).get(state.about, {})
    wordings = own.get(step) or table["any"][step]
    last = {words: place for place, words in enumerate(state.used)}
    return min(wordings, key=lambda words: last.get(words, -1))


def _filled(words: str, heard: Heard) -> str:
    """The wording with the numbers and the name in it."""
    filled = {**heard.place.words, "person": heard.person}

    def put(found: re.Match[str]) -> str:
        before, value = found["before"], filled[found["name"]]
        return before + (value if before in ("", ". ", "? ") else value[:1].lower() + value[1:])

    return re.sub(r"(?P<before>[.?:,;] |)\{(?P<name>\w+)\}", put, words)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files.read("crisis.toml"))


def wordings() -> dict[str, Sequence[str]]:
    """Every step and its wordings, named kind.about.step; for the published protocol and the self-test."""
    kinds = dict(_table())
    found = {f"any.{step}": words for step, words in kinds.pop("any").items()}
    for kind, abouts in kinds.items():
        for about, steps in abouts.items():
            found |= {f"{kind}.{about}.{step}": words for step, words in steps.items()}
    return found
