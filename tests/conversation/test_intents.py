"""What was only guessed, said as the hands know it."""

from __future__ import annotations

from typing import Any

import pytest

from becoming.care.hearing import UPPER
from becoming.conversation import files
from becoming.conversation.hands import Hands
from becoming.conversation.hands.intents import NONE, PLACES, Intents, asked_back, fitting, reworded
from becoming.memory.recall.embedding import Sentences
from becoming.tools.approval import Approvals
from becoming.tools.browsing import plain

TABLE = files.table("hands/intents.toml")
YES = files.patterns("hands/hands.toml")


@pytest.fixture(scope="module")
def intents() -> Intents:
    return Intents(Sentences(UPPER))


@pytest.mark.parametrize("intent", [name for name in TABLE if name != "parts"])
def test_no_guess_is_a_yes(intent: str):
    for line in ("Yes.", "yes, send it please", "Okay, tomorrow at nine.", "Say yes to Anna's mail"):
        for words in reworded(intent, line):
            assert not YES["yes"].fullmatch(plain(words))
            assert not YES["firm_yes"].fullmatch(plain(words))
    assert "approve" not in TABLE


@pytest.mark.parametrize(
    ("intent", "line", "words"),
    [
        ("mail_read", "could I hear what Dad wrote", "read the one from Dad"),
        ("mail_write", "Drop Ingrid a line, tell her I'm late.", "write a mail to Ingrid: I'm late"),
        ("mail_change", "sorry, eight rather than nine", "change nine to eight"),
        (
            "calendar_add",
            "Pencil the vet in for Friday at four.",
            "put the vet in my calendar friday at four",
        ),
        ("contact", "Where does Uncle Bert live these days?", "what is Uncle Bert's address"),
        ("rule_add", "anything from LinkedIn can go away by itself", "always archive mails from LinkedIn"),
        ("read_page", "what do they say on example.org/bus", "read example.org/bus"),
    ],
)
def test_its_words_are_found(intent: str, line: str, words: str):
    assert words in list(reworded(intent, line))


@pytest.mark.parametrize(
    ("line", "why", "question"),
    [
        ("Read me the website https/slash-example", "asks for a page", "Type it"),  # as one was recognised
        ("What's pre-isphone number?", "asks of a contact", "Whose"),  # "Priya's phone"
        ("Write an email for me.", "asks whom to", "Whom to"),
        ("Set me a reminder please.", "asks for a reminder", "and when?"),
        ("Make a note for me please.", "has something noted", "What shall I note"),
    ],
)
def test_where_a_name_or_an_address_was_not_caught_it_is_asked_for_and_nothing_is_done(
    intents: Intents, line: str, why: str, question: str
):
    notes: dict[str, Any] = {}
    hands = Hands((), Approvals(notes.get, notes.__setitem__, lambda: 0.0), intents.among)
    done = hands.hear(line)
    assert done
    assert (done.why, done.proposal) == (why, None)
    assert question in done.lines[0]
    hands.settle(line, done, done.lines[0])
    assert hands.approvals.waiting is None
    assert notes == {}


def test_where_somebody_lives_may_be_remembered_and_is_not_asked_back(intents: Intents):
    notes: dict[str, Any] = {}
    hands = Hands((), Approvals(notes.get, notes.__setitem__, lambda: 0.0), intents.among)
    for line in ("Where does my sister live?", "Where does she live now?", "What's my sister's address?"):
        assert hands.hear(line) is None


def test_what_needs_a_mail_is_thought_of_only_beside_one(intents: Intents):
    line = "I'd rather hear the following one"
    assert intents.among(line, ["mail"])[:1] == ["mail_next"]
    assert "mail_next" not in intents.among(line, [])
    assert fitting([NONE, "undo", "slower"], []).tolist() == [True, False, True]


@pytest.mark.parametrize(
    "line", ["what's simon's number?", "What is my phone number?", "what is my email address"]
)
def test_a_name_that_was_caught_is_not_asked_for(line: str):
    assert asked_back("contact", line) is None  # memory may know it


def test_a_word_heard_over_and_over_holds_nothing_up(intents: Intents):
    notes: dict[str, Any] = {}
    hands = Hands((), Approvals(notes.get, notes.__setitem__, lambda: 0.0), intents.among)
    for word in ("please", "yes", "and", "no", "wait", "send it"):
        hands.hear(" ".join([word] * 60) + " umbrella")  # as a recogniser writes it that got stuck
        assert not any(YES[name].fullmatch(" ".join([word] * 60) + " x") for name in YES)


def test_what_asks_for_nothing_is_left_alone(intents: Intents):
    for line in ("My brother moved to Lyon in May.", "I never answered her letter.", "You remind me of him."):
        assert intents.among(line, [""]) == []
        assert intents(line) == NONE


def test_places_are_known():
    known = {place for of in TABLE.values() for place in of.get("where", ())}
    assert known == set(PLACES) - {""}
    assert known >= set(files.table("hands/places.toml"))
