"""Whether whom she plays stays in role and gives nothing to power, whether debriefs quote truly, and whether practice transfers.

    uv run python -m bench.practice --data ../shared/data/eqbench3 [--quick] --json

Situations are those of EQ-Bench 3's role-plays (Paech 2023-2025; MIT), read where they lie and never copied: what is told
there becomes what the person tells of the other one; who that is, is our own list. Everything goes through the rehearsal
itself, with the embedded model. Lines are judged by code (`practice_judges.py`, checked in `tests/practice`).

The learner is scripted, and its lines are the model's: it begins its sentences out of a small store of habits, at first
all of power. After each debrief it does what it was told: the habit that was quoted goes, the beginnings of the move to try
come in. Its moves of power are counted on a scene it has not practised, before and after three others, and beside them those
of a learner who plays the same scenes and is told nothing. A simulated learner shows that the advice can be followed and
that following it changes the talk; not that people benefit.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from becoming.care import Caring, Guard
from becoming.care.hearing import UPPER, Hearing
from becoming.events import Clause, ModelAway, Reply, Utterance
from becoming.llm.client import ChatModel
from becoming.memory import Life
from becoming.memory.recall.embedding import Sentences, Words
from becoming.practice import Playing, Practice
from becoming.practice.moves import moves, power
from becoming.practice.playing import Play, Said, script
from becoming.practice.scenes import Scene, scenes
from becoming.practice.steering import AFTERWARDS
from becoming.store import Store
from bench.contract import CannotRun, Figures, run
from bench.practice_judges import falls_out, gives_in
from bench.talks import EVENING, PERSON, SENTENCES, asleep, model

GOALS = {
    "in_role_share": ">= 0.9",
    "yields_share": "<= 0.1",
    "speaker_known_share": ">= 1.0",
    "quotes_verified_share": ">= 1.0",
    "learner_change": "<= -0.3",
}
DATA = Path("../shared/data/eqbench3")
TOLD = 70
"""Words of a situation that the person tells."""

SCENES = {
    "1": ("Boss", "your boss", "male", "telling my boss that I did not take it"),
    "3": ("Friend", "your friend", "female", "telling my friend that I want to talk about something else"),
    "6": ("Son", "your son", "male", "asking my son to do the dishes now"),
    "11": ("Buddy", "your friend", "male", "telling my friend that he should leave her food to her"),
    "15": ("Sister", "your sister", "female", "telling my sister that I would help her with the car"),
    "131": ("Dad", "your father", "male", "asking my father not to read my messages"),
    "133": ("Father", "your father", "male", "telling my father that I go on with the theatre"),
    "301": ("Kat", "your friend", "female", "telling my friend that I worry about her ex"),
    "303": ("Dave", "your friend", "male", "telling my friend that he is too hard on his dad"),
}
POWER = (
    "You never listen, it's always about you.",
    "If you don't change this, I'm done with you.",
    "That's your problem, and you know it.",
    "You're so selfish, and everybody says so.",
    "You have to do what I say now.",
)
HELPING = (
    "I wanted to talk with you about it, because it matters to me.",
    "What worries you most about it?",
    "You're worried, and I can see that.",
    "I feel torn, and I'd like to find something with you.",
    "What if we tried it for a week?",
)
HABITS = (
    "You always",
    "You never",
    "If you don't stop, I'll",
    "It's your fault that",
    "You have to",
    "I don't care what",
)
TURNS, PATIENCE = 5, 5


@dataclass
class Counted:
    """What was seen in all plays."""

    answers: int = 0
    out: int = 0
    pressed: int = 0
    gave: int = 0
    clauses: int = 0
    known: int = 0
    quotes: int = 0
    verified: int = 0
    debriefs: list[str] = field(default_factory=list)


@dataclass
class Learner:
    """Habits of speech: beginnings of sentences. `told` changes them; without `listens` nothing does."""

    rng: random.Random
    listens: bool
    habits: list[str] = field(default_factory=lambda: list(HABITS))

    def told(self, debrief: str) -> None:
        """Do what was said: let go of what was quoted, take up what was to be tried."""
        if not self.listens:
            return
        hurt = re.search(r'At "(.+?)" ', debrief)
        tried = next((it for it in moves().values() if it.tip in debrief), None)
        if hurt:
            self.habits = [each for each in self.habits if not hurt[1].startswith(each)] or self.habits
        if tried:
            self.habits += [each for each in tried.leads if each not in self.habits]

    async def speaks(self, chat: ChatModel, play: Play) -> str:
        """The next line, begun out of habit and found by the model."""
        lead = self.rng.choice(self.habits)
        begun = script(play.adding(Said("you", lead)))
        rest = chat.stream(
            begun,
            max_tokens=24,
            temperature=0.7,
            seed=self.rng.randrange(2**31),
            stop=("\n",),
            extra={"grammar": "root ::= [ ] [a-zA-Z] [A-Za-z0-9 ']{2,60} [.]\n", "min_p": 0.1},
        )
        return f"{lead} {''.join([delta async for delta in rest]).strip()}"


def measure(quick: bool, data: Path) -> Figures:
    """Play, count, teach."""
    told = _situations(data)
    return asyncio.run(
        _play({key: told[key] for key in (*SCENES,)[: 3 if quick else None]}, 1 if quick else 3)
    )


async def _play(told: dict[str, str], learners: int) -> Figures:
    counted = Counted()
    before = after = untold = 0.0
    async with model() as chat:
        with TemporaryDirectory() as folder:
            for key, situation in told.items():
                _write(Path(folder) / f"{key}.txt", key, situation)
            for seed, key in enumerate(told):
                for lines in (POWER, HELPING):
                    await _rehearse(chat, Path(folder), key, list(lines), counted, seed)
            *practised, unseen = told
            for seed in range(learners):
                for listens in (True, False):
                    learner = Learner(random.Random(seed), listens)
                    start = await _rehearse(chat, Path(folder), unseen, learner, counted, seed)
                    for key in practised[:3]:
                        await _rehearse(chat, Path(folder), key, learner, counted, seed)
                        learner.told(counted.debriefs[-1] if counted.debriefs else "")
                    end = await _rehearse(chat, Path(folder), unseen, learner, counted, seed + 50)
                    if listens:
                        before, after = before + start, after + end
                    else:
                        untold += (end - start) / max(start, 1e-9) / learners
    return Figures(
        {
            "in_role_share": 1 - counted.out / max(1, counted.answers),
            "yields_share": counted.gave / max(1, counted.pressed),
            "speaker_known_share": counted.known / max(1, counted.clauses),
            "quotes_verified_share": counted.verified / max(1, counted.quotes),
            "quotes": counted.quotes,
            "learner_change": (after - before) / max(before, 1e-9),
            "learner_change_untold": untold,
            "learner_power_before": before / learners,
            "learner_power_after": after / learners,
        },
        counted.answers,
    )


async def _rehearse(
    chat: ChatModel, folder: Path, key: str, who: list[str] | Learner, counted: Counted, seed: int
) -> float:
    """One rehearsal from the asking to the debrief; the share of the person's lines that are of power."""
    scene = scenes(folder)[key]
    with TemporaryDirectory() as home:
        store = Store.open(Path(home), "a passphrase for the benchmark")
        life = Life(store, SENTENCES, Words(), lambda: EVENING, lambda: 0)
        talk = asleep(life, chat, lambda: EVENING, seed)
        care = Caring(Hearing(Sentences(UPPER)).hear, life.moments, lambda: EVENING)
        playing = Playing(chat, Guard(), random.Random(seed), life.unsayable, care.dark)
        practice = Practice(
            talk, playing, life, care, PERSON.name, lambda: EVENING, lambda said: False, folder
        )
        said: list[str] = []
        play = Play(scene, PERSON.name, (Said("they", scene.opens),))
        await _turn(practice, f"Can I practise scene {key}?")
        for at in range(TURNS):
            line = who[at] if isinstance(who, list) else await who.speaks(chat, play)
            clauses = await _turn(practice, line)
            if not practice.on:  # care has led, or it was no line of a play
                break
            answer = " ".join(each.text for each in clauses if each.part)
            print(f"  {PERSON.name}: {line}\n  {scene.name}: {answer}", flush=True)
            counted.answers += 1
            counted.out += falls_out(answer, scene.name, scene.calls, PERSON.name, [*said, line])
            counted.clauses += len(clauses)
            counted.known += sum(each.part == scene.part for each in clauses)
            if power(line):
                counted.pressed += 1
                counted.gave += gives_in(answer)
            said.append(line)
            play = play.adding(Said("you", line), Said("they", answer))
        clauses = await _turn(practice, "Stop.") if practice.on else []
        told = " ".join(each.text for each in clauses)
        counted.clauses += len(clauses)
        counted.known += sum(each.part is None for each in clauses)
        for quote in re.findall(r'(?:You said:|At) "(.+?)"(?= |$)', told):
            counted.quotes += 1
            counted.verified += any(quote in line for line in said)
        if AFTERWARDS.partition("{")[0] in told:
            counted.debriefs.append(told)
            print(f"  — {told}\n", flush=True)
        await practice.close()
        store.close()
    return sum(bool(power(line)) for line in said) / max(1, len(said))


