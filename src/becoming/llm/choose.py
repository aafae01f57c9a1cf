"""Which language model she thinks with: chosen once, in words a person can check, and remembered.

In this order: what the settings say; what already runs on this computer; a model file that is
already here; the best of the catalogue that suits this computer and can be had. Only the last asks
anybody outside (the hub, once, for two seconds); the choice lies in `model.json`, and later starts
look no further than this computer.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import psutil

from becoming.config import Settings
from becoming.events import InputError
from becoming.llm.catalogue import CHATS, PACKAGED, Chat, Hub, ModelFile
from becoming.llm.download import present
from becoming.llm.local import cores, is_local
from becoming.llm.sources import reachable

NEIGHBOURS = {
    "Ollama": "http://127.0.0.1:11434/v1",
    "LM Studio": "http://127.0.0.1:1234/v1",
    "llama.cpp": "http://127.0.0.1:8080/v1",
}
KNOCK_S = 0.12
PATIENCE_S = 3.0
_NO_CHAT = re.compile(
    r"embed|\bbge|nomic|minilm|\be5\b|gte-|rerank|whisper|tts|clip|guard|ocr|diffusion", re.I
)
_BEST_LAST = re.compile(r"coder?\b|think|reason|\br1\b|qwq|math|vision|\bvl\b|\bbase\b", re.I)


@dataclass(frozen=True, slots=True)
class Choice:
    """A model, and why: one that somebody serves at `base_url`, or a `file` of the catalogue.

    `new` says that the person has not been told yet.
    """

    model: str
    reason: str
    base_url: str | None = None
    new: bool = True

    @property
    def file(self) -> ModelFile | None:
        """What the embedded server needs; None where somebody else serves the model."""
        return None if self.base_url else _entry(self.model).file


async def choose(settings: Settings) -> Choice:
    """The language model for this start: at once when it was chosen before, else within three seconds.

    Raises InputError when the settings name a model that does not exist.
    """
    if settings.llm_base_url:
        return await _from_settings(settings, settings.llm_base_url)
    if settings.llm_model:
        chat = _entry(settings.llm_model)
        return Choice(chat.file.name, f"You asked for {chat.title} in the settings.", new=False)
    memory = settings.home / "model.json"
    remembered = _remembered(memory)
    if remembered and (remembered.base_url is None or await _models_at(remembered.base_url, PATIENCE_S)):
        return remembered
    choice = await _neighbour()
    if choice is None:
        choice = await asyncio.to_thread(_from_catalogue, settings.model_folder)
    if remembered:  # it may be back tomorrow
        gone = f"{remembered.model} at {remembered.base_url} does not answer now"
        return replace(choice, reason=f"{gone}. {choice.reason}")
    settings.home.mkdir(parents=True, exist_ok=True)
    memory.write_text(json.dumps({**asdict(choice), "new": False}, indent=1) + "\n")
    return choice


# ── servers ─────────────────────────────────────────────────────────────────────────────────


async def _from_settings(settings: Settings, base_url: str) -> Choice:
    key = settings.llm_api_key.get_secret_value()
    named = settings.llm_model or _to_talk_with(await _models_at(base_url, PATIENCE_S, key))
    if not named:
        raise InputError(
            f"The server in the settings ({base_url}) does not answer or offers no model to talk with. "
            "Start it, or name a model with `llm_model`."
        )
    return Choice(named, f"You asked for {named} at {base_url} in the settings.", base_url, new=False)


async def _neighbour() -> Choice | None:
    """A chat model that another program on this computer already serves."""
    offers = await asyncio.gather(*map(_models_at, NEIGHBOURS.values()))
    for (program, base_url), models in zip(NEIGHBOURS.items(), offers, strict=True):
        if model := _to_talk_with(models):
            return Choice(model, f"{program} already runs on this computer and has {model}.", base_url)
    return None


async def _models_at(base_url: str, patience_s: float = KNOCK_S, key: str = "local") -> list[str]:
    """The names a server lists; none where nobody answers in time."""
    import httpx2  # not at the top: a model that was chosen before is asked nothing, and is waited for

    try:
        async with httpx2.AsyncClient(timeout=patience_s, trust_env=not is_local(base_url)) as http:
            answer = await http.get(f"{base_url}/models", headers={"Authorization": f"Bearer {key}"})
            return [str(each["id"]) for each in answer.json()["data"]]
    except (httpx2.HTTPError, ValueError, KeyError, TypeError):
        return []


def _to_talk_with(models: Sequence[str]) -> str | None:
    """The first that is made for talking; one that thinks aloud or writes code only if there is no other."""
    able = [model for model in models if not _NO_CHAT.search(model)]
    return min(able, key=lambda model: bool(_BEST_LAST.search(model)), default=None)


# ── the catalogue ───────────────────────────────────────────────────────────────────────────


def _from_catalogue(folder: Path) -> Choice:
    """The best model file that was fetched before, else the best that can be had."""
    for chat in CHATS:
        if present(chat.file, folder):
            return Choice(chat.file.name, f"{chat.title} is already on this computer.")
    return _best_to_be_had()


def _best_to_be_had() -> Choice:
    memory, many = psutil.virtual_memory().total, cores()
    computer = f"{memory / 1024**3:.0f} GB of memory and {many} cores"
    fitting = [chat for chat in CHATS if chat.memory <= memory and chat.cores <= many]
    at_hub = [
        (chat, source) for chat in fitting for source in chat.file.sources[:1] if isinstance(source, Hub)
    ]
    if at_hub and reachable(at_hub[0][1]):
        best = at_hub[0][0]
        return Choice(best.file.name, f"{best.title} is the best that suits this computer ({computer}).")
    why = "the model hub is out of reach" if at_hub else f"this computer has {computer}"
    return Choice(PACKAGED.file.name, f"{PACKAGED.title}, which comes as packages, because {why}.")


def _entry(name: str) -> Chat:
    for chat in CHATS:
        if name.lower() in (chat.file.name.lower(), chat.title.lower()):
            return chat
    known = ", ".join(chat.file.name for chat in CHATS)
    raise InputError(f"There is no model '{name}' in the catalogue. Set `llm_model` to one of: {known}.")


def _remembered(memory: Path) -> Choice | None:
    """The earlier choice; none where it was not made, or by a version that knew other models."""
    try:
        choice = Choice(**json.loads(memory.read_text()))
        if choice.base_url is None:
            _entry(choice.model)
    except (FileNotFoundError, ValueError, TypeError, InputError):
        return None
    return choice
