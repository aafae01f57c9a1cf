"""Before she can wake: the model files, fetched once with a progress bar, and the choice of a model."""

from __future__ import annotations

import asyncio

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from becoming.config import Settings
from becoming.llm.brain import Brain
from becoming.llm.catalogue import EARS, ModelFile
from becoming.llm.choose import Choice, choose
from becoming.llm.client import ChatModel
from becoming.llm.download import fetch, present


async def brain_for(settings: Settings, console: Console) -> Brain:
    """Everything on disk and verified, and the model to think with. Raises DownloadFailed, NoSpace."""
    for file in EARS:
        await _have(file, settings, console)
    choice = await choose(settings)
    if choice.new:
        console.print(f"[dim]{choice.reason}[/]", highlight=False)
    return await _brain(choice, settings, console)


async def _brain(choice: Choice, settings: Settings, console: Console) -> Brain:
    if choice.base_url or choice.file is None:
        return Brain(ChatModel(choice.base_url or "", choice.model, settings.llm_api_key.get_secret_value()))
    await _have(choice.file, settings, console)
    return Brain.embedded(settings.model_folder / choice.file.name, settings.home)


async def _have(file: ModelFile, settings: Settings, console: Console) -> None:
    """Fetch a file unless it is here and whole."""
    folder = settings.model_folder
    if await asyncio.to_thread(present, file, folder):
        return
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
