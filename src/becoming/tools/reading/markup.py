"""HTML and XHTML, by lxml: nothing is fetched, no entity is expanded that a file defines."""

from __future__ import annotations

import re

from lxml import etree, html

from becoming.events import InputError

_BLOCKS = (
    "address article aside blockquote body caption dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table td th title tr ul"
).split()
_SILENT = ("script", "style", "template", "noscript", "svg", "math", "head")
_HIDDEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|(?:(?:^|;)(?:width|height)|font-size|opacity|max-height):0(?![.\d]*[1-9])|"
    r"font-size:(?:0?\.\d+|1(?:\.\d+)?)(?:px|pt)|text-indent:-\d{3}|(?:left|top|right|bottom):-\d{3}|color:transparent|"
    r"clip:rect\(0|clip-path:inset\((?:50|100)%|transform:scale\(0"
)
_WHITE = re.compile(r"(?:^|;)color:(?:white|#fff(?:fff)?|rgba?\(255,255,255)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_ELSEWHERE = re.compile(r"@media[^{]*\b(?:print|max-width)[^{]*\{(?:[^{}]*\{[^{}]*\})*")
_COLOURED = re.compile(r"background(?:-color|-image)?:(?!white|#fff|none|transp)")
_TELLS = re.compile(rf"\bcolor|background|{_HIDDEN.pattern}")
_MOST_RULES = 500
_NOT_THEIRS = (
    "//*[@hidden or @aria-hidden='true' or contains(@class, '_quote') or contains(@class, 'signature')]"
)
_PARAGRAPH, _LINE = "\u2029", "\u2028"


def parse(text: str) -> html.HtmlElement:
    """The tree of a page, however broken. Raises InputError if there is none."""
    try:
        return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise InputError("its pages hold no text. Open it and save it as plain text.") from error


def parse_xml(data: bytes) -> etree._Element:
    """A small XML file of an archive, such as the table of contents of a book. Raises InputError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise InputError("its list of contents is broken. Convert it anew, or give it as PDF or text.")
    return root


def title(page: html.HtmlElement) -> str:
    """What the page calls itself."""
    return str(page.findtext(".//title") or "")


def heading(page: html.HtmlElement) -> str:
    """Its first heading, or empty."""
    found = next(page.iter("h1", "h2", "h3"), None)
    return "" if found is None else " ".join(found.text_content().split())


def seen(page: html.HtmlElement) -> html.HtmlElement:
    """A mail as who opens it sees it: nothing hidden or quoted, no signature, a table by its size. Changes the tree."""
    hidden = _unseen(page)
    for one in [*page.xpath(_NOT_THEIRS), *page.xpath("//blockquote[@type='cite']"), *hidden]:
        if one.getparent() is not None:
            one.drop_tree()
    for table in page.xpath("//table[not(.//table)]"):
        rows = [[cell.text_content().strip() for cell in row] for row in table.iter("tr")]
        full = [cells for cells in rows if sum(map(bool, cells)) > 1]
        longest = max((len(cell) for cells in full for cell in cells), default=0)
        if len(full) > 1 and longest <= 80:  # others lay out a page
            tail = table.tail
            table.clear()
            table.text, table.tail = f"(A table with {len(full)} rows.)", tail
    return page


def _unseen(page: html.HtmlElement) -> list[html.HtmlElement]:
    """What its styles hide: those of its elements, and those of its style sheets; the last word of each counts."""
    from lxml.cssselect import CSSSelector, SelectorError  # late: few pages need it, and no start

    said: dict[html.HtmlElement, str] = {}
    sheets = re.sub(r"/\*.*?\*/", "", " ".join(page.xpath("//style/text()")), flags=re.DOTALL)
    for selector, declared in _RULE.findall(_ELSEWHERE.sub("", sheets))[:_MOST_RULES]:
        if _TELLS.search("".join(declared.split()).lower()):
            try:
                found = CSSSelector(selector.rpartition(";")[2].strip(), translator="html")(page)
            except (SelectorError, etree.XPathError):
                continue
            for one in found:
                said[one] = f"{said.get(one, '')};{declared}"
    for one in page.xpath("//*[@style]"):
        said[one] = f"{said.get(one, '')};{one.get('style')}"
    last = {one: _last(style) for one, style in said.items()}
    hidden, white, coloured = (
        [one for one, style in last.items() if such.search(style)] for such in (_HIDDEN, _WHITE, _COLOURED)
    )
    grounds = {*coloured, *page.xpath("//*[@bgcolor or @background]")}
    return [*hidden, *(one for one in white if grounds.isdisjoint([one, *one.iterancestors()]))]


def _last(style: str) -> str:
    """Declarations, of each property the last one, without spaces."""
    pairs = ("".join(it.split()).lower().replace("!important", "").partition(":") for it in style.split(";"))
    return ";".join(f"{name}:{value}" for name, value in {name: value for name, _, value in pairs}.items())


def paragraphs(page: html.HtmlElement) -> list[str]:
    """The text of its blocks in order, white space as a reader sees it. Changes the tree."""
    for silent in list(page.iter(*_SILENT)):
        silent.drop_tree()
    for block in page.iter(*_BLOCKS):
        block.text = _PARAGRAPH + (block.text or "")
        block.tail = _PARAGRAPH + (block.tail or "")
    for line in page.iter("br"):
        line.tail = _LINE + (line.tail or "")
    found = page.text_content().split(_PARAGRAPH)
    lines = ([" ".join(line.split()) for line in one.split(_LINE)] for one in found)
    return [told for one in lines if (told := "\n".join(line for line in one if line))]
