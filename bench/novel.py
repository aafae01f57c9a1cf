"""How long from the file of a novel to the first right answer about it; beside a stock pipeline.

120,000 words of a public-domain text, three facts planted in it. Ours: clean, cut, written encrypted and
durable into a new memory, and asked, at first by words, then with vectors. Stock: chromadb with
its default embedding model (`novel_stock.py`), into a folder, plain. Both in fresh processes, in turn;
imports and the loading of models are in neither.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from becoming.memory.recall.embedding import WORDPIECE
from bench import environments

WORDS = 120_000
PINS, STOCK = (Path(__file__).with_name(name) for name in ("novel_stock.txt", "novel_stock.py"))

PLANTED = {
    "Where did Marguerite hide the key of the lighthouse?": "Old Marguerite hid the brass key of the "
    "lighthouse under the piano in the conservatory.",
    "What did the engineer order at the airport?": "At the airport the engineer ordered two cups of "
    "coffee and a slice of lemon cake.",
    "Who repaired the accordion?": "It was Doctor Halloran who repaired the accordion with a bicycle chain.",
}
"""Question → what stands in the novel, and nothing else in it does."""

OURS = """
import json, sys, tempfile, time
from pathlib import Path
from becoming.memory.recall.embedding import Words
from becoming.memory.library import Library
from becoming.store import Store
from becoming.tools.reading import read, sources
novel, planted = Path(sys.argv[1]), json.loads(sys.argv[2])
words = Words()
words(["warm"])
def right(library):
    return sum(any(fact in found.text for found in library.search(question)) for question, fact in planted.items())
with tempfile.TemporaryDirectory() as folder:
    store = Store.open(Path(folder) / "people" / "first", "a few quiet words")
    library = Library(store, words)
    question, fact = next(iter(planted.items()))
    begun = time.perf_counter()
    [source] = sources(novel)
    library.add(read(source), time.time())
    assert fact in library.search(question)[0].text
    lexical = time.perf_counter() - begun
    by_words = right(library)
    resumed = time.perf_counter()
    library.catch_up()
    assert fact in library.search(question)[0].text
    full = lexical + time.perf_counter() - resumed
    print(json.dumps({"lexical": lexical, "full": full, "by_words": by_words, "right": right(library)}))
    store.close()
"""


def measure(rounds: int, stock_rounds: int) -> dict[str, float]:
    """The figures that begin with novel_, and the ratio to the stock pipeline."""
    python = str(environments.python(PINS, "chromadb", "450 MB"))
    with tempfile.TemporaryDirectory() as folder:
        novel = Path(folder) / "novel.txt"
        subprocess.run([python, str(STOCK), "write", str(novel), str(WORDS)], check=True)
        _plant(novel)
        ours, stock = [], []
        for turn in range(rounds):
            ours.append(_answer([sys.executable, "-c", OURS, str(novel), json.dumps(PLANTED)]))
            print(
                f"novel: by words {ours[-1]['lexical']:.3f} s · in full {ours[-1]['full']:.3f} s", flush=True
            )
            if turn < stock_rounds:
                arguments = [str(STOCK), "read", str(novel), str(WORDPIECE), json.dumps(PLANTED)]
                stock.append(_answer([python, *arguments]))
                print(f"novel: chromadb {stock[-1]['seconds']:.1f} s", flush=True)
    full, stock_s = median(one["full"] for one in ours), median(one["seconds"] for one in stock)
    return {
        "novel_lexical_s": median(one["lexical"] for one in ours),
        "novel_full_s": full,
        "novel_lexical_best_s": min(one["lexical"] for one in ours),
        "novel_full_best_s": min(one["full"] for one in ours),
        "novel_right_by_words": min(one["by_words"] for one in ours),
        "novel_right": min(one["right"] for one in ours),
        "stock_s": stock_s,
        "stock_right": min(one["right"] for one in stock),
        "ratio_to_stock": stock_s / full,
    }


def _plant(novel: Path) -> None:
    paragraphs = novel.read_text("utf-8").split("\n\n")
    for n, fact in enumerate(PLANTED.values(), 1):
        paragraphs.insert(len(paragraphs) * n // (len(PLANTED) + 1), fact)
    novel.write_text("\n\n".join(paragraphs), "utf-8")


def _answer(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"an arm failed:\n{done.stderr}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures
