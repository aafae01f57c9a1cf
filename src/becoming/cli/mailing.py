"""`becoming mail`: the accounts she reads from and, where you say yes to it, writes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from becoming.cli.asking import Person, chosen, console
from becoming.cli.remembering import with_store
from becoming.cli.showing import plain, say
from becoming.events import InputError

if TYPE_CHECKING:  # no other command should wait for what this one needs
    from becoming.tools.mail import Accounts

mail = typer.Typer(no_args_is_help=True, help="Mail accounts for her to read from: add, list, remove.")
Address = Annotated[str, typer.Argument(help="The mail address.")]


@mail.command()
def add(
    context: typer.Context,
    address: Address,
    host: Annotated[str | None, typer.Option(help="The IMAP server, if she does not find it.")] = None,
    port: Annotated[int, typer.Option(help="Its port.")] = 993,
    security: Annotated[
        Literal["ssl", "starttls", "none"], typer.Option(help="none: only for a server on this computer.")
    ] = "ssl",
    user: Annotated[str | None, typer.Option(help="The name to sign in with, if not the address.")] = None,
    out_host: Annotated[
        str | None, typer.Option(help="The server to send by, if she does not find it.")
    ] = None,
    out_port: Annotated[int, typer.Option(help="Its port; 465 is by TLS, others after STARTTLS.")] = 465,
    person: Person = None,
) -> None:
    """Add an account: find its server, ask for the password, try it."""

    def work(accounts: Accounts) -> None:
        from becoming.tools.mail import Account, MailError, find, find_out, signs_in, unread

        found = Account(address, host, port, security) if host else find(address)
        account = replace(found, user=user or address)
        if out_host:
            after: Literal["starttls", "none"] = "none" if security == "none" else "starttls"
            outside: Literal["ssl", "starttls", "none"] = "ssl" if out_port == 465 else after
            account = replace(account, out=out_host, out_port=out_port, out_security=outside)
        say(plain(f"Mail server: {account.host}, port {account.port}, {account.security}. {account.hint}"))
        password = typer.prompt(f"Password for {address}", hide_input=True)
        with console.status("Signing in …"):
            count, _ = unread(account, password)
            try:
                account, sends = signs_in(find_out(account), password), ""
            except MailError as error:
                sends = f" But from it nothing can be sent: {error}"
        where = accounts.add(account, password)
        say(f"It works: {count} unread of the last month. The password is kept {where}.{plain(sends)}")

    _with_accounts(context, person, work)


@mail.command("list")
def list_(context: typer.Context, person: Person = None) -> None:
    """Show the accounts."""
    told = "{0.address}  {0.host}, port {0.port}, {0.security}"
    none = "There is none. Add one: becoming mail add ADDRESS"
    _with_accounts(context, person, lambda it: say(plain("\n".join(map(told.format, it.all())) or none)))


@mail.command()
def remove(context: typer.Context, address: Address, person: Person = None) -> None:
    """Forget an account and its password."""

    def work(accounts: Accounts) -> None:
        if not accounts.remove(address):
            raise InputError(f"There is no account {address}. See: becoming mail list")
        say("Removed, and its password with it.")

    _with_accounts(context, person, work)


def _with_accounts(context: typer.Context, person: str | None, work: Callable[[Accounts], None]) -> None:
    from becoming.memory import Memory
    from becoming.tools.mail import Accounts

    with_store(chosen(context, person), lambda store: work(Accounts(Memory(store).get, Memory(store).put)))
