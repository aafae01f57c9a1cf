"""Pipecat's own Python environment: a dependency of this benchmark alone, and its pins are not ours.

(Pipecat 1.14 wants soxr 1.0 where we use 1.1, and brings 550 MB.)
"""

from __future__ import annotations

from pathlib import Path

from bench import environments

PINS = Path(__file__).with_name("pipecat.txt")


def python() -> Path:
    """The interpreter of the environment, made first if it is not there yet. Raises CannotRun."""
    return environments.python(PINS, "pipecat", "550 MB")
