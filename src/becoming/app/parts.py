"""What the house is joined from: the memory, what a night needs, the ears; each with its concrete engines."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from becoming.config import Settings
from becoming.conversation.hands import Hands
from becoming.conversation.nearest import Nearest
from becoming.conversation.stance import SURE
from becoming.events import BecomingError, Being, InputError, Person
from becoming.feelings import Perceiving
from becoming.language import Model
from becoming.llm.brain import Brain
from becoming.llm.embedded import drop_prompts
from becoming.memory import Life, Memory
from becoming.memory.recall.embedding import Sentences, Words
from becoming.persona.birth import Birth
from becoming.sleep import Sleeping
from becoming.speech.endpointing import SmartTurn
from becoming.speech.engine import Senses
from becoming.speech.stt import MoonshineStt
from becoming.speech.tts import Tts, voices
from becoming.speech.vad import Vad
from becoming.store import Store

if TYPE_CHECKING:
    from becoming.feelings.voice import Sounding

log = logging.getLogger(__name__)
_BACKUP_EVERY_S = 6 * 3600.0
GROWS = "grows"
"""The note of the person's own switch; False: she stays as she is."""


def may_grow(settings: Settings, life: Life) -> bool:
    """Whether she may change overnight: by the settings, and by the person's own switch."""
    return settings.grows and life.moments.get(GROWS) is not False


def life_of(settings: Settings, store: Store, sentences: Sentences, perceive: Perceiving) -> Life:
    """The person's memory."""
    drop, quiet = partial(drop_prompts, settings.home), (settings.quiet_from, settings.quiet_until)
    return Life(store, sentences, Words(), time.time, drop, perceive.correct, quiet)


async def warming(life: Life, hands: Hands, near: Nearest | None) -> None:
    """A favour to the first talk: when it fails, the talk meets the same fault and says so."""
    with suppress(BecomingError):
        await asyncio.to_thread(life.warm)
        await asyncio.to_thread(hands.hear, "Good morning.")  # its patterns are compiled while nobody waits
        if near:
            await asyncio.to_thread(near.warm)
        while await asyncio.to_thread(life.catch_up):
            pass  # a memory that was rescued has lost the vectors of its moments


async def backing_up(store: Store) -> None:
    """A backup every few hours, without end."""
    while True:
        await asyncio.sleep(_BACKUP_EVERY_S)
        try:
            await asyncio.to_thread(store.backup)
        except BecomingError as error:
            log.warning("%s", error)


def brain_at_night(settings: Settings, brain: Brain) -> Brain:
    """The model to think with at night: the day's, or a larger one that is named for nights alone."""
    if not settings.night_base_url:
        return brain
    key = settings.llm_api_key.get_secret_value()
    return Brain.elsewhere(settings.night_base_url, settings.night_model or "default", key)


def night_of(
    settings: Settings,
    store: Store,
    model: Model | None,
    life: Life | None = None,
    perceive: Perceiving | None = None,
) -> Sleeping | None:
    """What a night of this memory needs; None before her birth."""
    sentences = Sentences()
    perceive = perceive or Perceiving(sentences)
    life = life or life_of(settings, store, sentences, perceive)
    being, person = life.moments.get("being"), life.moments.get("person")
    if not (being and person):
        return None

    def feel(text: str) -> float:
        feeling = perceive(text)
        return feeling.valence if feeling.confidence >= SURE else 0.0

    seed = settings.seed if settings.seed is not None else int(being["born"])
    grows, whose = may_grow(settings, life), (Being(**being), Person(**person))
    return Sleeping(store, life, *whose, time.time, feel, model, seed, grows)


def sounding_of(notes: Memory) -> Sounding | None:
    """What listens to how the person sounds; None where its file was deleted, and all else works."""
    try:
        from becoming.feelings.voice import Sounding
    except ModuleNotFoundError:
        return None
    return Sounding(notes.get, notes.put, time.time)


def load_ears(settings: Settings) -> Callable[[Tts], Senses]:
    """Load the ears; what comes back makes them whole with a voice. Blocking (half a second here)."""
    folder = settings.model_folder
    vad, stt = Vad.load(folder / "silero_vad.onnx"), MoonshineStt()
    melody = SmartTurn(folder / "smart-turn-v3.2-cpu.onnx")

    def with_voice(tts: Tts) -> Senses:
        ear, mouth = ThreadPoolExecutor(1, "ear"), ThreadPoolExecutor(2, "mouth")
        mouth.submit(tts, "Mm.")  # loads the rest of the voice while nobody waits for it
        return Senses(lambda: Vad(vad), stt, melody, tts, ear, mouth)

    return with_voice


def birth_of(notes: Memory, rng: random.Random) -> Birth:
    """The birth that was begun, else a new one."""
    if begun := notes.get("birth"):
        try:
            return Birth.load(begun)
        except InputError as error:
            log.warning("%s", error)  # of an older version: it begins anew
    birth = Birth(voices(), rng.randrange(2**62))
    if notes.get("age") == "under 18":
        birth.turn_away()
    return birth
