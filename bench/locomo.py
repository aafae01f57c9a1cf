"""Long conversations with questions (LoCoMo, Maharana et al. 2024), and cues with triggers (LoCoMo-Plus), read and relived.

The data are CC BY-NC and stay where they are: they are measured on, and a dozen weights are fitted to them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import update

from becoming.events import Role
from becoming.memory import Memory
from becoming.memory.recall.embedding import Embed
from becoming.store import Store
from becoming.store.schema import being
from bench.contract import CannotRun

MEASURED = (1, 2, 3, 4)
"""Multi-hop, temporal, open-domain, single-hop; 5 asks for what was never said."""

AfterTalk = Callable[[Store, Memory, float], None]

SECONDS_A_TURN = 30.0
DAY = 86_400.0


@dataclass(frozen=True)
class Turn:
    """One line: its name in the data, who said it, when."""

    name: str
    role: Role
    text: str
    session: int
    at: float


@dataclass(frozen=True)
class Question:
    """`evidence` are places of turns in the conversation."""

    text: str
    category: int
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class Conversation:
    """Two people over months; the first is taken for the person, the second for her."""

    speakers: tuple[str, str]
    turns: list[Turn]
    questions: list[Question]

    @property
    def asked_at(self) -> float:
        """A day after the last word."""
        return self.turns[-1].at + DAY


@dataclass(frozen=True)
class Cue:
    """Something said once (one or two lines), and what should bring it back though it shares no word."""

    lines: list[str]
    trigger: str


def conversations(file: Path) -> list[Conversation]:
    """Those in the file, without questions whose evidence is missing in the data."""
    return [_conversation(each) for each in _load(file)]


def cues(file: Path) -> list[Cue]:
    """The pairs in the file, without the letters that name their speakers."""
    return [
        Cue([_bare(line) for line in re.split(r"\\n|\n", each["cue_dialogue"])], _bare(each["trigger_query"]))
        for each in _load(file)
    ]


@contextmanager
def relived(
    conversation: Conversation, embed: Embed, after_talk: AfterTalk | None = None
) -> Iterator[tuple[Store, Memory, list[int]]]:
    """A store in which the conversation took place, its memory, and the ids of its turns.

    `after_talk` is called after each talk of it, with the Unix time of its last word."""
    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "person", passphrase="for the length of a benchmark")
        try:
            with store.write() as connection:
                for id_, name in enumerate(conversation.speakers, 1):
                    connection.execute(update(being).where(being.c.id == id_).values(name=name))
            memory, ids, session = Memory(store, embed), [], 0
            ended = 0.0
            for turn in conversation.turns:
                if turn.session != session:
                    if session and after_talk:
                        after_talk(store, memory, ended)
                    session = turn.session
                    memory.begin_session(turn.at)
                ids.append(memory.record(turn.role, turn.text, turn.at, "text").id)
                ended = turn.at
            if after_talk:
                after_talk(store, memory, ended)
            yield store, memory, ids
        finally:
            store.close()


def _load(file: Path) -> list[dict[str, Any]]:
    try:
        loaded: list[dict[str, Any]] = json.loads(file.read_text())
    except FileNotFoundError:
        raise CannotRun(f"{file} is not there; say where the data are: --data PATH") from None
    return loaded


def _conversation(each: dict[str, Any]) -> Conversation:
    talk = each["conversation"]
    speakers = (talk["speaker_a"], talk["speaker_b"])
    roles: dict[str, Role] = {speakers[0]: "person", speakers[1]: "her"}
    turns: list[Turn] = []
    for session in sorted(int(key.split("_")[1]) for key in talk if re.fullmatch(r"session_\d+", key)):
        began = datetime.strptime(talk[f"session_{session}_date_time"], "%I:%M %p on %d %B, %Y").timestamp()
        for n, line in enumerate(line for line in talk[f"session_{session}"] if line["text"].strip()):
            role = roles[line["speaker"]]
            turns.append(Turn(line["dia_id"], role, line["text"], session, began + n * SECONDS_A_TURN))
    place = {turn.name: n for n, turn in enumerate(turns)}
    asked = each["qa"]
    return Conversation(speakers, turns, [q for q in (_question(one, place) for one in asked) if q])


def _question(one: dict[str, Any], place: dict[str, int]) -> Question | None:
    category, evidence = one["category"], one["evidence"]
    named = {name for part in evidence for name in re.findall(r"D\d+:\d+", part)}
    rests_on = tuple(sorted(place[name] for name in named if name in place))
    return Question(str(one["question"]), category, rests_on) if category in MEASURED and rests_on else None


def _bare(line: str) -> str:
    return re.sub(r"^[A-Z]:\s*", "", line)
