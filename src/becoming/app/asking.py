"""The language model, to be asked from other threads: small questions whose answers are held to a form, or a tool it picks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import aclosing
from typing import Any, TypeVar

from becoming.events import ModelAway
from becoming.language import Message
from becoming.llm.brain import Brain
from becoming.tools.others import Native, Tool

_PATIENCE_S, _TOKENS, _SLOT = 20.0, 120, 1  # the talk's own slot keeps what it has read
_WHICH = "Call the tool that does what is asked, with words that were said. Call none where none fits."
_Result = TypeVar("_Result")


def forms_of(brain: Brain) -> Callable[[Sequence[Message], Mapping[str, Any]], Any]:
    """Fills in a form of a JSON schema; None where what comes back is no JSON. To be made where the loop runs."""
    loop = asyncio.get_running_loop()

    async def answer(messages: Sequence[Message], schema: Mapping[str, Any]) -> Any:
        form = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}
        extra = {"response_format": form, "id_slot": _SLOT}
        asked = brain.model.stream(messages, max_tokens=_TOKENS, temperature=0.0, seed=0, extra=extra)
        async with aclosing(asked) as deltas:
            text = "".join([delta async for delta in deltas])
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return None

    return lambda messages, schema: _waited_for(answer(messages, schema), loop)


def picks_of(brain: Brain) -> Native | None:
    """Picks a tool by the model's own tool calls; None for a model that does not do that well."""
    if not brain.calls_tools:
        return None
    loop = asyncio.get_running_loop()

    def pick(said: str, tools: Sequence[Tool]) -> tuple[str, dict[str, Any]] | None:
        functions = [{"name": it.name, "description": it.about, "parameters": it.form} for it in tools]
        messages = [{"role": "system", "content": _WHICH}, {"role": "user", "content": said}]
        offered = [{"type": "function", "function": it} for it in functions]
        return _waited_for(brain.model.pick(messages, offered), loop)

    return pick


def _waited_for(work: Coroutine[Any, Any, _Result], loop: asyncio.AbstractEventLoop) -> _Result:
    asked = asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, _PATIENCE_S), loop)
    try:
        return asked.result()
    except TimeoutError:
        raise ModelAway("That took me too long to think about. Ask me once more.") from None
