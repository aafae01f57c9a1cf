"""From words, and the lines before them, to what may be felt in them."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from becoming.events import Feeling
from becoming.feelings import dry
from becoming.feelings.circumplex import NEITHER, NO_FEELING, SAME, SIDES, place, sign
from becoming.feelings.head import Floats, Head
from becoming.feelings.own import own

Chances = Mapping[str, float]

BEFORE = 3
"""Lines of the person that a polite word is heard against."""

NOT_OWN = 0.1
"""What is felt by others, or was once, still weighs so much: people do not speak of it for nothing."""

FADES = 0.85
"""A low line colours the polite word after it by so much, the one before by the square of it."""

DENIED, BITTER = 0.5, 0.5
"""The chance of disappointment in "I'm not happy", and of annoyance in a phrase that nobody means kindly."""

UNCLEAR = 0.4
"""So much of itself a polite word keeps after lines that sound like nothing: they may be bad news told plainly."""

GUESSED = 0.8
"""What is read out of the lines before is a little less sure than what is said."""

ALIKE = 0.75
"""From this likeness (cosine) on, a text is felt as one that the person has corrected."""

SELDOM = 0.15
"""Below this chance an emotion is not named, however rare it is."""

KEPT = 64

NOTHING = Feeling(0.0, 0.0, 0.0)


class Perceiving:
    """Perceives feelings in the words of one person. Any thread may call it."""

    def __init__(self, embed: Callable[[Sequence[str]], Floats]) -> None:
        """`embed` gives (n, 384) vectors of unit length, those the head was trained on."""
        self._embed, self._head = embed, Head()
        self._corrections: list[tuple[str, Feeling]] = []
        self._corrected_at: Floats | None = None  # their vectors, made when they are first needed
        self._lock = threading.Lock()
        self._kept = lru_cache(KEPT)(self._perceive)

    def __call__(self, text: str, earlier: Sequence[str] = ()) -> Feeling:
        """What may be felt in `text`, said after the person's lines `earlier` (oldest first)."""
        return self._kept(text, tuple(earlier[-BEFORE:]))

    def correct(self, corrections: Sequence[tuple[str, Feeling]]) -> None:
        """Mind what the person said of their own feelings, in place of all such corrections before."""
        with self._lock:
            self._corrections, self._corrected_at = list(corrections), None
            self._kept.cache_clear()

    def _perceive(self, text: str, earlier: tuple[str, ...]) -> Feeling:
        if not text.strip():
            return NOTHING
        felt = self._of_dry_words(text, earlier) or self._feeling(text, self._chances(text))
        return self._leaned(text, felt)

    # ── reading ─────────────────────────────────────────────────────────────────────────────

    def _read(self, text: str) -> Floats:
        """(emotions,) chances as they stand in the words."""
        if text.strip():
            return self._head(text, self._embed([text])[0])
        return self._with("neutral", 1)

    def _chances(self, text: str) -> Floats:
        """(emotions,) chances of what the person feels now."""
        if dry.bitter(text):
            return self._with("annoyance", BITTER)
        if rest := dry.after_praise(text):
            chances = self._chances(rest)
            side = sign(self._side(chances))
            if side < 0:
                return chances
            if side == 0 and dry.weary(rest):
                return self._with("annoyance", BITTER)
        mine = own(text)
        if mine.text == text and not mine.denied:
            return self._read(text)
        chances = (1 - NOT_OWN) * self._read(mine.text) + NOT_OWN * self._read(text) * (not mine.denied)
        if mine.denied > 0:
            chances = np.maximum(chances, self._with("disappointment", DENIED))
        return chances

    def _with(self, emotion: str, chance: float) -> Floats:
        chances = np.zeros(len(self._head.emotions), np.float32)
        chances[self._head.emotions.index("neutral")] = 1 - chance
        chances[self._head.emotions.index(emotion)] = chance
        return chances

    def _side(self, chances: Floats) -> float:
        return place(dict(zip(self._head.emotions, map(float, chances), strict=True)))[0]

    def _of_dry_words(self, text: str, earlier: tuple[str, ...]) -> Feeling | None:
        """A polite word after something low is no joy: it carries what was said before. None for other words."""
        if not dry.bare(text):
            return None
        told = [line for line in reversed(earlier) if not dry.bare(line)]
        for back, line in enumerate(told, 1):
            before = self._kept(line, ())
            if before.valence < -NEITHER / 2:
                return _faded(before, FADES**back)
            if before.valence > NEITHER:
                return None
        if told and "!" not in text:  # what it follows is neither: it may be meant, and may be dry
            return _faded(self._feeling(text, self._chances(text)), UNCLEAR)
        return None

    # ── saying ──────────────────────────────────────────────────────────────────────────────

    def _feeling(self, text: str, chances: Floats) -> Feeling:
        by_name = dict(zip(self._head.emotions, map(float, chances), strict=True))
        valence, arousal = place(by_name)
        arousal = min(arousal + _loud(text), 1.0)
        confidence = self._confidence(by_name, valence)
        return Feeling(round(valence, 3), round(arousal, 3), confidence, self._named(by_name, sign(valence)))

    def _named(self, chances: Chances, side: int) -> tuple[tuple[str, float], ...]:
        """The emotions worth naming, strongest first; where several small ones make a side, its strongest."""
        least = dict(zip(self._head.emotions, map(float, self._head.thresholds), strict=True))
        merged: dict[str, float] = {}
        for name, chance in chances.items():
            if name not in NO_FEELING:
                one = SAME.get(name, name)
                merged[one] = 1 - (1 - merged.get(one, 0.0)) * (1 - chance)
        strongest = sorted(
            ((name, round(much, 3)) for name, much in merged.items()), key=lambda each: -each[1]
        )
        worth = [(name, much) for name, much in strongest if much >= max(least[name], SELDOM)]
        return tuple(worth or [each for each in strongest if side and SIDES[each[0]] == side][:1])

    def _confidence(self, chances: Chances, valence: float) -> float:
        """How often the sign of the valence was right where its side was as strong as here."""
        shares, right = self._head.confidence
        return round(float(np.interp(side_share(chances, sign(valence)), shares, right)), 3)

    def _leaned(self, text: str, felt: Feeling) -> Feeling:
        """Lean to what the person said of feelings in texts like this one."""
        with self._lock:
            if not self._corrections:
                return felt
            if self._corrected_at is None:
                self._corrected_at = self._embed([text for text, _ in self._corrections])
            likeness = self._corrected_at @ self._embed([text])[0]
            corrections = self._corrections
        nearest = int(likeness.argmax())
        corrected, said = corrections[nearest]
        if likeness[nearest] < ALIKE or own(corrected).denied != own(text).denied:
            return felt
        return _between(felt, said, min(float(likeness[nearest] - ALIKE) / (1 - ALIKE), 1.0))


