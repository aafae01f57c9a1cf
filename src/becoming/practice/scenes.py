"""Scenes as text files, edited by hand: who is played, what they want, how they talk.

title: apologising to a friend        goes on from "How did it go, …?"
who: Robin, your friend               a name, and who that is to the person
voice: female                         or male
for: apolog|say(?:ing)? sorry         a pattern: asked for in these words it is this scene
opens: Hey. You wanted to talk?

A paragraph that says what happened and what they want; {you} is the person.

> what the person may say             three pairs or more, in which they are heard talking
holds: what is answered               holds, stung, firm, answers, reached or gives (parts.toml)

+ holds: You didn't even | So when    further beginnings of their sentences, if any
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, NoReturn, cast, get_args

from becoming.events import InputError, Part

FOLDER = resources.files("becoming.practice")
HEAD = ("title", "who", "voice", "for", "opens")
FEWEST = 3

Does = Literal["holds", "stung", "firm", "answers", "reached", "gives"]
"""What somebody who is played does with what was said to them."""


@cache
def table(name: str) -> dict[str, Any]:
    """A data file of this room."""
    return tomllib.loads(FOLDER.joinpath(name).read_text(encoding="utf-8"))


class SceneError(InputError):
    """A scene file cannot be read; the message names file and line. It is said, too: whoever edits scenes may hear it only."""

    def __init__(self, file: str, line: int, what: str) -> None:
        super().__init__(f"The scene {file}, line {line}: {what}")
        self.spoken = str(self)


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene. `calls` is what they are to the person ("your friend"); `lines` are (who, does, text), who "you" or "they"."""

    key: str
    title: str
    name: str
    calls: str
    voice: Literal["female", "male"]
    asked: re.Pattern[str]
    opens: str
    about: str
    lines: tuple[tuple[str, str, str], ...]
    leads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """How they are spoken of: by name, or by what they are to the person."""
        return self.calls if self.name.lower() in self.calls else self.name

    @property
    def part(self) -> Part:
        """Whom she plays."""
        return Part(self.name, self.voice)


def scenes(own: Path | None = None) -> dict[str, Scene]:
    """Every ready scene by its key, those in the folder `own` with them. Raises SceneError."""
    return {each.key: each for folder in (_packaged(), _of(own)) for each in folder}


@cache
def _packaged() -> tuple[Scene, ...]:
    return tuple(_read(FOLDER.joinpath("scenes")))


def _of(own: Path | None) -> tuple[Scene, ...]:
    return tuple(_read(own)) if own and own.is_dir() else ()


def _read(folder: Traversable) -> Iterator[Scene]:
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".txt"):
            yield parse(file.name, file.read_text(encoding="utf-8"))


def parse(file: str, text: str) -> Scene:
    """The scene in a file's `text`. Raises SceneError."""

    def wrong(at: int, what: str) -> NoReturn:
        raise SceneError(file, at, what)

    head: dict[str, str] = {}
    about: list[str] = []
    lines: list[tuple[str, str, str]] = []
    leads: dict[str, tuple[str, ...]] = {}
    asked = re.compile("(?!)")
    rows = text.splitlines()
    for at, row in enumerate(map(str.strip, rows), 1):
        key, colon, value = (part.strip() for part in row.removeprefix("+").partition(":"))
        if not row:
            continue
        if row.startswith("+"):
            if key not in get_args(Does) or not value:
                wrong(at, f"write '+ holds: a beginning | another', with one of {', '.join(get_args(Does))}.")
            leads[key] = (*leads.get(key, ()), *(each.strip() for each in value.split("|")))
        elif row.startswith(">"):
            if lines and lines[-1][0] == "you":
                wrong(at, "the line before it has no answer; write 'holds: …' below it.")
            lines.append(("you", "", row[1:].strip()))
        elif lines:
            if key not in get_args(Does) or not value or lines[-1][0] != "you":
                wrong(at, f"an answer is '{get_args(Does)[0]}: …' below a line '> …'; here is {row[:40]!r}.")
            lines.append(("they", key, value))
        elif not about and colon and key in HEAD:
            head[key] = value or wrong(at, f"nothing stands behind '{key}:'.")
            if key == "for":
                try:
                    asked = re.compile(value)
                except re.error as error:
                    wrong(at, f"'for' is no pattern: {error}.")
            elif key == "voice" and value not in ("female", "male"):
                wrong(at, "a voice is female or male.")
        elif not about and len(head) < len(HEAD):
            wrong(at, f"only {', '.join(HEAD)} stand at the top; missing so far: {_missing(head)}.")
        else:
            about.append(row)
    if len(head) < len(HEAD) or not about:
        wrong(len(rows), f"it ends without {_missing(head) or 'a paragraph about what happened'}.")
    if len(lines) < 2 * FEWEST or lines[-1][0] == "you":
        wrong(len(rows), f"it needs {FEWEST} lines '> …', each with an answer below.")
    name, _, calls = head["who"].partition(", ")
    voice = cast(Literal["female", "male"], head["voice"])
    return Scene(
        file.removesuffix(".txt"), head["title"], name, calls, voice, asked, head["opens"], " ".join(about),
        tuple(lines), leads,
    )  # fmt: skip


def _missing(head: Mapping[str, str]) -> str:
    return ", ".join(f"'{each}:'" for each in HEAD if each not in head)
