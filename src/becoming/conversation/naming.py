"""Naming a feeling she hears, as a guess: "That sounds more tired than angry."

A complex reflection (Miller and Rollnick, Motivational Interviewing) says what was meant rather than what was
said. The words are written by hand in `naming.toml`; code picks them from the perceived feeling and its strength,
so that nothing is named that was not heard, and seldom enough that it stays a thing one says and not a manner.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from becoming.care.known import words
from becoming.conversation.files import table
from becoming.conversation.fluent import capital
from becoming.conversation.kinds import Kind
from becoming.events import Feeling

NAMED = frozenset[Kind]({"hard", "reflect", "ask", "celebrate", "other_side"})
"""Stances in which a feeling may be named unasked."""

SURE, VERY_SURE = 0.6, 0.85
HEARD, LOUD, SECOND = 0.45, 0.6, 0.2
"""Intensities: from the first on a feeling is named, from the second on as a strong one, from the third beside another."""

BETWEEN = 3
"""Replies between two of them; a warm being waits one less."""

LATELY = 8
"""For so many replies a feeling once named is not named again."""

AGAINST = 0.35
"""A valence so far on the other side speaks against what the words seem to tell."""

STEM = 6
_ME = frozenset("i i'm i've i'd i'll me my myself we we're we've us our".split())
_OTHERS = frozenset("he she they he's she's they're him her them his their everybody everyone".split())
CUED = 0.5
"""The intensity of a feeling that the words alone tell."""


def named(
    text: str, feeling: Feeling | None, said: Sequence[str], warm: float, rng: random.Random
) -> str | None:
    """A sentence that names what is heard in `text`, or None where nothing new is heard clearly enough.

    `said` are her lines so far.
    """
    if any(_names(line) for line in said[-(BETWEEN - (warm >= 0.65)) :]):
        return None
    if any(_is_said(name, text) for name in _feelings()):
        return None  # the person has named it; another word would know better
    found = heard(text, feeling)
    fresh = [each for each in found if not any(_is_said(each[0], line) for line in said[-LATELY:])]
    if not fresh or fresh[0] != found[0]:
        return None  # the strongest was said already; the second is not the point
    return _phrase(fresh, said, rng)


def reading(lines: Sequence[tuple[str, Feeling | None]], said: Sequence[str], rng: random.Random) -> str:
    """What she hears in the person's last lines, the latest first, because she was asked; that she does not know,
    where she does not."""
    found = next((each for text, feeling in lines if (each := heard(text, feeling, SECOND))), None)
    return _phrase(found, said, rng) if found else rng.choice(_fresh(_table()["unknown"], said))


def hurts(text: str) -> bool:
    """Whether the words tell of something that hurts, though no word for it is said."""
    return any(not _feelings()[name]["pleasant"] for name, _ in _cued(text))


def heard(text: str, feeling: Feeling | None, least: float = HEARD) -> list[tuple[str, float]]:
    """The feelings that can be named, strongest first, with their intensities; one of each family.

    What is only perceived, and told by no situation, has at least the intensity `least`.
    """
    found = _cued(text)
    if feeling and feeling.confidence >= SURE:
        against = feeling.confidence >= VERY_SURE and abs(feeling.valence) >= AGAINST
        sign = feeling.valence > 0
        found = [each for each in found if not against or _feelings()[each[0]]["pleasant"] == sign]
        strong = [each for each in feeling.emotions if each[0] in _feelings() and each[1] >= SECOND]
        # Where the first disagrees with the valence, nobody knows: better nothing than the wrong thing.
        sure = strong and strong[0][1] >= least and _feelings()[strong[0][0]]["pleasant"] == sign
        if found or (sure and _is_own(text)):
            found = sorted([*found, *strong], key=lambda each: -each[1])
    return _one_of_each(found)


def _cued(text: str) -> list[tuple[str, float]]:
    plain = text.lower().replace("’", "'")
    return [(name, CUED) for name, cue in _table()["cues"].items() if re.search(rf"\b(?:{cue})", plain)]


def _is_own(text: str) -> bool:
    """Whether the feeling may be the person's: "She started crying." tells of another's."""
    spoken = set(words(text))
    return bool(spoken & _ME) or not spoken & _OTHERS


def _one_of_each(heard: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    kept: dict[str, tuple[str, float]] = {}
    for name, intensity in heard:
        kept.setdefault(_feelings()[name]["family"], (name, intensity))
    return list(kept.values())


def _is_said(name: str, line: str) -> bool:
    """Whether the word for a feeling occurs, in whatever form: "disappointed" for disappointment."""
    plain = line.lower()
    return _word(name) in plain or any(each.startswith(_noun(name)[:STEM]) for each in words(plain))


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
        Noun=capital(noun),
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


def _table() -> dict[str, Any]:
    return table("naming.toml")
