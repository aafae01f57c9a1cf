"""`becoming goodbye`: one question, a letter and a folder, and nothing left."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

from rich.prompt import Confirm

from becoming.care.hearing import UPPER, Hearing
from becoming.cli.asking import console
from becoming.cli.showing import plain, say
from becoming.config import Settings
from becoming.conversation.parting import fits
from becoming.events import BecomingError
from becoming.llm.embedded import drop_prompts
from becoming.memory import Memory
from becoming.memory.leaving import goodbye
from becoming.memory.recall.embedding import Sentences
from becoming.store import Store
from becoming.tools.calendar.accounts import Accounts as Calendars
from becoming.tools.mail import Accounts as Mails


def say_goodbye(store: Store, settings: Settings, folder: Path | None) -> None:
    """Ask once; write, erase, and say what is where. Raises BecomingError if anything is left."""
    target = folder or goodbye.free(Path.home() / f"becoming-{datetime.now():%Y-%m-%d}")
    say(
        f"A letter and everything you told her goes to {plain(str(target))}, unencrypted. Then all of it is erased "
        "here: her, her memory, its backups and its key."
    )
    if not Confirm.ask("Leave for good? It cannot be brought back", console=console, default=False):
        say("Nothing was changed.")
        return
    hear = Hearing(Sentences(UPPER)).hear
    get, put = Memory(store).get, Memory(store).put
    dropping = [accounts(get, put).dropping() for accounts in (Mails, Calendars)]
    with console.status("Writing, then erasing …"):
        left = goodbye.leave(
            store, target, lambda: drop_prompts(settings.home), lambda text: fits(text, hear), time.time()
        )
    for drop in dropping:
        drop()
    if left.left:
        raise BecomingError(left.told)
    say(plain(left.told))
    say("Go well.")
