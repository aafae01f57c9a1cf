"""Lives through the quarter in `a_quarter.toml`: every line recorded, perceived and learned from as in a talk."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from becoming.events import Feeling
from becoming.memory import Life

HER_LINE = "I see."


def live(life: Life, perceive: Callable[[str, Sequence[str]], Feeling]) -> None:
    """Up to today, in the time zone of this computer."""
    today = datetime.fromtimestamp(time.time()).replace(hour=0, minute=0, second=0, microsecond=0)
    for talk in tomllib.loads(Path(__file__).with_name("a_quarter.toml").read_text("utf-8"))["talk"]:
        at = (today - timedelta(days=talk["ago"]) + timedelta(hours=talk["at"])).timestamp()
        life.moments.begin_session(at)
        for number, line in enumerate(talk["lines"]):
            moment = life.record("person", line, at + 50 * number)
            life.feel(moment, perceive(line, talk["lines"][:number]))
            life.learn(moment, HER_LINE if number else "")
            life.record("her", HER_LINE, at + 50 * number + 12)
