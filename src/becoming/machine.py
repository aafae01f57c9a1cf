"""What this computer has for her and what it lacks: the check of a first start, and `becoming doctor`.

Nothing is fetched, nobody outside is asked: each finding is a sentence, and what to do about it.
"""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import keyring
import psutil
from keyring.errors import KeyringError

from becoming.config import Settings
from becoming.llm.catalogue import CHATS, EARS, PACKAGED, ModelFile
from becoming.llm.download import present
from becoming.llm.local import cores
from becoming.speech.card import usable

Level = Literal["error", "warning", "note"]
_GIB = 1024**3
ROOM = 2 * _GIB  # for her memory and its backups, beside the model files
CPU_FEATURES = ("avx2", "fma", "f16c")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `level` says how much it matters where it is not `ok`."""

    name: str
    ok: bool
    level: Level
    text: str
    remedy: str = ""


def check(settings: Settings) -> list[Finding]:
    """Look at everything she needs. Reads model files that were not verified before (2 s a gigabyte)."""
    return [
        _memory(),
        _cores(),
        *_processor(),
        _disk(settings),
        *_files(settings),
        _sound(),
        _keyring(settings),
        _port(settings),
        _phone(),
    ]


def _memory() -> Finding:
    memory = psutil.virtual_memory()
    text = f"{memory.total / _GIB:.1f} GB, {memory.available / _GIB:.1f} GB of it free."
    if memory.total < PACKAGED.memory:
        wanted = (
            f"She needs {PACKAGED.memory / _GIB:.0f} GB; use a language model on another computer of yours"
        )
        return Finding("memory", False, "error", text, f"{wanted} (`llm_base_url` in the settings).")
    if memory.available < PACKAGED.memory * 2 // 3:
        return Finding("memory", False, "warning", text, "Close some programs, or her answers will be slow.")
    return Finding("memory", True, "error", text)


def _cores() -> Finding:
    many = cores()
    enough = many >= PACKAGED.cores
    remedy = "" if enough else "With one core there are long pauses before she answers."
    return Finding("cores", enough, "warning", f"{many} core{'s' * (many > 1)}.", remedy)


def _processor() -> Iterator[Finding]:
    """The vector instructions the language model counts on; Linux alone tells them without asking."""
    cpuinfo = Path("/proc/cpuinfo")
    flags = next((line.split() for line in _lines(cpuinfo) if line.startswith("flags")), None)
    if flags:
        missing = [feature for feature in CPU_FEATURES if feature not in flags]
        text = f"It lacks {', '.join(missing)}." if missing else f"It has {', '.join(CPU_FEATURES)}."
        remedy = "The language model will be slow here; one on another computer helps." if missing else ""
        yield Finding("processor", not missing, "warning", text, remedy)


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.is_file() else []


def _disk(settings: Settings) -> Finding:
    folder = settings.model_folder
    free = shutil.disk_usage(_standing(folder)).free
    smallest = min(chat.file.bytes for chat in CHATS)
    here = any((folder / chat.file.name).is_file() for chat in CHATS) or settings.llm_base_url
    needed = ROOM if here else ROOM + smallest
    text = f"{free / _GIB:.1f} GB free in {folder}."
    remedy = f"She needs {needed / _GIB:.1f} GB: make room, or set BECOMING_HOME to a folder on another disk."
    return Finding("disk", free >= needed, "error", text, "" if free >= needed else remedy)


def _standing(folder: Path) -> Path:
    """The nearest folder that exists: where it will be made."""
    return next(each for each in (folder, *folder.parents) if each.is_dir())


def _files(settings: Settings) -> Iterator[Finding]:
    for file in EARS:
        yield _file(file, settings.model_folder)
    if settings.llm_base_url:
        yield Finding("language model", True, "note", f"Served at {settings.llm_base_url}.")
        return
    here = [chat for chat in CHATS if (settings.model_folder / chat.file.name).exists()]
    if here:
        yield from (_file(chat.file, settings.model_folder) for chat in here)
    else:
        yield Finding("language model", True, "note", "None yet.", "The first start chooses and fetches one.")


def _file(file: ModelFile, folder: Path) -> Finding:
    if not (folder / file.name).exists():
        return Finding(file.name, True, "note", "Not here yet.", "The next start fetches it.")
    if present(file, folder):
        return Finding(file.name, True, "error", "Whole and verified.")
    return Finding(
        file.name, False, "error", "Damaged or incomplete.", "Start `becoming`: it fetches it again."
    )


def _sound() -> Finding:
    why = usable()
    if not why:
        return Finding("sound", True, "warning", "A microphone and a loudspeaker.")
    return Finding(
        "sound", False, "warning", why, "Her page can use the sound of any device; text always works."
    )


def _keyring(settings: Settings) -> Finding:
    """Whether the OS would keep a key; nothing is written to find out."""
    if settings.database_url:
        text = "Her memory is on a database server: it is encrypted only if its operator sees to that."
        return Finding("key", True, "warning", text)
    if settings.passphrase:
        return Finding("key", True, "warning", "Her memory is locked with your passphrase.")
    try:
        keyring.get_password("becoming", "doctor")
    except KeyringError:
        remedy = "A passphrase locks her memory instead; she asks for it, or set BECOMING_PASSPHRASE."
        return Finding("key", False, "warning", "This computer has no keyring that is open.", remedy)
    return Finding("key", True, "warning", f"The keyring of this computer ({keyring.get_keyring().name}).")


def _port(settings: Settings) -> Finding:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # a port in its last minute of rest is free for us
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            text = f"{settings.host}:{settings.port} cannot be listened on ({error.strerror})."
            remedy = "If she is running already, open her page; else choose another with --port."
            return Finding("port", False, "warning", text, remedy)
    return Finding("port", True, "warning", f"{settings.host}:{settings.port} is free.")


def _phone() -> Finding:
    """Browsers give the microphone to a page of this computer, or to one that comes over HTTPS."""
    text = "The page may use the microphone here, at localhost."
    remedy = "For a phone start her with --host 0.0.0.0: she is served over HTTPS then, and shows the link."
    return Finding("phone", True, "note", text, remedy)
