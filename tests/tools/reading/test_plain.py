from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from becoming.events import InputError
from becoming.tools.reading.cutting import MOST
from tests.tools.reading.making import SENTENCES, read_bytes


def text_of(folder: Path, data: bytes, name: str = "story.txt") -> str:
    return "\n".join(excerpt.text for excerpt in read_bytes(folder, name, data).excerpts)


def test_a_story_becomes_excerpts_cut_at_the_ends_of_paragraphs(tmp_path):
    paragraphs = [f"{n}. " + SENTENCES * 4 for n in range(30)]
    document = read_bytes(tmp_path, "story.txt", "\n\n".join(paragraphs).encode())
    assert document.title == "story"
    for excerpt in document.excerpts:
        assert 300 < len(excerpt.text) <= MOST
        assert all(
            paragraph.strip() in paragraphs[int(paragraph.split(".")[0])]
            for paragraph in excerpt.text.split("\n\n")
        )
    assert "".join(" ".join(e.text.split()) for e in document.excerpts).count("brass key") == 120


def test_chapters_are_the_places_and_their_sentences_are_not(tmp_path):
    text = "\n\n".join(
        [
            "A preface.",
            "CHAPTER I. In the Beginning",
            SENTENCES * 9,
            "Chapter 2",
            "Part of me knew it.",
            SENTENCES,
        ]
    )
    places = [excerpt.place for excerpt in read_bytes(tmp_path, "s.txt", text.encode()).excerpts]
    assert set(places) == {"", "CHAPTER I. In the Beginning", "Chapter 2"}
    assert places[-1] == "Chapter 2"


def test_markdown_gives_its_title_and_its_headings(tmp_path):
    data = f"# My year\n\nIt began.\n\n## Spring\n\n{SENTENCES}".encode()
    document = read_bytes(tmp_path, "y.md", data)
    assert document.title == "My year"
    assert [excerpt.place for excerpt in document.excerpts] == ["My year", "Spring"]


def test_without_chapters_the_place_is_how_far_into_it(tmp_path):
    document = read_bytes(tmp_path, "s.txt", (SENTENCES * 100).encode())
    assert document.excerpts[0].place == "0 % in"
    assert document.excerpts[len(document.excerpts) // 2].place.startswith("5")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_any_encoding_is_read(tmp_path, encoding):
    words = "Elle était allée à Zürich; «voilà», dit-elle, où le café était très cher. " * 9
    assert "Elle était allée à Zürich" in text_of(tmp_path, words.encode(encoding))


def test_letters_from_before_unicode_are_read_in_their_own_alphabet(tmp_path):
    for encoding, words in (
        ("cp1250", "Zażółć gęślą jaźń, powiedziała Łucja i wyszła na ulicę. Był późny wieczór. "),
        ("cp1251", "Она вышла на улицу поздно вечером, и шёл снег. "),
        ("koi8_r", "Она вышла на улицу поздно вечером, и шёл снег. "),
        ("shift_jis", "彼女は夜遅くに外へ出た。雪が降っていた。"),
    ):
        assert words.strip() in text_of(tmp_path, (words * 9).encode(encoding))


def test_a_few_broken_bytes_do_not_make_it_another_encoding(tmp_path):
    data = ("Straße und Café, Öl und Überfluß. " * 40).encode()
    text = text_of(tmp_path, data[:101] + b"\xff" + data[101:])
    assert text.count("Überfluß") == 40


def test_marks_that_turn_or_hide_text_are_taken_out(tmp_path):
    text = text_of(tmp_path, "pay\u202e eht\u2066 bank\u200b\u00ad\x07\x1b[31m now\ufeff".encode())
    assert text == "pay eht bank[31m now"


def test_one_line_of_ten_megabytes_is_read(tmp_path):
    document = read_bytes(tmp_path, "s.txt", (SENTENCES * 120_000)[: 10 << 20].encode())
    assert max(len(excerpt.text) for excerpt in document.excerpts) <= MOST
    assert sum(len(excerpt.text) for excerpt in document.excerpts) > 0.99 * (10 << 20)


def test_ten_megabytes_without_a_single_space_are_read(tmp_path):
    document = read_bytes(tmp_path, "s.txt", b"x" * (10 << 20))
    assert sum(len(excerpt.text) for excerpt in document.excerpts) == 10 << 20


@pytest.mark.parametrize("data", [b"", b" \n\n\t ", codecs.BOM_UTF8, b"\xff\xfe"])
def test_a_file_without_words_is_refused(tmp_path, data):
    with pytest.raises(InputError, match=r"no words in empty\.txt"):
        read_bytes(tmp_path, "empty.txt", data)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, bytes(1000), b"\x01\x02\x03a" * 99]
)
def test_what_is_no_text_is_refused(tmp_path, data):
    with pytest.raises(InputError, match="not text"):
        read_bytes(tmp_path, "thing.txt", data)


def test_a_saved_page_is_read_without_its_scripts(tmp_path):
    page = "<title>A page</title><script>steal()</script><p>One\n two<br>three<p>Four<div hidden>five"
    document = read_bytes(tmp_path, "p.html", page.encode())
    assert document.title == "A page"
    assert document.excerpts[0].text == "One two\nthree\n\nFour\n\nfive"


def test_the_digest_is_that_of_the_file(tmp_path):
    import hashlib

    assert read_bytes(tmp_path, "s.txt", b"Hello.").digest == hashlib.sha256(b"Hello.").digest()