def side_share(chances: Chances, side: int) -> float:
    """The share of the chances that lies with the emotions of this sign, 0 to 1."""
    of_side = sum(chance for name, chance in chances.items() if SIDES[name] == side)
    return of_side / (sum(chances.values()) or 1.0)


def _loud(text: str) -> float:
    """How much louder than plain a text is written: exclamation marks, and words in capitals."""
    shouted = re.search(r"\b[A-Z]{4,}\b", text) is not None
    return 0.05 * min(text.count("!"), 3) + 0.1 * shouted


def _faded(feeling: Feeling, much: float) -> Feeling:
    """So much of a feeling, as a guess."""
    return Feeling(
        round(feeling.valence * much, 3),
        round(feeling.arousal * much, 3),
        round(feeling.confidence * GUESSED, 3),
        tuple((name, round(intensity * much, 3)) for name, intensity in feeling.emotions),
    )


def _between(felt: Feeling, said: Feeling, lean: float) -> Feeling:
    """A feeling on the way from one to the other."""
    emotions = {name: much * (1 - lean) for name, much in felt.emotions}
    for name, much in said.emotions:
        emotions[name] = emotions.get(name, 0.0) + much * lean
    strongest = sorted(emotions.items(), key=lambda each: -each[1])
    return Feeling(
        (1 - lean) * felt.valence + lean * said.valence,
        (1 - lean) * felt.arousal + lean * said.arousal,
        (1 - lean) * felt.confidence + lean * said.confidence,
        tuple((name, round(much, 3)) for name, much in strongest if much >= 0.05),
    )
