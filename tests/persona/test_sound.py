"""How names sound, as far as their spelling tells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from becoming.persona.sound import alike, apart, beats, clashes, key, keys, rhyme, sounds

SYLLABLES = {
    "Nora": 2, "Maria": 3, "Theo": 2, "Leo": 2, "Iris": 2, "Odile": 2, "Grace": 1, "Estelle": 2, "Chloe": 2,
    "Zoe": 2, "Ada": 2, "Julia": 3, "Noah": 2, "Leah": 2, "Thea": 2, "Hannah": 2, "Claire": 1, "Joan": 1,
    "Miriam": 3, "Evelyn": 3, "Eleanor": 3, "Ruth": 1, "Rhys": 1, "Maya": 2, "Yara": 2, "Violet": 3, "Isabel": 3,
    "Oliver": 3, "Samuel": 3, "Daniel": 3, "Lionel": 3, "Quentin": 2, "Joaquin": 2, "Sylvia": 3, "Clyde": 1,
    "Myrtle": 2, "Estella": 3, "Otto": 2, "Mabel": 2, "Adelaide": 3, "Roy": 1, "Margaret": 3, "Veronica": 4,
}  # fmt: skip


def test_syllables_are_estimated_right_for_nearly_all_names():
    counted = sounds(np.array(list(SYLLABLES), dtype=np.bytes_)).syllables
    wrong = [name for (name, truth), got in zip(SYLLABLES.items(), counted, strict=True) if truth != got]
    assert wrong == []


def test_beats_are_only_told_where_they_are_certain():
    told = {name: beats(name) for name in SYLLABLES}
    assert all(count in (None, SYLLABLES[name]) for name, count in told.items())
    assert sum(count is not None for count in told.values()) >= 12
    assert beats("Odile") is beats("Mia") is beats("James") is None


def test_features_of_a_spelling():
    heard = sounds(np.array(["Nora", "Katharine", "Leah", "Otto"], dtype=np.bytes_))
    assert heard.length.tolist() == [4, 9, 4, 4]
    assert heard.open_end.tolist() == [True, False, True, True]
    assert heard.crisp.tolist() == [False, True, False, False]
    assert heard.soft.tolist() == pytest.approx([1.0, 0.6, 1.0, 0.0])
    assert heard.letters[0].nonzero()[0].tolist() == [0, 13, 14, 17]


@pytest.mark.parametrize(
    ("one", "other"), [("Theo", "Teo"), ("Sarah", "Sara"), ("Philip", "Filip"), ("Kandy", "Candy")]
)
def test_spellings_of_one_sound_share_a_key(one, other):
    assert key(one) == key(other)


def test_keys_of_many_are_the_keys_of_each(book):
    names = [name.decode() for name in book.names[:5_000]]
    assert keys(names) == [key(name) for name in names]


@pytest.mark.parametrize(
    ("one", "other"), [("Nora", "Cora"), ("Theo", "Leo"), ("Anna", "Hannah"), ("Maria", "Julia")]
)
def test_rhymes_are_heard(one, other):
    assert rhyme(key(one)) == rhyme(key(other))


@pytest.mark.parametrize(
    ("one", "other"), [("Theo", "Thea"), ("Theo", "Leo"), ("Marcus", "Mara"), ("Jon", "John")]
)
def test_names_that_are_tiresome_in_one_room_clash(one, other):
    assert clashes(one, other)


@pytest.mark.parametrize(("one", "other"), [("Theo", "Iris"), ("Anna", "Odile"), ("Marcus", "Vivian")])
def test_names_that_go_together_do_not(one, other):
    assert not clashes(one, other)
    assert not alike(one, other)


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_the_distance_of_two_keys_is_a_distance(a, b, c):
    assert apart(a, b) == apart(b, a)
    assert (apart(a, b) == 0) == (a == b)
    assert apart(a, c) <= apart(a, b) + apart(b, c)


@given(st.text(max_size=40))
def test_any_text_has_a_key(text):
    assert isinstance(key(text), str)
    assert isinstance(clashes(text, "Theo"), bool)
