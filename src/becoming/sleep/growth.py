"""How the life with this person changes her: small bounded steps, each for reasons that are counted once.

The signs are in `signs.toml`. What the person mostly speaks of leans on her too, as what brought them here did
at her birth. A step is taken once its reasons have come together, over several nights if need be.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources

from becoming.events import Moment
from becoming.persona import growing
from becoming.persona.brings import themes
from becoming.persona.traits import NUDGES
from becoming.sleep.night import Growth

THEME_REASONS, THEME_STEP = 6, 0.03
_TIMES = {1: "once", 2: "twice", 3: "three times", 4: "four times", 5: "five times", 6: "six times"}
_ABOUT = {
    "heavy": "hard things", "light": "light things", "work": "work", "words": "words and stories",
    "wonder": "what there is to wonder at", "people": "people",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sign:
    """What one entry of `signs.toml` says."""

    name: str
    step: float
    least: int
    because: str
    says: re.Pattern[str]
    days: int = 1
    after: str = ""
    words: tuple[int, int] = (1, 9_999)
    hour: tuple[int, int] = (0, 24)

    def shown_by(self, moment: Moment, before: str) -> bool:
        """Whether a line of the person's, said after that line of hers, is a reason."""
        return bool(
            self.words[0] <= len(moment.text.split()) <= self.words[1]
            and self.hour[0] <= datetime.fromtimestamp(moment.at).hour < self.hour[1]
            and (self.after != "asks" or before.rstrip().endswith("?"))
            and self.says.search(moment.text.replace("’", "'"))
        )


def grow(
    moments: Sequence[Moment],
    used: Mapping[str, Collection[int]],
    born: Mapping[str, float],
    now: Mapping[str, float],
) -> list[Growth]:
    """The steps that the `moments` of the last weeks are reason for; one a trait.

    `used` are the moments that each trait has changed for already; `born` and `now` her traits.
    """
    found: dict[str, Growth] = {}
    for step in [*_by_signs(moments, used), *_by_themes(moments, used, born)]:
        room = _room(step, born, now)
        if step.name not in found and abs(room) >= 0.005:
            found[step.name] = Growth(step.name, room, step.because, step.rests)
    return list(found.values())


def _by_signs(moments: Sequence[Moment], used: Mapping[str, Collection[int]]) -> Iterator[Growth]:
    for sign in _signs():
        taken = used.get(sign.name, ())
        before, shown = "", []
        for moment in moments:
            if moment.role == "her":
                before = moment.text
                continue
            if moment.id not in taken and sign.shown_by(moment, before):
                shown.append(moment)
            before = ""
        days = {datetime.fromtimestamp(each.at).date() for each in shown}
        if len(shown) >= sign.least and len(days) >= sign.days:
            count = _TIMES.get(len(days) if sign.days > 1 else len(shown), f"{len(shown)} times")
            because = sign.because.format(count=count.replace("twice", "two") if sign.days > 1 else count)
            yield Growth(sign.name, sign.step, because, tuple(each.id for each in shown))


def _by_themes(
    moments: Sequence[Moment], used: Mapping[str, Collection[int]], born: Mapping[str, float]
) -> Iterator[Growth]:
    touched: dict[str, list[int]] = {}
    for moment in moments:
        if moment.role == "person":
            for theme in themes(moment.text):
                touched.setdefault(theme, []).append(moment.id)
    for theme, ids in sorted(touched.items(), key=lambda each: -len(each[1])):
        for name, push in NUDGES[theme].items():
            fresh = [id_ for id_ in ids if id_ not in used.get(name, ())]
            if name in born and len(fresh) >= THEME_REASONS:
                yield Growth(name, push * THEME_STEP, f"you spoke of {_ABOUT[theme]} so often", tuple(fresh))


def _room(step: Growth, born: Mapping[str, float], now: Mapping[str, float]) -> float:
    """The part of a step that its bounds leave room for."""
    if step.name in growing.HABITS:
        least, most = growing.HABITS[step.name]
        was = now.get(step.name, 0.0)
        return round(min(most, max(least, was + step.step)) - was, 3)
    if step.name not in born:
        return 0.0
    was = now[step.name]
    return round(growing.bounded(step.name, born[step.name], was + step.step) - was, 3)


@cache
def _signs() -> list[Sign]:
    text = resources.files("becoming.sleep").joinpath("signs.toml").read_text(encoding="utf-8")
    signs = []
    for each in tomllib.loads(text)["sign"]:
        pairs = {name: tuple(each[name]) for name in ("words", "hour") if name in each}
        says = re.compile("|".join(f"(?:{said})" for said in each["says"]), re.IGNORECASE)
        signs.append(Sign(**{**each, **pairs, "says": says}))
    return signs
