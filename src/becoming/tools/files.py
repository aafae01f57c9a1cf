"""Files that may be read aloud: those in folders the person allowed, and nothing hidden or linked from elsewhere in them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from becoming.events import InputError
from becoming.tools.page import Text, text_of
from becoming.tools.reading.sources import READABLE

NOTE, MOST_SEEN, MOST_BYTES = "folders", 20_000, 8 << 20


@dataclass
class Folders:
    """The folders of one person. `get` and `put` are the notes of their memory."""

    get: Callable[[str], Any]
    put: Callable[[str, Any], None]

    def all(self) -> list[Path]:
        """Every one, in the order they were allowed."""
        return [Path(it) for it in self.get(NOTE) or []]

    def allow(self, folder: Path) -> Path:
        """Let her read in it. Raises InputError where there is none, or where everything would be in it."""
        whole = folder.expanduser().resolve()
        if not whole.is_dir():
            raise InputError(f"There is no folder {folder}. Check the path and try again.")
        if whole in (Path("/"), Path.home(), Path(whole.anchor)):
            raise InputError(f"{whole} holds too much that is nobody's business. Choose a folder in it.")
        self.put(NOTE, [*(str(it) for it in self.all() if it != whole), str(whole)])
        return whole

    def forbid(self, folder: Path) -> bool:
        """No longer; whether she might before."""
        left = [str(it) for it in self.all() if it != folder.expanduser().resolve()]
        had = len(left) < len(self.all())
        self.put(NOTE, left)
        return had

    def find(self, words: str) -> list[Path]:
        """The files that may be meant by a name as it is said, those first that are called exactly so."""
        wanted = re.findall(r"\w+", words.lower().replace(" dot ", "."))
        if not wanted:
            return []
        found = [it for folder in self.all() for it in _inside(folder) if _called(it, wanted)]
        exact = [it for it in found if re.findall(r"\w+", it.stem.lower()) in (wanted, wanted[:-1])]
        return exact or found

    def read(self, file: Path) -> Text:
        """What a file says. Raises InputError."""
        whole = file.resolve()
        if not any(whole.is_relative_to(folder) for folder in self.all()):
            raise InputError("That file isn't in a folder you let me read in.")
        try:
            if whole.stat().st_size > MOST_BYTES:
                raise InputError("That file is too long to be read aloud.")
            return text_of(whole.name, whole.read_bytes())
        except OSError:
            raise InputError("I can't open that file. Check whether you may.") from None


def _inside(folder: Path) -> Iterator[Path]:
    seen = 0
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(it for it in folders if not it.startswith("."))
        for name in sorted(names):
            seen += 1
            file = Path(at, name)
            if seen > MOST_SEEN:
                return
            if not name.startswith(".") and file.suffix.lower() in READABLE and not file.is_symlink():
                yield file


def _called(file: Path, wanted: Sequence[str]) -> bool:
    there = re.findall(r"[^\W_]+", file.name.lower())
    return all(any(it.startswith(word) for it in there) for word in wanted)
