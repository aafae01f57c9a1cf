"""After the play: what was said, word for word, one thing that worked, one to try; and what was kept of it over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from becoming.conversation.echo import turned
from becoming.conversation.fluent import capital
from becoming.practice.moves import Found, Move, helping, instead, moves, power
from becoming.practice.playing import Play

QUOTED = 'You said: "{}"'
LONGEST = 22
"""Words of a quotation that an ear bears."""

_AFTER = {
    "reached": "{name} came a step towards you.",
    "answers": "{name} told you what it is about.",
    "gives": "{name} gave a little.",
}
_HIT = {"stung": "{name} hit back", "firm": "{name} closed up"}


@dataclass(frozen=True, slots=True)
class Debrief:
    """What is told of a play. `worked` and `hurt` quote the person; `to_try` is the one move for the next time."""

    worked: Found | None
    after: str
    hurt: Found | None
    to_try: Move

    def lines(self, play: Play, sounds: str) -> list[str]:
        """As it is said; `sounds` is a sentence that makes the move."""
        told = ["That's me again."]
        if self.worked:
            told += [QUOTED.format(self.worked.quote), f"That was {moves()[self.worked.key].worked}."]
            told += [self.after] if self.after else []
        else:
            told += ["You said it out loud, and you stayed."]
        tip = f"from {self.to_try.source}: {self.to_try.tip}."
        if self.hurt:
            hit = _HIT.get(_answer_to(play, self.hurt.quote), "it got harder").format(
                name=capital(play.scene.told)
            )
            told += [f'At "{self.hurt.quote}" {hit}.', f"One thing to try there, {tip}"]
        else:
            told += [f"One thing to try next time, {tip}"]
        return [*told, f'It could sound like this: "{sounds}"']


def debrief(play: Play, dark: Callable[[str], bool], tried: str = "") -> Debrief | None:
    """What is to be told; None where the person has said nothing. Nothing `dark` is quoted, and what was to be `tried` the
    last time is not told again."""
    lines = play.of("you")
    if not lines:
        return None
    helped = [it for line in lines for it in helping(line)]
    good = [it for it in helped if _fits(it, dark)]
    answered = [it for it in good if _answer_to(play, it.quote) in _AFTER]
    worked = next(iter(answered[::-1] or good[::-1]), None)
    after = _AFTER.get(_answer_to(play, worked.quote), "") if worked else ""
    hurt = next((it for line in reversed(lines) for it in power(line) if _fits(it, dark)), None)
    made = {it.key for it in helped}
    missing = [move for key, move in moves().items() if key not in made and key != tried]
    to_try = instead(hurt.key) if hurt else next(iter(missing), moves()["stay"])
    return Debrief(worked, after.format(name=capital(play.scene.told)), hurt, to_try)


def _fits(it: Found, dark: Callable[[str], bool]) -> bool:
    return len(it.quote.split()) <= LONGEST and not dark(it.quote)


def _answer_to(play: Play, quote: str) -> str:
    """What the other one did with the line in which this was said."""
    at = next(
        (n for n, each in enumerate(play.said) if each.who == "you" and quote in each.text), len(play.said)
    )
    return next((each.does for each in play.said[at + 1 : at + 2] if each.who == "they"), "")


# ── what is kept ────────────────────────────────────────────────────────────────────────────


def kept(play: Play, it: Debrief, at: float) -> dict[str, Any]:
    """All that stays of a play: no line of it, only which moves were made, and what to try."""
    lines = play.of("you")
    return {
        "scene": play.scene.key,
        "title": play.scene.title,
        "for": f"a talk with {play.scene.calls}",  # more than a name, and so it is found where they are forgotten
        "at": round(at),
        "turns": len(lines),
        "moves": dict(Counter(it.key for line in lines for it in helping(line))),
        "power": sum(bool(power(line)) for line in lines),
        "try": it.to_try.key,
    }


def progress(past: Sequence[Mapping[str, Any]]) -> str:
    """How it has gone over the rehearsals, in words; the latest one beside the first of the same scene."""
    if not past:
        return "We haven't practised anything yet."
    last = past[-1]
    same = [each for each in past if each.get("title") == last.get("title")]
    first, title = same[0], turned(str(last.get("title") or "it"))
    if len(same) == 1:
        return f"Once so far, {title}. {_told(last)} Next you wanted to try {_named([last.get('try', '')])}."
    new = [key for key in last.get("moves", {}) if key not in first.get("moves", {})]
    sharp = (int(first.get("power", 0)), int(last.get("power", 0)))
    told = f"{len(same)} times {title}. At first {_lines(sharp[0])} had a blow in it, last time {_lines(sharp[1])}."
    return f"{told} New since then: {_named(new)}." if new else told


def _told(it: Mapping[str, Any]) -> str:
    return (
        f"In it: {_named(list(it.get('moves', {})))}."
        if it.get("moves")
        else "It was said, that's the beginning."
    )


def _lines(count: int) -> str:
    return (
        "none of your lines" if not count else "one of your lines" if count == 1 else f"{count} of your lines"
    )


def _named(keys: Sequence[str]) -> str:
    names = [moves()[key].name for key in keys if key in moves()][:3]
    return " and ".join(names) if len(names) < 3 else f"{names[0]}, {names[1]} and {names[2]}"
