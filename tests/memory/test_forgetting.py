from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from becoming.memory import Memory
from becoming.memory.beliefs.holding import Beliefs
from becoming.memory.beliefs.learning import Learning
from becoming.memory.forgetting.erasing import Forgetting
from becoming.store import Store
from tests.memory.plain import unencrypted

NOON = 1_793_448_000.0  # Saturday, 31 October 2026
DAY = 86_400.0


class Life:
    """A memory with all that learns and forgets, on one store."""

    def __init__(self, store: Store) -> None:
        self.store, self.memory = store, Memory(store)
        self.beliefs, self.learning = Beliefs(store), Learning(store)
        self.told: list[list[int]] = []
        self.prompts = 3
        self.forgetting = Forgetting(
            store, drop_prompts=self._drop, forgotten=lambda ids: self.told.append(list(ids))
        )
        self.now = NOON

    def _drop(self) -> int:
        dropped, self.prompts = self.prompts, 0
        return dropped

    def say(self, text: str, before: str = ""):
        if before:
            self.hers(before)
        self.now += 10
        moment = self.memory.record("person", text, self.now)
        self.learning.hear(moment, before)
        return moment

    def hers(self, text: str):
        self.now += 10
        return self.memory.record("her", text, self.now)

    def new_day(self) -> None:
        self.now += DAY
        self.memory.begin_session(self.now)

    def plan(self, what):
        return self.forgetting.plan(what, self.now)

    def forget(self, what):
        return self.forgetting.forget(self.plan(what), self.now)

    @property
    def said(self) -> list[str]:
        return [moment.text for moment in self.memory.recent(1000)]

    @property
    def held(self) -> list[str]:
        return [belief.text for belief in self.beliefs.current()]


@pytest.fixture
def life(store: Store) -> Life:
    return Life(store)


@pytest.fixture
def lived(life: Life) -> Life:
    life.say("My boss shouted at me again.", "How was the day?")
    life.hers("What did he shout about?")
    life.say("A deadline nobody told me about.")
    life.say("I live in Dallas.")
    life.new_day()
    life.say("My sister Anna lives in Oslo.")
    life.hers("Does she like it?")
    life.say("She hates the winters there.")
    life.say("I hate cilantro.")
    life.new_day()
    life.say("I moved to Denver.")
    life.say("I work at Siemens.")
    return life


# ── what belongs to it ──────────────────────────────────────────────────────────────────────


def test_a_plan_changes_nothing(lived):
    said, held = lived.said, lived.held
    lived.plan("everything")
    lived.plan("what I told you about work")

    assert (lived.said, lived.held) == (said, held)


@pytest.mark.parametrize(
    "what",
    [
        "what I told you about work",
        "everything about my job",
        "work",
        "everything I said about work",
        "my job, please",
    ],
)
def test_a_topic_is_found_by_what_belongs_to_it(lived, what):
    loss = lived.plan(what)
    texts = [moment.text for moment in loss.moments]

    assert "My boss shouted at me again." in texts
    assert "A deadline nobody told me about." in texts
    assert "I work at Siemens." in texts
    assert [belief.text for belief in loss.beliefs] == ["you work at Siemens"]
    assert not {"I live in Dallas.", "I hate cilantro.", "My sister Anna lives in Oslo."} & set(texts)


@pytest.mark.parametrize(
    "what",
    ["everything about Anna", "my sister", "Anna", "what I told you about my sister Anna", "all about anna"],
)
def test_a_person_goes_with_what_was_said_of_her_without_her_name(lived, what):
    loss = lived.plan(what)

    assert [moment.text for moment in loss.moments][:3] == [
        "My sister Anna lives in Oslo.",
        "Does she like it?",
        "She hates the winters there.",
    ]
    assert [belief.text for belief in loss.beliefs] == [
        "your sister is called Anna",
        "your sister Anna lives in Oslo",
        "your sister doesn't like the winters",
    ] or {
        "your sister is called Anna",
        "your sister Anna lives in Oslo",
    } <= {belief.text for belief in loss.beliefs}
    assert loss.people == ("Anna",)
    assert "I hate cilantro." not in {moment.text for moment in loss.moments}


