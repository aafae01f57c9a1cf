"""A page of the web that the person named, fetched to be read to them: once, as anybody would see it, and kept nowhere.

Nothing is sent along but the address itself: no cookies, no password, no word of anybody. A page may send on to another, but
never into the private network, where only the person's own word leads.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx2
from lxml import html

from becoming.events import InputError
from becoming.tools import reading
from becoming.tools.address import is_plainly_private, leads_to, parts
from becoming.tools.mail.aloud import language, sentences
from becoming.tools.reading import Source, markup
from becoming.tools.reading.letters import clean, decode

MOST_BYTES, PATIENCE_S, HOPS, WORTH_READING = 3 << 20, 10.0, 4, 200
_AS = {"User-Agent": "Mozilla/5.0 (compatible; Becoming)", "Accept": "text/html, text/plain, application/pdf"}
_FRAME = ".//nav|.//header|.//footer|.//aside|.//form|.//button|.//figure|.//*[@role='navigation' or @role='banner' or @role='contentinfo']"


@dataclass(frozen=True, slots=True)
class Text:
    """Something to read aloud: what it calls itself, its sentences, and its language if that is not English."""

    title: str
    sentences: tuple[str, ...]
    language: str = ""


def fetch(url: str) -> Text:
    """The page at an address the person named. Takes seconds. Raises InputError."""
    until, asked, found = time.monotonic() + PATIENCE_S, parts(url)[1], dict[tuple[str, int], str]()
    with httpx2.Client(timeout=PATIENCE_S, trust_env=False, headers=_AS) as client:
        for hop in range(HOPS + 1):
            scheme, host, port = parts(url)
            if (host, port) not in found:
                found[host, port] = leads_to(host, port, private=not hop and is_plainly_private(host))
            sni = {"sni_hostname": host} if scheme == "https" else {}
            try:
                at = httpx2.URL(url)
                named, there = {"Host": at.netloc.decode()}, at.copy_with(host=found[host, port])
                request = client.build_request("GET", there, headers=named, extensions=sni)
                with_body = client.send(request, stream=True)
                if not with_body.has_redirect_location:
                    return text_of(host, _body(with_body, until), with_body.headers.get("content-type", ""))
                client.cookies.clear()
                further = urljoin(url, with_body.headers["location"])
                with_body.close()
            except httpx2.TimeoutException:
                raise InputError(f"{host} takes too long. Try again in a while.") from None
            except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
                raise InputError(f"I can't get the page from {host}. Check the address.") from error
            if scheme == "https" and parts(further)[0] == "http":
                raise InputError(f"{host} sends me on without encryption. I stopped there.")
            url = further
    raise InputError(f"{asked} sends me around in circles.")


def _body(answer: httpx2.Response, until: float) -> bytes:
    try:
        if answer.status_code >= httpx2.codes.BAD_REQUEST:
            raise InputError(f"There is no such page there; it says {answer.status_code}.")
        data = b""
        for piece in answer.iter_bytes():
            data += piece
            if len(data) > MOST_BYTES:
                raise InputError("That page is too long for me to read aloud.")
            if time.monotonic() > until:
                raise InputError("That page takes too long to come. Try again in a while.")
        return data
    finally:
        answer.close()


def text_of(name: str, data: bytes, kind: str = "") -> Text:
    """What a page or a file says, for an ear. Raises InputError for what is no text."""
    called_so = name.lower().endswith((".html", ".htm", ".xhtml"))
    if "html" in kind or called_so or data.lstrip()[:9].lower() == b"<!doctype":
        title, text = _page(decode(data))
    else:
        document = reading.read(Source(name, name, lambda: data))
        title, text = document.title, "\n\n".join(it.text for it in document.excerpts)
    return Text(title, sentences(text), language(text[:20_000]))


def _page(text: str) -> tuple[str, str]:
    page = markup.seen(markup.parse(clean(text)))
    title = markup.title(page) or markup.heading(page)
    told = "\n\n".join(markup.paragraphs(_main(page)))
    return " ".join(title.split())[:120], told


def _main(page: html.HtmlElement) -> html.HtmlElement:
    """What the page is there for, without what stands around it on every page."""
    found = max(page.xpath("//main|//article|//*[@role='main']"), key=_length, default=None)
    if found is not None and _length(found) >= WORTH_READING:
        page = found
    for one in page.xpath(_FRAME):
        if one.getparent() is not None and _length(one) < 0.8 * _length(page):
            one.drop_tree()
    return page


def _length(it: html.HtmlElement) -> int:
    return len(it.text_content())
