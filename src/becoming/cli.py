"""The command line: `becoming` starts her; the rest looks after her."""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.prompt import Confirm, Prompt

from becoming.config import Settings, settings
from becoming.events import BecomingError, StoreError

if TYPE_CHECKING:  # the real import comes late: while it is made, the language model loads already
    from becoming.app import Home

app = typer.Typer(add_completion=False, help="Becoming: somebody to talk with, on your own computer.")
console = Console()

Host = Annotated[
    str | None, typer.Option(help="The address the page listens on; others need the pairing link.")
]
Port = Annotated[int | None, typer.Option(help="The port of the page; 0 lets the system choose.")]


@app.callback(invoke_without_command=True)
def talk(
    context: typer.Context,
    text: Annotated[bool, typer.Option("--text", help="Write only; leave the sound card alone.")] = False,
    no_web: Annotated[bool, typer.Option("--no-web", help="Only this terminal, no page.")] = False,
    host: Host = None,
    port: Port = None,
) -> None:
    """Talk with her, here in the terminal and on the page it shows."""
    if context.invoked_subcommand is None:
        _run(lambda chosen: _talk(chosen, web=not no_web, terminal=True, voice=not text), host, port)


@app.command()
def serve(host: Host = None, port: Port = None) -> None:
    """Serve the page and the wire, without a talk in this terminal."""
    _run(lambda chosen: _talk(chosen, web=True, terminal=False, voice=False), host, port)


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Say what is wrong on this computer, and what to do about it."""
    from dataclasses import asdict

    from becoming.machine import check

    findings = check(settings())
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings]))
    else:
        for finding in findings:
            mark = (
                "[green]✓[/]"
                if finding.ok
                else "[#c4553b]✗[/]"
                if finding.level == "error"
                else "[yellow]![/]"
            )
            console.print(f"{mark} [bold]{finding.name}[/]  {finding.text}", highlight=False)
            if finding.remedy:
                console.print(f"   {finding.remedy}", highlight=False)
    if any(not finding.ok and finding.level == "error" for finding in findings):
        raise typer.Exit(1)


def _run(work: Callable[[Settings], Awaitable[None]], host: str | None, port: int | None) -> None:
    """Run until it ends or Ctrl-C; a known error is said in a sentence."""
    changed = {key: value for key, value in (("host", host), ("port", port)) if value is not None}
    chosen = settings().model_copy(update=changed)
    try:
        while True:
            try:
                asyncio.run(work(chosen))  # type: ignore[arg-type]
                return
            except StoreError as error:
                chosen = _mended(error, chosen)
    except BecomingError as error:
        console.print(f"[#c4553b]{error}[/]", highlight=False)
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        console.print()
    finally:
        # A thread may still wait for a line of the terminal; nothing is left to be saved.
        sys.stdout.flush()


def _mended(error: StoreError, chosen: Settings) -> Settings:
    """The settings to try again with, after asking what only the person can say; else the error."""
    from becoming.store import DamagedStore, NeedsPassphrase, WrongPassphrase

    if isinstance(error, NeedsPassphrase | WrongPassphrase):
        new = isinstance(error, NeedsPassphrase) and error.new
        return chosen.model_copy(update={"passphrase": _ask_passphrase(error, new)})
    if isinstance(error, DamagedStore) and error.backup and sys.stdin.isatty():
        _offer_restore(error, chosen)
        return chosen
    raise error


def _ask_passphrase(error: StoreError, new: bool) -> object:
    from pydantic import SecretStr

    if not sys.stdin.isatty():
        raise BecomingError(f"{error} Without a terminal, set BECOMING_PASSPHRASE.") from error
    console.print(str(error), highlight=False)
    while True:
        given = Prompt.ask("Passphrase", password=True, console=console)
        if given and (not new or given == Prompt.ask("Once more", password=True, console=console)):
            return SecretStr(given)
        console.print("Those were not the same; please try again." if given else "It cannot be empty.")


def _offer_restore(error: StoreError, chosen: Settings) -> None:
    from becoming.store import folder_of, restore

    console.print(str(error), highlight=False)
    if not Confirm.ask("Restore the newest backup now? The damaged file is kept beside it", console=console):
        raise error
    passphrase = chosen.passphrase.get_secret_value() if chosen.passphrase else None
    console.print(f"Restored: {restore(folder_of(chosen.home), passphrase)}", highlight=False)


async def _talk(chosen: Settings, *, web: bool, terminal: bool, voice: bool) -> None:
    from becoming.waking import brain_for

    brain = await brain_for(chosen, console)
    app = await asyncio.to_thread(importlib.import_module, "becoming.app")
    home: Home
    home, _ = await asyncio.gather(
        app.Home.open(chosen, brain), asyncio.to_thread(importlib.import_module, "becoming.web.server")
    )
    from becoming.terminal import spoken, written

    try:
        async with AsyncExitStack() as stack:
            serving = await stack.enter_async_context(_serving(chosen, home)) if web else None
            if terminal and voice and (speaking := _voice(home, spoken)):
                stack.push_async_callback(_cancelled, speaking)
            if terminal:
                await written(home, console)
            elif serving:
                await serving
    finally:
        await home.close()


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@asynccontextmanager
async def _serving(chosen: Settings, home: Home) -> AsyncIterator[asyncio.Task[None]]:
    """The page and the wire, open within the block."""
    from becoming.web.door import Door, pairing_token
    from becoming.web.server import make_app, server_for

    listening = _bind(chosen.host, chosen.port)
    host, port = listening.getsockname()[:2]
    token = pairing_token(chosen.home)
    server = server_for(make_app(home, Door(token)), host, port)
    task = asyncio.create_task(server.serve(sockets=[listening]), name="server")
    local = host in ("127.0.0.1", "::1", "0.0.0.0", "::")
    console.print(f"Her page: http://{'localhost' if local else host}:{port}", highlight=False)
    if host not in ("127.0.0.1", "::1"):
        console.print(
            f"For a device of yours, once: http://<this computer>:{port}/?token={token}", highlight=False
        )
    try:
        yield task
    finally:
        server.should_exit = True
        await task


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # who opens the page before the server runs waits instead of being refused
    except OSError as error:
        listening.close()
        raise BecomingError(
            f"The page cannot listen on {host}:{port} ({os.strerror(error.errno or 0)}). If she is already "
            "running, open her page there; otherwise choose another port with --port."
        ) from error
    return listening


def _voice(home: Home, spoken: Callable[[Home, Console], Awaitable[None]]) -> asyncio.Task[None] | None:
    """Local voice, where there is a sound card; where there is none, why."""
    from becoming.speech.card import usable

    if why := usable():
        console.print(f"[dim]No local voice: {why} Her page can listen and speak.[/]", highlight=False)
        return None
    return asyncio.ensure_future(spoken(home, console))
