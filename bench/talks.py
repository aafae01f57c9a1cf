"""Playing scripted talks: ours, and the bare model with a plain prompt, on one embedded server."""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from platformdirs import user_cache_path

from becoming.care import Caring, Guard
from becoming.care.hearing import UPPER, Hearing
from becoming.conversation import Conversation
from becoming.events import Being, Person, Reply, Utterance
from becoming.feelings import Perceiving
from becoming.llm.brain import Brain
from becoming.llm.client import ChatModel
from becoming.llm.embedded import EmbeddedServer
from becoming.memory import Life
from becoming.memory.recall.embedding import Sentences, Words
from becoming.persona.traits import character
from becoming.store import Store
from bench.openings import Opening
from bench.voice.house import model_file

PLAIN = "You are a helpful voice companion. Keep replies short."
BEING = Being("Mira", "", "heart", 0.0, {"direct": 0.8, "curious": 0.7, "warm": 0.6, "playful": 0.6})
PERSON = Person("Jonas")
CODE = Path(__file__).resolve().parent.parent / "src" / "becoming"
SENTENCES = Sentences()
EVENING = 1_700_000_000.0  # a fixed time, so that a run does not depend on when it is made


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn as it was played; `stance` and `reason` only where she is ours."""

    heard: str
    said: str
    stance: str = ""
    reason: str = ""


Talk = Callable[[Opening, int], Awaitable[list[Exchange]]]


@asynccontextmanager
async def model(adapter: Path | None = None) -> AsyncIterator[ChatModel]:
    """The packaged model on a server of its own, with an adapter or without. Raises CannotRun where its file cannot be had."""
    file = await asyncio.to_thread(model_file)
    with TemporaryDirectory() as home:
        brain = Brain.embedded(EmbeddedServer(file, slots=Path(home) / "prompts", adapter=adapter))
        try:
            await brain.wake()
            yield brain.model
        finally:
            await brain.close()


async def woken(life: Life, chat: ChatModel, clock: Callable[[], float], seed: int) -> Conversation:
    """Her, at the beginning of a talk on this memory."""
    talk = asleep(life, chat, clock, seed)
    await talk.wake()
    return talk


def asleep(life: Life, chat: ChatModel, clock: Callable[[], float], seed: int) -> Conversation:
    """The same before the model has read anything."""
    life.moments.begin_session(clock())
    return Conversation(
        chat,
        BEING,
        PERSON,
        character(BEING, PERSON),
        past=life,
        guard=Guard(),
        care=Caring(Hearing(Sentences(UPPER)).hear, life.moments, clock),
        clock=clock,
        rng=random.Random(seed),
        perceive=Perceiving(SENTENCES),
    )


def ours(chat: ChatModel) -> Talk:
    """Her: the conversation room on a memory of its own for each talk."""

    async def play(opening: Opening, seed: int) -> list[Exchange]:
        with TemporaryDirectory() as folder:
            store = Store.open(Path(folder), "a passphrase for the benchmark")
            life = Life(store, SENTENCES, Words(), lambda: EVENING, lambda: 0)
            for line in opening.remembered:
                life.record("person", line, EVENING - 86_400)
            talk = await woken(life, chat, lambda: EVENING, seed)
            said = [await _turn(talk, line, EVENING + 20 * at) for at, line in enumerate(opening.turns)]
            await talk.close()
            store.close()
        return said

    return play


async def _turn(talk: Conversation, line: str, at: float) -> Exchange:
    clauses = [clause.text async for clause in talk.draft(line, "voice")]
    said = " ".join(clauses)
    await talk.settle(Utterance(line, at), Reply(said, at + 5) if said else None)
    chosen = talk.today.taken[-1]
    return Exchange(line, said, chosen.kind, chosen.reason)


def plain(chat: ChatModel) -> Talk:
    """The same model with a plain prompt and the day's turns, as a first attempt would have it."""

    async def play(opening: Opening, seed: int) -> list[Exchange]:
        messages = [{"role": "system", "content": PLAIN}]
        messages += [{"role": "user", "content": line} for line in opening.remembered]
        said = []
        for at, line in enumerate(opening.turns):
            messages.append({"role": "user", "content": line})
            stream = chat.stream(messages, max_tokens=60, temperature=0.7, seed=seed * 1000 + at)
            reply = "".join([delta async for delta in stream]).strip()
            messages.append({"role": "assistant", "content": reply})
            said.append(Exchange(line, reply))
        return said

    return play


def kept(arm: str, talk: Talk) -> Talk:
    """The same talk, taken from the cache folder where it was played before by the same code."""
    rooms = [
        each for room in ("conversation", "care", "feelings") for each in sorted((CODE / room).rglob("*"))
    ]
    code = b"".join(each.read_bytes() for each in rooms if each.suffix in {".py", ".toml", ".md"})
    code = Path(__file__).read_bytes() + (code if arm == "ours" else b"")
    name = hashlib.sha256(code).hexdigest()[:16]
    folder = user_cache_path("becoming-bench", appauthor=False) / "conversation" / name

    async def play(opening: Opening, seed: int) -> list[Exchange]:
        script = hashlib.sha256("\n".join(opening.turns).encode()).hexdigest()[:8]
        file = folder / f"{arm}-{opening.name}-{seed}-{script}.json"
        if file.is_file():
            return [Exchange(**each) for each in json.loads(file.read_text())]
        exchanges = await talk(opening, seed)
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps([asdict(each) for each in exchanges]))
        return exchanges

    return play
