"""One client for every language model: the embedded server and anything that speaks the OpenAI chat API.

The embedded server can do more (llama.cpp's own fields and routes): read a prompt into its cache
ahead of time and keep what it has read on disk. Other servers are asked for nothing but the
standard.

Errors, all of them events.ModelAway, so that a turn is kept and can be tried again:

    ModelAway
    └── ModelRefused   the server is there but will not take the request (no such model, too long)
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

import httpx2

from becoming.events import ModelAway
from becoming.language import Message
from becoming.llm.local import is_local

# A live llama.cpp server gives a sign every 30 s, however long the prompt; other servers may first
# have to load a model from disk.
TIMEOUT = httpx2.Timeout(90.0, connect=3.0)
SLOT = 0  # the talk has a slot of its own, so that its cache is never taken by anything else
_STANDARD = frozenset(
    {"top_p", "presence_penalty", "frequency_penalty", "logit_bias", "response_format", "reasoning_effort"}
)
PATIENCE_S = 3.0
_DECLARES = ("capabilities", "architecture", "modalities", "input_modalities", "type")
"""Where llama.cpp, Mistral, OpenRouter, vLLM and LM Studio declare what a model takes."""
_SEES = re.compile(r'"(?:vision|image|multimodal|vlm)"(?!: false)|image(?=[+\w ]*->)')
_log = logging.getLogger(__name__)


class ModelRefused(ModelAway):
    """The server answers, but not this request."""


class ChatModel:
    """A chat model behind `base_url` (ends in /v1).

    `revive` (`EmbeddedServer.start`; other servers have none) is awaited before each use and gives the
    address to use: a server that died is there again, and has its primed prefix back, before the next sentence.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        api_key: str = "local",
        revive: Callable[[], Awaitable[str]] | None = None,
        adapted: bool = False,
    ) -> None:
        """`adapted`: our server has an adapter for the talk; whatever is asked aside of it is asked of the bare model."""
        self._base_url, self._model, self._revive, self._adapted = base_url, model, revive, adapted
        self._http = httpx2.AsyncClient(
            timeout=TIMEOUT,
            headers={"Authorization": f"Bearer {api_key}"},
            trust_env=not is_local(base_url),
        )
        self._prefix: str | None = None
        self._read = ""  # the prompt that the talk's slot is known to hold

    async def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int = 60,
        temperature: float = 0.7,
        seed: int | None = None,
        stop: Sequence[str] = (),
        extra: Mapping[str, object] | None = None,
    ) -> AsyncGenerator[str, None]:
        """Text deltas of the reply; closing the iterator stops the model at the server.

        Where the last message is the assistant's own, it is continued. `extra` holds further fields
        of the request; those that only llama.cpp knows are left out elsewhere. Raises ModelAway.
        """
        await self._be_there()
        self._read = ""
        body = {
            "model": self._model,
            "messages": list(messages),
            "max_tokens": max_tokens,
            "temperature": temperature,
            "stream": True,
            **({} if seed is None else {"seed": seed}),
            **({"stop": list(stop)} if stop else {}),
            **self._fields(extra or {}),
        }
        with _away(self._model):
            async with self._http.stream("POST", f"{self._base_url}/chat/completions", json=body) as answer:
                if answer.is_error:
                    await answer.aread()
                answer.raise_for_status()
                async for text in _deltas(answer.aiter_lines()):
                    yield text

    async def pick(
        self, messages: Sequence[Message], tools: Sequence[Mapping[str, object]]
    ) -> tuple[str, dict[str, Any]] | None:
        """The tool it calls, and with what; None where it calls none, or its server knows of no tools. Raises ModelAway."""
        await self._be_there()
        body = {"model": self._model, "messages": list(messages), "tools": list(tools), "max_tokens": 200}
        try:
            with _away(self._model):
                url, aside = f"{self._base_url}/chat/completions", self._fields({"id_slot": 1})
                answer = await self._http.post(url, json={**body, "temperature": 0.0, **aside})
                answer.raise_for_status()
                call = (answer.json()["choices"][0]["message"].get("tool_calls") or [{}])[0].get("function")
                found = json.loads(call["arguments"] or "{}") if call else None
        except (ModelRefused, LookupError, TypeError, AttributeError):
            return None
        return (str(call["name"]), found) if isinstance(found, dict) else None

    async def prefill(self, messages: Sequence[Message]) -> None:
        """Have the embedded server read a prompt into its cache; elsewhere nothing happens.

        In two steps, so that a partial transcript that goes on growing wastes nothing: first up to the
        end of the last message, then, if nobody cancelled meanwhile, what the chat template puts after
        it (5 tokens, 130 ms of two cores). Raises ModelAway.
        """
        if not self._revive:
            return
        await self._be_there()
        templated = await self._post("/apply-template", {"messages": list(messages)})
        for prompt in _steps(templated["prompt"], messages[-1]["content"]):
            if not self._read.startswith(prompt):
                self._read = ""
                await self._post(
                    "/completion", {"prompt": prompt, "n_predict": 0, "cache_prompt": True, "id_slot": SLOT}
                )
                self._read = prompt

    async def save_prefix(self, name: str) -> None:
        """Keep on disk what the talk's slot has read; a failure only costs time later, and is logged."""
        if not self._revive:
            return
        await self._be_there()
        self._prefix = name
        try:
            await self._post(f"/slots/{SLOT}?action=save", {"filename": self._file(name)})
        except ModelRefused as error:
            _log.warning("the primed prompt could not be kept for the next start: %s", error)

    async def restore_prefix(self, name: str) -> bool:
        """Read it back; False where there is none, or none that fits this model."""
        if not self._revive:
            return False
        await self._be_there()
        self._prefix, self._read = name, ""
        return await self._restore(name)

    async def sees(self) -> bool:
        """Whether the server says that its model takes pictures; the packaged ones do not."""
        if self._revive:
            return False
        try:
            answer = await self._http.get(f"{self._base_url}/models", timeout=PATIENCE_S)
            listed = answer.json()
            each = [it for key in ("data", "models") for it in listed.get(key) or ()]
            about = [it for it in each if self._model in (it.get("id"), it.get("name"), it.get("model"))]
            return any(_SEES.search(json.dumps([it.get(key) for key in _DECLARES])) for it in about)
        except (httpx2.HTTPError, ValueError, AttributeError, TypeError):
            return False

    @property
    def where(self) -> str:
        """The computer it runs on; empty where that is this one."""
        return "" if is_local(self._base_url) else httpx2.URL(self._base_url).host

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.aclose()

    async def _be_there(self) -> None:
        """Follow a server that had to be started anew to its new address, and give it its prefix back."""
        if not self._revive:
            return
        base_url = await self._revive()
        if base_url != self._base_url:
            self._base_url = base_url
            self._read = ""
            if self._prefix:
                await self._restore(self._prefix)

    async def _restore(self, name: str) -> bool:
        try:
            await self._post(f"/slots/{SLOT}?action=restore", {"filename": self._file(name)})
        except ModelRefused:
            return False
        return True

    async def _post(self, route: str, body: Mapping[str, object]) -> dict[str, Any]:
        """One of llama.cpp's own routes, which lie outside /v1."""
        with _away(self._model):
            answer = await self._http.post(self._base_url.removesuffix("/v1") + route, json=body)
            answer.raise_for_status()
            return cast(dict[str, Any], answer.json())

    def _fields(self, extra: Mapping[str, object]) -> dict[str, object]:
        if self._revive:
            fields = {"cache_prompt": True, "id_slot": SLOT, **extra}
            bare = self._adapted and fields["id_slot"] != SLOT
            return fields | ({"lora": [{"id": 0, "scale": 0.0}]} if bare else {})
        return {key: value for key, value in extra.items() if key in _STANDARD}

    def _file(self, name: str) -> str:
        """A cache belongs to one model: another would read it as nonsense."""
        return re.sub(r"[^\w.-]", "_", f"{self._model}.{name}.bin")


