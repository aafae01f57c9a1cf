"""Whether somebody is an adult, from their answer."""

from __future__ import annotations

import re

from .text import plain

ADULT = 18

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {word: value for value, word in enumerate(_UNITS)}
_VALUES |= {word: 10 * value for value, word in enumerate(_TENS, 2)}
_NUMBER = re.compile(
    rf"\b(?:(?:{'|'.join(_TENS)})[\s-]+(?:{'|'.join(_UNITS[1:10])})|{'|'.join(_TENS)}|{'|'.join(_UNITS[::-1])})\b"
)
_YES = re.compile(
    r"\b(?:yes|yeah|yep|yup|yah|aye|sure|of course|i am|i'm|adult|correct|right|definitely|absolutely"
    r"|certainly|indeed|older|over|grown|uh-huh|mm-hm|ok|okay)\b"
)
_NO = re.compile(r"\b(?:no|nope|nah|not|never)\b|n't\b")
_YOUNG = r"(?:under|younger|below|minor|underage|kid|child|teen|teenager|not yet|almost|nearly|turning)\b"
_NOT_YOUNG = re.compile(rf"(?:\bnot|\bno|n't)\b(?:[\s,]+(?!i'?m\b)\w+)??[\s,]+(?:an? )?{_YOUNG}")
_TOO_YOUNG = re.compile(rf"\b{_YOUNG}|\bnot (?:an adult|18|old enough)")
_OWN_AGE = re.compile(r"\b(?:i'?m|i am|aged?)(?: only| just| now| about)? (\d{1,3})\b(?! or older| plus)")


def adult(text: str, year: int) -> bool | None:
    """Whether somebody who was asked "are you eighteen or older?" is; None when the answer leaves it open.

    `year` is the present one, for those who answer with the year of their birth.
    """
    low = _NUMBER.sub(_digits, plain(text).lower())
    own = _OWN_AGE.search(low)
    not_young = _NOT_YOUNG.search(low) is not None
    if own and (not_young or not _TOO_YOUNG.search(low)):
        return int(own[1]) >= ADULT
    born = re.search(r"\b((?:19|20)\d\d)\b", low)
    if born:
        turns = year - int(born[1])
        return None if turns == ADULT else turns > ADULT
    if not_young:
        return True
    if _TOO_YOUNG.search(low):
        return False
    ages = [int(number) for number in re.findall(r"\b\d{1,3}\b", low)]
    if ages and not re.search(r"\b(?:over|above|than|or older|plus)\b|\d\+", low):
        return max(ages) >= ADULT
    if _NO.search(low):
        return False
    return True if _YES.search(low) or ages else None


def _digits(words: re.Match[str]) -> str:
    return str(sum(_VALUES[part] for part in re.split(r"[\s-]+", words.group())))
