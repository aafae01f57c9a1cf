"""What every command shares: whose memory it is about, errors as a sentence, and what only a person can say."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.prompt import Confirm, Prompt

from becoming.config import Settings, settings
from becoming.events import BecomingError, StoreError

console = Console()

Person = Annotated[str | None, typer.Option(help="Whose memory, if several people talk with theirs here.")]

_Result = TypeVar("_Result")


def chosen(context: typer.Context, person: str | None, **changed: object) -> Settings:
    """The settings, changed by what was said on the command line, before or after the command's name."""
    said = {"person": person or context.obj, **changed}
    return settings().model_copy(update={key: value for key, value in said.items() if value is not None})


def carried_out(work: Callable[[Settings], _Result], chosen: Settings) -> _Result:
    """Do it; ask for what is missing and try again; a known error is said in a sentence, with status 1."""
    try:
        while True:
            try:
                return work(chosen)
            except StoreError as error:
                chosen = _mended(error, chosen)
    except BecomingError as error:
        console.print(f"[#c4553b]{escape(str(error))}[/]", highlight=False)
        raise typer.Exit(1) from error


def passphrase_of(chosen: Settings) -> str | None:
    """The passphrase that was given, in the clear."""
    return chosen.passphrase.get_secret_value() if chosen.passphrase else None


def _mended(error: StoreError, chosen: Settings) -> Settings:
    """The settings to try again with, after asking what only the person can say; else the error."""
    from becoming.store import DamagedStore, NeedsPassphrase, WrongPassphrase

    if isinstance(error, NeedsPassphrase | WrongPassphrase):
        new = isinstance(error, NeedsPassphrase) and error.new
        return chosen.model_copy(update={"passphrase": _ask_passphrase(error, new)})
    if isinstance(error, DamagedStore) and sys.stdin.isatty():
        _offer_rescue(error, chosen)
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


def _offer_rescue(error: StoreError, chosen: Settings) -> None:
    from becoming.store import folder_of, rescue

    console.print(str(error), highlight=False)
    if not Confirm.ask("Save what can be read? The damaged file is kept beside it", console=console):
        raise error
    with console.status("Saving …"):
        saved = rescue(folder_of(chosen.home, chosen.person), passphrase_of(chosen))
    console.print(
        f"{saved.moments:,} moments are safe, {saved.saved:,} of them newer than the last backup."
        + (f" The damaged file is {saved.aside}." if saved.aside else ""),
        highlight=False,
    )
