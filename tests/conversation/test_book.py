"""The book of her voice: what she would say, line by line, must be fit to learn from."""

from __future__ import annotations

import pytest

from becoming.conversation.examples import BOOK, Situation, book, pairs
from becoming.conversation.files import FOLDER, read
from becoming.conversation.kinds import Kind
from becoming.events import InputError
from bench import measures

LONGEST_WORDS = 45
BY_CODE: set[Kind] = {"memory", "care", "bridge"}
"""Stances whose words are always found by code."""


def _told(it: Situation) -> list[str]:
    return [each.said for each in it.exchanges]


def test_it_has_at_least_eight_hundred_situations_and_all_her_stances() -> None:
    assert len(book()) >= 800
    assert {each.stance for each in book()}.isdisjoint(BY_CODE)
    assert len({each.stance for each in book()}) >= 25


def test_a_tenth_is_kept_from_every_training() -> None:
    assert 0.07 < sum(each.apart for each in book()) / len(book()) < 0.13


def test_no_line_of_hers_is_an_assistants_or_too_long_for_an_ear() -> None:
    hers = [line for it in book() for line in _told(it)]
    assert [line for line in hers if measures.cliche(line)] == []
    assert [line for line in hers if measures.markup(line)] == []
    assert [line for line in hers if len(line.split()) > LONGEST_WORDS] == []
    assert [line for line in hers if line.count("?") > 1] == []


def test_she_asks_in_less_than_half_of_her_lines() -> None:
    hers = [line for it in book() for line in _told(it)]
    assert 0.25 < sum("?" in line for line in hers) / len(hers) < 0.5


def test_the_examples_of_the_prompt_are_not_repeated() -> None:
    shown = {each.heard for each in pairs("examples/always.md")}
    assert [each.title for each in book() if each.exchanges[0].heard in shown] == []


@pytest.mark.parametrize(
    "block",
    [
        "a situation without a stance\n> Hi.\nHi.",
        "hard: half of one\n> He left.",
        "hard: no words\n(My name is Jo.)",
    ],
)
def test_a_situation_that_is_written_otherwise_is_named(block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("becoming.conversation.examples.read", lambda name: block)
    book.cache_clear()
    with pytest.raises(InputError, match=r"everyday\.md: a situation is a line"):
        book()
    monkeypatch.undo()
    book.cache_clear()
    assert book()


def test_every_file_of_the_book_is_plain_text() -> None:
    for file in FOLDER.joinpath(BOOK).iterdir():
        assert "\n\n\n" not in read(f"{BOOK}/{file.name}"), file.name
