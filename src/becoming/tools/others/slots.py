"""What a tool is to be given, out of the words that asked for it, and of nothing else.

A language model fills in the form; it sees that one sentence and the form, no memory. Then every value is looked for in what
was said: what the person did not say themselves is left out, or asked for. So nothing can be made to leave the house.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from becoming.language import Message
from becoming.tools.lengths import WORTH
from becoming.tools.others.servers import Tool, ToolError

Ask = Callable[[Sequence[Message], Mapping[str, Any]], Any]
"""A language model's answer to messages, held to a JSON schema; None where that is no JSON."""

MOST, LONGEST = 8, 200
_ASKED = (
    "Fill in the form with words copied from the sentence; null for what it does not say.",
    ('city, days\n"will it rain in New York"', '{"city": "New York", "days": null}'),
    ('to, text, urgent\n"tell Ben I\'m late"', '{"to": "Ben", "text": "I\'m late", "urgent": null}'),
)
_WORTH = WORTH | {"zero": 0}
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


@dataclass(frozen=True, slots=True)
class Filled:
    """What to give it, and the names of what is missing."""

    values: dict[str, Any]
    missing: tuple[str, ...] = ()


def fill(tool: Tool, said: str, ask: Ask, today: date) -> Filled:
    """Raises ToolError for a form that cannot be filled in by voice, events.ModelAway without a model."""
    fields, needed = tool.form.get("properties") or {}, list(tool.form.get("required") or [])
    names = sorted(fields, key=lambda name: name not in needed)[:MOST]
    kinds = {name: kind for name in names if (kind := _kind(fields[name]))}
    if lacking := [name for name in needed if name not in kinds]:
        wants = f"{tool.title.capitalize()} wants {_spoken(lacking[0])}"
        raise ToolError(f"{wants}, which I can't give it by voice.")
    if not kinds:
        return Filled({})
    form = {
        "type": "object",
        "properties": {name: {"anyOf": [kind, {"type": "null"}]} for name, kind in kinds.items()},
        "required": list(kinds),
        "additionalProperties": False,
    }
    system, *pairs = _ASKED
    messages = [{"role": "system", "content": str(system)}]
    for asked, answer in pairs:
        messages += [{"role": "user", "content": asked}, {"role": "assistant", "content": answer}]
    question = f'{", ".join(map(_spoken, kinds))}\n"{said}"'
    return checked(tool, ask([*messages, {"role": "user", "content": question}], form), said, today)


def checked(tool: Tool, found: Any, said: str, today: date) -> Filled:
    """Of what a model found, what the person really said."""
    fields, needed = tool.form.get("properties") or {}, list(tool.form.get("required") or [])
    given = {name: it for name, it in found.items() if name in fields} if isinstance(found, dict) else {}
    for name, value in given.items():
        if str(fields[name].get("format", "")).startswith("date") and isinstance(value, str):
            given[name] = _days(value, today).get(value.lower(), value)
    known = ((name, it) for name, it in given.items() if it is not None)
    values = {name: it for name, it in known if _is_theirs(it, fields[name], said, today)}
    return Filled(values, tuple(_spoken(name) for name in needed if name not in values))


def _kind(field: Any) -> dict[str, Any] | None:
    """The part of a field's schema that is given to a model; None for what cannot be said."""
    field = field if isinstance(field, dict) else {}
    either = (it.get("type") for it in field.get("anyOf") or ())
    kind = field.get("type") or next((it for it in either if it != "null"), None)
    if isinstance(field.get("enum"), list):
        return {"enum": [it for it in field["enum"] if isinstance(it, str | int)][:30]}
    if kind in ("integer", "number", "boolean"):
        return {"type": kind}
    text = {"type": "string", "maxLength": LONGEST}
    if kind == "array":
        return {"type": "array", "items": text, "maxItems": 8} if _kind(field.get("items")) == text else None
    return text if kind == "string" else None


def _is_theirs(value: Any, field: Mapping[str, Any], said: str, today: date) -> bool:
    if isinstance(field.get("enum"), list):
        return value in field["enum"]
    if isinstance(value, list):
        return bool(value) and all(_is_theirs(it, {}, said, today) for it in value)
    if isinstance(value, bool):
        return True
    if isinstance(value, int | float):
        return value in numbers(said)
    heard, words = re.findall(r"\w+", said.lower()), re.findall(r"\w+", str(value).lower())
    together = f" {' '.join(words)} " in f" {' '.join(heard)} " and words != heard
    return bool(words) and len(str(value)) <= LONGEST and (together or value in _days(said, today).values())


def numbers(said: str) -> set[float]:
    """Every number that was said, in figures or in words."""
    found = {float(it.replace(",", "")) for it in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", said)}
    whole, part = 0, -1
    for word in [*re.findall(r"[a-z]+", said.lower()), ""]:
        if word in _WORTH:
            part = _WORTH[word] + (part if part >= 20 and part % 10 == 0 else 0)
        elif word == "hundred":
            whole, part = whole + max(part, 1) * 100, 0
        elif word == "thousand":
            whole, part = max(whole + max(part, 0), 1) * 1000, 0
        elif word != "and":
            found |= {float(whole + max(part, 0))} if part >= 0 else set()
            whole, part = 0, -1
    return found


def _days(said: str, today: date) -> dict[str, str]:
    """The days that were named, and how each is written in forms."""
    heard = set(re.findall(r"[a-z]+", said.lower()))
    ahead = {day: (n - today.weekday() - 1) % 7 + 1 for n, day in enumerate(_DAYS)}
    ahead |= {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
    return {word: (today + timedelta(ahead[word])).isoformat() for word in heard & ahead.keys()}


def _spoken(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[^a-zA-Z0-9]+", " ", name).lower().strip()[:40]
