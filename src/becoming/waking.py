"""Before she can wake: the model files, fetched once with a progress bar, and the choice of a model."""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING

from rich.console import Console

from becoming.config import Settings
from becoming.llm.catalogue import EARS, ModelFile
from becoming.llm.choose import choose
from becoming.llm.download import fetch, present
from becoming.llm.embedded import EmbeddedServer

if TYPE_CHECKING:
    from becoming.llm.brain import Brain


async def brain_for(settings: Settings, console: Console) -> Brain:
    """Everything on disk and verified, and the model to think with. Raises DownloadFailed, NoSpace.

    The model is being loaded, by a process of its own, when this returns: what follows in this
    process (a second and a half of imports, and the models of ears and mouth) costs no time then.
    """
    for file in EARS:
        await _have(file, settings, console)
    choice = await choose(settings)
    if choice.new:
        console.print(f"[dim]{choice.reason}[/]", highlight=False)
    server = None
    if choice.file:
        await _have(choice.file, settings, console)
        server = EmbeddedServer.at(settings.home, settings.model_folder / choice.file.name)
        loading = asyncio.create_task(server.start())  # its errors are met again, and told, at the first use
        loading.add_done_callback(lambda task: task.cancelled() or task.exception())
    # Not at the top: this import takes longer than starting the other process.
    brain = await asyncio.to_thread(importlib.import_module, "becoming.llm.brain")
    made: Brain = (
        brain.Brain.embedded(server)
        if server
        else brain.Brain.elsewhere(choice.base_url, choice.model, settings.llm_api_key.get_secret_value())
    )
    return made


async def _have(file: ModelFile, settings: Settings, console: Console) -> None:
    """Fetch a file unless it is here and whole."""
    folder = settings.model_folder
    if await asyncio.to_thread(present, file, folder):
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(file.name, total=file.bytes)
        await asyncio.to_thread(
            fetch,
            file,
            folder,
            lambda here, total: bar.update(task, completed=here, total=total),
            lambda text: console.print(text, highlight=False),
        )
