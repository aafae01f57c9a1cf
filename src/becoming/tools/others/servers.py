"""The servers a person added, in a note of their memory, each with its tools as they were shown when it was accepted.

So nobody is asked at a start, and what a server says of a tool later changes nothing: it is then not called any more.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from becoming.events import BecomingError, InputError
from becoming.tools.address import is_here, parts
from becoming.tools.mail.aloud import speakable

NOTE, MOST_TOOLS, MOST_FORM = "tools", 60, 20_000


class ToolError(BecomingError):
    """A tool of somebody else cannot be used; the message says why and what to do, and can be said aloud."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as its server tells of it, in words for an ear. `form` is the JSON schema of what it takes.

    `mark` tells whether it is still what was accepted. It `changes_the_world` unless its server says that it only reads.
    """

    name: str
    title: str
    about: str
    form: dict[str, Any]
    mark: str
    changes_the_world: bool = True

    @classmethod
    def of(cls, name: str, about: str, form: dict[str, Any], reads: bool) -> Tool:
        """From what a server said. Raises InputError for what nobody could mean well."""
        told = json.dumps([name, about, form, reads], sort_keys=True)
        if len(told) > MOST_FORM or not re.fullmatch(r"[\w./:-]{1,128}", name):
            raise InputError(f"Its tool {name[:40]!r} says too much of itself to be used by voice.")
        bare = re.sub(r"(?<=[a-z])(?=[A-Z])|[^a-zA-Z0-9]+", " ", name)  # its own title could say anything
        first = re.split(r"(?<=[.!?])\s|\n", speakable(about), maxsplit=1)[0]
        title, about = " ".join(bare.lower().split()[:6]), " ".join(first.split()[:30])
        return cls(name, title, about, form, hashlib.sha256(told.encode()).hexdigest(), not reads)


@dataclass(frozen=True, slots=True)
class Server:
    """A program to start (its `command`), or a `url` to call; and the tools of it that were accepted."""

    name: str
    command: tuple[str, ...] = ()
    url: str = ""
    tools: tuple[Tool, ...] = ()

    @classmethod
    def at(cls, name: str, where: Sequence[str]) -> Server:
        """From what was typed: a command and its arguments, or an address. Raises InputError."""
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9 ]{1,30}", name):
            raise InputError(f"Call it by a word that can be said, such as weather, instead of {name!r}.")
        if not where[0].startswith(("http://", "https://")):
            return cls(name.lower(), tuple(where))
        scheme, host, _ = parts(where[0])
        if scheme == "http" and not is_here(host):
            raise InputError("Without encryption only a server on this computer is asked. Use https.")
        return cls(name.lower(), url=where[0])


class Servers:
    """The servers of one person. `get` and `put` are the notes of their memory."""

    def __init__(self, get: Callable[[str], Any], put: Callable[[str, Any], None]) -> None:
        self._get, self._put = get, put
        self._all: list[Server] | None = None

    def all(self) -> list[Server]:
        """Every one, in the order they were added; read once, for each partial comes by here."""
        if self._all is None:
            kept = self._get(NOTE) or []
            rows = [{**row, "tools": tuple(Tool(**it) for it in row["tools"])} for row in kept]
            self._all = [Server(**{**row, "command": tuple(row["command"])}) for row in rows]
        return self._all

    def add(self, server: Server) -> None:
        """Keep an accepted one, in place of an earlier one of that name."""
        self._keep([*(it for it in self.all() if it.name != server.name), server])

    def remove(self, name: str) -> bool:
        """Forget one; whether there was one."""
        had = self.all()
        self._keep([it for it in had if it.name != name.lower()])
        return len(self.all()) < len(had)

    def _keep(self, servers: list[Server]) -> None:
        self._put(NOTE, [asdict(it) for it in servers])
        self._all = None
