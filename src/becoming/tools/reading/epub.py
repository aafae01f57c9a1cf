"""EPUB 2 and 3: a zip of XHTML pages in the order of its spine, named by its table of contents."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from becoming.events import Excerpt, InputError
from becoming.tools.reading import markup
from becoming.tools.reading.cutting import cut
from becoming.tools.reading.letters import clean, decode
from becoming.tools.reading.sources import Archive

_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def read(data: bytes) -> tuple[str, Iterator[Excerpt]]:
    """Its title with its author, and its excerpts, chapter by chapter. Raises InputError."""
    archive = Archive(data)
    _check_open(archive)
    container = markup.parse_xml(archive["META-INF/container.xml"])
    root = next(iter(container.xpath("//@full-path")), "")
    package = markup.parse_xml(archive[str(root)])
    items = {item.get("id"): item for item in _named(package, "item")}
    spine = [items[ref.get("idref")] for ref in _named(package, "itemref") if ref.get("idref") in items]
    contents = _contents(archive, str(root), package)
    pages = [path for item in spine if (path := _path(str(root), item.get("href", ""))) in archive]
    if not pages:
        raise InputError("it is an EPUB without pages. Get it anew, or give it as PDF or text.")
    return _title(package), _excerpts(archive, pages, contents)


def _excerpts(archive: Archive, pages: list[str], contents: dict[str, str]) -> Iterator[Excerpt]:
    place = ""
    for path in pages:
        page = markup.parse(clean(decode(archive[path])))
        place = contents.get(path) or markup.heading(page)[:80] or place
        yield from cut(place, "\n\n".join(markup.paragraphs(page)))


def _check_open(archive: Archive) -> None:
    if "META-INF/encryption.xml" not in archive:
        return
    methods = markup.parse_xml(archive["META-INF/encryption.xml"]).xpath("//@Algorithm")
    if "META-INF/rights.xml" in archive or any(method not in _FONTS_ONLY for method in methods):
        raise InputError("it is locked by its shop (DRM), so only the shop's own reader can open it.")


def _contents(archive: Archive, root: str, package: etree._Element) -> dict[str, str]:
    """Page → its chapter's name, by the book's own table of contents (EPUB 3's nav or EPUB 2's ncx)."""
    named: dict[str, str] = {}
    for item in _named(package, "item"):
        path = _path(root, item.get("href", ""))
        if path not in archive:
            continue
        if "nav" in item.get("properties", "").split():
            tree = markup.parse_xml(archive[path])
            links = [(link.get("href", ""), "".join(map(str, link.itertext()))) for link in _named(tree, "a")]
        elif item.get("media-type") == "application/x-dtbncx+xml":
            points = _named(markup.parse_xml(archive[path]), "navPoint")
            links = [(_first(one, "@src"), _first(one, ".//*[local-name()='text']/text()")) for one in points]
        else:
            continue
        for link, name in links:
            named.setdefault(_path(path, link), " ".join(name.split())[:80])
    return named


def _title(package: etree._Element) -> str:
    title, author = (_first(package, f"//*[local-name()='{name}']/text()") for name in ("title", "creator"))
    return f"{title}, by {author}" if title and author else title


def _named(tree: etree._Element, name: str) -> list[etree._Element]:
    """Every element of that name, in whatever namespace."""
    return list(tree.iter(f"{{*}}{name}"))


def _first(tree: etree._Element, path: str) -> str:
    found = tree.xpath(path if path.startswith(("/", ".")) else f".//*/{path}")
    return str(found[0]) if found else ""


def _path(base: str, link: str) -> str:
    """A link's target as a name in the archive; one that leads out of it names nothing there."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(link.partition("#")[0])))
