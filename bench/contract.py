"""What every benchmark shares: its two flags, its goals, and the one JSON object on its last line.

A benchmark is a function that measures and returns `Figures`:

    GOALS = {"names_s": "<= 0.3"}

    def measure(quick: bool) -> Figures:
        ...                                     # print what a person can read
        return Figures({"names_s": 0.12}, cases=9)

    if __name__ == "__main__":
        run("reading", measure, GOALS)

With `--json` the last line of stdout is
`{"bench", "figures", "goals", "held", "n", "machine", "seconds"}`. The exit status is 0 whether or
not the goals held, and 2 when the benchmark could not run.
"""

from __future__ import annotations

import argparse
import json
import math
import operator
import os
import platform
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Never

import psutil

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}


class CannotRun(Exception):
    """Something the benchmark needs is missing; the message says what to do."""


@dataclass(frozen=True)
class Figures:
    """What was measured: flat names to numbers (the unit is the name's suffix), over `cases` cases."""

    values: Mapping[str, float]
    cases: int


def run(
    name: str, measure: Callable[[bool], Figures], goals: Mapping[str, str], argv: Sequence[str] | None = None
) -> Never:
    """Parse the flags, measure, say which goals held, and leave with the contract's exit status."""
    arguments = _parse(name, argv)
    started = time.perf_counter()
    try:
        figures = measure(arguments.quick)
    except CannotRun as reason:
        print(f"bench.{name} cannot run: {reason}", file=sys.stderr)
        sys.exit(2)
    except Exception:  # noqa: BLE001 — the edge of the program: report, and say by the status that nothing was measured
        traceback.print_exc()
        sys.exit(2)
    report = summary(name, figures, goals, time.perf_counter() - started)
    print(table(figures.values, goals))
    if arguments.json:
        print(json.dumps(report, allow_nan=False), flush=True)
    sys.exit(0)


def summary(name: str, figures: Figures, goals: Mapping[str, str], seconds: float) -> dict[str, object]:
    """The contract's JSON object; a figure that is not finite becomes null, and its goal is not held."""
    return {
        "bench": name,
        "figures": {key: value if math.isfinite(value) else None for key, value in figures.values.items()},
        "goals": dict(goals),
        "held": all(holds(figures.values.get(key), goal) for key, goal in goals.items()),
        "n": figures.cases,
        "machine": machine(),
        "seconds": round(seconds, 2),
    }


def holds(value: float | None, goal: str) -> bool:
    """Whether a figure meets a goal such as "<= 0.3"; one that was not measured does not."""
    sign, bound = goal.split()
    return value is not None and COMPARISONS[sign](value, float(bound))


def table(figures: Mapping[str, float], goals: Mapping[str, str]) -> str:
    """Every figure on a line, with its goal and whether it held, for a person."""
    lines = []
    for key in [*figures, *(key for key in goals if key not in figures)]:
        value = figures.get(key)
        shown = "not measured" if value is None else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
        goal = goals.get(key)
        verdict = "" if goal is None else f"   goal {goal}: {'held' if holds(value, goal) else 'NOT HELD'}"
        lines.append(f"  {key:<28}{shown:>14}{verdict}")
    return "\n".join(lines)


def machine() -> str:
    """The processor, its cores, the memory, the system and the interpreter, in one line."""
    memory = psutil.virtual_memory().total / 2**30
    system = f"{platform.system()} {platform.machine()}"
    python = f"Python {platform.python_version()}"
    return f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {system}, {python}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:  # not Linux: the platform module knows a little
        return platform.processor() or "unknown processor"
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def _parse(name: str, argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m bench.{name}")
    parser.add_argument("--quick", action="store_true", help="the same work on fewer cases, under a minute")
    parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
    return parser.parse_args(argv)
