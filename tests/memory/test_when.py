from __future__ import annotations

from datetime import datetime

import pytest

from becoming.memory.recall.when import relative, spans

SUNDAY = datetime(2026, 11, 22, 12).timestamp()


def said(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment):%Y-%m-%d %H}"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("what did I say last Tuesday?", "2026-11-17 00", "2026-11-18 00"),
        ("I was happier in spring", "2026-03-01 00", "2026-06-01 00"),
        ("yesterday evening we fought", "2026-11-21 17", "2026-11-22 00"),
        ("in March I went to Rome", "2026-03-01 00", "2026-04-01 00"),
        ("two weeks ago", "2026-11-05 00", "2026-11-12 00"),
        ("the weekend before last", "2026-11-07 00", "2026-11-09 00"),
        ("at Christmas", "2025-12-20 00", "2025-12-28 00"),
        ("this morning", "2026-11-22 05", "2026-11-22 12"),
        ("since March", "2026-03-01 00", "2026-11-22 12"),
        ("on 3 May 2024", "2024-05-03 00", "2024-05-04 00"),
        ("in December", "2025-12-01 00", "2026-01-01 00"),
        ("last Sunday", "2026-11-15 00", "2026-11-16 00"),
        ("in 2023", "2023-01-01 00", "2024-01-01 00"),
    ],
)
def test_a_time_is_the_span_a_person_means(text, start, end):
    (span,) = spans(text, SUNDAY)

    assert (said(span.start), said(span.end)) == (start, end)
    assert span.phrase in text


@pytest.mark.parametrize(
    "text", ["she may march on", "I sat in the sun", "next Tuesday", "31 June", "", "the second floor"]
)
def test_what_is_no_time_of_the_past_is_none(text):
    assert spans(text, SUNDAY) == []


def test_before_a_feast_is_everything_up_to_it():
    (span,) = spans("before Christmas", SUNDAY)
    assert span.start == 0
    assert said(span.end) == "2025-12-20 00"


def test_an_event_is_looked_up_first():
    assert relative("what did I want before the divorce?").event == "the divorce"
    assert relative("when I was in Denver, what did I like").side == "when"
    assert relative("what is new?") is None
