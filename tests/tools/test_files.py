"""Files that may be read aloud."""

from __future__ import annotations

from pathlib import Path

import pytest

from becoming.events import InputError
from becoming.tools.files import Folders


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    notes: dict[str, object] = {}
    found = Folders(notes.get, notes.__setitem__)
    (tmp_path / "mine" / "Kitchen").mkdir(parents=True)
    (tmp_path / "mine" / "Kitchen" / "leek_soup recipe.txt").write_text("Two leeks.")
    (tmp_path / "mine" / "recipe.txt").write_text("Three eggs.\n\nStir.")
    (tmp_path / "mine" / ".secret.txt").write_text("heron")
    (tmp_path / "mine" / "photo.jpg").write_bytes(b"x")
    (tmp_path / "elsewhere.txt").write_text("heron")
    (tmp_path / "mine" / "elsewhere.txt").symlink_to(tmp_path / "elsewhere.txt")
    found.allow(tmp_path / "mine")
    return found


def names(folders: Folders, words: str) -> list[str]:
    return [it.name for it in folders.find(words)]


def test_files_are_found_as_they_are_said(folders: Folders):
    assert names(folders, "recipe.txt") == ["recipe.txt"]
    assert names(folders, "recipe dot txt") == ["recipe.txt"]
    assert names(folders, "leek soup") == ["leek_soup recipe.txt"]
    assert names(folders, "Recipe") == ["recipe.txt"]
    assert names(folders, "photo") == []


def test_nothing_hidden_and_nothing_from_elsewhere_is_read(folders: Folders, tmp_path: Path):
    for words in ("secret", "elsewhere", "../elsewhere.txt", str(tmp_path / "elsewhere.txt")):
        assert names(folders, words) == []
    for file in (
        tmp_path / "elsewhere.txt",
        tmp_path / "mine" / "elsewhere.txt",
        tmp_path / "mine" / ".." / "elsewhere.txt",
    ):
        with pytest.raises(InputError, match="isn't in a folder you let me read in"):
            folders.read(file)


def test_a_file_is_read(folders: Folders):
    assert folders.read(folders.find("recipe.txt")[0]).sentences == ("Three eggs.", "Stir.")


def test_a_folder_that_is_too_much_or_not_there_is_refused_and_one_can_be_forbidden(
    folders: Folders, tmp_path: Path
):
    with pytest.raises(InputError, match="holds too much"):
        folders.allow(Path.home())
    with pytest.raises(InputError, match="There is no folder"):
        folders.allow(tmp_path / "none")
    assert folders.forbid(tmp_path / "mine")
    assert not folders.forbid(tmp_path / "mine")
    assert folders.find("recipe.txt") == []
