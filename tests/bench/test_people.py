"""What the people's benchmark counts, on days made by hand."""

from __future__ import annotations

from bench.people import NAMES, Lived, _offered, _picture, north_star


def test_an_offer_is_a_question_that_names_somebody():
    assert _offered("You made soup. Would you ring Anna this week?") == "Anna"
    assert _offered("Anna, then. What was it like?") == ""
    assert _offered("You were going to ring Tom.") == ""
    assert set(NAMES) == {"Anna", "Iris", "Tom", "Leo", "Dana"}


def test_the_north_star_is_hours_with_people_per_hour_with_her():
    it = Lived(with_her={0: 2.0, 1: 1.0}, with_people={0: 1.0, 1: 3.0, 2: 1.0})
    assert north_star(it) == [0.5, 3.0, 4.0]


def test_the_picture_is_whole_svg():
    drawn = _picture([1.0, 2.0], [1.0, 1.5])
    assert drawn.startswith("<svg")
    assert drawn.count("<polyline") == 2
