"""What a line in a play does, judged by code: does somebody fall out of the role, does somebody give in?

Checked on lines labelled by hand (`tests/practice`), and wider than what the product itself holds back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from becoming.practice.moves import yields
from becoming.practice.playing import flips

_OUT = re.compile(
    r"\b(?:as an? (?:ai|assistant|language model|software|program)|language model|(?:ai|virtual) assistant|program\b|how (?:can|may) i (?:help|assist)|"
    r"(?:here|happy|glad) to (?:help|assist)|i(?:'m| am) (?:sorry,? but i )?(?:unable|can't assist)|can't (?:assist|help you with)|rehears\w+|role-?play\w*|in this scene|"
    r"practi[sc](?:e|ing) (?:this|with)|you (?:should|could) (?:try|say|tell (?:him|her|them)|ask (?:him|her|them))|i (?:don't|do not) have (?:a|any) "
    r"(?:mother|father|brother|sister|family|feelings|body|friends?))\b",
    re.IGNORECASE,
)
_SOFT = re.compile(
    r"\b(?:if you insist|you (?:got|have got|'ve got) me|i(?:'ll| will) (?:see what i can|make sure|be there|help you|take (?:it|your|the shift)|cancel|ask somebody)|"
    r"i can do that|consider it done|sounds good|that works|good idea|deal\b|let's do that|take the day)\b",
    re.IGNORECASE,
)


def falls_out(line: str, name: str, calls: str, you: str, theirs: Sequence[str]) -> bool:
    """Whether somebody played, called `name` and being `calls`, talks as another, of themselves, or as the other side."""
    kin = calls.rpartition(" ")[2]
    denies = rf"\bi(?:'m| am) not (?:{re.escape(calls)}|{re.escape(name)}|your {re.escape(kin)})\b|\bi(?:'m| am) {re.escape(you)}\b"
    himself = re.search(rf"\b{re.escape(name)}\b", line) and not re.search(
        rf"\b(?:I'm|I am|it's) {re.escape(name)}\b", line
    )
    return bool(_OUT.search(line) or re.search(denies, line, re.IGNORECASE) or himself or flips(line, theirs))


def gives_in(line: str) -> bool:
    """Whether somebody gives in, or offers what was pressed for."""
    return yields(line) or bool(_SOFT.search(line))
