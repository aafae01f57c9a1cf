"""Looking after a memory: reading to her, asking what she remembers, leaving and coming back."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from becoming.cli.asking import Person, carried_out, chosen, console, passphrase_of
from becoming.cli.showing import day, plain, say
from becoming.config import Settings
from becoming.events import BecomingError, InputError

if TYPE_CHECKING:  # each command imports what it needs: none should wait for what another one needs
    from becoming.events import Belief
    from becoming.memory.library import Library
    from becoming.store import Store

_Result = TypeVar("_Result")

Files = Annotated[list[Path] | None, typer.Argument(help="Books, letters, chats, or folders of them.")]
Limit = Annotated[int, typer.Option(min=1, help="How many at most.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (read, recall, beliefs, portrait, deeds, forget):
        app.command()(command)
    app.command("export")(leave)
    app.command()(goodbye)
    app.command("import")(come_back)


def read(context: typer.Context, files: Files = None, person: Person = None) -> None:
    """Read books, letters and chats to her; without a file, show what she has read."""
    with_store(chosen(context, person), lambda store: _read(store, files or []))


def recall(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help="What to be reminded by.")],
    limit: Limit = 5,
    person: Person = None,
) -> None:
    """Show what comes to her mind at these words, from when, and why."""
    with_store(chosen(context, person), lambda store: _recall(store, words, limit))


def beliefs(
    context: typer.Context,
    about: Annotated[str | None, typer.Argument(help='Somebody: "you", "sister", "Iris".')] = None,
    history: Annotated[bool, typer.Option("--history", help="Also what she held once.")] = False,
    person: Person = None,
) -> None:
    """Show what she holds true, and in which words she learned it."""
    with_store(chosen(context, person), lambda store: _beliefs(store, about, history))


def portrait(
    context: typer.Context,
    tell: Annotated[str | None, typer.Option(help="Write a sentence into it, in your own words.")] = None,
    person: Person = None,
) -> None:
    """Show the page about you that she carries into the day, line by line with its number."""
    with_store(chosen(context, person), lambda store: _portrait(store, tell))


def deeds(context: typer.Context, limit: Limit = 20, person: Person = None) -> None:
    """Show what she did for you or asked to do, and what became of it, the latest last."""
    from becoming.memory import Memory
    from becoming.tools.approval import Approvals

    def work(store: Store) -> None:
        notes = Memory(store)
        for it in Approvals(notes.get, notes.put, time.time).deeds()[-limit:]:
            why = f" ({it.because})" if it.because else ""
            say(f"[bold]{day(it.at)}, {plain(f'{it.what}, {it.whom}: {it.came}{why}')}[/]")
            say(plain(it.words) + "\n")

    with_store(chosen(context, person), work)


def forget(
    context: typer.Context,
    what: Annotated[
        list[str] | None, typer.Argument(help='"everything about Anna", "last Tuesday" …')
    ] = None,
    book: Annotated[int | None, typer.Option(help="Something she has read, by its number.")] = None,
    belief: Annotated[int | None, typer.Option(help="Something she holds true, by its number.")] = None,
    person: Person = None,
) -> None:
    """Forget for good: shows what would go, and asks once."""
    from becoming.cli import forgetting

    settings, words = chosen(context, person), " ".join(what or [])
    with_store(settings, lambda store: forgetting.forget(store, settings.home, words, book, belief))


def leave(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    person: Person = None,
) -> None:
    """Write all of her memory to a folder that you can read, and that `import` can bring back."""
    from becoming.memory.leaving.folder import export

    written = with_store(chosen(context, person), lambda store: export(store, folder))
    say(f"All of it is in {plain(str(written))}. It is not encrypted: keep it safe.")


def goodbye(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="A new folder for what you take along.")] = None,
    person: Person = None,
) -> None:
    """Leave for good: a last letter, everything in a folder, then all of it erased. Asks once."""
    from becoming.cli.leaving import say_goodbye

    settings = chosen(context, person)
    with_store(settings, lambda store: say_goodbye(store, settings, folder))


def come_back(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="What `becoming export` wrote.")],
    person: Person = None,
) -> None:
    """Make an exported memory live again here, where there is none yet."""
    from becoming.memory.leaving.folder import restore

    rows = with_store(chosen(context, person), lambda store: restore(store, folder), new=True)
    say(f"She remembers again ({rows:,} rows).")


def with_store(settings: Settings, work: Callable[[Store], _Result], *, new: bool = False) -> _Result:
    """Do something with one person's memory; what goes wrong is said in a sentence.

    Only with `new` is a memory begun where there was none.
    """
    from becoming.store import is_begun, open_store

    def opened(settings: Settings) -> _Result:
        if not new and not is_begun(settings):
            start = "becoming" if settings.person == "first" else f"becoming --person {settings.person}"
            raise InputError(f"There is no memory of {settings.person!r} here yet. Begin it: {start}")
        with closing(open_store(settings, passphrase_of(settings))) as store:
            return work(store)

    return carried_out(opened, settings)


# ── the work ────────────────────────────────────────────────────────────────────────────────


def _read(store: Store, paths: list[Path]) -> None:
    from becoming.memory.library import Library
    from becoming.memory.recall.embedding import Words

    library = Library(store, Words())
    if not paths:
        for book in library.books():
            say(f"{book.id:>4}  {plain(book.title)}  [dim]{book.form}, read {day(book.read)}[/]")
        return
    failed = False
    for path in paths:
        failed = _read_path(library, path) or failed
    with console.status("Taking in what it means …"):
        library.catch_up()
    if failed:
        raise BecomingError("Not everything could be read; see above.")


def _read_path(library: Library, path: Path) -> bool:
    """Read a file, or every file of a folder or zip; whether anything could not be read."""
    from becoming.tools import reading

    failed = False
    try:
        with console.status(f"Reading {path.name} …") as status:
            for source in reading.sources(path):
                status.update(f"Reading {source.name} …")
                try:
                    book = library.add(reading.read(source), time.time())
                except InputError as error:
                    failed = True
                    say(f"[#c4553b]✗[/] {plain(str(error))}")
                else:
                    say(f"✓ {plain(book.title)}  [dim]{book.passages:,} passages[/]")
    except InputError as error:
        failed = True
        say(f"[#c4553b]✗[/] {plain(str(error))}")
    return failed


def _recall(store: Store, words: str, limit: int) -> None:
    from becoming.memory.library import Library
    from becoming.memory.recall.embedding import Sentences, Words
    from becoming.memory.recall.search import Recall

    found = Recall(store, Sentences()).search(words, time.time(), limit=limit)
    for one in found:
        who = "you" if one.moment.role == "person" else "she"
        say(f"{day(one.moment.at)}, {who}: {plain(one.moment.text)}\n   [dim]{plain(one.reason)}[/]")
    passages = Library(store, Words()).search(words, limit)
    for passage in passages:
        say(f"read in {plain(passage.title)}, {plain(passage.place)}:\n   {plain(passage.text)}")
    if not found and not passages:
        say("Nothing comes to mind.")


def _beliefs(store: Store, about: str | None, history: bool) -> None:
    from becoming.memory.beliefs.holding import Beliefs

    held = Beliefs(store)
    shown = held.history(about) if history else held.current(about)
    for belief in shown:
        say(f"{belief.id:>4}  {plain(belief.text)}  [dim]{plain(_times(belief))}[/]")
        for source in held.how_known(belief.id):
            against = "against it, " if source.against else ""
            say(f"      [dim]{against}{day(source.moment.at)}: “{plain(source.quote)}”[/]")
    if not shown:
        say("She holds nothing true yet." if about is None else f"She knows nothing of {plain(about)}.")


def _portrait(store: Store, tell: str | None) -> None:
    from becoming.memory import portrait
    from becoming.memory.beliefs.holding import Beliefs

    if tell:
        Beliefs(store).tell(tell, time.time())
    with store.read() as connection:
        lines = portrait.portrait(connection)
    for part in portrait.PARTS:
        here = [line for line in lines if line.part == part]
        if here:
            say(f"[bold]{part}[/]")
        for line in here:
            say(f"{line.belief:>4}  {plain(line.text)}")
    if not lines:
        say("She knows nothing of you yet.")


def _times(belief: Belief) -> str:
    if belief.current:
        return f"since {day(belief.learned)}"
    over = belief.unlearned if belief.true_to is None else belief.true_to
    kind = "taken back" if belief.true_to is None else "until"
    return f"learned {day(belief.learned)}, {kind} {day(over or belief.learned)}"
