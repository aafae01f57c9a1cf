"""`becoming calendar`: the calendars and address books she reads, and changes only after a yes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from becoming.cli.accounts import listed, with_accounts
from becoming.cli.asking import Person, console
from becoming.cli.showing import plain, say

if TYPE_CHECKING:  # no other command should wait for what this one needs
    from becoming.tools.calendar.accounts import Accounts

calendar = typer.Typer(no_args_is_help=True, help="Calendars and address books: add, list, remove.")
Address = Annotated[str, typer.Argument(help="A mail address, a web address, or a .ics or .vcf file.")]


@calendar.command()
def add(
    context: typer.Context,
    address: Address,
    user: Annotated[
        str | None, typer.Option(help="The name to sign in with, if not the mail address.")
    ] = None,
    person: Person = None,
) -> None:
    """Add a calendar: find where it is, ask for the password, try it. A file, or an .ics address, is only read."""

    def work(accounts: Accounts) -> None:
        from becoming.tools.calendar.accounts import find
        from becoming.tools.calendar.diary import tried

        account = find(address)
        reads = not account.url or account.url.partition("?")[0].lower().endswith((".ics", ".vcf"))
        if not reads:
            say(plain(f"Server: {account.url} {account.hint}".strip()))
            name = user or account.user or typer.prompt("Name to sign in with")
            account = replace(account, user=name)
        password = "" if reads else typer.prompt(f"Password for {account.user}", hide_input=True)
        with console.status("Reading …"):
            found = tried(account, password)
        where = accounts.add(account, password)
        kept = f" The password is kept {where}." if password else " It is only read."
        left = f" What could not be read: {found.bad}." if found.bad else ""
        counted = f"appointments of this year: {len(found.entries)}, contacts: {len(found.contacts)}."
        say(f"It works; {counted}{left}{kept}")

    with_accounts(context, person, _accounts, work)


def _accounts() -> type[Accounts]:
    from becoming.tools.calendar.accounts import Accounts

    return Accounts


listed(calendar, _accounts, "calendar", "{0.address}  {0.url}")