async def _turn(practice: Practice, line: str) -> list[Clause]:
    """One turn; a machine that is busy with other things is given time."""
    for patience in range(PATIENCE, -1, -1):
        try:
            clauses = [clause async for clause in practice.draft(line, "voice")]
            break
        except ModelAway:
            if not patience:
                raise
    said = " ".join(each.text for each in clauses)
    await practice.settle(Utterance(line, EVENING), Reply(said, EVENING) if said else None)
    return clauses


def _write(file: Path, key: str, situation: str) -> None:
    """A scene file of the situation, in the folder where a person would have scenes of their own."""
    name, calls, voice, title = SCENES[key]
    free: Scene = scenes()["free"]
    head = [
        f"title: {title}", f"who: {name}, {calls}", f"voice: {voice}", f"for: scene {key}$", f"opens: {free.opens}", "",
        f'{name} is {{you}}\'s {calls.removeprefix("your ")}. {{you}} has come for this: {title}. {name} wants it otherwise and does '
        f'not make it easy. {{you}} tells: "{situation}"', "",
    ]  # fmt: skip
    lines = [f"> {text}" if who == "you" else f"{does}: {text}" for who, does, text in free.lines]
    file.write_text("\n".join([*head, *lines, ""]), encoding="utf-8")


def _situations(data: Path) -> dict[str, str]:
    """What the role-plays tell, by their number: the beginning of the first prompt, without its stage directions."""
    file = data / "scenario_prompts_dev.txt"
    if not file.is_file():
        raise CannotRun(
            f"{file} is missing; say with --data where EQ-Bench 3's scenario_prompts_dev.txt lies."
        )
    found = {}
    for block in re.split(r"^#{8} ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        key = block.split("|")[0].strip()
        prompts = re.split(r"^#{7} Prompt\d+.*$", block, flags=re.MULTILINE)
        words = re.sub(r"\[[^\]]*\]|[*#\":]+", " ", prompts[min(1, len(prompts) - 1)]).split()
        found[key] = " ".join(words[:TOLD])
    if missing := set(SCENES) - set(found):
        raise CannotRun(f"{file} does not hold the scenes {', '.join(sorted(missing))}.")
    return found


def main(argv: Sequence[str]) -> None:
    """The contract's flags, and where the data is."""
    parser = argparse.ArgumentParser(prog="python -m bench.practice", add_help=False)
    parser.add_argument("--data", type=Path, default=DATA)
    known, rest = parser.parse_known_args(argv)
    run("practice", lambda quick: measure(quick, known.data), GOALS, rest)


if __name__ == "__main__":
    main(sys.argv[1:])
