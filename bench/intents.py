"""Does she understand what is asked of her hands, and leave alone what is asked of nobody?

    uv run python -m bench.intents [--quick] --json

Phrasings written before the matcher (`bench/phrasings`): requests of 31 kinds and lines that only sound like one. Half of
each may have been looked at while the matcher was made (`seen_accuracy`); the figures with goals are of the other half.
Each is said to all her hands, over a real memory, a real Dovecot and calendar files, in the situation it was written for:
nothing before it, a list of mails just told, a mail just read, a mail just read back. Right is the kind, not yet every word
in it. The patterns work before the head, and no language model is asked, so this is how the packaged 1.5B has it.
`spoken_accuracy`: the same held-out requests, said by Hibari and heard by Moonshine. Beside it, the head alone.
"""

from __future__ import annotations

import asyncio
import re
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soxr

from becoming.app.able import Able
from becoming.app.parts import life_of
from becoming.care.hearing import UPPER
from becoming.config import Settings
from becoming.conversation.hands import Done
from becoming.conversation.hands.intents import NONE, Intents
from becoming.feelings import Perceiving
from becoming.llm.brain import Brain
from becoming.memory.recall.embedding import Sentences
from becoming.practice.asking import asked_for
from becoming.practice.scenes import scenes
from becoming.speech.audio import EAR_RATE, VOICE_RATE
from becoming.speech.stt import MoonshineStt
from becoming.speech.tts import HibariTts
from becoming.store import Store
from becoming.tools.calendar.accounts import Account as Calendar
from bench.contract import CannotRun, Figures, run
from tests.audio.voice import join, silence
from tests.tools.calendar.radicale import card, event
from tests.tools.mail.dovecot import PASSWORD, Dovecot
from tests.tools.mail.writing import ANNA, CLINIC, ROBOT, SHOP, mail

GOALS = {"accuracy": ">= 0.95", "false_trigger_share": "<= 0.01"}
PHRASINGS = Path(__file__).with_name("phrasings")
QUICK = 3
BEFORE = {
    "none": (),
    "list": ("Anything new?",),
    "mail": ("Anything new?", "Read me the one from Anna."),
    "draft": ("Anything new?", "Read me the one from Anna.", "Reply: I'd love to come, see you at eight."),
}
MEANS = {
    "mail_news": r"asks for mail",
    "mail_read": r"reads? a mail|goes through the mail",
    "mail_next": r"goes through the mail",
    "mail_back": r"goes through the mail",
    "mail_who": r"asks whose mail it is",
    "mail_reply": r"reads the mail back|is to write a mail|speaks of the mail",
    "mail_write": r"reads the mail back|is to write a mail|speaks of the mail|asks whom to",
    "mail_change": r"reads the mail back|speaks of the mail",
    "approve": r"says yes",
    "refuse": r"says no|no mail after all",
    "undo": r"wants it undone",
    "mail_archive": r"would archive a mail",
    "mail_flag": r"would flag a mail",
    "mail_unsubscribe": r"unsubscribe",
    "slower": r"is to speak slower",
    "stop": r"stops reading|goes through the mail",
    "calendar_day": r"asks for (?:the day|an hour)|asks what is next|asks when something is|asks when something",
    "calendar_free": r"asks when they are free",
    "calendar_add": r"would change the calendar|asks when|could not",
    "calendar_move": r"would change the calendar|asks for what is not there|could not",
    "contact": r"asks of a contact",
    "reminder_add": r"is to be reminded|asks to be reminded|asks for a timer",
    "reminder_list": r"asks for the reminders|asks of a reminder|asks what is left",
    "reminder_cancel": r"lets a reminder go",
    "note_add": r"has something noted|puts it on a list",
    "note_list": r"asks for (?:a list|notes|a note)",
    "read_page": r"asks for a (?:page|file)|reads a file",
    "rule_add": r"would set a rule|does not know whose",
    "rule_list": r"asks what is allowed",
    "rule_remove": r"takes back a rule|asks what is allowed",
    "practice_begin": r"practice",
}
"""What a hand calls what it does, for each kind of request; files cannot be changed, which she then says ("could not")."""


@dataclass(frozen=True)
class Asked:
    """A phrasing, what it asks for, and where it is said."""

    text: str
    kind: str
    where: str


