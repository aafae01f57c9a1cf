"""Any sequence of saying, correcting, moving on, forgetting and going off the record, against a simple model."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text as sql

from becoming.memory import Memory
from becoming.memory.beliefs.holding import Beliefs
from becoming.memory.beliefs.learning import Learning
from becoming.memory.forgetting.erasing import Forgetting
from becoming.store.fulltext import fulltext
from tests.memory.plain import unencrypted
from tests.postgresql import InFile, OnServer, Server

CITIES = ["Dallas", "Denver", "Austin", "Oslo"]
FOODS = ["olives", "cilantro", "figs"]


@dataclass(eq=False)
class Held:
    """A belief of the model: held while it is neither over nor wrong."""

    slot: str
    relation: str
    value: str
    sources: set[int]
    state: str = "held"
    by: Held | None = None


@dataclass
class Model:
    """What must be so, in the simplest way to say it."""

    turns: dict[int, str] = field(default_factory=dict)
    beliefs: list[Held] = field(default_factory=list)

    def holder(self, slot: str) -> Held | None:
        return next((held for held in self.beliefs if held.slot == slot and held.state == "held"), None)

    def hold(self, slot: str, relation: str, value: str, turn: int) -> None:
        holder = self.holder(slot)
        if holder and (holder.relation, holder.value) == (relation, value):
            holder.sources.add(turn)
            return
        new = Held(slot, relation, value, {turn})
        self.beliefs.append(new)
        if holder:
            holder.state, holder.by = "over", new

    def correct(self, old: str, new: str, turn: int) -> None:
        holder = self.holder("lives_in")
        if holder and holder.value == old != new:
            right = Held("lives_in", "lives_in", new, {turn})
            self.beliefs.append(right)
            holder.state, holder.by = "wrong", right

    def forget(self, ids: set[int]) -> None:
        for id_ in ids:
            del self.turns[id_]
        for held in self.beliefs:
            held.sources -= ids
        stay = [held for held in self.beliefs if held.sources]
        for held in reversed(stay):
            if held.by is None or held.by in stay:
                continue
            while held.by is not None and held.by not in stay:
                held.by = held.by.by
            if (
                held.by is None
                and held.state == "over"
                and not any(other.slot == held.slot and other.state == "held" for other in stay)
            ):
                held.state = "held"
        self.beliefs = stay


class Remembering(RuleBasedStateMachine):
    """One memory, lived at random."""

    @initialize()
    def begin(self) -> None:
        self._move_in()
        self.model, self.now, self.number, self.off = Model(), 1_793_448_000.0, 0, False
        self.gone: list[str] = []
        self._open()

    def _move_in(self) -> None:
        self._bytes = unencrypted()
        self._bytes.__enter__()
        self.folder = Path(tempfile.mkdtemp())
        self.place: InFile | OnServer = InFile(self.folder / "life")

    def _move_out(self) -> None:
        self._bytes.__exit__(None, None, None)
        shutil.rmtree(self.folder)

    def _look_for(self, word: bytes) -> bool:
        return any(word in path.read_bytes() for path in self.folder.rglob("*") if path.is_file())

    def _open(self) -> None:
        self.store = self.place.open()
        self.memory, self.learning = Memory(self.store), Learning(self.store)
        self.beliefs, self.forgetting = Beliefs(self.store), Forgetting(self.store)
        self.learning.catch_up()

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self._move_out()

    def _say(self, text: str) -> int:
        self.now += 60
        moment = self.memory.record("person", text, self.now)
        self.learning.hear(moment)
        assert (moment.id == 0) == self.off
        if moment.id:
            self.model.turns[moment.id] = text
        return moment.id

    @rule(city=st.sampled_from(CITIES))
    def live_somewhere(self, city: str) -> None:
        if id_ := self._say(f"I live in {city}."):
            self.model.hold("lives_in", "lives_in", city, id_)

    @rule(food=st.sampled_from(FOODS), liked=st.booleans())
    def taste(self, food: str, liked: bool) -> None:
        if id_ := self._say(f"I {'love' if liked else 'hate'} {food}."):
            self.model.hold(f"taste: {food}", "likes" if liked else "dislikes", food, id_)

    @rule(old=st.sampled_from(CITIES), new=st.sampled_from(CITIES))
    def put_right(self, old: str, new: str) -> None:
        if id_ := self._say(f"No, {new}, not {old}."):
            self.model.correct(old, new, id_)

    @rule()
    def say_something(self) -> None:
        self.number += 1
        self._say(f"The zork{self.number}zork was there.")

    @rule()
    def say_a_question(self) -> None:
        self._say("Do I live in Paris?")

    @precondition(lambda self: self.model.turns)
    @rule(data=st.data())
    def forget(self, data) -> None:
        ids = data.draw(st.sets(st.sampled_from(sorted(self.model.turns)[-6:]), min_size=1, max_size=3))
        self.gone += [self.model.turns[id_] for id_ in ids]
        receipt = self.forgetting.forget(self.forgetting.plan(sorted(ids), self.now), self.now)
        self.model.forget(ids)

        assert receipt.left == ()
        for text in self.gone:
            word = text.split()[1].encode()
            assert not word.startswith(b"zork") or not self._look_for(word), text

    @rule(off=st.booleans())
    def go_off_the_record(self, off: bool) -> None:
        self.forgetting.off_the_record(off)
        self.off = off

    @rule(backup=st.booleans())
    def restart(self, backup: bool) -> None:
        if backup:
            self.store.backup()
        self.store.close()
        self._open()

    @rule()
    def new_talk(self) -> None:
        self.now += 7200
        self.memory.begin_session(self.now)

    @invariant()
    def what_was_said_is_there_and_nothing_else(self) -> None:
        if hasattr(self, "store"):
            said = {moment.id: moment.text for moment in self.memory.recent(1000)}
            assert said == self.model.turns

    @invariant()
    def what_is_held_is_what_follows_from_it(self) -> None:
        if not hasattr(self, "store"):
            return
        theirs = self.beliefs.history()
        assert sorted((one.relation, one.value, one.current) for one in theirs) == sorted(
            (one.relation, one.value, one.state == "held") for one in self.model.beliefs
        )
        sources = sorted(
            (
                one.relation,
                one.value,
                sorted(e.moment.id for e in self.beliefs.how_known(one.id) if not e.against),
            )
            for one in theirs
        )
        assert sources == sorted((one.relation, one.value, sorted(one.sources)) for one in self.model.beliefs)
        current = [(one.about, one.slot) for one in theirs if one.current]
        assert len(current) == len(set(current))

    @invariant()
    def the_index_is_what_was_said(self) -> None:
        if hasattr(self, "store"):
            with self.store.write() as connection:
                fulltext(connection).check(connection)
                rows = dict(connection.execute(sql("SELECT rowid, own FROM turn_fts")).all())
            assert rows == self.model.turns


class RememberingOnServer(Remembering):
    """The same on PostgreSQL; what is left in the server's files is looked at in tests/store/test_postgres.py."""

    server: Server

    def _move_in(self) -> None:
        self.server.empty("lived")
        self.place = OnServer(self.server.url(), "lived")

    def _move_out(self) -> None:
        pass

    def _look_for(self, word: bytes) -> bool:
        return False


def test_the_same_on_a_server(postgresql):
    RememberingOnServer.server = postgresql
    run_state_machine_as_test(
        RememberingOnServer, settings=settings(TestRemembering.settings, max_examples=4)
    )


TestRemembering = Remembering.TestCase
TestRemembering.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