def test_the_last_ten_minutes(life):
    life.say("I feel fine.")
    life.now += 3600
    life.say("Something secret.")
    life.hers("I see.")

    assert [moment.text for moment in life.plan("the last ten minutes").moments] == [
        "Something secret.",
        "I see.",
    ]


def test_a_day(lived):
    assert {moment.text for moment in lived.plan("yesterday").moments} == {
        "My sister Anna lives in Oslo.",
        "Does she like it?",
        "She hates the winters there.",
        "I hate cilantro.",
    }


def test_a_topic_on_a_day(lived):
    lived.say("Work was good today.")
    assert {moment.text for moment in lived.plan("what I said about work today").moments} == {
        "I work at Siemens.",
        "Work was good today.",
    }


def test_what_was_just_said(life):
    life.say("Hello.")
    life.say("Something secret.")
    life.hers("Oh.")
    assert [moment.text for moment in life.plan("what I just said").moments] == ["Something secret.", "Oh."]


@pytest.mark.parametrize("what", ["the submarine in Valparaíso", "", "the", "Kevin", "what I told you about"])
def test_what_was_never_spoken_of_is_nothing_to_forget(lived, what):
    assert lived.plan(what).nothing


# ── letting go ──────────────────────────────────────────────────────────────────────────────


def test_forgetting_takes_the_words_and_what_rests_on_them_alone(lived):
    receipt = lived.forget("everything about Anna")

    assert receipt.left == ()
    assert receipt.moments >= 3
    assert receipt.people == 1
    assert not [text for text in lived.said if "Anna" in text or "she" in text.lower().split()]
    assert lived.held == ["you don't like cilantro", "you live in Denver", "you work at Siemens"]
    assert lived.beliefs.current("Anna") == []
    assert lived.memory.recall("Oslo winters") == []


def test_what_was_said_twice_is_still_known_when_one_is_forgotten(life):
    first = life.say("I hate cilantro.")
    life.say("As I said, I hate cilantro.")
    life.forget([first.id])

    assert life.held == ["you don't like cilantro"]
    [cilantro] = life.beliefs.current()
    assert [evidence.quote for evidence in life.beliefs.how_known(cilantro.id)] == [
        "As I said, I hate cilantro."
    ]


def test_what_an_erased_belief_had_ended_is_open_again(lived):
    [denver] = [moment for moment in lived.memory.recent(50) if "Denver" in moment.text]
    loss = lived.plan([denver.id])
    assert [belief.value for belief in loss.reopened] == ["Dallas"]
    lived.forgetting.forget(loss, lived.now)

    [dallas] = lived.beliefs.current("you")[:1]
    assert (dallas.text, dallas.true_to, dallas.superseded_by) == ("you live in Dallas", None, None)


def test_in_a_chain_the_next_one_ends_what_an_erased_one_had_ended(life):
    life.say("I live in Dallas.")
    denver = life.say("I moved to Denver.")
    life.say("I moved to Austin.")
    life.forget([denver.id])

    dallas, austin = life.beliefs.history("you", "lives_in")
    assert (dallas.superseded_by, dallas.true_to) == (austin.id, austin.learned)
    assert life.held == ["you live in Austin"]


def test_what_was_called_wrong_stays_wrong_when_the_correction_is_forgotten(life):
    life.say("I live in Dallas.")
    correction = life.say("No, Denver, not Dallas.")
    life.forget([correction.id])

    assert life.held == []


def test_the_moment_after_a_forgotten_last_one_is_learned_from(life):
    last = life.say("I hate cilantro.")
    life.forget([last.id])
    life.say("I live in Denver.")  # it may bear the same number

    assert life.held == ["you live in Denver"]


def test_the_neighbours_are_no_longer_found_by_its_words(life):
    life.say("Good morning.")
    secret = life.say("The zeppelin is under the barn.")
    life.say("Lovely weather.")
    assert len(life.memory.recall("zeppelin barn")) == 3
    life.forget([secret.id])

    assert life.memory.recall("zeppelin barn") == []
    assert [moment.text for moment in life.memory.recall("weather morning", 5)] == [
        "Good morning.",
        "Lovely weather.",
    ]


