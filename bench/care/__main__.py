"""`python -m bench.care --data ../shared/data [--quick] --json`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.care import gates, hearing
from bench.contract import Figures, run

PARTS = (hearing, gates)
DATA = Path("../shared/data")


def measure(quick: bool, data: Path) -> Figures:
    """Every part in turn."""
    figures = [part.measure(quick, data) for part in PARTS]
    values = {name: value for each in figures for name, value in each.values.items()}
    return Figures(values, sum(each.cases for each in figures))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--data", type=Path, default=DATA)
    own, others = parser.parse_known_args(sys.argv[1:])
    goals = {name: goal for part in PARTS for name, goal in part.GOALS.items()}
    run("care", lambda quick: measure(quick, own.data), goals, others)
