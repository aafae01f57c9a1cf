"""Feelings kept with their moments: stored, put right, forgotten, exported."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from sqlalchemy import select

from becoming.events import Feeling, InputError
from becoming.memory.leaving.folder import export, restore
from becoming.memory.recall.query import understand
from becoming.store import Store
from becoming.store.schema import emotion, feeling, turn
from tests.memory.feeling_life import ANGER, DAY, JOY, NOON, NOTHING, SADNESS, Felt
from tests.memory.plain import unencrypted


@pytest.fixture
def felt(store: Store) -> Felt:
    return Felt(store)


def of_recall(felt: Felt, moment) -> tuple[float, float]:
    """Valence and arousal of a moment, as recall weighs them."""
    with felt.store.read() as connection:
        row = connection.execute(select(turn).where(turn.c.id == moment.id)).one()
    return row.valence, row.arousal


# ── what is kept ────────────────────────────────────────────────────────────────────────────


def test_a_moment_carries_several_feelings_the_strongest_first(felt):
    moment = felt.say("I miss her, and I should have called.", SADNESS)

    assert felt.of(moment) == SADNESS
    assert of_recall(felt, moment) == (SADNESS.valence, SADNESS.arousal)


def test_her_own_lines_have_no_feelings(felt):
    moment = felt.life.record("her", "That sounds wonderful.", NOON)
    felt.life.feel(moment, JOY)

    assert felt.life.feelings.of(moment.id) is None


def test_off_the_record_nothing_is_felt_and_nothing_put_right(felt):
    before = felt.say("It was a long evening.", SADNESS)
    felt.life.off_the_record(True)
    unwritten = felt.say("I got the job!", JOY)
    felt.say("I wasn't sad, I was tired.")
    felt.life.off_the_record(False)

    assert unwritten.id == 0
    assert felt.of(before) == SADNESS
    assert [each.moment for each in felt.life.feelings.between(0, felt.now)] == [before]


def test_what_nothing_is_to_be_kept_about_is_not_felt_either(felt):
    felt.say("Please never keep anything about my health.")
    felt.say("My doctor had good news about my blood pressure!", JOY)

    assert felt.life.feelings.between(0, felt.now) == []


# ── put right ───────────────────────────────────────────────────────────────────────────────


def test_i_wasnt_sad_i_was_tired_counts_from_now_on_and_the_guess_stays_readable(felt):
    moment = felt.say("It was a long evening.", SADNESS)
    felt.say("I wasn't sad, I was tired.", SADNESS)

    now = felt.life.feelings.of(moment.id)
    assert now.feeling.source == "person"
    assert now.feeling.emotions == (("tiredness", 0.8),)
    assert now.word == "tired"
    assert now.guess == SADNESS
    assert of_recall(felt, moment) == (now.feeling.valence, now.feeling.arousal)


def test_words_that_put_a_feeling_right_are_not_read_as_that_feeling(felt):
    felt.say("It was a long evening.", SADNESS)
    correction = felt.say("I wasn't sad, I was tired.", SADNESS)

    assert felt.of(correction).emotions == ()
    assert felt.of(correction).confidence == 0


def test_no_im_not_angry_just_tired_is_also_how_they_are_now(felt):
    moment = felt.say("They moved the meeting again.", ANGER)
    now = felt.say("No, I'm not angry, just tired.", ANGER, before="You sound angry about it.")

    assert felt.of(moment).emotions == (("tiredness", 0.8),)
    assert felt.of(now).emotions == (("tiredness", 0.8),)


def test_that_wasnt_joy_leaves_nothing_that_could_be_claimed(felt):
    moment = felt.say("Well, that is that.", JOY)
    felt.say("That wasn't joy.", before="That sounds like joy.")

    assert felt.of(moment).emotions == ()
    assert felt.of(moment).confidence == 0
    assert felt.of(moment).source == "person"


def test_it_is_the_moment_that_she_quoted(felt):
    meant = felt.say("It was a long evening.", SADNESS, days_ago=9)
    other = felt.say("Another long day.", SADNESS)
    felt.say(
        "I wasn't sad, I was exhausted.",
        before='On Thursday you sounded sad, as far as words tell. You said: "It was a long evening."',
    )

    assert felt.of(meant).source == "person"
    assert felt.of(other) == SADNESS


def test_with_a_day_named_it_is_what_was_read_so_on_that_day(felt):
    then = felt.say("The kitchen was so quiet.", SADNESS, days_ago=1)
    glad = felt.say("Iris called.", JOY, days_ago=1)
    today = felt.say("It rained.", SADNESS)
    felt.say("I wasn't sad yesterday, I was tired.")

    assert felt.of(then).source == "person"
    assert felt.of(glad) == JOY
    assert felt.of(today) == SADNESS


@pytest.mark.parametrize(
    "talk",
    [
        "I'm not sad that he left.",
        "I wasn't happy with the soup, so I made another one and then we all sat down and ate it together in the garden until late.",
        "Was I sad?",
        "I'm not angry, it's just that it rains.",
        "I was tired.",
    ],
)
def test_plain_talk_puts_nothing_right(felt, talk):
    moment = felt.say("The bus was late.", JOY)
    felt.say(talk)

    assert felt.of(moment) == JOY


def test_what_was_read_long_ago_is_not_put_right_in_passing(felt):
    moment = felt.say("The kitchen was so quiet.", SADNESS, days_ago=3)
    felt.say("I wasn't sad, I was tired.")

    assert felt.of(moment) == SADNESS


def test_by_hand_the_person_writes_what_it_was(felt):
    moment = felt.say("It was a long evening.", SADNESS)
    felt.life.felt_otherwise(moment.id, "a little worried, and very tired")

    assert felt.of(moment).emotions == (("tiredness", 1.0), ("nervousness", 0.5))
    with pytest.raises(InputError, match="flumpy"):
        felt.life.felt_otherwise(moment.id, "flumpy")


def test_a_guess_can_be_taken_away_and_its_words_stay(felt):
    moment = felt.say("It was a long evening.", SADNESS)
    felt.life.take_feeling_away(moment.id)

    assert felt.life.feelings.of(moment.id) is None
    assert of_recall(felt, moment) == (0, 0)
    assert [each.text for each in felt.life.moments.recent(1)] == ["It was a long evening."]


def test_perceiving_is_told_what_was_put_right(felt):
    felt.say("It was a long evening.", SADNESS)
    felt.say("I wasn't sad, I was tired.", SADNESS)

    [(text, feeling)] = felt.life.corrections()
    assert text == "It was a long evening."
    assert feeling.emotions == (("tiredness", 0.8),)


# ── forgotten ───────────────────────────────────────────────────────────────────────────────


def test_a_feeling_goes_with_its_moment_and_no_byte_of_it_is_left(tmp_path: Path):
    odd = Feeling(-0.7123456789012345, 0.3198765432109876, 0.9)
    kept = Feeling(0.1234567890123456, 0.5, 0.9)
    folder = tmp_path / "life"
    with unencrypted():
        store = Store.open(folder)
        felt = Felt(store)
        moment = felt.say("The zorkzork was there.", odd)
        felt.say("Something else.", kept)
        store.backup()
        raw = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
        assert struct.pack(">d", odd.valence) in raw
        receipt = felt.life.forget(felt.life.forgetting.plan([moment.id], felt.now))
        assert receipt.left == ()
        store.close()
        raw = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert struct.pack(">d", kept.valence) in raw
    assert struct.pack(">d", odd.valence) not in raw
    assert struct.pack(">d", odd.arousal) not in raw


def test_when_the_words_that_put_it_right_are_forgotten_the_guess_stands_again(felt):
    moment = felt.say("It was a long evening.", SADNESS)
    correction = felt.say("I wasn't sad, I was tired.")
    felt.life.forget(felt.life.forgetting.plan([correction.id], felt.now))

    assert felt.life.feelings.of(moment.id).feeling == SADNESS
    assert of_recall(felt, moment) == (SADNESS.valence, SADNESS.arousal)
    assert felt.life.corrections() == []


def test_everything_forgotten_leaves_no_feeling(felt):
    felt.say("It was a long evening.", SADNESS)
    felt.say("I wasn't sad, I was tired.")
    felt.life.forget(felt.life.plan_forgetting("everything"))

    with felt.store.read() as connection:
        for table in (feeling, emotion):
            assert connection.execute(select(table)).all() == []


# ── taken along ─────────────────────────────────────────────────────────────────────────────


def test_feelings_come_back_the_same_byte_for_byte(felt, tmp_path):
    felt.say("It was a long evening.", SADNESS, days_ago=40)
    felt.say("Iris called!", JOY)
    felt.say("That wasn't joy, I was relieved.")
    felt.say("The bus came.", NOTHING)
    first = export(felt.store, tmp_path / "first")
    other = Store.open(tmp_path / "other", "a passphrase")
    restore(other, first)
    second = export(other, tmp_path / "second")
    other.close()

    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in files)
    page = (first / "feelings.md").read_text("utf-8")
    assert "sadness, remorse (a guess from your words, 93% sure): “It was a long evening.”" in page
    assert "relief (your word): “Iris called!”" in page


def test_the_days_before_are_not_mixed_up(felt):
    old = felt.say("Long ago.", JOY, days_ago=30)
    felt.say("Today.", JOY)

    start = felt.now - 31 * DAY
    assert [each.moment for each in felt.life.feelings.between(start, start + 2 * DAY)] == [old]


# ── brought back ────────────────────────────────────────────────────────────────────────────


def test_asked_for_by_its_feeling_the_moment_that_felt_so_comes_first(felt):
    felt.say("My work was good today, the boss praised me.", JOY, days_ago=9)
    felt.say("My work was bad today, the boss shouted at me.", SADNESS, days_ago=8)

    def first(words: str) -> str:
        return felt.life.search(words)[0].moment.text

    assert "praised" in first("when I was happy about work and the boss")
    assert "shouted" in first("when I was sad about work and the boss")


def test_telling_of_a_feeling_brings_nothing_sooner(felt):

    assert understand("I'm so sad today.", NOON, {}).felt == 0
    assert understand("My boss was happy when I left.", NOON, {}).felt == 0
    assert understand("Tell me about the time I was proud.", NOON, {}).felt == 1