async def _deltas(lines: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    """The text in a stream of server-sent events (`data: {…}` lines, `[DONE]` last).

    Read by hand, as the official SDK takes half a second to import and she is to be there at once.
    """
    async for line in lines:
        if not line.startswith("data:"):
            continue
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            return
        chunk = json.loads(data)
        if error := chunk.get("error"):
            raise httpx2.RemoteProtocolError(str(error.get("message", error))[:200])
        for choice in chunk.get("choices", ())[:1]:
            if text := choice.get("delta", {}).get("content"):
                yield text


def _steps(prompt: str, last: str) -> list[str]:
    """The prompt up to the end of its last message, then the whole."""
    last = last.strip()
    end = prompt.rfind(last) + len(last) if last in prompt else len(prompt)
    return [prompt[:end], prompt] if 0 < end < len(prompt) else [prompt]


@contextmanager
def _away(model: str) -> Iterator[None]:
    """Turn what can go wrong on the way to a server into ModelAway."""
    try:
        yield
    except httpx2.HTTPStatusError as error:
        status, said = error.response.status_code, _reason(error.response)
        if status >= httpx2.codes.INTERNAL_SERVER_ERROR:
            raise ModelAway(
                f"The language model failed ({status}: {said}); try again in a moment."
            ) from error
        if status == httpx2.codes.NOT_FOUND:
            raise ModelRefused(
                f"There is no model '{model}' at the server; set `llm_model` to one it has."
            ) from error
        raise ModelRefused(f"The language model's server refused the request ({status}: {said}).") from error
    except httpx2.TimeoutException as error:
        raise ModelAway("The language model does not answer in time; try again in a moment.") from error
    except (httpx2.HTTPError, ValueError) as error:
        raise ModelAway("The language model cannot be reached; try again in a moment.") from error


def _reason(response: httpx2.Response) -> str:
    """What the server says, if it was read and is in the usual form."""
    try:
        return str(response.json()["error"]["message"])[:200]
    except (httpx2.ResponseNotRead, ValueError, KeyError, TypeError):
        return response.reason_phrase
