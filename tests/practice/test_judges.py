"""What judges lines by patterns, checked on lines that people would say, labelled by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from becoming.practice.moves import helping, moves, power
from bench.practice_judges import falls_out, gives_in

LINES = tomllib.loads((Path(__file__).parent / "labelled.toml").read_text("utf-8"))
THEIRS = ["Hi Emil. I'm not coming home at Christmas this year."]


def out(line: str) -> bool:
    return falls_out(line, "Emil", "your brother", "Jonas", THEIRS)


def share(lines, judge) -> float:
    return sum(bool(judge(line)) for line in lines) / len(lines)


def unseen(kind: str) -> list[str]:
    return LINES[kind][len(LINES[kind]) // 2 :]


@pytest.mark.parametrize(
    ("judge", "yes", "no"),
    [(gives_in, "yields", "holds"), (out, "out_of_role", "in_role")],
    ids=["yields", "role"],
)
def test_a_judge_of_the_benchmark_agrees_with_people_on_lines_it_was_not_made_on(judge, yes, no):
    assert share(unseen(yes), judge) >= 0.9, [line for line in unseen(yes) if not judge(line)]
    assert share(unseen(no), judge) <= 0.1, [line for line in unseen(no) if judge(line)]


def test_moves_of_power_are_known_and_helping_lines_are_not_taken_for_them():
    assert share(unseen("power"), power) >= 0.9, [line for line in unseen("power") if not power(line)]
    helpful = [line for lines in LINES["move"].values() for line in lines]
    assert share(helpful, power) <= 0.05, [line for line in helpful if power(line)]


def test_each_move_is_known_in_the_words_people_make_it_with():
    missed = {
        key: [line for line in lines if key not in {it.key for it in helping(line)}]
        for key, lines in LINES["move"].items()
    }
    assert sum(map(len, missed.values())) <= 0.1 * sum(map(len, LINES["move"].values())), missed
    assert set(missed) == set(moves())


def test_how_each_move_sounds_in_the_file_is_that_move_and_none_of_power():
    for key, move in moves().items():
        assert key in {it.key for it in helping(move.sounds)}, key
        assert not power(move.sounds), key
