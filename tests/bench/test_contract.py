"""The contract every benchmark keeps: flags, goals, one JSON object, the exit status."""

from __future__ import annotations

import json

import pytest

from bench.contract import CannotRun, Figures, holds, machine, run


def _run(measure, goals, *argv):
    with pytest.raises(SystemExit) as left:
        run("sample", measure, goals, argv)
    return left.value.code


def test_the_last_line_is_one_json_object_with_the_fixed_keys(capsys):
    status = _run(lambda quick: Figures({"p50_ms": 12.5}, cases=3), {"p50_ms": "<= 800"}, "--json")
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert status == 0
    assert list(report) == ["bench", "figures", "goals", "held", "n", "machine", "seconds"]
    assert (report["bench"], report["figures"], report["n"]) == ("sample", {"p50_ms": 12.5}, 3)
    assert report["held"] is True


def test_a_goal_missed_is_said_and_still_leaves_with_status_0(capsys):
    status = _run(lambda quick: Figures({"p50_ms": 900.0}, cases=3), {"p50_ms": "<= 800"}, "--json")
    out = capsys.readouterr().out
    assert status == 0
    assert "NOT HELD" in out
    assert json.loads(out.splitlines()[-1])["held"] is False


def test_a_goal_whose_figure_was_not_measured_is_not_held(capsys):
    _run(lambda quick: Figures({}, cases=0), {"p50_ms": "<= 800"}, "--json")
    out = capsys.readouterr().out
    assert "not measured" in out
    assert json.loads(out.splitlines()[-1])["held"] is False


def test_a_figure_that_is_not_a_number_becomes_null_and_misses_its_goal(capsys):
    _run(lambda quick: Figures({"share": float("nan")}, cases=1), {"share": "<= 1"}, "--json")
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert report["figures"] == {"share": None}
    assert report["held"] is False


def test_a_benchmark_that_cannot_run_says_why_and_leaves_with_status_2(capsys):
    def measure(quick):
        raise CannotRun("fetch the model first")

    assert _run(measure, {}, "--json") == 2
    assert "fetch the model first" in capsys.readouterr().err


def test_a_crash_is_reported_and_leaves_with_status_2(capsys):
    assert _run(lambda quick: 1 / 0, {}) == 2
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_quick_reaches_the_measurement_and_without_json_there_is_only_the_table(capsys):
    _run(lambda quick: Figures({"quick": float(quick)}, cases=1), {}, "--quick")
    assert capsys.readouterr().out.split() == ["quick", "1"]


@pytest.mark.parametrize(
    ("value", "goal", "held"),
    [
        (1.0, "<= 1", True),
        (1.1, "<= 1", False),
        (1.0, ">= 1", True),
        (0.0, "== 0", True),
        (1.0, "< 1", False),
    ],
)
def test_goals_compare_as_they_read(value, goal, held):
    assert holds(value, goal) is held


def test_the_machine_is_named_with_its_cores():
    assert "cores" in machine()
