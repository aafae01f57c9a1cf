"""The birth: a few questions, the book of names, a name. Plain data and one function from answer to words.

The same object serves the page, the voice and the terminal:

    birth = Birth(voices, seed=secrets.randbits(63))
    say(birth.step.text)
    while not birth.over:
        for line in birth.answer(listen()):   # the last line is always the next `step.text`
            say(line)
        keep(birth.dump())                    # JSON; Birth.load(...) goes on where it stopped
    being, person = birth.result

Steps: notice → age → call → voice → brings → naming → born (or turned_away, which is final).
`answer` reads the book when she chooses her name, which takes a noticeable part of a second: call
it in a thread where something else is running.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from ..events import Being, InputError, Person, Voice
from . import book as books
from . import lines
from .answers.age import adult
from .answers.choices import picked, verdict
from .answers.names import called, corrected, hint, only_spelled
from .answers.text import nothing, plain
from .brings import themes
from .naming import Choice, choose, given, respelled
from .reasons import more
from .traits import first_traits

VERSION = 1
LONGEST_BRINGS = 500


@dataclass(frozen=True, slots=True)
class Question:
    """What she asks now. `choices` are suggestions for buttons; any words will do as an answer."""

    key: str
    text: str
    choices: tuple[str, ...] = ()


@dataclass(slots=True)
class _State:
    """Everything a birth knows; plain data."""

    seed: int
    voices: list[Voice]
    step: str = "notice"
    unclear: int = 0
    name: str = ""
    back_to: str = ""
    voice: str = ""
    brings: str = ""
    choice: Choice | None = None
    own: Choice | None = None  # her own, while one the person gave her is being confirmed
    refused: list[str] = field(default_factory=list)
    wishes: str = ""
    born: float = 0.0


class Birth:
    """One birth, from the notice to her name. See the module's docstring."""

    def __init__(
        self,
        voices: Sequence[Voice],
        seed: int,
        clock: Callable[[], float] = time.time,
        read: Callable[[], books.Book] = books.read,
    ) -> None:
        if not voices:
            raise InputError("A birth needs at least one voice to choose from.")
        self._state = _State(seed=seed, voices=list(voices))
        self._clock, self._read = clock, read

    @property
    def step(self) -> Question:
        """What she is asking (or, when the birth is over, what she said last)."""
        state = self._state
        labels = [voice.label for voice in state.voices]
        name = state.choice.name if state.choice else ""
        asked: dict[str, tuple[str, tuple[str, ...]]] = {
            "notice": (lines.NOTICE, lines.YES_NO),
            "age": (lines.AGE_AGAIN, lines.YES_NO),
            "turned_away": (lines.TURNED_AWAY[-1], ()),
            "call": (lines.CALL_AGAIN if state.unclear or state.back_to else lines.CALL, ()),
            "voice": (lines.voice(labels), tuple(labels)),
            "brings": (lines.with_name(lines.BRINGS, state.name), ()),
            "naming": (lines.IS_IT.format(name=name), (lines.RIGHT, lines.WRONG))
            if state.own
            else (lines.MAY_I.format(name=name), (lines.KEEP, lines.ANOTHER)),
            "born": (lines.with_name(lines.BORN.format(name=name), state.name), ()),
        }
        text, choices = asked[state.step]
        return Question(state.step, text, choices)

    @property
    def over(self) -> bool:
        """Whether there is nothing left to answer: she is born, or the person was turned away."""
        return self._state.step in ("born", "turned_away")

    @property
    def result(self) -> tuple[Being, Person]:
        """Who was born, and to whom. Raises InputError before that."""
        state = self._state
        if state.step != "born" or state.choice is None:
            raise InputError(f"She is not born yet: the birth is at its step '{state.step}'.")
        traits = first_traits(state.seed, state.brings)
        being = Being(state.choice.name, state.choice.why, state.voice, state.born, traits)
        return being, Person(name=state.name, brings=state.brings)

    def turn_away(self) -> None:
        """They said before that they are under eighteen; it is not asked again."""
        self._state.step = "turned_away"

    def answer(self, text: str) -> list[str]:
        """What she says to an answer; the last line is the next question. Takes any string."""
        state = self._state
        if self.over:
            return list(lines.TURNED_AWAY) if state.step == "turned_away" else [self.step.text]
        said = plain(text)
        if state.name and state.step in ("voice", "brings", "naming"):
            right = self._right_name(said)
            if right != state.name:
                return [*self._correct(right), self.step.text]
        handlers: dict[str, Callable[[str], list[str]]] = {
            "notice": self._age,
            "age": self._age,
            "call": self._call,
            "voice": self._voice,
            "brings": self._brings,
            "naming": self._naming,
        }
        return [*handlers[state.step](said), self.step.text]

    def dump(self) -> dict[str, Any]:
        """Everything, as JSON: keep it after every answer."""
        return {"version": VERSION, **asdict(self._state)}

    @classmethod
    def load(
        cls,
        kept: Mapping[str, Any],
        clock: Callable[[], float] = time.time,
        read: Callable[[], books.Book] = books.read,
    ) -> Birth:
        """A birth as `dump` left it. Raises InputError when it is not one."""
        try:
            values = {name: value for name, value in kept.items() if name != "version"}
            if kept["version"] != VERSION:
                raise ValueError(kept["version"])
            values["voices"] = [Voice(**voice) for voice in values["voices"]]
            for name in ("choice", "own"):
                values[name] = Choice(**values[name]) if values[name] else None
            birth = cls(values["voices"], values["seed"], clock, read)
            birth._state = _State(**values)
            birth.step  # noqa: B018 — an unknown step is found here, not in the middle of a talk
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"This is no birth that was kept ({error!r}); begin a new one.") from error
        return birth

    # ── one answer at each step ─────────────────────────────────────────────────────────────

    def _age(self, said: str) -> list[str]:
        of_age = adult(said, time.gmtime(self._clock()).tm_year)
        if of_age is None:
            self._state.step = "age"
            return []
        self._state.step = "call" if of_age else "turned_away"
        return [] if of_age else list(lines.TURNED_AWAY[:-1])

    def _call(self, said: str) -> list[str]:
        state = self._state
        name = called(said)
        if name is None and not state.unclear:
            state.unclear = 1
            return []
        state.name, state.unclear = name or "", 0
        after = "voice" if len(state.voices) > 1 else "brings"
        state.step, state.back_to = state.back_to or after, ""
        if state.step == "brings" and not state.voice:
            state.voice = state.voices[0].key
        again = self._propose() if state.step == "naming" else []
        return [self._hello(state.name), *again]

    def _hello(self, name: str) -> str:
        if not name:
            return lines.NO_NAME
        known = self._read().find(name.split()[0]) is not None
        return (lines.HELLO if known else lines.HELLO_UNSURE).format(name=name)

    def _voice(self, said: str) -> list[str]:
        state = self._state
        voices = state.voices
        place = picked(said, [voice.label for voice in voices], [voice.gender for voice in voices])
        if place is None and not state.unclear:
            state.unclear = 1
            return [lines.VOICE_AGAIN]
        taken = voices[place or 0]
        state.voice, state.step, state.unclear = taken.key, "brings", 0
        return [lines.VOICE_TAKEN.format(label=taken.label)]

    def _brings(self, said: str) -> list[str]:
        state = self._state
        state.brings = "" if nothing(said) else said[:LONGEST_BRINGS]
        state.step = "naming"
        touched = themes(state.brings)
        thanks = lines.HEAVY if "heavy" in touched else lines.TOLD if state.brings else lines.NOT_TOLD
        return [thanks, lines.BEFORE_READING, *self._propose()]

    def _naming(self, said: str) -> list[str]:
        state = self._state
        assert state.choice is not None
        meant = verdict(said, state.choice.name)
        if meant.kind == "another" and state.own:
            state.choice, state.own = state.own, None
            return [lines.GIVEN_WRONG]
        if meant.kind == "another":
            state.refused = [*dict.fromkeys([*state.refused, state.choice.name])]
            state.wishes = f"{state.wishes} {said}"[-LONGEST_BRINGS:].strip()
            try:
                return [lines.ANOTHER_COMES, *self._propose()]
            except InputError as ran_out:
                return [str(ran_out)]
        if meant.kind == "call":
            return self._named(meant.name)
        if meant.kind == "why":
            book = self._read()
            row = book.find(state.choice.name)
            told = more(book.page(row), book.last_year, state.seed) if row is not None else ""
            return [line for line in (lines.BECAUSE, *lines.sentences(state.choice.why), told) if line]
        if meant.kind == "meaning":
            return [lines.NO_MEANINGS]
        if meant.kind == "unclear" and not state.unclear:
            state.unclear = 1
            return []
        state.step, state.born = "born", self._clock()
        return []

    def _propose(self) -> list[str]:
        """Read the book, choose, and say how long it took and why."""
        state = self._state
        first_time = state.choice is None
        gender = next((voice.gender for voice in state.voices if voice.key == state.voice), None)
        book, traits = self._read(), first_traits(state.seed, state.brings)
        choice = choose(
            book, state.seed, traits, state.name, state.brings, gender, state.refused, state.wishes
        )
        state.choice, state.own, state.unclear = choice, None, 0
        reading = [lines.reading(choice.read, choice.seconds)] if first_time else []
        first, *rest = lines.sentences(choice.why)
        return [*reading, f"{lines.WOULD_LIKE.format(name=choice.name)} {first}", *rest]

    def _named(self, name: str) -> list[str]:
        """The person gives her a name. She makes sure she heard it right: it is for a life."""
        state = self._state
        try:
            choice = given(self._read(), name, state.seed)
        except InputError as refusal:
            return [str(refusal)]
        state.choice, state.own, state.unclear = choice, state.own or state.choice, 0
        return [lines.GIVEN.format(name=name)]

    def _right_name(self, said: str) -> str:
        """What to call the person after this answer: as before, unless it corrects their name."""
        right = corrected(said, self._state.name)
        if right and only_spelled(said) and not self._is_theirs(right):
            right = None
        spelling = hint(said) if right else None
        if right and spelling:
            return respelled(self._read(), right, spelling.letters, spelling.present)
        return self._state.name if right is None else right

    def _is_theirs(self, spelled: str) -> bool:
        """Whether single letters spell the person's name: not hers, and not "P T S D"."""
        if self._state.step == "naming":
            return False
        return len(spelled) > 4 or self._read().find(spelled) is not None

    def _correct(self, name: str) -> list[str]:
        """The person's name was wrong. Her own choice rested on it, so she makes it again."""
        state = self._state
        state.name = name
        if not name:
            state.back_to, state.step = state.step, "call"
            return [lines.SORRY]
        sorry = [lines.SORRY_NAME.format(name=name)]
        return [*sorry, lines.LOOK_AGAIN, *self._propose()] if state.step == "naming" else sorry