class World:
    """A memory, a mailbox and calendar files, and her hands over them, made anew for each situation."""

    def __init__(self, folder: Path, server: Dovecot, encode: Sentences, ear: Sentences) -> None:
        self._server, self._encode, self._ear = server, encode, ear
        store = Store.open(folder / "person", "bench")
        self._life = life_of(Settings(home=folder), store, encode, Perceiving(encode))
        self._brain = Brain.elsewhere("http://127.0.0.1:9/v1", "none", "")  # asked for tools of others only
        now = datetime.now().replace(hour=12, minute=0, second=0, microsecond=0)
        titles = ("Dentist", "Lunch with Tom", "Choir", "Haircut", "Yoga", "Team meeting")
        for at, title in enumerate(titles):
            (folder / f"{at}.ics").write_text(
                event(title, now + timedelta(days=at // 2 + 1, hours=at % 3)), "utf-8"
            )
        said = " ".join(tomllib.loads((PHRASINGS / "asked.toml").read_text("utf-8"))["contact"]["held_out"])
        # Whom they ask for is there to be found, whoever it is.
        names = (
            "Anna Weber",
            "Tom Berg",
            *{f"{it} Weber" for it in re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", said)},
        )
        cards = [
            card(
                name,
                "TEL:+49 30 1234",
                "EMAIL:a@example.org",
                "BDAY:1980-05-03",
                "ADR:;;Mill Lane 3;Leeds;;;",
            )
            for name in names
        ]
        (folder / "people.vcf").write_text("".join(cards), "utf-8")
        self._files = [str(it) for it in (*folder.glob("*.ics"), folder / "people.vcf")]

    async def _joined(self) -> Able:
        return Able(self._life, self._brain, self._encode, self._ear, lambda pace: None)

    def able(self, *before: str) -> Able:
        """Her hands, after these words."""
        able = asyncio.run(self._joined())
        if not able.post.accounts.all():
            able.post.accounts.add(self._server.account, PASSWORD)
            for file in self._files:
                able.diary.accounts.add(Calendar(file), "")
        able.approvals.always("archive newsletters from shop.example")
        for text in before:
            done = able.hands.hear(text)
            if done is None:
                raise CannotRun(f"she did not understand: {text}")
            able.hands.settle(text, done, " ".join(done.lines))
        return able


def measure(quick: bool) -> Figures:
    """Every phrasing where it was written for; what asks for nothing with nothing before it, and after a list."""
    asked, other = _read(QUICK if quick else None)
    encode, ear = Sentences(), Sentences(UPPER)
    try:
        server = Dovecot.start()
    except RuntimeError as error:
        raise CannotRun(str(error)) from None
    try:
        server.deliver(
            ANNA, CLINIC, ROBOT, SHOP, mail("Tom Berg <tom@example.org>", "The red boat", "It floats.")
        )
        with TemporaryDirectory() as folder:
            world = World(Path(folder), server, encode, ear)
            figures = {
                "accuracy": _right(world, asked["held_out"], "held out"),
                "seen_accuracy": _right(world, asked["seen"], "seen"),
                "false_trigger_share": _wrongly(world, other["held_out"]),
                "seen_false_trigger_share": _wrongly(world, other["seen"]),
                "spoken_accuracy": _right(world, _spoken(asked["held_out"]), "said aloud"),
            }
            figures |= _head_alone(Intents(ear), asked["held_out"], other["held_out"])
    finally:
        server.stop()
    return Figures(figures, sum(map(len, asked.values())) + sum(map(len, other.values())))


def _read(most: int | None) -> tuple[dict[str, list[Asked]], dict[str, list[str]]]:
    groups = tomllib.loads((PHRASINGS / "asked.toml").read_text("utf-8"))
    asked = {
        half: [Asked(text, kind, of["context"]) for kind, of in groups.items() for text in of[half][:most]]
        for half in ("seen", "held_out")
    }
    seen, held_out = (PHRASINGS / "other.txt").read_text("utf-8").split("# held out\n")
    other = {"seen": seen.split("\n"), "held_out": held_out.split("\n")}
    step = 8 if most else 1
    return asked, {half: [line for line in lines if line.strip()][::step] for half, lines in other.items()}


def _right(world: World, asked: Sequence[Asked], what: str) -> float:
    right: dict[str, list[bool]] = {}
    for it in asked:
        able = world.able(*BEFORE[it.where])
        if it.kind == "undo":  # something must have been done
            able = world.able(*BEFORE["mail"], "Flag it.", "Yes.")
        done = able.hands.hear(it.text)
        fits = (
            _practises(able, it.text)
            if it.kind == "practice_begin"
            else bool(done and re.search(MEANS[it.kind], done.why))
        )
        right.setdefault(it.kind, []).append(fits)
        if not fits:
            print(f"  {what:10} {it.kind:17} {it.text[:80]:80} → {done.why if done else '-'}", flush=True)
        able.close()
    for kind, marks in right.items():
        print(f"{what:10} {kind:17} {sum(marks)} of {len(marks)}", flush=True)
    marks = [mark for each in right.values() for mark in each]
    return sum(marks) / max(len(marks), 1)


def _practises(able: Able, text: str) -> bool:
    return asked_for(text, scenes()) is not None or able.wants_to_practise(text)


def _wrongly(world: World, lines: Sequence[str]) -> float:
    taken = 0
    for where in ("none", "list"):
        able = world.able(*BEFORE[where])
        for line in lines:
            done: Done | None = able.hands.hear(line)
            if done or _practises(able, line):
                taken += 1
                print(f"  taken ({where}) {line[:90]:90} → {done.why if done else 'practice'}", flush=True)
        able.close()
    return taken / (2 * len(lines))


def _spoken(asked: Sequence[Asked]) -> list[Asked]:
    say, recognise, pause = HibariTts(), MoonshineStt(), silence(0.25)

    def heard(text: str) -> str:
        sound = soxr.resample(say(text), VOICE_RATE, EAR_RATE).astype(np.float32)
        return recognise(join(pause, sound, pause))

    return [Asked(heard(it.text), it.kind, it.where) for it in asked]


def _head_alone(head: Intents, asked: Sequence[Asked], other: Sequence[str]) -> dict[str, float]:
    began = time.perf_counter()
    right = [head(it.text) == it.kind for it in asked]
    taken = [head(line) != NONE for line in other]
    spent = (time.perf_counter() - began) / (len(right) + len(taken)) * 1000
    return {
        "head_alone_accuracy": sum(right) / len(right),
        "head_alone_false_trigger_share": sum(taken) / len(taken),
        "head_ms": spent,
    }


if __name__ == "__main__":
    run("intents", measure, GOALS)
