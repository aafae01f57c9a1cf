"""What the commands for accounts and tools have in common: what they keep in a memory, to list it, to remove one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from becoming.cli.asking import Person, chosen
from becoming.cli.remembering import with_store
from becoming.cli.showing import plain, say
from becoming.events import InputError

if TYPE_CHECKING:  # no other command should wait for what these need
    from becoming.memory import Memory
    from becoming.tools.accounts import Kept

Accounts = TypeVar("Accounts", bound="Kept[Any]")


def with_notes(context: typer.Context, person: str | None, work: Callable[[Memory], None]) -> None:
    """Work with the notes in a person's memory."""
    from becoming.memory import Memory

    with_store(chosen(context, person), lambda store: work(Memory(store)))


def with_accounts(
    context: typer.Context,
    person: str | None,
    kind: Callable[[], type[Accounts]],
    work: Callable[[Accounts], None],
) -> None:
    """Work with the accounts of one kind."""
    with_notes(context, person, lambda notes: work(kind()(notes.get, notes.put)))


def listed(app: typer.Typer, kind: Callable[[], type[Kept[Any]]], name: str, shown: str) -> None:
    """Add the commands to list the accounts, each told by `shown`, and to remove one."""

    @app.command("list", help="Show what was added.")
    def list_(context: typer.Context, person: Person = None) -> None:
        none = f"There is none. Add one: becoming {name} add ADDRESS"
        with_accounts(
            context, person, kind, lambda it: say(plain("\n".join(map(shown.format, it.all())) or none))
        )

    @app.command(help="Forget one, and its password; nothing in it is touched.")
    def remove(
        context: typer.Context,
        address: Annotated[str, typer.Argument(help="As it stands in the list.")],
        person: Person = None,
    ) -> None:
        def work(accounts: Kept[Any]) -> None:
            if not accounts.remove(address):
                raise InputError(f"There is no {name} of {address}. See: becoming {name} list")
            say("Removed, and its password with it.")

        with_accounts(context, person, kind, work)
