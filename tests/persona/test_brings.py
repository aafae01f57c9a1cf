"""What single words tell about why somebody came."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becoming.persona.brings import themes, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I'm tired and lonely", {"heavy": "tired"}),
        ("Work, mostly. And I read.", {"work": "work", "words": "read"}),
        ("I'm not sad", {}),
        ("I don't feel lonely", {}),
        ("I never read", {}),
        ("", {}),
        ("Since the divorce I can’t sleep; it’s hard", {"heavy": "divorce"}),
    ],
)
def test_themes_are_found_with_the_word_that_told_them(text, found):
    assert themes(text) == found


def test_any_word_may_be_somebodys_name():
    assert words("My wife Catherine, our son Bo.") == {"wife", "catherine", "our", "son"}


@given(st.text(max_size=300))
def test_any_text_is_taken(text):
    assert all(word in text.lower().replace("’", "'") for word in themes(text).values())
