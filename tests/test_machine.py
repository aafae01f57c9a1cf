"""The check of the machine: what is well is said to be well, and each lack comes with what to do."""

from __future__ import annotations

import json
import shutil
import socket
from collections import namedtuple
from dataclasses import asdict
from pathlib import Path

import keyring.backends.fail
import psutil
import pytest

from becoming import machine
from becoming.config import Settings
from becoming.llm.catalogue import EARS, PACKAGED
from becoming.machine import Finding, check
from tests.store.computers import DesktopKeyring, keyring_is


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "not" / "yet", port=0)


def found(settings: Settings, name: str) -> Finding:
    (finding,) = [each for each in check(settings) if each.name == name]
    return finding


def test_this_computer_is_fit_and_a_program_can_read_so(settings: Settings) -> None:
    findings = check(settings)
    assert not [each for each in findings if each.level == "error" and not each.ok]
    assert json.loads(json.dumps([asdict(each) for each in findings]))[0]["name"] == "memory"
    assert not settings.home.exists()


def test_every_lack_comes_with_a_remedy(settings: Settings) -> None:
    assert all(each.remedy for each in check(settings) if not each.ok)


def test_too_little_memory_is_an_error(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = namedtuple("memory", "total available")(2 * 1024**3, 1024**3)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    finding = found(settings, "memory")
    assert (finding.ok, finding.level) == (False, "error")
    assert "llm_base_url" in finding.remedy


def test_memory_taken_by_others_is_a_warning(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = namedtuple("memory", "total available")(8 * 1024**3, 1024**3)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    assert (found(settings, "memory").ok, found(settings, "memory").level) == (False, "warning")


def test_a_full_disk_is_an_error_that_says_how_much(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")(0, 0, 1024**3)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    finding = found(settings, "disk")
    assert not finding.ok
    assert "She needs 3.0 GB" in finding.remedy


def test_files_that_are_not_here_yet_are_only_noted(settings: Settings) -> None:
    assert [found(settings, file.name).level for file in EARS] == ["note", "note"]
    assert found(settings, "language model").ok


def test_a_damaged_model_file_is_an_error(settings: Settings) -> None:
    settings.model_folder.mkdir(parents=True)
    (settings.model_folder / PACKAGED.file.name).write_bytes(b"GGUF and then nothing")
    (settings.model_folder / EARS[0].name).write_bytes(b"\0" * EARS[0].bytes)
    for name in (PACKAGED.file.name, EARS[0].name):
        assert (found(settings, name).ok, found(settings, name).level) == (False, "error")
        assert "fetches it again" in found(settings, name).remedy


def test_a_port_that_is_taken_is_said(settings: Settings) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = settings.model_copy(update={"port": other.getsockname()[1]})
        assert "cannot be listened on" in found(taken, "port").text
    assert found(taken, "port").ok


def test_without_a_keyring_a_passphrase_is_the_remedy(settings: Settings) -> None:
    with keyring_is(keyring.backends.fail.Keyring()):
        assert "passphrase" in found(settings, "key").remedy
        locked = settings.model_copy(update={"passphrase": "sesame"})
        assert found(locked, "key").ok
    with keyring_is(DesktopKeyring()):
        assert found(settings, "key").ok


def test_without_sound_the_page_is_the_remedy(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "usable", lambda: "PortAudio is not installed.")
    finding = found(settings, "sound")
    assert (finding.ok, finding.level) == (False, "warning")
    assert "page" in finding.remedy
