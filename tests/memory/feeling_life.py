"""A life in which moments are felt as a test says."""

from __future__ import annotations

from becoming.events import Feeling, Moment
from becoming.memory import Life
from becoming.memory.recall.embedding import Sentences, Words
from becoming.store import Store

NOON = 1_793_448_000.0  # Saturday, 31 October 2026
DAY = 86_400.0
SENTENCES, WORDS = Sentences(), Words()

JOY = Feeling(0.8, 0.7, 0.95, (("joy", 0.9),))
RELIEF = Feeling(0.6, 0.3, 0.9, (("relief", 0.8),))
SADNESS = Feeling(-0.7, 0.3, 0.93, (("sadness", 0.8), ("remorse", 0.3)))
ANGER = Feeling(-0.7, 0.8, 0.9, (("anger", 0.7),))
PERHAPS_JOY = Feeling(0.4, 0.5, 0.6, (("joy", 0.4),))
NOTHING = Feeling(0.0, 0.25, 0.4)


class Felt:
    """A memory on a clock of its own."""

    def __init__(self, store: Store) -> None:
        self.store, self.now = store, NOON
        self.life = Life(store, SENTENCES, WORDS, lambda: self.now, lambda: 0)

    def say(
        self, text: str, feeling: Feeling | None = None, *, days_ago: float = 0.0, before: str = ""
    ) -> Moment:
        """The person says something, in which this was perceived."""
        self.now += 30
        if before:
            self.life.record("her", before, self.now - days_ago * DAY - 10)
        moment = self.life.record("person", text, self.now - days_ago * DAY)
        self.life.learn(moment, before)
        if feeling:
            self.life.feel(moment, feeling)
        return moment

    def of(self, moment: Moment) -> Feeling:
        """What counts for it now."""
        felt = self.life.feelings.of(moment.id)
        assert felt is not None
        return felt.feeling
