"""What there is to read at a path: a file, a folder of files, or a zip of them, each bounded in size."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath

from becoming.events import InputError

MOST_BYTES = 256 << 20
MOST_UNPACKED = 200 << 20
MOST_MEMBERS = 10_000
MOST_RATIO = 150
"""Text shrinks to a fifth, at most a twentieth; what shrinks further was made to burst."""

READABLE = {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".epub", ".eml", ".mbox"}
READABLE |= {".mbx", ".zip", ""}
_BROKEN = (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: its name as a person knows it, a title if it has none of its own, its bytes."""

    name: str
    title: str
    load: Callable[[], bytes]


def sources(path: Path) -> Iterator[Source]:
    """The file at `path`; of a folder or a zip, every file in it that may be text, in order of name.

    Raises InputError where there is nothing.
    """
    if path.is_dir():
        found = [one for one in sorted(path.rglob("*")) if one.is_file() and _may_be_text(one.as_posix())]
        if not found:
            raise InputError(f"There is nothing to read in {path}. Give her text, PDF, EPUB, mail or chats.")
        for one in found:
            name = one.relative_to(path.parent).as_posix()
            yield from _file(one, name, f"{path.name}: {one.stem}")
    elif path.is_file():
        yield from _file(path, path.name, path.stem)
    else:
        raise InputError(f"There is no file {path}. Check the path and try again.")


def sources_in(name: str, data: bytes) -> list[Source]:
    """The same for a file that is in working memory: itself, or what is in it if it is a zip."""
    source = Source(name, PurePosixPath(name).stem, lambda: data)
    return _members(source) if _is_zip_of_files(BytesIO(data)) else [source]


def _file(path: Path, name: str, title: str) -> list[Source]:
    source = Source(name, title, lambda: _load(path))
    if not _is_zip_of_files(path):
        return [source]
    try:
        return _members(source)
    except InputError as error:  # told when this one is loaded: the others of its folder can be read
        return [Source(name, title, partial(_refuse, error))]


def _refuse(error: InputError) -> bytes:
    raise error


def _load(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise InputError(
                f"{path.name} has {size / 2**20:,.0f} MB, and {MOST_BYTES >> 20} MB is the most she reads at "
                "once. Split it, or leave out pictures and attachments."
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be opened ({error.strerror}). Check its rights.") from error


def _may_be_text(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not hidden and (path.suffix.lower() in READABLE or path.name == "result.json")


def _is_zip_of_files(file: Path | BytesIO) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            return "META-INF/container.xml" not in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError):
        return False


def _members(source: Source) -> list[Source]:
    archive = Archive(source.load(), source.name)
    found = [name for name in sorted(archive.names) if _may_be_text(name)]
    if not found:
        raise InputError(f"There is nothing to read in {source.name}. Unpack it and give her the files.")
    members = []
    for name in found:
        stem = PurePosixPath(name).stem
        title = source.title if stem == "_chat" else f"{source.title}: {stem}"  # WhatsApp's own zip
        members.append(Source(f"{source.name}/{name}", title, partial(archive.__getitem__, name)))
    return members


class Archive:
    """A zip in memory that was looked at before anything is unpacked."""

    def __init__(self, data: bytes, name: str = "it") -> None:
        """Raises InputError if it is broken, encrypted, or would unpack to more than is sane."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError) as error:
            raise InputError(f"{name} is a broken archive. Get it anew and try again.") from error
        members = [one for one in self._zip.infolist() if not one.is_dir()]
        if any(one.flag_bits & 1 for one in members):
            raise InputError(f"{name} is encrypted. Unpack it with its password and give her the files.")
        unpacked = sum(one.file_size for one in members)
        text = sum(one.file_size for one in members if _may_be_text(one.filename))
        if len(members) > MOST_MEMBERS or min(unpacked, text or unpacked) > MOST_UNPACKED:
            raise InputError(f"{name} unpacks to more than she can read at once. Give her a part of it.")
        if unpacked > 1 << 20 and unpacked > MOST_RATIO * len(data):
            raise InputError(f"{name} unpacks to {unpacked // len(data)} times its size; that is no book.")
        self.names = frozenset(one.filename for one in members)

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def __getitem__(self, name: str) -> bytes:
        """The bytes of a member, no more than its declared size. Raises InputError."""
        try:
            return self._zip.read(name)
        except _BROKEN as error:
            raise InputError(f"the part {name!r} of it is broken. Get the file anew.") from error
