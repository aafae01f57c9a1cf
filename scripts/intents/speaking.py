"""What the recogniser makes of the lines of the intents, each said by the packaged voice: scripts/intents/recognised.tsv.

    uv run python -m scripts.intents.speaking

A line is said twice, each time in one of its forms where it has several, for the voice never says it the same way; what is recognised
word by word is left out, as it teaches nothing. What was said already is not said again, so it can be stopped at any time. About an
hour on one core for all of them.
"""

from __future__ import annotations

import csv
import random
import tomllib
from collections import Counter
from itertools import product

import numpy as np
import soxr

from becoming.speech.audio import EAR_RATE, VOICE_RATE
from becoming.speech.stt import MoonshineStt
from becoming.speech.tts import HibariTts
from scripts.intents.lines import FOLDER, RECOGNISED, bare, said
from tests.audio.voice import join, silence

TIMES = 2


def main() -> None:
    """Say what was not said yet, in an order that takes every intent in turn."""
    slots = tomllib.loads((FOLDER / "slots.toml").read_text("utf-8"))
    lines = [
        line
        for file in sorted(FOLDER.glob("*.txt"))
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    ]
    random.Random(1).shuffle(lines)
    done = Counter(row[0] for row in _rows())
    say, recognise, pause = HibariTts(), MoonshineStt(), silence(0.25)
    with RECOGNISED.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, "excel-tab", lineterminator="\n")
        for time, line in product(range(TIMES), lines):
            if time < done[line]:
                continue
            text = random.Random(f"{line} {time}" if time else line).choice(said(line, slots))
            sound = soxr.resample(say(text), VOICE_RATE, EAR_RATE).astype(np.float32)
            heard = recognise(join(pause, sound, pause))
            writer.writerow([line, "" if bare(heard) == bare(text) else heard])
            file.flush()


def _rows() -> list[list[str]]:
    if not RECOGNISED.exists():
        return []
    with RECOGNISED.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, "excel-tab"))


if __name__ == "__main__":
    main()
