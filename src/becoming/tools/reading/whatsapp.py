"""WhatsApp's chat export: a text whose lines begin with a date in the style of the phone it came from.

12/05/2024, 14:33 - Anna: Are you coming?            Android; also 5/12/24, 2:33 PM and 12.05.24, 14:33
[12.05.24, 14:33:10] Anna: Are you coming?           iPhone
2024-05-12, 14:33 - Anna: Are you coming?
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from becoming.events import Excerpt
from becoming.tools.reading.talking import Message, excerpts

_LINE = re.compile(
    r"\[?(\d{1,4})([./-])(\d{1,2})\2(\d{1,4}),?\s(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?"
    r"(?:\s?([AaPp])\.?\s?[Mm]\.?)?(?:\]| -)\s(.*)"
)
_LEFT_OUT = re.compile(
    r"<Media omitted>|<attached: .*>|(?:image|video|audio|sticker|GIF|document|Contact card) omitted|"
    r"(?:This message was deleted|You deleted this message)\.?|null"
)
_FIRST_LINES = 20


def looks_like(text: str) -> bool:
    """Whether two of the first lines, and half of them, begin like messages."""
    lines = [line for line in text[:4000].split("\n")[:_FIRST_LINES] if line.strip()]
    found = sum(_LINE.match(line) is not None for line in lines)
    return found >= 2 and found * 2 >= len(lines)


def read(text: str) -> Iterator[Excerpt]:
    """Its messages, without the notices of the program."""
    return excerpts(_messages(text))


def _messages(text: str) -> list[Message]:
    entries: list[tuple[re.Match[str], list[str]]] = []
    for line in text.split("\n"):
        if found := _LINE.match(line):
            entries.append((found, [found[9]]))
        elif entries:
            entries[-1][1].append(line)  # a message of several lines
    order = _order([found for found, _ in entries])
    messages = []
    for found, lines in entries:
        sender, said, words = "\n".join(lines).strip().partition(": ")
        at = _time(found, order)
        if at and said and "\n" not in sender and words and not _LEFT_OUT.fullmatch(words):
            messages.append(Message(at, sender, words))
    return messages


def _order(dates: list[re.Match[str]]) -> str:
    """Which of day, month and year stands where: what every date allows, then what keeps them in order."""
    orders = "ymd", "dmy", "mdy"
    read = {order: [at for found in dates if (at := _time(found, order))] for order in orders}
    back = {order: sum(b < a for a, b in pairwise(times)) for order, times in read.items()}
    # "3:14 PM" with slashes is how an American phone writes; anybody else puts the day first.
    american = bool(dates) and dates[0][2] == "/" and dates[0][8] is not None
    likely = {"ymd": 0, "mdy": 1 if american else 2, "dmy": 2 if american else 1}
    return min(orders, key=lambda order: (-len(read[order]), back[order], likely[order]))


def _time(found: re.Match[str], order: str) -> datetime | None:
    fields = dict(zip(order, (found[1], found[3], found[4]), strict=True))
    if (len(found[1]) == 4) != (order == "ymd"):
        return None
    year, month, day = (int(fields[each]) for each in "ymd")
    hour = int(found[5])
    if found[8]:
        hour = hour % 12 + (12 if found[8] in "Pp" else 0)
    year += 2000 if year < 100 else 0
    try:
        return datetime(year, month, day, hour, int(found[6]), int(found[7] or 0))
    except ValueError:
        return None
