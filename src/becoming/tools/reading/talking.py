"""Messages of a chat, gathered into excerpts: what was said on one day stays together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from becoming.events import Excerpt
from becoming.tools.reading.cutting import ENOUGH, cut


@dataclass(frozen=True, slots=True)
class Message:
    """One message: when, by whom, what."""

    at: datetime
    sender: str
    text: str


def day(at: datetime) -> str:
    """3 May 2024."""
    return f"{at.day} {at:%B} {at.year}"


def excerpts(messages: Iterable[Message]) -> Iterator[Excerpt]:
    """Some messages of a day each; the place is the day and who took part."""
    held: list[Message] = []
    for message in messages:
        if held and (message.at.date() != held[0].at.date() or sum(len(one.text) for one in held) >= ENOUGH):
            yield from _together(held)
            held = []
        held.append(message)
    if held:
        yield from _together(held)


def _together(messages: list[Message]) -> Iterator[Excerpt]:
    who = list(dict.fromkeys(message.sender for message in messages))
    named = ", ".join(who[:3]) + (" and others" if len(who) > 3 else "")
    lines = "\n".join(f"{message.sender}: {message.text}" for message in messages)
    yield from cut(f"{day(messages[0].at)}, {named}", lines)
