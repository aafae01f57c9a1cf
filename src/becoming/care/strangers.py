"""Strangers are imagined, never known: no protected trait is guessed, nobody is identified, and each sentence says of
itself that it is imagined. It holds whatever a model finds, and has no switch.
"""

from __future__ import annotations

import re
import tomllib

from becoming.care import files
from becoming.care.known import plain

_SAYS = {kind: re.compile(said) for kind, said in tomllib.loads(files.read("strangers.toml")).items()}


def assumes(text: str) -> str | None:
    """The words that guess at what nobody sees: origin, faith, health, whom somebody loves, politics, means."""
    found = _SAYS["traits"].search(plain(text))
    return found.group() if found else None


def identifies(text: str) -> bool:
    """Whether these words ask who somebody really is."""
    return any(_SAYS["identity"].search(line) for line in plain(text).split("\n"))


def objection(reply: str, utterance: str) -> tuple[str, str] | None:
    """What is wrong with a line about a stranger: the rule and the words; None when it may be said. What was seen,
    and stands in the `utterance`, may be given back."""
    if found := assumes(reply):
        return "guesses what nobody can see", found
    for sentence in plain(reply).split("\n"):
        seen = sentence.rstrip(".") in plain(utterance)
        if not (seen or sentence.endswith("?") or _SAYS["marked"].search(sentence)):
            return "imagines as if it knew", sentence
    return None
