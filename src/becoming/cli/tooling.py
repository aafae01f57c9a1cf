"""`becoming tools`: what she may use that others made, and the folders she may read aloud from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from becoming.cli.accounts import with_notes
from becoming.cli.asking import Person, console
from becoming.cli.showing import plain, say
from becoming.events import InputError

if TYPE_CHECKING:  # no other command should wait for what this one needs
    from becoming.tools.files import Folders
    from becoming.tools.others import Server, Servers

tools = typer.Typer(
    no_args_is_help=True,
    help="Tools of others (MCP servers), and folders to read from: add, list, remove, allow, forbid.",
)
Folder = Annotated[Path, typer.Argument(help="A folder.")]


@tools.command(context_settings={"ignore_unknown_options": True})
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What you call it when you speak, such as weather.")],
    where: Annotated[list[str], typer.Argument(help="The command that starts it, or its address.")],
    person: Person = None,
) -> None:
    """Add a server of tools: look at what it offers, show it, and ask whether she may use it."""

    def work(servers: Servers, _: Folders) -> None:
        from becoming.tools.others import Server, look

        server = Server.at(name, where)
        with console.status("Asking what it offers …"):
            server = replace(server, tools=look(server))
        if not server.tools:
            raise InputError("It offers no tools.")
        _show(server)
        say("What only reads is used when you ask for it; before anything else she asks you, each time.")
        if typer.confirm(f"May she use {server.name}?"):
            servers.add(server)
            say(f'Say for example: "Ask {server.name} …". If she is awake, start her again.')

    _with(context, person, work)


@tools.command("list")
def list_(context: typer.Context, person: Person = None) -> None:
    """Show the servers with their tools, and the folders."""

    def work(servers: Servers, folders: Folders) -> None:
        for server in servers.all():
            say(plain(f"{server.name}  {server.url or ' '.join(server.command)}"))
            _show(server)
        for folder in folders.all():
            say(plain(f"reads in {folder}"))
        if not servers.all() and not folders.all():
            add = "Add a server: becoming tools add NAME COMMAND; a folder: becoming tools allow FOLDER"
            say(f"There is nothing. {add}")

    _with(context, person, work)


@tools.command()
def remove(
    context: typer.Context, name: Annotated[str, typer.Argument(help="Its name.")], person: Person = None
) -> None:
    """Forget a server."""

    def work(servers: Servers, _: Folders) -> None:
        if not servers.remove(name):
            raise InputError(f"There is no server {name}. See: becoming tools list")
        say("Removed.")

    _with(context, person, work)


@tools.command()
def allow(context: typer.Context, folder: Folder, person: Person = None) -> None:
    """Let her read files of a folder aloud, when you ask for one."""
    _with(context, person, lambda _, folders: say(plain(f"She may read in {folders.allow(folder)}.")))


@tools.command()
def forbid(context: typer.Context, folder: Folder, person: Person = None) -> None:
    """No longer let her read in a folder."""

    def work(_: Servers, folders: Folders) -> None:
        if not folders.forbid(folder):
            raise InputError(f"She may not read in {folder} anyway. See: becoming tools list")
        say("She no longer reads there.")

    _with(context, person, work)


def _show(server: Server) -> None:
    for tool in server.tools:
        does = "changes things, asks first" if tool.changes_the_world else "reads"
        say(plain(f"  {tool.title}: {does}. {tool.about}"))


def _with(context: typer.Context, person: str | None, work: Callable[[Servers, Folders], Any]) -> None:
    from becoming.tools.files import Folders
    from becoming.tools.others import Servers

    with_notes(context, person, lambda it: work(Servers(it.get, it.put), Folders(it.get, it.put)))
