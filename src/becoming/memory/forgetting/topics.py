"""Whether some words are about a topic: by readable lists (`topics.toml`), or by the topic's own words."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from becoming.memory.recall.words import STOP_WORDS

_LISTS = tomllib.loads(Path(__file__).with_name("topics.toml").read_text("utf-8"))["topic"]
_FORMS = r"(?:s|es|'s|ed|d|ing)?"


@lru_cache(maxsize=64)
def about(topic: str) -> re.Pattern[str] | None:
    """What finds words on `topic` ("my health", "Anna", "the interview in May"); None if it names nothing.

    A topic with a list is found by any of the list's words, another by any of its own telling words.
    """
    named = _plain(topic)
    words = [
        word for entry in _LISTS if named in map(_plain, entry["called"]) for word in entry["words"].split()
    ]
    words += [word for word in re.findall(r"[^\W_]+", named) if word not in STOP_WORDS]
    if not words:
        return None
    return re.compile(rf"\b(?:{'|'.join(map(_form, dict.fromkeys(words)))})\b", re.IGNORECASE)


def has_list(topic: str) -> bool:
    """Whether the topic is one of those with a list of words."""
    return any(_plain(topic) in map(_plain, entry["called"]) for entry in _LISTS)


def _plain(topic: str) -> str:
    return re.sub(r"^(?:(?:my|the|our|all|any|this|that|whole)\s+)+", "", topic.strip().lower()).strip(" .!?")


def _form(word: str) -> str:
    if word.endswith("*"):
        return re.escape(word[:-1]) + r"\w*"
    return re.escape(word).replace(r"\-", "[- ]?") + _FORMS
