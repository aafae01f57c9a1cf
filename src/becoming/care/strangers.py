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


def objection(reply: str) -> tuple[str, str] | None:
    """What is wrong with a line about a stranger: the rule and the words; None when it may be said."""
    if found := assumes(reply):
        return "guesses what nobody can see", found
    for sentence in plain(reply).split("\n"):
        if not sentence.endswith("?") and not _SAYS["marked"].search(sentence):
            return "imagines as if it knew", sentence
    return None
