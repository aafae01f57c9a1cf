"""From words as they were typed or recognised to one plain form, and to the parts that are heard one by one."""

from __future__ import annotations

import re
import unicodedata

from becoming.care.hearing.tables import HEARD_AS, IDIOMS

LONGEST = 8000
"""Characters that are heard of one utterance, half from its beginning and half from its end."""

LONG, STRIDE = 22, 11
"""Words after which an unbroken stretch (a recogniser without full stops) is heard in overlapping windows."""

_SHORT = {
    r"\b(do|does|did|is|are|was|were|would|could|should|have|has|had|wo|must|need|ai)n'?t\b": r"\1 not",
    r"\bcan'?t\b": "can not",
    r"\b(i|you|we|they|there|who|what)'ve\b|\b(i|we|they)ve\b": r"\1\2 have",
    r"\bi'?m\b": "i am",
    r"\b(you|we|they)'re\b": r"\1 are",
    r"\b(i|you|he|she|it|we|they|there|that)'ll\b": r"\1 will",
    r"\b(i|you|he|she|it|we|they)'d\b": r"\1 would",
    r"\b(he|she|it|that|there|what|who|everything|nobody|somebody|everyone|how|where|here)'s\b": r"\1 is",
    r"(\w)'s (?=(?:\w+ly )?(?:\w+ing|going|gonna|not|dead|so|too|all|the|a)\b)": r"\1 is ",
    r"\bthats\b": "that is",
    r"\blet's\b": "let us",
    r"\bcan ?not\b": "can not",
    r"\b(wo|will) not\b": "will not",
    r"\bai not\b": "am not",
    r"\b(i am |is |are )?gonna\b": r"\1going to",
    r"\b(wanna)\b": "want to",
    r"\bgotta\b": "got to",
    r"\b(cuz|coz|cause)\b": "because",
    r"\b(u)\b": "you",
    r"\b(ur)\b": "your",
}
_SHORT_FORMS = [(re.compile(pattern), plain) for pattern, plain in _SHORT.items()]
_FILLERS = re.compile(r"\b(?:um+|uh+|erm?|hmm+|you know|i mean|i guess)\b,? ?")
_STRETCHED = re.compile(r"([eo])\1{2,}|([a-z])\2{2,}")
_STOPS = re.compile(r"[.?!;\n…]+")


def plain(text: str) -> str:
    """Lower case, long forms ("I'm" is "i am"), no fillers, what recognisers mishear set right, one sentence a line."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}\n{text[-LONGEST // 2 :]}"
    text = unicodedata.normalize("NFKC", text).translate({0x2019: "'", 0x2018: "'", 0x02BC: "'"}).lower()
    text = _STRETCHED.sub(lambda found: (found[1] or "") * 2 + (found[2] or ""), text)
    for pattern, instead in HEARD_AS:
        text = pattern.sub(instead, text)
    for pattern, instead in _SHORT_FORMS:
        text = pattern.sub(instead, text)
    text = _FILLERS.sub("", text)
    sentences = (_bare(sentence) for sentence in _STOPS.split(text))
    return "\n".join(sentence for sentence in sentences if sentence)


def unidiomatic(line: str) -> str:
    """A plain line with idioms said straight ("this deadline is killing me" tires), so that the rest is heard."""
    for pattern, instead in IDIOMS:
        line = pattern.sub(instead, line)
    return line


def parts(line: str) -> list[str]:
    """The stretches of a plain text that are heard one by one: sentences, and windows over long ones."""
    found: list[str] = []
    for sentence in line.split("\n"):
        words = sentence.split()
        if len(words) <= LONG:
            found.append(sentence)
        else:
            found += [" ".join(words[at : at + LONG]) for at in range(0, max(1, len(words) - STRIDE), STRIDE)]
    return found


def _bare(sentence: str) -> str:
    return " ".join(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", sentence))
