"""What has been said today, as far as it may be known: what a reply is understood from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from becoming.conversation import prompt
from becoming.conversation.kinds import Stance
from becoming.events import Person
from becoming.memory import Life


@dataclass(slots=True)
class Today:
    """The day's talk, oldest first: the person's lines, hers, and what her replies did.

    `day` is the same as the model reads it, `carried` what is known of the person in their words; `moments` are the ids of
    what was kept; `fact` is the question about the world she has just answered, with her answer.
    """

    day: prompt.Day
    carried: Sequence[str]
    heard: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    taken: list[Stance] = field(default_factory=list)
    moments: set[int] = field(default_factory=set)
    fact: tuple[str, str] | None = None

    @classmethod
    def of(cls, past: Life, person: Person, character: str) -> Today:
        """What `past` holds of today, and nothing that was forgotten or off the record."""
        carried = past.carried()
        today = cls(prompt.Day(prompt.prefix(person, character), carried), carried)
        for moment in past.today():
            today.moments.add(moment.id)
            if moment.role == "person":
                today.add(moment.text, "")
            else:
                today.add("", moment.text)
        return today

    @property
    def before(self) -> str:
        """Her last line; empty where there is none."""
        return self.said[-1] if self.said else ""

    def add(self, heard: str, said: str) -> None:
        """Append what was heard and what was said, where there was something."""
        if heard:
            self.heard.append(heard)
        if said:
            self.said.append(said)
        self.day.add(heard, said or None)
