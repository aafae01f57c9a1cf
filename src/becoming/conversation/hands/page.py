"""A page of the web, or a file of theirs, read aloud. The address is the person's own word; what stands there is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from becoming.conversation import files
from becoming.conversation.hands.done import Done
from becoming.conversation.hands.reading import Read, Reader, begun
from becoming.tools.address import parts
from becoming.tools.browsing import Browsing, Item, meant
from becoming.tools.files import Folders
from becoming.tools.mail.aloud import speakable
from becoming.tools.page import Text, fetch

NO_FOLDER = (
    'I may look into no folder yet. Close me, type "becoming tools allow" and a folder, and start me again.'
)
_SAID = files.patterns("hands/page.toml")
_PLACE = "ADDRESS"


@dataclass(frozen=True, slots=True)
class Opened(Read):
    """What is read; or, where several files may be meant, those, and the place among them."""

    noted: str = "I read you something."
    found: tuple[Path, ...] = ()
    browsing: Browsing | None = None


@dataclass
class PageByEar(Reader):
    """Pages and files, and what is read of them."""

    folders: Folders
    clock: Callable[[], float]

    def hear(self, said: str, text: str) -> Done | None:
        """See `Hand`."""
        if on := self.further(said) or self._which(said):
            return on
        typed = text.replace(" dot ", ".").replace(" slash ", "/")
        if at := _SAID["address"].search(typed):
            around = meant(f"{typed[: at.start()]} {_PLACE} {typed[at.end() :]}")
            if _SAID["page"].fullmatch(around.replace(_PLACE.lower(), _PLACE)):
                return self._open(at[0].rstrip(".,!?;:)"))
        if asked := _SAID["file"].fullmatch(said):
            return self._find(next(filter(None, asked.groups())))
        return None

    def forget(self) -> None:
        """Keep nothing of it."""
        self.last, self.apart = Read("", ()), True

    def _open(self, address: str) -> Done:
        url = address if "://" in address else f"https://{address}"
        line = f"Let me get the page from {parts(url)[1]}."
        return Opened("asks for a page", (line,), later=lambda: _read(fetch(url), "The page"))

    def _find(self, words: str) -> Done:
        if not self.folders.all():
            return Opened("asks for a file", (NO_FOLDER,))
        if not (found := self.folders.find(words)):
            return Opened("asks for a file", ("I don't find a file called that.",))
        if len(found) == 1:
            return self._file(found[0])
        names = [f"{_name(it)}, in {speakable(it.parent.name)}" for it in found]
        browsing = Browsing([Item(name, words=it.name) for name, it in zip(names, found, strict=True)])
        step = browsing.hear("more")
        told = f"There are {len(found)}: {step.said if step else ''} Which one?"
        return Opened("asks for a file", (told,), found=tuple(found), browsing=browsing)

    def _which(self, said: str) -> Done | None:
        last = self.last
        if not isinstance(last, Opened) or not last.browsing or self.apart:
            return None
        step = last.browsing.hear(said)
        if step and step.kind == "item" and 0 <= step.at < len(last.found):
            return self._file(last.found[step.at])
        if step and step.kind == "stop":
            return Opened("stops reading", (step.said,))
        if step is None:
            return None
        return replace(last, lines=(step.said,), browsing=replace(last.browsing, at=step.at))

    def _file(self, file: Path) -> Done:
        return Opened("reads a file", (), later=partial(self._read, file))

    def _read(self, file: Path) -> Done:
        return _read(self.folders.read(file), _name(file))


def _read(it: Text, what: str) -> Opened:
    title = " ".join(speakable(it.title).split()[:15]).rstrip(".:!?")
    lead = f"{what} is called {title}:" if title and what == "The page" else f"{what} says:"
    return begun(Opened("reads", ()), what, lead, it.sentences, it.language)


def _name(file: Path) -> str:
    return " ".join(speakable(file.stem.replace("_", " ").replace("-", " ")).split()[:10]) or "That file"
