"""What is written down for each stance holds, and may be said."""

import re
from typing import get_args

import pytest

from becoming.care import Guard, Known
from becoming.conversation.examples import pairs
from becoming.conversation.kinds import Kind
from becoming.conversation.manner import manner, pronoun, question, sentences, spoken
from becoming.events import InputError

KINDS: tuple[Kind, ...] = get_args(Kind)
WRITTEN = [
    *(
        (kind, line.format(word="always", Word="Always", they="she", They="She"))
        for kind in KINDS
        for how in [manner(kind)]
        for line in (*how.openings, *how.direct, *how.verdict, *how.readings, *how.last)
    ),
    *(("about_her", each.said) for each in pairs("truths.md")),
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_stance_has_a_manner_and_something_to_say(kind: Kind) -> None:
    how = manner(kind)
    assert how.openings or how.questions or how.leads or how.last
    assert bool(how.questions) == (how.asks != "never")


@pytest.mark.parametrize(("kind", "line"), WRITTEN)
def test_every_line_that_is_written_down_passes_the_guard(kind: str, line: str) -> None:
    known = Known(
        "So, she always does it.",
        about_her=kind == "about_her",
        leaving=kind == "goodbye",
        person="Jonas",
        being="Mira",
    )
    assert Guard().objection(line, known) is None


@pytest.mark.parametrize("example", pairs("examples/always.md"))
def test_every_example_passes_the_guard_it_teaches(example: object) -> None:
    heard, said = example.heard, example.said  # type: ignore[attr-defined]
    known = Known(heard, facts=heard.endswith("?"), advice="Should" in heard)
    assert Guard().objection(said, known) is None


def test_the_first_clause_of_every_example_is_short() -> None:
    for example in pairs("examples/always.md"):
        first = re.split(r"(?<=[.,?!—])\"?\s", example.said)[0]
        assert 1 <= len(first.split()) <= 6, example.said


def test_a_question_begins_in_one_of_the_ways() -> None:
    grammar = question(("What did they", "Do they"), after="Two cups.")
    assert '"What did they" | "Do they"' in grammar
    assert grammar.startswith('root ::= " " (')


def test_an_exclamation_is_not_in_the_grammar_of_quiet_stances() -> None:
    assert "!" not in sentences(".?", after="")


def test_the_grammar_keeps_lists_and_markup_out() -> None:
    allowed = "".join(re.findall(r"\[([^\]]*)\]", sentences(".?!", after="")))
    assert not any(mark in allowed for mark in "*#_<>:;")


@pytest.mark.parametrize(
    ("lines", "they"),
    [
        (["My sister called.", "And she hung up."], "she"),
        (["My boss is mad.", "He shouted."], "he"),
        (["My friends came."], "they"),
        (["I had soup."], ""),
    ],
)
def test_the_latest_he_or_she_decides_whom_she_asks_about(lines: list[str], they: str) -> None:
    assert pronoun(lines) == they


@pytest.mark.parametrize(
    ("beginning", "they", "said"),
    [
        ("What does {they}", "they", "What do they"),
        ("Does {they}", "she", "Does she"),
        ("How long has {they} been", "they", "How long have they been"),
        ("What was {they} like", "they", "What were they like"),
        ("What would you tell {them}", "he", "What would you tell him"),
    ],
)
def test_a_beginning_is_said_of_the_right_person_in_the_right_form(
    beginning: str, they: str, said: str
) -> None:
    assert spoken(beginning, they) == said


def test_a_pair_without_an_answer_is_said_to_be_incomplete(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr("becoming.conversation.files.FOLDER", tmp_path)
    (tmp_path / "bad.md").write_text("> What is said")  # type: ignore[operator]
    with pytest.raises(InputError, match="the answer below it"):
        pairs("bad.md")


def test_nobody_is_asked_three_questions_in_a_row_not_even_by_a_curious_being() -> None:
    asked = ["Lisbon. Who was there?", "By boat. Since when?"]
    assert manner("hard").may_ask(asked[:1], 0.9)
    assert not manner("celebrate").may_ask(asked, 0.9)


def test_she_gives_back_at_least_as_often_as_she_asks_but_a_curious_being_once_more() -> None:
    bare = ["Since when?", "Mm."]
    assert not manner("hard").may_ask(bare, 0.5)
    assert manner("hard").may_ask(bare, 0.9)
    assert manner("hard").may_ask([*bare, "By boat."], 0.5)


def test_an_incurious_being_does_not_ask_twice_in_a_row() -> None:
    assert not manner("hard").may_ask(["Lisbon. Who was there?"], 0.2)
