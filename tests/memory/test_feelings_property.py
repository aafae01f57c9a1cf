"""Any sequence of feeling, putting right, taking away and forgetting, against a simple model."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from becoming.events import Feeling, Moment
from becoming.memory import Memory
from becoming.memory.feelings.holding import Feelings, put, settle
from becoming.memory.forgetting.erasing import Forgetting
from becoming.store import Store
from becoming.store.schema import turn
from tests.memory.plain import unencrypted

GUESSES = st.builds(
    Feeling,
    valence=st.floats(-1, 1),
    arousal=st.floats(0, 1),
    confidence=st.floats(0, 1),
    emotions=st.lists(
        st.tuples(st.sampled_from(["joy", "sadness", "anger", "fear"]), st.floats(0, 1)),
        max_size=3,
        unique_by=lambda each: each[0],
    ).map(lambda found: tuple(sorted(found, key=lambda each: (-each[1], each[0])))),
    source=st.sampled_from(["words", "voice", "person"]),
)
FIRST = ("person", "words", "voice")


class Felt(RuleBasedStateMachine):
    """Moments, what was read in each by source, and in which moment the person said so."""

    @initialize()
    def begin(self) -> None:
        self._bytes = unencrypted()
        self._bytes.__enter__()
        self.folder, self.now = Path(tempfile.mkdtemp()), 1_793_448_000.0
        self.moments: dict[int, Moment] = {}
        self.read: dict[int, dict[str, tuple[Feeling, int | None]]] = {}
        self._open()

    def _open(self) -> None:
        self.store = Store.open(self.folder / "life")
        self.memory, self.feelings = Memory(self.store), Feelings(self.store)
        self.forgetting = Forgetting(self.store)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self._bytes.__exit__(None, None, None)
            shutil.rmtree(self.folder)

    @rule()
    def say_something(self) -> None:
        self.now += 60
        moment = self.memory.record("person", f"line {len(self.moments)}", self.now)
        self.moments[moment.id] = moment

    @precondition(lambda self: self.moments)
    @rule(data=st.data(), felt=GUESSES)
    def feel(self, data, felt: Feeling) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.moments)))
        told = data.draw(st.sampled_from([None, *self.moments])) if felt.source == "person" else None
        with self.store.write() as connection:
            put(connection, id_, felt, told)
            settle(connection, [id_])
        self.read.setdefault(id_, {})[felt.source] = (felt, told)

    @precondition(lambda self: self.moments)
    @rule(data=st.data())
    def take_away(self, data) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.moments)))
        self.feelings.take_away(id_)
        self.read.pop(id_, None)

    @precondition(lambda self: self.moments)
    @rule(data=st.data())
    def forget(self, data) -> None:
        gone = data.draw(st.sets(st.sampled_from(sorted(self.moments)), min_size=1, max_size=2))
        receipt = self.forgetting.forget(self.forgetting.plan(sorted(gone), self.now), self.now)
        assert receipt.left == ()
        for id_ in gone:
            del self.moments[id_]
            self.read.pop(id_, None)
        for id_, readings in list(self.read.items()):
            self.read[id_] = {source: each for source, each in readings.items() if each[1] not in gone}
            if not self.read[id_]:
                del self.read[id_]

    @rule()
    def restart(self) -> None:
        self.store.close()
        self._open()

    @invariant()
    def what_counts_is_the_persons_word_before_any_guess(self) -> None:
        if not hasattr(self, "store"):
            return
        kept = {each.moment.id: each for each in self.feelings.between(0, self.now + 1)}
        assert kept.keys() == self.read.keys()
        for id_, readings in self.read.items():
            in_order = [readings[source] for source in FIRST if source in readings]
            assert (kept[id_].feeling, kept[id_].told) == in_order[0]
            guess = in_order[1][0] if len(in_order) > 1 and "person" in readings else None
            assert kept[id_].guess == guess
        with self.store.read() as connection:
            of_turns = {row.id: (row.valence, row.arousal) for row in connection.execute(select(turn))}
        assert of_turns == {
            id_: (kept[id_].feeling.valence, kept[id_].feeling.arousal) if id_ in kept else (0.0, 0.0)
            for id_ in self.moments
        }


TestFeelings = Felt.TestCase
TestFeelings.settings = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
