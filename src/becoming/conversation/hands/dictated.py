"""What is dictated, as it is to be written: the person's own words, direct where they were indirect, and their changes.

Where it is not sure how indirect words would be said directly, there is no guess: None.
"""

from __future__ import annotations

import re

from becoming.conversation import files
from becoming.conversation.fluent import capital
from becoming.tools.browsing import NUMBERS

_SAID = files.patterns("hands/dictated.toml")
_OF = {
    "her": "she|her|hers|herself",
    "him": "he|him|his|himself",
    "them": "they|them|their|theirs|themselves",
}
_ANY = "|".join(_OF.values())
_YOU = {
    " is": " are",
    " has": " have",
    " was": " were",
    " does": " do",
    " doesn't": " don't",
    "'s": "'re",
    " needs": " need",
}
_SHORT = {"'s": "is", "'re": "are"}
_WORDS = {"0": "zero"} | {str(n): word for n, word in enumerate(NUMBERS) if n}
_FIGURES = {word: figure for figure, word in _WORDS.items()}


def bare(words: str) -> str:
    """Without the politeness at the end, which is hers and not the mail's."""
    return _SAID["tail"].sub("", words.strip()).strip()


def sentence(words: str) -> str:
    """With a capital and an end; a question where it begins like one."""
    words = bare(words.strip(" ,;:")).strip(" ,;:")
    if not words or words[-1] in ".!?…":
        return capital(words)
    return f"{capital(words)}{'?' if _SAID['question'].match(words) else '.'}"


def told(words: str, they: str = "") -> str | None:
    """What somebody is to be told: "she can come" is "You can come."; `they` is how they were spoken of."""
    words, third = bare(words), _third(they)
    named = they.lower() not in _OF
    if to := _SAID["to_do"].fullmatch(words):
        words, named = (f"don't {to['what']}" if to["not"] else to["what"]), False
    elif (of := _SAID["of_them"].fullmatch(words)) and third.fullmatch(of["who"]):
        got = of["is"] == "'s" and re.match(r" (?:got|been|had)\b", of["rest"])
        verb = "'ve" if got else _YOU.get(of["is"].lower(), of["is"])
        words, named = f"you{verb}{of['rest']}", False
    return None if not named and third.search(words) else sentence(words)


def asked(how: str, words: str, they: str = "") -> str | None:
    """What somebody is to be asked: "if she can come" is "Can you come?"."""
    found = _SAID["asked"].fullmatch(bare(words))
    if not found or _third(they).search(found["rest"]):
        return None
    who, verb = found["who"], _SHORT.get(found["verb"].strip(), found["verb"].strip())
    if _third(they).fullmatch(who):
        who, verb = "you", _YOU.get(f" {verb}", verb).strip()
    first = "" if how.lower() in ("if", "whether") else f"{how} "
    return sentence(f"{first}{verb} {who}{found['rest']}?")


def thanks(words: str, they: str = "") -> str | None:
    """What somebody is to be thanked for."""
    return None if _third(they).search(words) else sentence(f"Thank you for {words}")


def changed(text: str, old: str, new: str) -> str | None:
    """The text with other words in place of these; None where they are not in it."""
    others = (" ".join(of.get(it.lower(), it) for it in old.split()) for of in (_FIGURES, _WORDS))
    for way in dict.fromkeys((old, *others)):
        if found := re.search(rf"(?<![\w']){re.escape(way)}(?![\w'])", text, re.IGNORECASE):
            before = text[: found.start()]
            begins = found[0][0].isupper() and (not before.strip() or before.rstrip()[-1] in ".!?…")
            return before + (capital(new) if begins and not new[:1].isdigit() else new) + text[found.end() :]
    return None


def without(text: str, what: str) -> str | None:
    """The text without these words, or without a sentence: "the last sentence", "the bit about the money"."""
    sentences = re.split(r"(?<=[.!?…])\s+", text)
    if place := _SAID["place"].fullmatch(what):
        at = {"first": 0, "second": 1, "third": 2, "last": -1}[place["which"].lower()]
        if -len(sentences) <= at < len(sentences):
            del sentences[at]
            return " ".join(sentences)
        return None
    if part := _SAID["part"].fullmatch(what):
        about = re.compile(rf"\b{re.escape(part['about'])}\b", re.IGNORECASE)
        left = [it for it in sentences if not about.search(it)]
        return " ".join(left) if len(left) < len(sentences) else None
    cut = changed(text, what, "")
    return cut and capital(re.sub(r"\s+([.,!?])", r"\1", " ".join(cut.split())).lstrip(" ,"))


def _third(they: str) -> re.Pattern[str]:
    """How somebody may be meant who is not spoken to: by `they`, or in any way."""
    return re.compile(rf"\b(?:{_OF.get(they.lower(), _ANY)})\b", re.IGNORECASE)
