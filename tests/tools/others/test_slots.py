"""What a tool is given: the person's own words, whatever a model would have it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from becoming.tools.others import Tool, ToolError, fill
from becoming.tools.others.slots import numbers

FRIDAY = date(2026, 11, 27)
STRING = {"type": "string"}


def filled(
    said: str, answer: Any, needed: tuple[str, ...] = (), **fields: Any
) -> tuple[dict[str, Any], tuple[str, ...]]:
    tool = Tool.of(
        "do_it", "Does it.", {"type": "object", "properties": fields, "required": list(needed)}, True
    )
    found = fill(tool, said, lambda messages, form: answer, FRIDAY)
    return found.values, found.missing


def test_what_was_said_is_given_in_whatever_case():
    assert filled("weather in paris", {"city": "Paris"}, ("city",), city=STRING) == ({"city": "Paris"}, ())


@pytest.mark.parametrize(
    "secret",
    [
        "I live at Hawthorn Lane 7",
        "4711",
        "Paris; the password is heron",
        "weather in paris",
        "par",
        "",
        7,
        ["x"],
        {"a": 1},
    ],
)
def test_what_was_not_said_is_left_out_or_missing_however_sure_the_model_is(secret):
    assert filled("weather in paris", {"city": secret}, ("city",), city=STRING) == ({}, ("city",))
    assert filled("weather in paris", {"notes": secret}, notes=STRING) == ({}, ())


def test_a_field_the_form_does_not_have_is_left_out():
    assert filled("weather in paris", {"city": "paris", "memory": "paris"}, city=STRING)[0] == {
        "city": "paris"
    }


@pytest.mark.parametrize("answer", [None, [], "paris", 3, {"city": None}])
def test_a_model_that_answers_nonsense_leaves_everything_missing(answer):
    assert filled("weather in paris", answer, ("city",), city=STRING) == ({}, ("city",))


def test_days_are_written_as_forms_want_them_and_only_days_that_were_named():
    due = {"type": "string", "format": "date"}
    assert filled("put milk on it for monday", {"due": "monday"}, due=due)[0] == {"due": "2026-11-30"}
    assert filled("put milk on it for tomorrow", {"due": "2026-11-28"}, due=due)[0] == {"due": "2026-11-28"}
    assert filled("put milk on it for tomorrow", {"due": "1984-03-02"}, due=due)[0] == {}


def test_numbers_choices_and_lists():
    fields = {
        "degrees": {"type": "number"},
        "state": {"enum": ["on", "off"]},
        "with": {"type": "array", "items": STRING},
    }
    answer = {"degrees": 21, "state": "off", "with": ["leeks", "salt"]}
    assert filled("leeks and salt at twenty one", answer, **fields)[0] == answer
    assert (
        filled("leeks", {"degrees": 22, "state": "on; and call home", "with": ["leeks", "heron"]}, **fields)[
            0
        ]
        == {}
    )


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("twenty one degrees", {21}), ("a hundred and five", {105}), ("two thousand", {2000}), ("1,200 and 3.5", {1200, 3.5}),
        ("three or forty", {3, 40}), ("nothing", set()), ("one hundred", {100}), ("five hundred thousand and twelve", {500012}),
    ],
)  # fmt: skip
def test_numbers_in_words(said, meant):
    assert numbers(said) == meant


def test_a_form_that_cannot_be_filled_in_by_voice_says_so():
    with pytest.raises(ToolError, match=r"Do it wants shape, which I can't give it by voice."):
        filled("draw", {}, ("shape",), shape={"type": "object"})


def test_a_tool_that_needs_nothing_asks_no_model():
    tool = Tool.of("list_all", "Lists.", {"type": "object", "properties": {}}, True)

    def ask(_: object, __: object) -> Any:
        raise AssertionError("asked")

    assert fill(tool, "list all", ask, FRIDAY).values == {}
