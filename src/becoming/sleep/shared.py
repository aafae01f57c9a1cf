"""What the two of them share: words that keep coming back, with laughter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from becoming.care.known import STOP, words
from becoming.events import Lesson, Moment
from becoming.sleep.night import Claim

LEAST_DAYS, MOST = 3, 2
_LAUGHS = re.compile(
    r"\bha(?:ha)+\b|\blol\b|\b(?:funny|hilarious|laugh\w*|giggl\w*|joke)\b|😂|🤣", re.IGNORECASE
)


def jokes(moments: Sequence[Moment]) -> list[Claim]:
    """Phrases of two or three telling words that came up on LEAST_DAYS days, at least once with laughter."""
    said: dict[str, list[Moment]] = {}
    laughed: set[str] = set()
    for moment in moments:
        for phrase in _phrases(moment.text):
            if moment.role == "person":
                said.setdefault(phrase, []).append(moment)
            if _LAUGHS.search(moment.text):
                laughed.add(phrase)
    found = [
        (len(_days(each)), phrase, each)
        for phrase, each in said.items()
        if phrase in laughed and len(_days(each)) >= LEAST_DAYS
    ]
    kept: list[tuple[str, list[Moment]]] = []
    for _, phrase, each in sorted(found, key=lambda one: (-one[0], -len(one[1]), one[1])):
        if not any(phrase in other or other in phrase for other, _ in kept):
            kept.append((phrase, each))
    return [_claim(phrase, each) for phrase, each in kept[:MOST]]


def _phrases(text: str) -> set[str]:
    spoken = words(text)
    return {
        " ".join(run)
        for size in (2, 3)
        for run in zip(*(spoken[shift:] for shift in range(size)), strict=False)
        if run[0] not in STOP
        and run[-1] not in STOP
        and not run[0].isdigit()
        and not _LAUGHS.search(" ".join(run))
    }


def _days(moments: Sequence[Moment]) -> set[str]:
    return {f"{datetime.fromtimestamp(each.at):%Y-%m-%d}" for each in moments}


def _claim(phrase: str, moments: Sequence[Moment]) -> Claim:
    text = f'"{phrase}" is something the two of us laugh about'
    rests = tuple((each, each.text.strip()) for each in moments[:4])
    return Claim(Lesson("you", "reflection", "running joke", phrase, text, rests[0][1]), rests, "rule")
