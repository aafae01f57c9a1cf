"""`becoming mail`: the accounts she reads from; nothing in them is ever changed, and nothing sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer
from rich.prompt import Prompt

from becoming.cli.asking import Person, chosen, console
from becoming.cli.remembering import with_store
from becoming.cli.showing import plain, say
from becoming.events import InputError
from becoming.tools.mail.accounts import Account, Accounts, Security, find

if TYPE_CHECKING:
    from becoming.store import Store

mail = typer.Typer(no_args_is_help=True, help="Mail accounts for her to read from: add, list, remove.")

Address = Annotated[str, typer.Argument(help="The mail address.")]


@mail.command()
def add(
    context: typer.Context,
    address: Address,
    host: Annotated[str | None, typer.Option(help="The IMAP server, if she does not find it.")] = None,
    port: Annotated[int, typer.Option(help="Its port.")] = 993,
    security: Annotated[Security, typer.Option(help="none: only for a server on this computer.")] = "ssl",
    user: Annotated[str | None, typer.Option(help="The name to sign in with, if not the address.")] = None,
    person: Person = None,
) -> None:
    """Add an account: find its server, ask for the password, try it."""

    def work(store: Store) -> None:
        from becoming.tools.mail import unread

        found = Account(address, host, port, security) if host else find(address)
        account = replace(found, user=user or address)
        say(f"Mail server: {account.host}, port {account.port}, {account.security}. {account.hint}")
        password = Prompt.ask(f"Password for {plain(address)}", password=True, console=console)
        with console.status("Signing in …"):
            count, _ = unread(account, password)
        where = _accounts(store).add(account, password)
        say(f"It works: {count} unread of the last month. The password is kept {where}.")

    with_store(chosen(context, person), work)


@mail.command("list")
def list_(context: typer.Context, person: Person = None) -> None:
    """Show the accounts."""

    def work(store: Store) -> None:
        accounts = _accounts(store).all()
        for each in accounts:
            say(f"{plain(each.address)}  {plain(each.host)}, port {each.port}, {each.security}")
        if not accounts:
            say("There is none. Add one: becoming mail add ADDRESS")

    with_store(chosen(context, person), work)


@mail.command()
def remove(context: typer.Context, address: Address, person: Person = None) -> None:
    """Forget an account and its password."""

    def work(store: Store) -> None:
        if not _accounts(store).remove(address):
            raise InputError(f"There is no account {address}. See: becoming mail list")
        say("Removed, and its password with it.")

    with_store(chosen(context, person), work)


def _accounts(store: Store) -> Accounts:
    from becoming.memory import Memory

    return Accounts(Memory(store).get, Memory(store).put)
