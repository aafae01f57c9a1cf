"""The talk in a terminal: written, and spoken where this computer has a sound card."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, aclosing, suppress

from rich.console import Console
from rich.markup import escape

from becoming.app import Home
from becoming.events import (
    Backchannel,
    BecomingError,
    Clause,
    Ducked,
    Fault,
    Reply,
    ReplyAudio,
    ReplyEnded,
    ReplyText,
    Resumed,
    SpeechEvent,
    StoreError,
    TurnEnded,
    Utterance,
)
from becoming.speech.card import Card

_QUIET, RINGS_EVERY_S = 0.22, 1.0


async def written(home: Home, console: Console, debug: bool = False) -> None:
    """Read lines until the end of input (Ctrl-D); answer each one, clause by clause.

    With `debug`, what each reply did and why is shown below it. A line typed while she answers interrupts her; of what is
    piped in, all is there from the beginning and interrupts nothing.
    """
    lines = _lines()
    cut = (lambda: not lines.empty()) if sys.stdin.isatty() else (lambda: False)
    await _greet(home, console, cut)
    ringing = asyncio.create_task(_rings(home, console))
    while (line := await lines.get()) is not None:
        if line:
            await _answer(home, console, line, cut)
            if debug and (taken := home.stances()):
                console.print(f"[dim]{taken[-1]['kind']}: {taken[-1]['reason']}[/]", highlight=False)
    ringing.cancel()


async def _rings(home: Home, console: Console) -> None:
    """Write what rings, whenever that is."""
    while True:
        await asyncio.sleep(RINGS_EVERY_S)
        if home.ringing.unsaid and any(await asyncio.to_thread(home.ringing.due)):
            said = await _print(home, console, home.ringing.say(), lambda: False)
            await home.ringing.said(Reply(said, time.time(), "text", said))


def _lines() -> asyncio.Queue[str | None]:
    """The terminal's lines as they are typed, then None.

    Read in a thread that may be left behind: one that waits for Enter must not keep the program
    from ending.
    """
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile
            for line in sys.stdin:
                loop.call_soon_threadsafe(lines.put_nowait, line.strip())
            loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, name="terminal", daemon=True).start()
    return lines


async def _greet(home: Home, console: Console, cut: Callable[[], bool]) -> None:
    said = await _print(home, console, home.greet(), cut)
    await home.greeted(Reply(said, time.time(), "text", said) if said else None)


async def _answer(home: Home, console: Console, line: str, cut: Callable[[], bool] = lambda: False) -> None:
    heard = Utterance(line, time.time(), "text")
    said = await _print(home, console, home.draft(line, "text"), cut)
    try:
        await home.settle(heard, Reply(said, time.time(), "text", said, cut()) if said else None)
    except StoreError as error:  # a full disk ends no talk
        console.print(f"[dim]{error.spoken} {escape(str(error))}[/]", highlight=False)
    if step := home.birth_step():
        _offer(console, step.get("choices") or [])


async def _print(
    home: Home, console: Console, clauses: AsyncIterator[Clause], cut: Callable[[], bool]
) -> str:
    """Write her clauses as they come, until somebody cuts in; what she said."""
    said: list[str] = []
    hers, last = f"[bold #c4553b]{home.name or 'her'}[/]", ""
    try:
        async with aclosing(clauses) as each:  # type: ignore[type-var]
            async for clause in each:
                who = f"[bold]{escape(clause.part.name)}[/]" if clause.part else hers
                if who != last:
                    console.print(f"{chr(10) if last else ''}{who}", end="  ")
                    last = who
                console.print(clause.text, end=" ", highlight=False, markup=False)
                said.append(clause.text)
                if cut():
                    break
    except BecomingError as error:
        console.print(f"{'' if last else f'{hers}  '}[dim]{error.spoken or error}[/]", end="")
    console.print()
    return " ".join(said)


def _offer(console: Console, choices: list[dict[str, str]]) -> None:
    if choices:
        console.print("[dim]" + " · ".join(choice["label"] for choice in choices) + "[/]")


async def spoken(home: Home, console: Console) -> None:
    """Talk through the sound card until it is cancelled. Raises NoSoundCard."""
    async with AsyncExitStack() as stack:
        voice = Loudspeaker(console, lambda: home.name)
        engine = home.engine_for(voice.take)
        stack.push_async_callback(engine.close)
        voice.card = stack.enter_context(Card(engine.hear))
        await engine.say(home.greet(), home.greeted)
        await home.ringing.voice(engine)


class Loudspeaker:
    """Her events as sound and as lines of the terminal."""

    def __init__(self, console: Console, name: Callable[[], str]) -> None:
        self._console, self._name = console, name
        self.card: Card | None = None

    def take(self, event: SpeechEvent) -> None:
        """Play, duck, drop or print."""
        card = self.card
        if card is None:
            return
        match event:
            case ReplyAudio(_, pcm, _) | Backchannel(_, pcm, _):
                card.play(pcm)
            case Ducked():
                card.gain(_QUIET)
            case Resumed():
                card.gain(1.0)
            case ReplyEnded(_, _, interrupted, _):
                card.gain(1.0)
                if interrupted:
                    card.drop()
            case TurnEnded(_, text, _, _) if text:
                self._console.print(f"[dim]you[/]  {text}", highlight=False)
            case ReplyText(_, text, _, part):
                who = f"[bold]{part}[/]" if part else f"[bold #c4553b]{self._name() or 'her'}[/]"
                self._console.print(f"{who}  {text}", highlight=False)
            case Fault(_, text, _):
                self._console.print(f"[dim]{text}[/]", highlight=False)
            case _:
                pass
