"""Which language model she thinks with: chosen once, in words a person can check, and remembered.

In this order: what the settings say; what already runs on this computer; a model file that is
already here; the best of the catalogue that suits this computer and can be had. Only the last asks
anybody outside (the hub, once, for two seconds); the choice lies in `model.json`, and later starts
look no further than this computer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx2
import psutil

from becoming.config import Settings
from becoming.events import InputError
from becoming.llm.catalogue import CHATS, PACKAGED, Chat, Hub
from becoming.llm.download import present
from becoming.llm.sources import reachable

NEIGHBOURS = {
    "Ollama": "http://127.0.0.1:11434/v1",
    "LM Studio": "http://127.0.0.1:1234/v1",
    "llama.cpp": "http://127.0.0.1:8080/v1",
}
KNOCK_S = 0.12
_NO_CHAT = re.compile(
    r"embed|\bbge|nomic|minilm|\be5\b|gte-|rerank|whisper|tts|clip|guard|ocr|diffusion", re.I
)
_BEST_LAST = re.compile(r"coder?\b|think|reason|\br1\b|qwq|math|vision|\bvl\b|\bbase\b", re.I)


@dataclass(frozen=True, slots=True)
class Choice:
    """A model, and why. `base_url` is None for one of the catalogue, whose file is then `model`."""

    model: str
    reason: str
    base_url: str | None = None

    @property
    def chat(self) -> Chat:
        """The entry of the catalogue. Raises InputError for a name that is not there."""
        return _entry(self.model)


def choose(settings: Settings) -> Choice:
    """The language model for this start. Blocking: 0.2 s, up to 2 s longer the first time.

    Raises InputError when the settings name a model that does not exist.
    """
    if settings.llm_base_url:
        return _from_settings(settings.llm_base_url, settings.llm_model)
    if settings.llm_model:
        chat = _entry(settings.llm_model)
        return Choice(chat.file.name, f"You asked for {chat.title} in the settings.")
    memory = settings.home / "model.json"
    remembered = _remembered(memory)
    if remembered and (remembered.base_url is None or _models_at(remembered.base_url)):
        return remembered
    choice = _neighbour() or _here(settings.model_folder) or _best_to_be_had()
    settings.home.mkdir(parents=True, exist_ok=True)
    memory.write_text(json.dumps(asdict(choice), indent=1) + "\n")
    return choice


# ── servers ─────────────────────────────────────────────────────────────────────────────────


def _from_settings(base_url: str, model: str | None) -> Choice:
    named = model or _to_talk_with(_models_at(base_url, patience_s=3.0))
    if not named:
        raise InputError(
            f"The server in the settings ({base_url}) does not answer or offers no model to talk with. "
            "Start it, or name a model with `llm_model`."
        )
    return Choice(named, f"You asked for {named} at {base_url} in the settings.", base_url)


def _neighbour() -> Choice | None:
    """A chat model that another program on this computer already serves."""
    with ThreadPoolExecutor(len(NEIGHBOURS)) as knocking:
        offers = zip(NEIGHBOURS.items(), knocking.map(_models_at, NEIGHBOURS.values()), strict=True)
        for (program, base_url), models in offers:
            if model := _to_talk_with(models):
                return Choice(model, f"{program} already runs on this computer and has {model}.", base_url)
    return None


def _models_at(base_url: str, patience_s: float = KNOCK_S) -> list[str]:
    """The names a server lists; none where nobody answers in time."""
    try:
        with httpx2.Client(timeout=patience_s, trust_env=False) as http:  # never through a proxy
            return [str(each["id"]) for each in http.get(f"{base_url}/models").json()["data"]]
    except (httpx2.HTTPError, ValueError, KeyError, TypeError):
        return []


def _to_talk_with(models: Sequence[str]) -> str | None:
    """The first that is made for talking; one that thinks aloud or writes code only if there is no other."""
    able = [model for model in models if not _NO_CHAT.search(model)]
    return min(able, key=lambda model: bool(_BEST_LAST.search(model)), default=None)


# ── the catalogue ───────────────────────────────────────────────────────────────────────────


def _here(folder: Path) -> Choice | None:
    """The best model file that was fetched before."""
    for chat in CHATS:
        if present(chat.file, folder):
            return Choice(chat.file.name, f"{chat.title} is already on this computer.")
    return None


def _best_to_be_had() -> Choice:
    memory, cores = psutil.virtual_memory().total, psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    computer = f"{memory / 1024**3:.0f} GB of memory and {cores} cores"
    fitting = [chat for chat in CHATS if chat.memory <= memory and chat.cores <= cores]
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
