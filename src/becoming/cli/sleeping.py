"""`becoming sleep`: the night, now, with what it would change shown first; and her diary, `becoming growth`."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from becoming.cli.asking import Person, chosen, console
from becoming.cli.remembering import with_store
from becoming.cli.showing import day, plain, say
from becoming.config import Settings
from becoming.events import BecomingError, InputError

if TYPE_CHECKING:
    from becoming.sleep import Night
    from becoming.store import Store


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(sleep)
    app.command()(growth)
    app.command()(journal)


def sleep(
    context: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; write nothing.")
    ] = False,
    person: Person = None,
) -> None:
    """Let her sleep on what was said: what it taught, what is over, what she made of it."""
    settings = chosen(context, person)
    with_store(settings, lambda store: asyncio.run(_sleep(settings, store, dry_run=dry_run)))


def growth(
    context: typer.Context,
    undo: Annotated[int | None, typer.Option(help="Take a change back, by its number.")] = None,
    person: Person = None,
) -> None:
    """Show her diary of changes: since when, and why; or take one back."""
    with_store(chosen(context, person), lambda store: _growth(store, undo))


def journal(context: typer.Context, person: Person = None) -> None:
    """Read what she thought at night: her journal, what she dreamt, what she wonders; made by software, and hers."""
    with_store(chosen(context, person), _journal)


def _journal(store: Store) -> None:
    from becoming.memory.thoughts import Thoughts

    thoughts = Thoughts(store).all()
    for thought in thoughts:
        say(
            f"[dim]{day(thought.made)}, {thought.kind}{', said' if thought.said else ''}[/]\n  {plain(thought.text)}"
        )
    if not thoughts:
        say("She has not slept yet.")


def _growth(store: Store, undo: int | None) -> None:
    from becoming.persona.growing import Growing, told

    diary = Growing(store)
    if undo is not None:
        say(f"Taken back: {plain(told(diary.undo(undo, time.time())))}")
        return
    changes = diary.changes()
    for change in changes:
        say(f"{change.id:>4}  {plain(told(change))}{'  [dim](taken back)[/]' if change.undone else ''}")
    if not changes:
        say("She is as she was born.")


async def _sleep(settings: Settings, store: Store, *, dry_run: bool) -> None:
    from becoming.app import brain_at_night, night_of
    from becoming.sleep import apply, plan
    from becoming.waking import brain_for

    sleeping = night_of(settings, store, None)
    if sleeping is None:
        raise InputError("She is not born yet. Begin with: becoming")
    day = await brain_for(settings, console)
    brain = brain_at_night(settings, day)
    try:
        with console.status("She sleeps …"):
            planned: Night = await plan(replace(sleeping, model=brain.model))
    finally:
        await brain.close()
        if brain is not day:
            await day.close()
    for line in planned.told():
        say(plain(line))
    if not (dry_run or planned.nothing or apply(store, planned, time.time())):
        raise BecomingError("Another night was faster; this one changed nothing. Run it again.")
