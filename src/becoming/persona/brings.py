"""What a person's words carry, as far as single words tell it: themes, and what may be names."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

_NEGATED = re.compile(r"\b(not|no|never|without|\w+n't)\s+(?:\w+\s+)?$")


def themes(text: str) -> dict[str, str]:
    """Each theme the words touch, with the first word that touched it; a denied word does not."""
    found: dict[str, str] = {}
    plain = text.lower().replace("’", "'")
    for match in re.finditer(r"[a-z]+(?:'[a-z]+)?", plain):
        theme = _THEME_OF.get(match.group())
        if theme and theme not in found and not _NEGATED.search(plain[: match.start()][-40:]):
            found[theme] = match.group()
    return found


def words(text: str) -> set[str]:
    """The distinct words of three letters and more, lower case; any of them may be somebody's name."""
    return {word for word in re.findall(r"[^\W\d_]{3,}", text.lower()) if word.isascii()}


_LISTED: dict[str, str] = tomllib.loads((files(__package__) / "themes.toml").read_text("utf-8"))
_THEME_OF = {word: theme for theme, listed in _LISTED.items() for word in listed.split()}
