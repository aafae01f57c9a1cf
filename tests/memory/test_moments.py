from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from becoming.events import InputError, Moment
from becoming.memory import LastTalk, Memory

MINUTE = 60.0
NOON = 1_793_448_000.25


def texts(moments: list[Moment]) -> list[str]:
    return [moment.text for moment in moments]


def test_a_moment_is_kept_word_for_word(memory):
    said = memory.record("person", "  It's… fine, I guess?\n", NOON, via="text")
    heard = memory.record("her", "That 'I guess' is doing", NOON + 2.5, interrupted=True)

    assert said == Moment(said.id, "person", "  It's… fine, I guess?\n", NOON, "text", False)
    assert heard == Moment(heard.id, "her", "That 'I guess' is doing", NOON + 2.5, "voice", True)
    assert memory.recent(5) == [said, heard]


def test_it_is_all_there_after_a_restart(memory, store, place):
    memory.record("person", "I'm moving to Lisbon", NOON)
    memory.put("birth", {"name": "Iris", "traits": {"warm": 0.5}})
    before = memory.recent(5)
    store.close()

    again = place.open()
    assert Memory(again).recent(5) == before
    assert Memory(again).get("birth") == {"name": "Iris", "traits": {"warm": 0.5}}
    again.close()


@pytest.mark.parametrize("empty", ["", "  \n\t", "\0"])
def test_nothing_is_not_a_moment(memory, empty):
    with pytest.raises(InputError, match="nothing to remember"):
        memory.record("her", empty, NOON, interrupted=True)

    assert memory.recent(5) == []
    assert memory.last_talk() is None


def test_recent_gives_the_last_few_in_order(memory):
    for n in range(5):
        memory.record("person", str(n), NOON + n)

    assert texts(memory.recent(3)) == ["2", "3", "4"]


def test_since_gives_what_was_said_from_then_on(memory):
    for n in range(5):
        memory.record("person", str(n), NOON + n)

    assert texts(memory.since(NOON + 3)) == ["3", "4"]


def test_a_clock_that_jumps_back_keeps_the_order(memory):
    memory.record("person", "first", NOON)
    memory.record("her", "second", NOON - 5000 * MINUTE)
    memory.record("person", "third", NOON - 4999 * MINUTE)

    assert texts(memory.recent(5)) == ["first", "second", "third"]
    memory.begin_session(NOON)
    assert texts(memory.last_talk().moments) == ["first", "second", "third"]
    assert texts(memory.since(NOON - 6000 * MINUTE)) == ["first", "second", "third"]


def test_the_first_talk_has_no_last_one(memory):
    assert memory.last_talk() is None
    memory.begin_session(NOON)
    memory.record("person", "hello", NOON)
    assert memory.last_talk() is None


def test_after_a_restart_she_knows_when_and_what_they_last_talked_about(memory, store, place):
    memory.begin_session(NOON)
    memory.record("person", "My sister is coming on Friday.", NOON + 10)
    memory.record("her", "The one who paints?", NOON + 14)
    said = memory.recent(2)
    store.close()

    again = place.open()
    memory = Memory(again)
    assert memory.last_talk() == LastTalk(NOON + 14, said)
    memory.begin_session(NOON + 600 * MINUTE)
    assert memory.last_talk() == LastTalk(NOON + 14, said)
    memory.record("person", "She's here!", NOON + 600 * MINUTE)
    assert memory.last_talk() == LastTalk(NOON + 14, said)
    again.close()


def test_a_talk_of_which_nothing_was_said_never_was(memory):
    memory.record("person", "good night", NOON)
    for hour in range(1, 4):
        memory.begin_session(NOON + hour * 60 * MINUTE)

    assert texts(memory.last_talk().moments) == ["good night"]


def test_half_an_hour_of_silence_ends_a_talk(memory):
    memory.record("person", "one", NOON)
    memory.record("person", "still one", NOON + 29 * MINUTE)
    assert memory.last_talk() is None

    memory.record("person", "two", NOON + 60 * MINUTE)

    assert texts(memory.last_talk().moments) == ["one", "still one"]
    assert memory.last_talk().ended == NOON + 29 * MINUTE


def test_of_a_long_talk_the_last_moments_are_given(memory):
    for n in range(20):
        memory.record("person", str(n), NOON + n)
    memory.begin_session(NOON + 100)

    assert texts(memory.last_talk().moments) == ["14", "15", "16", "17", "18", "19"]


async def test_moments_recorded_from_many_threads_are_all_there_once(memory):
    recorded = await asyncio.gather(
        *(asyncio.to_thread(memory.record, "person", f"moment {n}", NOON + n) for n in range(60))
    )

    assert sorted(texts(recorded)) == sorted(f"moment {n}" for n in range(60))
    assert memory.recent(100) == sorted(recorded, key=lambda moment: moment.id)


def test_a_note_is_replaced_by_a_newer_one(memory):
    assert memory.get("consent.voice") is None
    memory.put("consent.voice", True)
    memory.put("consent.voice", {"given": False, "at": NOON})

    assert memory.get("consent.voice") == {"given": False, "at": NOON}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(), min_size=1), st.floats(-1e10, 1e11))
def test_any_text_is_kept_or_refused(memory, text, at):
    try:
        kept = memory.record("person", text, at)
    except InputError:
        assert not text.replace("\0", " ").strip()
    else:
        assert memory.recent(1) == [kept]
        assert kept.text == text.encode(errors="replace").decode().replace("\0", " ")


def test_a_line_of_ten_megabytes_is_kept_whole_and_found(memory):
    line = "A heron " + " ".join(f"word{n}" for n in range(920_000))
    assert len(line) > 10_000_000
    memory.record("person", line, NOON)
    memory.record("her", "That was long.", NOON + 1)

    assert memory.recent(2)[0].text == line
    assert {moment.text[:7] for moment in memory.recall("herons")} == {"A heron", "That wa"}


def test_invalid_halves_and_marks_that_turn_text_around_are_kept_as_said(memory):
    memory.record("person", "pay \u202eeht\u2066 bank\ud800", NOON)

    assert texts(memory.recent(1)) == ["pay \u202eeht\u2066 bank?"]
    assert texts(memory.recall("bank")) == ["pay \u202eeht\u2066 bank?"]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), JSON)
def test_any_fact_comes_back_as_it_was(memory: Memory, key, value):
    memory.put(key, value)
    assert memory.get(key) == value
