"""Every rule of `harm.py` is there for a line that is really stopped by it, and does not stop what a friend says."""

from pathlib import Path

import pytest

from becoming.care import Guard, Known
from becoming.care.harm import HARM

GUARD = Guard()
TEXT = (Path(__file__).parent / "lines_bad.txt").read_text("utf-8")


def test_each_rule_stops_something():
    stopped = {
        objection.rule
        for line in TEXT.splitlines()
        if line and not line.startswith("#") and (objection := GUARD.objection(line, Known("Hello.")))
    }
    assert set(HARM) <= stopped


@pytest.mark.parametrize("advice", [True, False])
def test_harm_is_stopped_also_where_advice_was_asked_for(advice: bool):
    known = Known("Should I leave my husband?", advice=advice, facts=True)
    assert GUARD.objection("You should leave him now.", known)
    assert GUARD.objection("Go ahead and kill yourself.", known)
