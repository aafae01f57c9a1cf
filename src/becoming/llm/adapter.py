"""Her way of speaking: an adapter for the packaged model, trained on the book of her voice.

Made by `scripts/train_voice.py`; docs/models/voice.md is its card. It lies in the package, so it is there wherever she is.
"""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

from becoming.llm.catalogue import PACKAGED

FILE = Path(str(resources.files("becoming.llm").joinpath("voice.gguf")))
SHA256 = ""


def adapter_for(model: Path) -> Path | None:
    """The adapter that was trained for this model file; None for every other, and where its own bytes are not those pinned."""
    if model.name != PACKAGED.file.name or not FILE.is_file():
        return None
    return FILE if SHA256.startswith(fingerprint(FILE)) else None


def fingerprint(file: Path) -> str:
    """The beginning of the file's SHA-256."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]
