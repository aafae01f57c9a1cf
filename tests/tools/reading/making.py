"""Small real files to read, made here: PDF by hand, EPUB by zipfile."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from becoming.events import Document
from becoming.tools.reading import read, sources

SENTENCES = "The brass key lies under the piano. Nobody has played it since the summer of the flood. "


def read_bytes(folder: Path, name: str, data: bytes) -> Document:
    """What she makes of a file of that name."""
    path = folder / name
    path.write_bytes(data)
    [source] = sources(path)
    return read(source)


def pdf(pages: list[str], *, locked: bool = False, title: str = "") -> bytes:
    """A PDF with a line of text a page; `locked` with a password nobody knows."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, text in enumerate(pages):
        stream = f"BT /F1 9 Tf 20 700 Td ({text}) Tj ET" if text else ""
        fonts = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2000 800] {fonts} /Contents {5 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< /Title ({title}) >>")
    objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>")
    out, offsets = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    extra = f"/Encrypt {len(objects)} 0 R /ID [<00> <00>]" if locked else f"/Info {len(objects) - 1} 0 R"
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {extra} >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip of these files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def epub(chapters: dict[str, str], more: dict[str, str | bytes] | None = None) -> bytes:
    """An EPUB 3: chapter's name → the inside of its page's body."""
    items = "".join(
        f'<item id="c{n}" href="text/c%20{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(chapters))
    )
    refs = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    links = "".join(
        f'<li><a href="text/c%20{n}.xhtml#top">{name}</a></li>' for n, name in enumerate(chapters)
    )
    files: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
        'container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": '<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>The Flood</dc:title>'
        "<dc:creator>M. Verne</dc:creator></metadata><manifest>"
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f"{items}</manifest><spine>{refs}</spine></package>",
        "OEBPS/nav.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol>{links}</ol></nav></body></html>',
    }
    for n, inside in enumerate(chapters.values()):
        files[f"OEBPS/text/c {n}.xhtml"] = (
            '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
            f"<head><title>x</title><style>p {{}}</style></head><body>{inside}</body></html>"
        )
    return zipped({**files, **(more or {})})
