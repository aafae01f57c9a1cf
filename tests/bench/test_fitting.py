from __future__ import annotations

import numpy as np

from becoming.memory.recall.weighing import FEATURES, SHIPPED, Candidates
from bench.fitting import Choice, fit


def test_a_feature_that_tells_the_right_moment_gains_weight_and_the_others_stay():
    chance = np.random.default_rng(0)
    choices = []
    for _ in range(60):
        rows = chance.random((20, len(FEATURES)), np.float32)
        right = int((rows[:, FEATURES.index("sense")] + chance.normal(0, 0.1, 20)).argmax())
        choices.append(Choice(Candidates(np.arange(20), rows, np.zeros(20, np.float32)), np.array([right])))

    start = dict.fromkeys(FEATURES, 0.0) | {"people": 1.0}
    fitted = fit(choices, ("sense", "length"), start)

    assert fitted["sense"] > 5 > abs(fitted["length"])
    assert fitted["people"] == 1.0
    assert set(fitted) == set(SHIPPED.asked)
