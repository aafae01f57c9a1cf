"""Where the tests find the real model files: fetched once into the usual folder, verified by hash."""

from __future__ import annotations

from pathlib import Path

from becoming.config import settings


def model_file(name: str) -> Path:
    return settings().model_folder / name
