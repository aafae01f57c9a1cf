from __future__ import annotations

import os

import pytest

from becoming.events import InputError
from becoming.tools.reading import read, sources
from tests.tools.reading.making import zipped


def test_a_folder_of_letters_is_read_letter_by_letter_and_the_rest_left_alone(tmp_path):
    folder = tmp_path / "From Anna"
    (folder / "1962").mkdir(parents=True)
    (folder / "1962" / "may.txt").write_text("Dear Theo, the sea is cold.")
    (folder / "april.md").write_text("Dear Theo, we leave tomorrow.")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / ".hidden.txt").write_text("no")
    documents = [read(source) for source in sources(folder)]
    assert [d.title for d in documents] == ["From Anna: may", "From Anna: april"]
    assert documents[0].excerpts[0].text == "Dear Theo, the sea is cold."


def test_a_zip_is_read_like_a_folder(tmp_path):
    path = tmp_path / "WhatsApp Chat with Anna.zip"
    lines = "[03.05.24, 09:00:00] Anna: Good morning\n[03.05.24, 09:01:00] Theo: Is it?"
    path.write_bytes(zipped({"_chat.txt": lines, "photo.jpg": b"\xff\xd8"}))
    [document] = [read(source) for source in sources(path)]
    assert (document.title, document.form) == ("WhatsApp Chat with Anna", "whatsapp")


def test_a_locked_zip_is_refused(tmp_path):
    data = bytearray(zipped({"a.txt": "hello"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of an encrypted member
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(InputError, match="encrypted"):
        [read(source) for source in sources(tmp_path / "a.zip")]


def test_a_zip_that_bursts_is_refused(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": b"0" * (32 << 20)}))
    with pytest.raises(InputError, match="times its size"):
        [read(source) for source in sources(tmp_path / "a.zip")]


def test_a_zip_within_a_zip_is_not_opened(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"b.zip": zipped({"c.txt": "hello"})}))
    [source] = sources(tmp_path / "a.zip")
    with pytest.raises(InputError, match="cannot be read"):
        read(source)


def test_two_gigabytes_are_refused_without_being_loaded(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 2 << 30)  # a hole: it takes no room
    [source] = sources(path)
    with pytest.raises(InputError, match=r"huge\.txt has 2,048 MB"):
        read(source)


def test_one_bad_zip_does_not_keep_her_from_the_rest_of_the_folder(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"photo.jpg": "hello"}))
    (tmp_path / "b.txt").write_text("Dear Theo")
    bad, good = sources(tmp_path)
    with pytest.raises(InputError, match=r"nothing to read in .*a\.zip"):
        read(bad)
    assert read(good).excerpts[0].text == "Dear Theo"


def test_nothing_and_a_folder_of_nothing_are_refused(tmp_path):
    with pytest.raises(InputError, match="no file"):
        list(sources(tmp_path / "none.txt"))
    with pytest.raises(InputError, match="nothing to read"):
        list(sources(tmp_path))
