"""What changes the world waits for the person's own yes; it lapses, can be taken back for a minute, and is written down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from becoming.events import InputError
from becoming.tools.approval import LAPSES_S, UNDO_S, Approvals, Proposal


class Waiting:
    """Approvals on a note book, with a clock that is turned by hand and a list of what was really done."""

    def __init__(self) -> None:
        self.notes: dict[str, object] = {}
        self.now, self.done = 1_000.0, list[str]()
        self.approvals = Approvals(self.notes.get, self.notes.__setitem__, lambda: self.now)

    def proposal(self, words: str = "See you at eight.", rule: str = "", fails: bool = False) -> Proposal:
        def do() -> str:
            if fails:
                raise InputError("The server is down. Try again later.")
            self.done.append(words)
            return ""

        def undo() -> str:
            self.done.remove(words)
            return ""

        def refused() -> str:
            self.done.append(f"kept: {words}")
            return ""

        return Proposal("send a mail", "Anna", words, "Shall I?", "It goes out.", do, undo, refused, rule)

    def came(self) -> list[tuple[str, str]]:
        self.approvals.close()
        return [(each.words, each.came) for each in self.approvals.deeds()]


@pytest.fixture
def waiting() -> Waiting:
    return Waiting()


def test_nothing_is_done_before_the_yes_and_then_it_is_done_once(waiting):
    waiting.approvals.ask(waiting.proposal())
    assert waiting.done == []
    assert waiting.approvals.yes()
    assert not waiting.approvals.yes()
    assert waiting.came() == [("See you at eight.", "done")]
    assert waiting.done == ["See you at eight."]


def test_a_no_does_nothing_but_keep_what_would_be_lost(waiting):
    waiting.approvals.ask(waiting.proposal())
    assert waiting.approvals.no()
    assert not waiting.approvals.yes()
    assert waiting.came() == [("See you at eight.", "refused")]
    assert waiting.done == ["kept: See you at eight."]


def test_what_is_not_answered_lapses_and_a_late_yes_does_nothing(waiting):
    waiting.approvals.ask(waiting.proposal())
    waiting.now += LAPSES_S + 1
    assert not waiting.approvals.yes()
    assert waiting.came() == [("See you at eight.", "lapsed")]


def test_a_yes_is_for_what_was_asked_last(waiting):
    waiting.approvals.ask(waiting.proposal("First."))
    waiting.approvals.ask(waiting.proposal("Second."))
    waiting.approvals.yes()
    assert sorted(waiting.came()) == [("First.", "lapsed"), ("Second.", "done")]
    assert sorted(waiting.done) == ["Second.", "kept: First."]


def test_it_can_be_taken_back_for_a_minute(waiting):
    waiting.approvals.ask(waiting.proposal())
    waiting.approvals.yes()
    waiting.now += UNDO_S - 1
    assert waiting.approvals.undo()
    assert not waiting.approvals.undo()
    assert [came for _, came in waiting.came()] == ["done", "undone"]
    assert waiting.done == []


def test_after_the_minute_it_stays_done(waiting):
    waiting.approvals.ask(waiting.proposal())
    waiting.approvals.yes()
    waiting.now += UNDO_S + 1
    assert not waiting.approvals.undo()


def test_a_standing_yes_covers_its_own_class_alone_and_can_be_withdrawn(waiting):
    waiting.approvals.always("archive newsletters from shop.example")
    waiting.approvals.ask(waiting.proposal("Shop.", rule="archive newsletters from shop.example"))
    waiting.approvals.ask(waiting.proposal("Bank.", rule="archive newsletters from bank.example"))
    waiting.approvals.no()
    waiting.approvals.no_longer("archive newsletters from shop.example")
    waiting.approvals.ask(waiting.proposal("Shop again.", rule="archive newsletters from shop.example"))
    assert sorted(waiting.came()) == [("Bank.", "refused"), ("Shop again.", "lapsed"), ("Shop.", "done")]
    because = {each.words: each.because for each in waiting.approvals.deeds()}
    assert because["Shop."] == "archive newsletters from shop.example"


def test_what_went_wrong_is_told_and_written_down(waiting):
    waiting.approvals.ask(waiting.proposal(fails=True))
    waiting.approvals.yes()
    assert waiting.came() == [("See you at eight.", "failed")]
    assert waiting.approvals.told == ["The server is down. Try again later."]


def test_a_card_shows_every_word_and_a_tap_answers_that_card_alone(waiting):
    waiting.approvals.ask(waiting.proposal("First."))
    first = waiting.approvals.card()
    assert first is not None
    assert (first["words"], first["whom"], first["done"], first["left_s"]) == (
        "First.",
        "Anna",
        False,
        LAPSES_S,
    )
    waiting.approvals.ask(waiting.proposal("Second."))
    assert not waiting.approvals.tapped(first["number"], "yes")
    card = waiting.approvals.card()
    assert card is not None
    assert not waiting.approvals.tapped(card["number"], "undo")
    assert waiting.approvals.tapped(card["number"], "yes")
    after = waiting.approvals.card()
    assert after is not None
    assert (after["number"], after["done"], after["left_s"]) == (card["number"], True, UNDO_S)
    assert waiting.approvals.tapped(card["number"], "undo")
    assert waiting.approvals.card() is None
    assert sorted(waiting.came()) == [("First.", "lapsed"), ("Second.", "done"), ("Second.", "undone")]


def test_a_card_is_no_more_when_it_was_not_answered(waiting):
    waiting.approvals.ask(waiting.proposal())
    waiting.now += LAPSES_S + 1
    assert waiting.approvals.card() is None


def test_a_later_version_of_the_same_is_no_other_deed(waiting):
    waiting.approvals.ask(replace(waiting.proposal("See you at eight."), about="a mail"))
    waiting.approvals.ask(replace(waiting.proposal("See you at nine."), about="a mail"))
    waiting.approvals.yes()
    assert waiting.came() == [("See you at nine.", "done")]
    assert waiting.done == ["See you at nine."]


def test_a_standing_yes_leaves_alone_what_waits(waiting):
    waiting.approvals.always("archive newsletters from shop.example")
    waiting.approvals.ask(waiting.proposal("First."))
    covered = waiting.proposal("Shop.", rule="archive newsletters from shop.example")
    assert waiting.approvals.by_rule(covered)
    assert not waiting.approvals.by_rule(
        waiting.proposal("Bank.", rule="archive newsletters from bank.example")
    )
    assert waiting.approvals.waiting is not None
    assert waiting.approvals.waiting.words == "First."


def test_what_is_forgotten_no_longer_waits_and_is_not_written_down_afterwards(waiting):
    waiting.approvals.ask(waiting.proposal())
    waiting.approvals.forget()
    assert not waiting.approvals.yes()
    assert waiting.came() == []
