"""Her own words at birth."""

from __future__ import annotations

import re

import pytest

from becoming.persona import lines

SAID = {
    name: part
    for name, value in vars(lines).items()
    if name.isupper() and not name.startswith("_")
    for part in ([value] if isinstance(value, str) else value)
}


def test_every_line_but_the_notice_is_under_twenty_five_words_and_without_markup():
    assert len(SAID) > 15
    for name, line in SAID.items():
        assert name == "NOTICE" or len(line.split()) < 25, line
        assert not re.search(r"[*_#`\[\]<>%]", line), line


def test_the_notice_says_what_she_is_in_its_first_words_and_asks_the_age():
    assert re.search(r"I'm software\b.*\bnot a person", lines.NOTICE[:120])
    assert lines.NOTICE.endswith("Are you eighteen or older?")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.03, "less than a tenth of a second"),
        (0.11, "about a tenth of a second"),
        (0.21, "about a fifth of a second"),
        (0.3, "a third of a second"),
        (0.52, "half a second"),
        (1.1, "about a second"),
        (1.3, "a little over a second"),
        (2.2, "about two seconds"),
        (31.0, "about 31 seconds"),
    ],
)
def test_a_time_is_said_as_one_says_it(seconds, said):
    assert lines.spoken(seconds) == said


def test_the_person_is_named_where_there_is_a_name():
    assert lines.with_name("What brings you here?", "Theo") == "What brings you here, Theo?"
    assert lines.with_name("What brings you here?", "") == "What brings you here?"
    assert lines.with_name("I'm Iris, then. I'm glad to meet you.", "Theo").endswith("meet you, Theo.")


def test_voices_are_offered_as_one_would_say_it():
    assert lines.voice(["Heart", "Emma", "Michael"]).endswith("Heart, Emma or Michael?")
