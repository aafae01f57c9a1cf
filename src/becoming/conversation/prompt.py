"""The prompt of a day: a frozen prefix, then the day's turns, then the tail, append-only.

What the model has read once it need not read again, as long as every new prompt begins with the
old one. So what changes late stands last: the prefix (character, rules, examples) is the same for
weeks and is kept on disk; what is known of the person is the same for a day; the turns only grow; the tail is what is being said now. When the context
would overflow, the older half of the turns is dropped at once, between two turns, never in one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from becoming.conversation.examples import pairs
from becoming.conversation.files import read
from becoming.events import Person
from becoming.language import Message

CONTEXT = 4096  # tokens the model can hold
ROOM = 400  # of them kept free for what is being said and answered
TOKENS_A_CHARACTER = 0.3  # English in this tokenizer measures 0.22 to 0.27
TOKENS_A_MESSAGE = 6


def prefix(person: Person, character: str) -> list[Message]:
    """The frozen beginning: who she is, the rules of speaking, and the examples as real turns."""
    return [*brief(person, character), *_turns(pairs("examples/always.md"))]


def brief(person: Person, character: str) -> list[Message]:
    """The same without examples."""
    rules = read("prompts/rules.md").format(person=person.name or "somebody")
    system = f"{character.strip()}\n{rules}"
    return [_message("system", system.strip())]


class Day:
    """The messages of one day, kept so that each prompt begins with the one before."""

    def __init__(self, frozen: list[Message], carried: Sequence[str] = ()) -> None:
        """`carried` is what is known of the person, in their words: it stands behind what is frozen, as it changes
        every night and must not lie readable on the disk, where the read prefix is kept."""
        self.frozen = frozen
        told = " ".join(f'"{each}"' for each in carried)
        self._carried = _turns([(f"(I told you: {told})", "I know.")]) if told else []
        self._turns: list[Message] = []

    @property
    def name(self) -> str:
        """A name for the prefix that changes when its words do."""
        text = "\n".join(f"{each['role']}: {each['content']}" for each in self.frozen)
        return f"prefix-{hashlib.sha256(text.encode()).hexdigest()[:16]}"

    def messages(self, now: str | None = None) -> list[Message]:
        """The prompt so far, with what is being said `now` at its end."""
        return [*self.frozen, *self._carried, *self._turns, *([_message("user", now)] if now else [])]

    def add(self, heard: str, said: str | None) -> None:
        """Append a turn, and make room when the next one might not fit."""
        if heard:
            self._turns.append(_message("user", heard))
        if said:
            self._turns.append(_message("assistant", said))
        if self._size() > CONTEXT - ROOM:
            half = self._turns[len(self._turns) // 2 :]
            first = next((at for at, each in enumerate(half) if each["role"] == "user"), 0)
            self._turns = half[first:]

    def _size(self) -> float:
        every = self.messages()
        return sum(len(each["content"]) * TOKENS_A_CHARACTER + TOKENS_A_MESSAGE for each in every)


def _turns(pairs: Sequence[tuple[str, str]]) -> list[Message]:
    return [
        message for heard, said in pairs for message in (_message("user", heard), _message("assistant", said))
    ]


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}
