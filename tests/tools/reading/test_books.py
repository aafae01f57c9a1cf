from __future__ import annotations

import struct

import pytest

from becoming.events import InputError
from tests.tools.reading.making import SENTENCES, epub, pdf, read_bytes, zipped


def test_a_pdf_is_read_page_by_page(tmp_path):
    document = read_bytes(tmp_path, "b.pdf", pdf(["The key is here.", "", "So it ends."], title="Keys"))
    assert (document.title, document.form) == ("Keys", "pdf")
    assert [(e.place, e.text) for e in document.excerpts] == [
        ("page 1", "The key is here."),
        ("page 3", "So it ends."),
    ]


def test_a_pdf_under_a_password_is_refused_and_says_so(tmp_path):
    with pytest.raises(InputError, match=r"b\.pdf cannot be read: it is locked with a password"):
        read_bytes(tmp_path, "b.pdf", pdf(["Secret"], locked=True))


def test_a_pdf_of_pictures_asks_for_text_recognition(tmp_path):
    with pytest.raises(InputError, match="pictures without text"):
        read_bytes(tmp_path, "b.pdf", pdf(["", ""]))


@pytest.mark.parametrize("cut", [9, 200, 400])
def test_a_broken_pdf_is_refused(tmp_path, cut):
    with pytest.raises(InputError, match="cannot be read"):
        read_bytes(tmp_path, "b.pdf", pdf(["Hello there"])[:cut])


def test_an_epub_is_read_chapter_by_chapter_under_the_names_of_its_contents(tmp_path):
    data = epub({"One: Water": f"<h1>I</h1><p>{SENTENCES}</p>", "Two": "<p>Caf&#233; &amp; <i>tea</i></p>"})
    document = read_bytes(tmp_path, "b.epub", data)
    assert (document.title, document.form) == ("The Flood, by M. Verne", "epub")
    assert [e.place for e in document.excerpts] == ["One: Water", "Two"]
    assert document.excerpts[1].text == "Café & tea"


def test_an_epub_with_drm_is_refused(tmp_path):
    locked = (
        '<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></encryption>'
    )
    data = epub({"One": "<p>x</p>"}, {"META-INF/encryption.xml": locked})
    with pytest.raises(InputError, match="DRM"):
        read_bytes(tmp_path, "b.epub", data)


def test_an_epub_that_bursts_is_refused_before_it_is_unpacked(tmp_path):
    data = epub({"One": "<p>x</p>"}, {"OEBPS/more.xhtml": b"a" * (64 << 20)})
    assert len(data) < 1 << 20
    with pytest.raises(InputError, match="that is no book"):
        read_bytes(tmp_path, "b.epub", data)


def test_an_epub_whose_header_lies_about_its_size_gives_no_more_than_declared(tmp_path):
    data = epub({"One": "<p>" + "word " * 100_000 + "</p>"})
    true_size = data[data.index(b"PK\x01\x02", data.rindex(b"</p>", 0) if b"</p>" in data else 0) :]
    assert true_size  # the central directory is there to be forged
    name = b"OEBPS/text/c 0.xhtml"
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(name))
    forged = data[: entry + 24] + struct.pack("<I", 500) + data[entry + 28 :]
    with pytest.raises(InputError, match="broken"):
        read_bytes(tmp_path, "b.epub", forged)


def test_a_book_cannot_reach_out_of_its_archive(tmp_path):
    (tmp_path / "secret.xhtml").write_text("<p>private</p>")
    container = '<container><rootfiles><rootfile full-path="../secret.xhtml"/></rootfiles></container>'
    with pytest.raises(InputError, match="broken"):
        read_bytes(tmp_path, "b.epub", epub({"One": "<p>x</p>"}, {"META-INF/container.xml": container}))


def test_entities_of_a_book_are_not_expanded(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("private")
    evil = (
        f'<!DOCTYPE p [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY a "bomb"><!ENTITY b "&a;&a;&a;">]>'
        '<package xmlns:dc="d"><metadata><dc:title>&x;&b;T</dc:title></metadata>'
        '<manifest><item id="c0" href="text/c 0.xhtml"/></manifest><spine><itemref idref="c0"/></spine></package>'
    )
    document = read_bytes(tmp_path, "b.epub", epub({"One": "<p>Hello</p>"}, {"OEBPS/book.opf": evil}))
    assert "private" not in document.title + document.excerpts[0].text
    assert "bomb" not in document.title


def test_a_broken_archive_is_refused(tmp_path):
    with pytest.raises(InputError, match="broken"):
        read_bytes(tmp_path, "b.epub", epub({"One": "<p>x</p>"})[:-80])
    with pytest.raises(InputError, match="broken"):
        read_bytes(tmp_path, "b.epub", zipped({"META-INF/container.xml": ""}))
