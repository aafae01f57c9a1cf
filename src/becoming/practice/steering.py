"""What comes of a turn in a play: an answer, or what was asked of the play itself. Pure: nothing happens here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from becoming.care import farewell
from becoming.conversation.fluent import capital, fluent
from becoming.practice.asking import ASKED, Asked, commands
from becoming.practice.debrief import debrief, kept
from becoming.practice.moves import Move
from becoming.practice.playing import Play, Said, does, next_move
from becoming.practice.scenes import Does

AFTERWARDS = "When will you really talk with {them}? Name a day, and I'll ask you afterwards how it went."
DECLINED = "That I don't practise: it would be done to somebody and not said to them. What do you want from {them} underneath?"
_ORDER = ("stop", "over", "back", "again", "harsher", "kinder", "swap", "coach")


@dataclass(frozen=True, slots=True)
class Stage:
    """Where it stands: off, which, who, memory, how, play, plan, went, learned; what was asked for, and the play."""

    kind: str = "off"
    asked: Asked | None = None
    play: Play | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What comes of a turn. In this order are said: `lines` as herself ("{sounds}" is a sentence that makes `move`), `theirs`
    and an answer to `heard` as whom she plays, and a sentence for the person where `for_you`; then it stands at `then`."""

    then: Stage
    lines: tuple[str, ...] = ()
    theirs: str = ""
    does: Does | None = None
    heard: str = ""
    move: Move | None = None
    for_you: bool = False
    note: dict[str, Any] | None = None
    plans: tuple[float, float] | None = None
    keeps: str = ""


def steered(text: str, play: Play, dark: Callable[[str], bool], now: float, tried: str = "") -> Step | None:
    """What comes of a turn in a play; None where it is no part of it. Nothing `dark` is quoted; `tried` is the
    move that was told the last time."""
    said = fluent(text)  # what was meant; what is quoted afterwards stays as it was said
    scene, stage, asked = play.scene, Stage("play", None, play), commands(said)
    if ASKED["violent"].search(said):
        return Step(Stage(), (f"I'm stopping here, that's me again. {DECLINED.format(them=scene.told)}",))
    if ASKED["real"].search(said):
        return Step(stage, (f"It's me, software, playing {scene.told}. Say stop, and it's over.",))
    if ASKED["sexual"].search(said):
        return Step(stage, ("That part I don't play, that's for real people. We can go on with the rest.",))
    if farewell.leaves(said) and len(said.split()) <= 6 and scene.name.lower() not in said.lower():
        return None
    last = [n for n, each in enumerate(play.said) if each.who == "you"]
    until = replace(play, said=play.said[: last[-1]]) if last else play
    match next((each for each in _ORDER if each in asked), ""):
        case "stop":
            return _debriefed(play, dark, now, tried)
        case "over":
            return Step(Stage("play", None, replace(play, said=())), ("From the top.",), scene.opens)
        case "back" if play.swapped:
            line = next((each.text for each in reversed(play.said) if each.who == "they"), scene.opens)
            turn = replace(play, swapped=False)
            return Step(Stage("play", None, turn), (f"You're you again, and I'm {scene.told}.",), line)
        case "again" if not play.swapped:
            line = next((each.text for each in reversed(until.said) if each.who == "they"), scene.opens)
            turn = replace(until, said=until.said[:-1]) if until.said else until
            return Step(Stage("play", None, turn), ("Again from there.",), line)
        case "harsher" | "kinder" as kind:
            tone = max(-2, min(2, play.tone + (1 if kind == "kinder" else -1)))
            turn, heard = replace(until, tone=tone), play.said[last[-1]].text if last else ""
            line = f"All right, {kind}."
            return Step(
                Stage("play", None, turn), (line,), does=does(turn, heard) if heard else None, heard=heard
            )
        case "swap":
            line = f"Now I'm you, and you're {scene.told}. Answer me as {scene.told} would."
            turn = replace(play, swapped=True)
            return Step(Stage("play", None, turn), (line,), move=next_move(turn), for_you=True)
        case "coach":
            move = next_move(play)
            told = (f"One move, from {move.source}: {move.tip}.", 'It could sound like this: "{sounds}"')
            return Step(stage, (*told, f"{capital(scene.told)} is waiting."), move=move)
    if play.swapped:
        turn = play.adding(Said("them", text))
        return Step(Stage("play", None, turn), move=next_move(turn), for_you=True)
    return Step(Stage("play", None, play), does=does(play, text), heard=text)


def _debriefed(play: Play, dark: Callable[[str], bool], now: float, tried: str) -> Step:
    it = debrief(play, dark, tried)
    if it is None:
        return Step(Stage(), ("All right, that's me again.",))
    lines = [*it.lines(play, "{sounds}"), AFTERWARDS.format(them=play.scene.told)]
    return Step(Stage("plan", None, play), tuple(lines), move=it.to_try, note=kept(play, it, now))
