"""What the benchmark of feelings computes itself: calibration error, and questions put fairly."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bench import emobench
from bench.feelings import _ece


def test_who_is_right_as_often_as_they_are_sure_has_no_calibration_error():
    sure = np.array([0.75] * 4 + [0.25] * 4)
    right = np.array([1, 1, 1, 0, 0, 0, 0, 1.0])
    assert _ece(sure, right) == pytest.approx(0)
    assert _ece(np.full(10, 0.95), np.zeros(10)) == pytest.approx(0.95)


def test_a_question_has_its_right_choice_wherever_it_was_shuffled_to(tmp_path):
    choices = ["Joy", "Fear", "Pride", "Grief"]
    understanding = {
        "qid": "1", "scenario": "Ann won. She wept.", "subject": "Ann", "emotion_choices": choices, "emotion_label": "Pride",
        "cause_choices": choices, "cause_label": "Joy",
    }  # fmt: skip
    helping = {"qid": "1", "scenario": "Bo fell.", "subject": "Bo", "choices": choices, "label": "Fear"}
    (tmp_path / "EU_dev.jsonl").write_text(json.dumps(understanding) + "\n")
    (tmp_path / "EA_dev.jsonl").write_text(json.dumps(helping) + "\n")
    asked = list(emobench.questions(tmp_path, 1))
    assert [each.choices[each.right] for each in asked] == ["Pride", "Joy", "Fear"]
    assert asked == list(emobench.questions(tmp_path, 1))
