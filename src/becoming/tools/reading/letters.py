"""From bytes to clean text: encodings, and the characters nobody means to write."""

from __future__ import annotations

import codecs

from charset_normalizer import CharsetMatch, from_bytes

from becoming.events import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16's, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_WESTERN = "cp1252"
_BEFORE_UNICODE = [_WESTERN, "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r"]
_BEFORE_UNICODE += ["shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"]
"""What files in private hands are really in; among all that exist a guess goes astray."""

_SAMPLE = 1 << 16
_NOT_TEXT = "it is not text. Give her a text, PDF, EPUB, mail or chat file."

# Controls that change how a text is shown, not what it says: they could hide words from a person who
# looks at it (Trojan Source, CVE-2021-42574), and soft hyphens and the like hide words from a search.
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = "\u00ad\u200b\u2060\ufeff\ufffe\uffff"
_CONTROLS = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0)))).translate({9: None, 10: None, 13: None})
_UNWANTED = _DIRECTIONS + _INVISIBLE + _CONTROLS


def decode(data: bytes) -> str:
    """The text of a file in whatever encoding. Raises InputError for what is no text at all."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = _guess(data)
    if text.isascii() and "\0" in text:
        text = _guess(data)  # every character of UTF-16 English is two of ASCII, one of them NUL
    head = text[:4096]
    if sum(head.count(control) for control in _CONTROLS) > 8 + len(head) / 50:
        raise InputError(_NOT_TEXT)
    return text


def _guess(data: bytes) -> str:
    sample = data[:_SAMPLE]
    for encoding, nuls in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if nuls.count(0) > len(nuls) / 2:
            return data.decode(encoding, "replace")
    if sample.count(0):
        raise InputError(_NOT_TEXT)
    lenient = data.decode("utf-8", "replace")
    if lenient.count("\ufffd") * 200 < len(data):  # UTF-8 with a few broken places, not another encoding
        beyond_ascii = sum(byte > 0x7F for byte in sample)
        if lenient[:_SAMPLE].count("\ufffd") * 4 < beyond_ascii:
            return lenient
    found = from_bytes(sample, cp_isolation=_BEFORE_UNICODE)
    best = max(found, key=_likelihood, default=None)
    if best is None:
        raise InputError(_NOT_TEXT)
    return data.decode(_WESTERN if _WESTERN in best.could_be_from_charset else best.encoding, "replace")


def _likelihood(match: CharsetMatch) -> float:
    return match.coherence - match.chaos + (0.1 if _WESTERN in match.could_be_from_charset else 0)


def clean(text: str) -> str:
    """Without invisible and control characters and halves of surrogate pairs; lines end in a newline."""
    for unwanted in _UNWANTED:
        if unwanted in text:
            text = text.replace(unwanted, "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
