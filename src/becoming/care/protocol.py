"""The published crisis protocol, and whether it is the one that runs.

`protocol.md` (the same text as docs/crisis-protocol.md, served by the page) states a SHA-256 over the files that
make the protocol. Changed rules need a new edition: `uv run python -m scripts.protocol` writes it.
"""

from __future__ import annotations

import hashlib
import re

from becoming.care import files

RUNNING = ("answers.py", "crisis.py", "crisis.toml", "crisis_lines.json", "plan.toml")
"""What makes the protocol: its steps, its words, its numbers, and how an answer is understood."""

_STATED = re.compile(r"^SHA-256: `([0-9a-f]{64})`$", re.MULTILINE)


def digest() -> str:
    """The SHA-256 of what runs, in hexadecimal."""
    whole = hashlib.sha256()
    for name in RUNNING:
        text = files.read(name).encode()
        whole.update(f"{name} {len(text)}\n".encode() + text)
    return whole.hexdigest()


def published() -> str:
    """The published text, as Markdown."""
    return files.read("protocol.md")


def stated() -> str:
    """The SHA-256 that it states; empty where it states none."""
    found = _STATED.search(published())
    return found[1] if found else ""