def test_forgetting_a_belief_takes_the_words_it_came_from(life):
    life.say("I live in Denver.")
    life.say("I hate cilantro.")
    [denver, _] = life.beliefs.current()
    life.forgetting.forget(life.forgetting.plan_belief(denver.id), life.now)

    assert (life.said, life.held) == (["I hate cilantro."], ["you don't like cilantro"])


def test_a_note_that_quotes_it_is_cleared_and_names_stay(life):
    life.memory.put("person", {"name": "Theo", "brings": "I can't sleep since the divorce"})
    life.memory.put("being", {"name": "Anna", "why": "because it is short"})
    life.say("The divorce was ugly.")
    receipt = life.forget("what I told you about the divorce")

    assert (receipt.notes, receipt.left) == (1, ())
    assert life.memory.get("person") == {"name": "Theo", "brings": ""}
    assert life.memory.get("being") == {"name": "Anna", "why": "because it is short"}


def test_everything(lived):
    lived.memory.put("being", {"name": "Iris"})
    lived.memory.put("person", {"name": "Theo", "brings": "I am lonely"})
    lived.memory.put("birth", {"step": "born", "said": "Theo"})
    receipt = lived.forget("everything")

    assert (receipt.left, lived.said, lived.held, lived.beliefs.history()) == ((), [], [], [])
    assert lived.memory.get("being") == {"name": "Iris"}
    assert lived.memory.get("person") == {"name": "", "brings": ""}
    assert lived.memory.get("birth") is None
    lived.say("I live in Denver.")
    assert lived.held == ["you live in Denver"]


def test_what_was_derived_elsewhere_is_let_go_too(life):
    moment = life.say("Something secret.")
    receipt = life.forget([moment.id])

    assert life.told == [[moment.id]]
    assert receipt.prompts_dropped == 3


def test_the_diary_of_changes_keeps_no_word_of_it(life):
    life.say("My sister is called Anna.")
    life.forget("Anna")
    with life.store.read() as connection:
        rows = connection.execute(sql("SELECT op, kind, why, digest FROM ledger")).all()

    assert ("forgotten", "turn", None, None) in [tuple(row) for row in rows]
    assert "Anna" not in str(rows)


