"""What the house is joined from: the memory, what a night needs, the ears; each with its concrete engines."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from becoming.app.asking import forms_of, picks_of
from becoming.config import Settings
from becoming.conversation.hands import Hands
from becoming.conversation.hands.calendar import CalendarByEar
from becoming.conversation.hands.mail import MailByEar
from becoming.conversation.hands.others import OthersByEar
from becoming.conversation.hands.page import PageByEar
from becoming.conversation.stance import SURE
from becoming.events import Being, Person
from becoming.feelings import Perceiving
from becoming.language import Model
from becoming.llm.brain import Brain
from becoming.llm.embedded import drop_prompts
from becoming.memory import Life, Memory
from becoming.memory.beliefs.dates import upcoming
from becoming.memory.recall.embedding import Sentences, Words
from becoming.sleep import Sleeping
from becoming.speech.endpointing import SmartTurn
from becoming.speech.engine import Senses
from becoming.speech.stt import MoonshineStt
from becoming.speech.tts import Tts
from becoming.speech.vad import Vad
from becoming.store import Store
from becoming.tools.approval import Approvals
from becoming.tools.calendar.accounts import Accounts as Calendars
from becoming.tools.calendar.diary import Diary
from becoming.tools.files import Folders
from becoming.tools.mail import Accounts, Post
from becoming.tools.others import Calling, Choosing, Servers

if TYPE_CHECKING:
    from becoming.feelings.voice import Sounding

GROWS = "grows"
"""The note of the person's own switch; False: she stays as she is."""


def may_grow(settings: Settings, life: Life) -> bool:
    """Whether she may change overnight: by the settings, and by the person's own switch."""
    return settings.grows and life.moments.get(GROWS) is not False


def life_of(settings: Settings, store: Store, sentences: Sentences, perceive: Perceiving) -> Life:
    """The person's memory."""
    drop, quiet = partial(drop_prompts, settings.home), (settings.quiet_from, settings.quiet_until)
    return Life(store, sentences, Words(), time.time, drop, perceive.correct, quiet)


def post_of(life: Life) -> Post:
    """The mail of the person of this memory."""
    return Post(Accounts(life.moments.get, life.moments.put), life.names)


def diary_of(life: Life) -> Diary:
    """The calendars and address books of the person of this memory."""
    return Diary(Calendars(life.moments.get, life.moments.put))


def hands_of(
    life: Life, post: Post, diary: Diary, brain: Brain, encode: Sentences, calling: Calling
) -> Hands:
    """What she does besides talking, for the person of this memory. To be made where the loop runs."""
    get, put, clock = life.moments.get, life.moments.put, time.time
    others = OthersByEar(
        Servers(get, put), calling, Choosing(encode), forms_of(brain), clock, picks_of(brain)
    )
    pages = PageByEar(Folders(get, put), clock)
    mail, calendar = MailByEar(post, clock), CalendarByEar(diary, upcoming, clock)
    return Hands([mail, calendar, pages, others], Approvals(get, put, clock))


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
