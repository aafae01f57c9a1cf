"""Naming a feeling she hears, as a guess: "That sounds more tired than angry."

A complex reflection (Miller and Rollnick, Motivational Interviewing) says what was meant rather than what was
said. The words are written by hand in `naming.toml`; code picks them from the perceived feeling and its strength,
so that nothing is named that was not heard, and seldom enough that it stays a thing one says and not a manner.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from becoming.care.known import content
from becoming.conversation.kinds import Kind
from becoming.events import Feeling

NAMED = frozenset[Kind]({"hard", "reflect", "ask", "celebrate", "other_side"})
"""Stances in which a feeling may be named unasked."""

SURE = 0.6
HEARD, LOUD, SECOND = 0.25, 0.55, 0.2
"""Intensities: from the first on a feeling is named, from the second on as a strong one, from the third beside another."""

BETWEEN = 3
"""Replies between two of them; a warm being waits one less."""

LATELY = 8
"""For so many replies a feeling once named is not named again."""

CUED = 0.5
"""The intensity of a feeling that the words alone tell."""


def named(
    text: str, feeling: Feeling | None, said: Sequence[str], warm: float, rng: random.Random
) -> str | None:
    """A sentence that names what is heard in `text`, or None where nothing new is heard clearly enough.

    `said` are her lines so far.
    """
    if feeling is None or any(_names(line) for line in said[-(BETWEEN - (warm >= 0.65)) :]):
        return None
    heard = _heard(text, feeling)
    used = {stem for line in (text, *said[-LATELY:]) for stem in content(line)}
    fresh = [each for each in heard if not used & set(content(f"{_word(each[0])} {_noun(each[0])}"))]
    if not fresh or fresh[0] != heard[0]:
        return None  # the strongest was said already, by the person or by her; the second is not the point
    return _phrase(fresh, said, rng)


def reading(text: str, feeling: Feeling | None, said: Sequence[str], rng: random.Random) -> str:
    """What she hears, because she was asked; that she does not know, where she does not."""
    heard = _heard(text, feeling) if feeling else []
    phrase = _phrase(heard, said, rng) if heard else None
    return phrase or rng.choice(_fresh(_table()["unknown"], said))


def _heard(text: str, feeling: Feeling) -> list[tuple[str, float]]:
    """The feelings that can be named, strongest first, with their intensities."""
    plain = text.lower().replace("’", "'")
    heard = [(name, CUED) for name, cue in _table()["cues"].items() if re.search(rf"\b(?:{cue})", plain)]
    if feeling.confidence >= SURE:
        sign = feeling.valence > 0
        strong = [each for each in feeling.emotions if each[0] in _feelings() and each[1] >= SECOND]
        # Where the first disagrees with the valence, nobody knows: better nothing than the wrong thing.
        if strong and strong[0][1] >= HEARD and _feelings()[strong[0][0]]["pleasant"] == sign:
            heard = sorted([*heard, *strong], key=lambda each: -each[1])
    return heard


def _phrase(heard: Sequence[tuple[str, float]], said: Sequence[str], rng: random.Random) -> str:
    (first, strength), *rest = heard
    if rest and strength < LOUD + 0.2:
        second = rest[0][0]
        alike = _feelings()[first]["pleasant"] == _feelings()[second]["pleasant"]
        templates = _table()["two" if alike else "both"]
    else:
        second = first
        templates = _table()["much" if strength >= LOUD else "little"]
    noun = _noun(first)
    return str(rng.choice(_fresh(templates, said))).format(
        noun=noun,
        Noun=noun[:1].upper() + noun[1:],
        noun2=_noun(second),
        word=_word(first),
        other=_word(second),
    )


def _fresh(templates: Sequence[str], said: Sequence[str]) -> list[str]:
    """Those not used lately; all of them where all were."""
    fresh = [each for each in templates if not any(_shape(each).search(line) for line in said[-20:])]
    return fresh or list(templates)


def _names(line: str) -> bool:
    return any(
        _shape(each).search(line) for shape in ("little", "much", "two", "both") for each in _table()[shape]
    )


@cache
def _shape(template: str) -> re.Pattern[str]:
    """A template as it looks when it was said."""
    return re.compile(r"[\w' ]+".join(map(re.escape, re.split(r"\{\w+\}", template))))


def _noun(name: str) -> str:
    return str(_feelings()[name]["noun"])


def _word(name: str) -> str:
    return str(_feelings()[name]["word"])


def _feelings() -> dict[str, Any]:
    return dict(_table()["feelings"])


@cache
def _table() -> dict[str, Any]:
    file = resources.files("becoming.conversation") / "naming.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
