"""Seconds until she can hear, resident memory and idle work: `python -m bench.startup [--quick] --json`.

*Cold* is the first start after her birth: the language model's prompt has never been read. *Warm* is
every later one: the primed prompt comes back from disk. Both are the whole `becoming serve`, from the
command to the first answer of the page, by which time ears, voice and language model are loaded and
the prompt is in the model's cache. Each start is a process of its own; the medians are given.

Beside them, in the same run, the same model's server alone, read up to the same prompt: what somebody
would wait for who builds on a plain llama.cpp server without a prompt kept on disk.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

import psutil

from becoming.config import settings
from becoming.llm.brain import Brain
from becoming.llm.embedded import EmbeddedServer
from bench.contract import CannotRun, Figures, run
from bench.voice.house import PASSPHRASE, be_born, model_file, opening

GOALS = {"warm_s": "<= 3"}
_PATIENCE_S = 180.0


def measure(quick: bool) -> Figures:
    """Start her again and again."""
    file, rounds, watched = model_file(), (1 if quick else 5), (5.0 if quick else 20.0)
    cold, warm, memory, idle, plain = [], [], [], [], []
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            be_born(home)
            cold.append(_start(home)[0])
            seconds, rss, cpu = _start(home, watch=watched)
            warm.append(seconds)
            memory.append(rss)
            idle.append(cpu)
            plain.append(asyncio.run(_plain(file, Path(folder) / "plain")))
        print(
            f"start {number + 1}: cold {cold[-1]:.2f} s, warm {warm[-1]:.2f} s, "
            f"plain server {plain[-1]:.2f} s, {memory[-1]:,.0f} MB, {idle[-1]:.1f} % of a core idle",
            flush=True,
        )
    return Figures(
        {
            "cold_s": median(cold),
            "warm_s": median(warm),
            "plain_server_s": median(plain),
            "rss_mb": median(memory),
            "idle_cpu_percent": median(idle),
        },
        cases=rounds,
    )


def _start(home: Path, watch: float = 0.0) -> tuple[float, float, float]:
    """Seconds to the first answer, then resident MB and percent of a core over `watch` idle seconds."""
    environment = {
        # As on a person's machine: what was compiled at the first start is there at the second.
        **{key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
        "BECOMING_HOME": str(home),
        "BECOMING_MODELS": str(settings().model_folder),
        "BECOMING_PASSPHRASE": PASSPHRASE,
    }
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "becoming", "serve", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        address = _address(process)
        with urllib.request.urlopen(f"{address}/api/state", timeout=10):
            seconds = time.perf_counter() - began
        return (seconds, *_at_rest(process.pid, watch)) if watch else (seconds, 0.0, 0.0)
    finally:
        process.terminate()
        process.wait(30)


def _address(process: subprocess.Popen[str]) -> str:
    deadline = time.perf_counter() + _PATIENCE_S
    assert process.stdout
    said = ""
    while time.perf_counter() < deadline and (line := process.stdout.readline()):
        said += line
        if "http://" in line:
            return line[line.index("http://") :].strip()
    raise CannotRun(f"she did not start:\n{said}")


def _at_rest(pid: int, seconds: float) -> tuple[float, float]:
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    time.sleep(2.0)  # what follows a start (the day's history is read again) is not idleness
    before, began = sum(_used(one) for one in family), time.perf_counter()
    time.sleep(seconds)
    used = sum(_used(one) for one in family) - before
    resident = sum(one.memory_info().rss for one in family) / 1e6
    return resident, 100 * used / (time.perf_counter() - began)


def _used(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def _plain(file: Path, folder: Path) -> float:
    """The model's server alone, from its start until it has read the prompt."""
    began = time.perf_counter()
    brain = Brain.embedded(EmbeddedServer.at(folder, file))
    try:
        await brain.wake()
        await brain.model.prefill(opening())
        return time.perf_counter() - began
    finally:
        await brain.close()


if __name__ == "__main__":
    run("startup", measure, GOALS)
