"""Telegram's export as JSON (`result.json`): one chat, or all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from becoming.events import Excerpt, InputError
from becoming.tools.reading.letters import clean
from becoming.tools.reading.talking import Message, excerpts


def read(text: str) -> tuple[str, Iterator[Excerpt]]:
    """The chat's name and its messages. Raises InputError for any other JSON."""
    try:
        export = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("it is broken JSON. Export the chat again.") from error
    if not isinstance(export, dict):
        export = {}
    listed = export.get("chats")
    chats = listed.get("list") if isinstance(listed, dict) else [export] if "messages" in export else None
    if not isinstance(chats, list):
        raise InputError("of JSON files she reads only Telegram's exports (result.json).")
    chats = [chat for chat in chats if isinstance(chat, dict) and isinstance(chat.get("messages"), list)]
    name = chats[0].get("name") if len(chats) == 1 else None
    title = f"Chat with {name}" if name else "Telegram"
    return title, chain.from_iterable(excerpts(_messages(chat["messages"])) for chat in chats)


def _messages(entries: list[Any]) -> Iterator[Message]:
    for entry in entries:
        if not isinstance(entry, dict) or entry.get("type") != "message":
            continue  # somebody joined, a call, a pinned message
        text = clean(_text(entry.get("text", ""))).strip()
        try:
            at = datetime.fromisoformat(str(entry.get("date")))
        except ValueError:
            continue
        if text:
            yield Message(at, clean(str(entry.get("from") or "somebody")), text)


def _text(text: Any) -> str:
    """A message is a text, or pieces of it of which some are links, mentions or bold."""
    if isinstance(text, list):
        return "".join(piece if isinstance(piece, str) else _text(piece) for piece in text)
    if isinstance(text, dict):
        return str(text.get("text", ""))
    return str(text)
