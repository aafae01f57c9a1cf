"""Talking with her, serving her page, and whether all is well on this computer."""

from __future__ import annotations

import asyncio
import importlib
import json
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from becoming.cli.asking import Person, carried_out, chosen, console
from becoming.config import Settings, settings

if TYPE_CHECKING:  # the real import comes late: while it is made, the language model loads already
    from becoming.app import Home

_LAST_WORDS_S = 2.0

app = typer.Typer(add_completion=False, help="Becoming: somebody to talk with, on your own computer.")

Host = Annotated[
    str | None, typer.Option(help="0.0.0.0 lets your phone in too, by HTTPS and with the pairing link.")
]
Port = Annotated[int | None, typer.Option(help="The port of the page; 0 lets the system choose.")]


@app.callback(invoke_without_command=True)
def talk(
    context: typer.Context,
    text: Annotated[bool, typer.Option("--text", help="Write only; leave the sound card alone.")] = False,
    no_web: Annotated[bool, typer.Option("--no-web", help="Only this terminal, no page.")] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Below each written reply, what it did and why.")
    ] = False,
    host: Host = None,
    port: Port = None,
    person: Person = None,
) -> None:
    """Talk with her, here in the terminal and on the page it shows."""
    if context.invoked_subcommand is None:
        talking = partial(_talk, web=not no_web, terminal=True, voice=not text, debug=debug)
        _run(talking, chosen(context, person, host=host, port=port))
    context.obj = person  # said before the name of a command, it is for that command


@app.command()
def serve(context: typer.Context, host: Host = None, port: Port = None, person: Person = None) -> None:
    """Serve the page and the wire, without a talk in this terminal."""
    talking = partial(_talk, web=True, terminal=False, voice=False)
    _run(talking, chosen(context, person, host=host, port=port))


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
            wrong = "[#c4553b]✗[/]" if finding.level == "error" else "[yellow]![/]"
            mark = "[green]✓[/]" if finding.ok else wrong
            console.print(f"{mark} [bold]{finding.name}[/]  {finding.text}", highlight=False)
            if finding.remedy:
                console.print(f"   {finding.remedy}", highlight=False)
    if any(not finding.ok and finding.level == "error" for finding in findings):
        raise typer.Exit(1)


def _run(work: Callable[[Settings], Coroutine[Any, Any, None]], chosen: Settings) -> None:
    """Run until it ends or Ctrl-C."""
    try:
        carried_out(lambda settings: asyncio.run(work(settings)), chosen)
    except KeyboardInterrupt:
        console.print()
    finally:
        # A thread may still wait for a line of the terminal; nothing is left to be saved.
        sys.stdout.flush()


async def _talk(chosen: Settings, *, web: bool, terminal: bool, voice: bool, debug: bool = False) -> None:
    from becoming.waking import brain_for

    # Ended by the system as by Ctrl-C: she finishes what is under way, and takes a backup.
    signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))
    brain = await brain_for(chosen, console)
    app = await asyncio.to_thread(importlib.import_module, "becoming.app")
    home: Home
    home, _ = await asyncio.gather(
        app.Home.open(chosen, brain), asyncio.to_thread(importlib.import_module, "becoming.web.server")
    )
    from becoming.cli.serving import serving
    from becoming.terminal import spoken, written

    try:
        async with AsyncExitStack() as stack:
            served = await stack.enter_async_context(serving(chosen, home)) if web else None
            if terminal and voice and (speaking := _voice(home, spoken)):
                stack.push_async_callback(_cancelled, speaking)
            if terminal:
                await _until_gone(home, written(home, console, debug))
            elif served:
                await _until_gone(home, served)
    finally:
        await home.close()
    if home.left:
        console.print(escape(home.left.told), highlight=False)


async def _until_gone(home: Home, talking: Awaitable[None]) -> None:
    """Talk until it ends, or until they have left for good and the page had a moment to say so."""
    talk, gone = asyncio.ensure_future(talking), asyncio.ensure_future(home.gone.wait())
    await asyncio.wait({talk, gone}, return_when=asyncio.FIRST_COMPLETED)
    gone.cancel()
    if home.left:
        await asyncio.sleep(_LAST_WORDS_S)
    if talk.done() or not home.left:
        await talk
    else:
        await _cancelled(talk)


async def _cancelled(task: asyncio.Future[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _voice(home: Home, spoken: Callable[[Home, Console], Awaitable[None]]) -> asyncio.Task[None] | None:
    """Local voice, where there is a sound card; where there is none, why."""
    from becoming.speech.card import usable

    if why := usable():
        console.print(f"[dim]No local voice: {why} Her page can listen and speak.[/]", highlight=False)
        return None
    return asyncio.ensure_future(spoken(home, console))
