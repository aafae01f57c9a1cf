"""Tools of others, by voice: which one is meant, what it is given, read back before it changes anything, its answer read.

What only reads is asked once the words are whole (never for a partial); what changes the world waits for a yes. An answer is
somebody else's words: said as theirs, given to no model, kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from becoming.conversation import files
from becoming.conversation.hands.done import Done
from becoming.conversation.hands.reading import Read, Reader, read
from becoming.tools.approval import Proposal
from becoming.tools.mail.aloud import language
from becoming.tools.others import Calling, Choosing, Native, Server, Servers, Tool, fill
from becoming.tools.others.choosing import Meant
from becoming.tools.others.slots import Ask, Filled, checked

ANSWERED_S = 60.0
"""So long a question of hers about a tool may be answered."""
_SAID = files.table("hands/others.toml")
_TALK, _LEAVE, _FRESH = (re.compile(_SAID[each]) for each in ("talk", "leave", "fresh"))


@dataclass(frozen=True, slots=True)
class Told(Read):
    """What a tool told; or, where she asks for what is missing, what was said so far and the tools it may mean."""

    noted: str = "I asked one of your tools."
    so_far: str = ""
    open: tuple[Meant, ...] = ()


@dataclass
class OthersByEar(Reader):
    """The servers, and what is read of an answer. `pick` is a model's own choice of a tool, where it can make one."""

    servers: Servers
    calling: Calling
    choosing: Choosing
    ask: Ask
    clock: Callable[[], float]
    pick: Native | None = None

    def hear(self, said: str, text: str) -> Done | None:
        """See `Hand`."""
        if on := self.further(said):
            return on
        if (answered := self._answered(said, text)) or not (servers := self.servers.all()):
            return answered
        if named := self._named(said, servers):
            server, rest = named
            none = Told("asks a tool", (f"I don't see what {server.name} has for that.",))
            return self._of(text, self.choosing.meant(rest, [server], surely=True)) or none
        if _TALK.match(said) or len(said.split()) < 2:
            return None
        return self._of(text, self.choosing.meant(said, servers))

    def forget(self) -> None:
        """Keep nothing of it."""
        self.last, self.apart = Read("", ()), True

    def _named(self, said: str, servers: Sequence[Server]) -> tuple[Server, str] | None:
        names = "|".join(re.escape(it.name) for it in servers)
        if not (found := re.fullmatch(_SAID["named"].replace("NAMES", names), said)):
            return None
        name = found["name"] or found["last"]
        return next(it for it in servers if it.name == name), found["rest"] or found["before"]

    def _answered(self, said: str, text: str) -> Done | None:
        """The answer to her question: which of two, or what is missing."""
        last = self.last
        if not isinstance(last, Told) or not last.open or self.apart:
            return None
        if self.clock() - self.at > ANSWERED_S or len(said.split()) > 15:
            return None
        if _LEAVE.fullmatch(said):
            return Told("leaves it", ("All right.",))
        if _FRESH.match(said):
            return None
        if len(last.open) == 1:
            return self._of(f"{last.so_far} {text}", last.open, again=True)
        placed = [it for word, it in zip(("first", "second"), last.open, strict=True) if word in said.split()]
        meant = placed or [it for it in last.open if said in it[1].title or it[1].title in said]
        return self._of(last.so_far, meant) if len(meant) == 1 else None

    def _of(self, said: str, meant: Sequence[Meant], again: bool = False) -> Done | None:
        if not meant:
            return None
        if len(meant) > 1 and not self.pick:
            (_, one), (_, other) = meant
            asked = f"Do you mean {one.title}, or {other.title}?"
            return Told("asks which tool", (asked,), so_far=said, open=tuple(meant))
        changing = any(tool.changes_the_world for _, tool in meant)
        line = "One moment." if changing else f"Let me ask {meant[0][0].name}."
        return Told("asks a tool", (line,), later=partial(self._use, said, tuple(meant), again))

    def _use(self, said: str, meant: tuple[Meant, ...], again: bool) -> Done:
        """Fill in the form; then ask the tool, or, where it changes the world, the person. What is missing is asked for once."""
        server, tool, filled = self._filled(said, meant)
        if filled.missing:
            if again:
                return Told("leaves it", ("I didn't get that, so I leave it.",))
            asked = f"What should I give {server.name} as {filled.missing[0]}?"
            return Told("asks what is missing", (asked,), so_far=said, open=((server, tool),))
        if tool.changes_the_world:
            given = "; ".join(f"{name.replace('_', ' ')}: {_aloud(it)}" for name, it in filled.values.items())
            lines = (f"I'd have {server.name} {tool.title}{f', with {given}' if given else ''}.", "Shall I?")
            proposal = self._proposal(server, tool, filled, given, " ".join(lines))
            return Told("would use a tool", lines, proposal=proposal)
        return self._read(server, self.calling.call(server, tool, filled.values))

    def _filled(self, said: str, meant: tuple[Meant, ...]) -> tuple[Server, Tool, Filled]:
        today = datetime.fromtimestamp(self.clock()).date()
        picked = self.pick(said, [tool for _, tool in meant]) if self.pick else None
        for server, tool in meant:
            if picked and picked[0] == tool.name:
                return server, tool, checked(tool, picked[1], said, today)
        return *meant[0], fill(meant[0][1], said, self.ask, today)

    def _proposal(self, server: Server, tool: Tool, filled: Filled, given: str, ask: str) -> Proposal:
        def do() -> str:
            """Nothing of the answer goes into what she says by herself; it is read to who asks for it."""
            answer = self._read(server, self.calling.call(server, tool, filled.values))
            self.last, self.upto, self.at = answer, 0, self.clock()
            return f"{server.name.capitalize()} has done it."

        return Proposal(tool.title, server.name, given, ask, "I'm on it.", do)

    @staticmethod
    def _read(server: Server, told: tuple[str, ...]) -> Told:
        name = server.name.capitalize()
        if spoken := language(" ".join(told[:200])):
            return Told("a tool answers", (f"{name} answers in {spoken}, which my voice can't read.",))
        if not told:
            return Told("a tool answers", (f"{name} has nothing to say to that.",))
        return read(Told("a tool answers", (), sentences=(f"{name} says:", *told)))


def _aloud(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