def test_a_forgetting_cut_short_is_finished_at_the_next_start(life, folder, monkeypatch):
    life.say("The zeppelin is under the barn.")
    life.store.backup()
    loss = life.plan("the zeppelin")
    monkeypatch.setattr(Store, "leave_no_trace", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        life.forgetting.forget(loss, life.now)
    monkeypatch.undo()
    before = list((folder / "backups").glob("memory-*.db"))

    Forgetting(life.store).catch_up()
    assert len(before) == 1
    assert not before[0].exists()
    assert len(list((folder / "backups").glob("memory-*.db"))) == 1


# ── no byte of it ───────────────────────────────────────────────────────────────────────────


def files_with(folder: Path, words: str) -> list[str]:
    needles = [words.encode(), words.lower().encode(), words.encode("utf-16-le")]
    return sorted(
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    )


def test_no_byte_of_it_is_left_in_any_file(tmp_path):
    with unencrypted(), closing(Store.open(tmp_path / "life")) as store:
        life = Life(store)
        life.memory.put("person", {"name": "Theo", "brings": "I worry about Quillhilda in Zanzibarwort"})
        for n in range(300):
            life.say(f"Filler number {n} about the weather and the long, long afternoon.")
            if n % 25 == 0:
                life.say(f"My sister Quillhilda lives in Zanzibarwort, visit {n}.")
                life.hers("Does Quillhilda like Zanzibarwort?")
            if n % 100 == 50:
                store.backup()
        folder = tmp_path / "life"
        assert {"memory.db", "memory-000001.db", "memory-000003.db"} <= set(
            files_with(folder, "Zanzibarwort")
        )

        receipt = life.forget("everything about Quillhilda")
        assert (receipt.left, receipt.moments >= 24, receipt.backups_replaced) == ((), True, 3)
        for word in ("Zanzibarwort", "Quillhilda", "quillhilda", "zanzibarwort", "quillhild"):
            assert files_with(folder, word) == [], word
        assert len([text for text in life.said if text.startswith("Filler")]) == 300
        assert files_with(folder, "Filler number 299")


def test_the_same_with_encryption_on_by_asking(life):
    life.say("My sister Quillhilda lives in Zanzibarwort.")
    life.store.backup()
    life.forget("Quillhilda")

    with life.store.read() as connection:
        for table in (
            "turn",
            "belief",
            "evidence",
            "alias",
            "being",
            "note",
            "turn_fts",
            "ledger",
            "session",
        ):
            rows = connection.execute(sql(f"SELECT * FROM {table}")).all()
            assert "quillhilda" not in str(rows).lower(), table


# ── off the record, and what is never kept ──────────────────────────────────────────────────


def test_off_the_record_nothing_is_written(life):
    life.say("Before.")
    life.forgetting.off_the_record(True)
    secret = life.say("I live in Denver.")
    assert (secret.id, secret.text) == (0, "I live in Denver.")
    assert (life.said, life.held) == (["Before."], [])
    assert life.forgetting.is_off

    life.forgetting.off_the_record(False)
    life.say("After.")
    assert life.said == ["Before.", "After."]


def test_off_the_record_survives_a_restart(life, place):
    life.forgetting.off_the_record(True)
    life.store.close()
    with closing(place.open()) as again:
        assert Memory(again).record("person", "secret", NOON).id == 0
        assert Memory(again).recent(5) == []
        assert Forgetting(again).is_off


@pytest.mark.parametrize(
    ("rule", "unkept", "kept"),
    [
        ("Keep nothing about my health.", "The doctor changed my medication.", "The weather is nice."),
        ("Keep nothing about my health.", "My diabetes is worse.", "I work at Siemens."),
        ("Don't remember anything about my work.", "My boss is awful.", "My sister is nice."),
        ("Don't write down anything about Kevin.", "Kevin's party was wild.", "The party was wild."),
        (
            "Please don't store anything about my finances.",
            "I owe the bank ten thousand.",
            "I owe you an apology.",
        ),
    ],
)
def test_what_is_not_to_be_kept_is_not_kept(life, rule, unkept, kept):
    life.say(rule)
    assert life.say(unkept).id == 0
    assert life.hers(unkept).id == 0
    if "owe" not in kept:
        assert life.say(kept).id > 0
    assert unkept not in life.said


def test_forgetting_a_matter_leaves_the_wish_to_keep_nothing_of_it(life):
    life.say("My diabetes is worse.")
    life.say("Keep nothing about my health.")
    life.forget("what I told you about my health")

    assert life.said == ["Keep nothing about my health."]
    assert life.say("The doctor called.").id == 0


DEEDS = [
    {"at": 1.0, "what": "send a mail", "whom": "Anna Weber <anna@example.org>", "words": "See you at eight.", "came": "done", "because": ""},
    {"at": 2.0, "what": "send a mail", "whom": "Tom", "words": "Anna is not well, so we stay here.", "came": "done", "because": ""},
    {"at": 3.0, "what": "archive a mail", "whom": "Shop", "words": "Offers", "came": "done", "because": ""},
]  # fmt: skip
WAITING = [
    {
        "mail": {"name": "Anna Weber", "address": "anna@example.org", "text": "See you."},
        "state": "draft",
        "at": 1.0,
        "due": 2.0,
    }
]


def test_with_somebody_every_deed_that_names_them_is_forgotten_whole_and_what_still_waits_for_them(life):
    life.memory.put("deeds", DEEDS)
    life.memory.put("outbox", WAITING)
    assert not life.plan("everything about Anna").nothing
    receipt = life.forget("everything about Anna")
    assert receipt.left == ()
    assert life.memory.get("deeds") == DEEDS[2:]
    assert life.memory.get("outbox") == []


def test_with_everything_no_deed_and_no_standing_yes_is_left(life):
    life.memory.put("deeds", DEEDS)
    life.memory.put("outbox", WAITING)
    life.memory.put("standing yes", ["archive newsletters from shop.example"])
    life.forget("everything")
    assert [life.memory.get(key) for key in ("deeds", "outbox", "standing yes")] == [None, None, None]
