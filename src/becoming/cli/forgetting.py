"""`becoming forget`: what would go, one question, and what went."""

from __future__ import annotations

import time
from pathlib import Path

from rich.prompt import Confirm

from becoming.cli.asking import console
from becoming.cli.showing import day, plain, say
from becoming.events import BecomingError, InputError, Loss, Receipt
from becoming.llm.embedded import drop_prompts
from becoming.memory.forgetting.erasing import Forgetting
from becoming.store import Store

_SHOWN = 20


def forget(store: Store, home: Path, words: str, book: int | None, belief: int | None) -> None:
    """Show, ask, do it, and say whether anything is left: of what the words name, or of one book or belief by its
    number. Raises InputError where nothing is meant."""
    forgetting = Forgetting(store, drop_prompts=lambda: drop_prompts(home))
    forgetting.catch_up()
    loss = _plan(forgetting, words, book, belief)
    if loss.nothing:
        say("There is nothing of it to forget.")
        return
    _show(loss)
    if not Confirm.ask("Forget this for good? It cannot be brought back", console=console, default=False):
        say("Nothing was changed.")
        return
    with console.status("Forgetting …"):
        receipt = forgetting.forget(loss, time.time())
    _tell(receipt)


def _plan(forgetting: Forgetting, words: str, book: int | None, belief: int | None) -> Loss:
    if book is not None:
        return forgetting.plan_book(book)
    if belief is not None:
        return forgetting.plan_belief(belief)
    if words:
        return forgetting.plan(words, time.time())
    raise InputError(
        'Say what to forget: becoming forget "everything about Anna", or --book or --belief NUMBER.'
    )


def _show(loss: Loss) -> None:
    if loss.everything:
        say("[#c4553b]All of it would go: every talk, every belief, everybody, everything she read.[/]")
    _list("said", [f"{day(one.at)}: {one.text}" for one in loss.moments])
    _list("held true", [one.text for one in loss.beliefs])
    _list("known", list(loss.people))
    _list("read", [title for _, title in loss.books])
    _list("kept", list(loss.notes))
    if loss.reopened:
        say("Then true again: " + "; ".join(plain(one.text) for one in loss.reopened))


def _list(kind: str, lines: list[str]) -> None:
    for line in lines[:_SHOWN]:
        say(f"  [dim]{kind:>9}[/]  {plain(line)}")
    if len(lines) > _SHOWN:
        say(f"  [dim]{kind:>9}[/]  and {len(lines) - _SHOWN:,} more")


def _tell(receipt: Receipt) -> None:
    counts = {
        "moments": receipt.moments,
        "beliefs": receipt.beliefs,
        "people": receipt.people,
        "books": receipt.books,
        "notes": receipt.notes,
        "backups made anew": receipt.backups_replaced,
        "prepared prompts": receipt.prompts_dropped,
    }
    say("Gone: " + ", ".join(f"{name} {count:,}" for name, count in counts.items() if count) + ".")
    if receipt.left:
        raise BecomingError(f"Something of it is still in {', '.join(receipt.left)}. Run the same again.")
    if receipt.beyond:
        say("No word of it is left in her memory and its index.")
        say(f"It may still be in {plain(' and '.join(receipt.beyond))}: she cannot reach it there.")
    else:
        say("No word of it is left in her memory, its index, its journal or its backups.")
