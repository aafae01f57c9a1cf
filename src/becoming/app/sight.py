"""One picture at a touch, on a walk: given to a model that sees in one request, and kept nowhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from becoming.config import Settings
from becoming.conversation.hands import Imagined
from becoming.conversation.hands.walk import Walk
from becoming.conversation.turn import Conversation
from becoming.events import Clause, InputError, Reply
from becoming.llm.client import ChatModel

BLIND = "The language model here sees no pictures. Tell her in words what you see."


class Sight:
    """What she sees with, and nothing where the model is blind."""

    def __init__(self, settings: Settings, model: ChatModel, walk: Walk, talk: Callable[[], object]) -> None:
        """`talk` gives what takes the turns now; before her birth that is no conversation, and nothing is looked at."""
        self._settings, self._model, self._walk, self._current = settings, model, walk, talk
        self._sees = False
        self._looked: Imagined | None = None

    async def open(self) -> None:
        """Find out whether the model sees: as the settings say, else as its server does."""
        said = self._settings.vision
        self._sees = await self._model.sees() if said is None else said and bool(self._settings.llm_base_url)

    @property
    def where(self) -> str:
        """The computer that a picture goes to; empty where none can be looked at."""
        return (self._model.where or "this computer") if self._sees and self._talk() else ""

    def _talk(self) -> Conversation | None:
        talk = self._current()
        return talk if isinstance(talk, Conversation) else None

    async def look(self, jpeg: bytes) -> AsyncIterator[Clause]:
        """What she imagines of it. Raises InputError where she can't see, ModelAway."""
        talk = self._talk()
        if not (self._sees and talk):
            raise InputError(BLIND)
        self._looked = self._walk.look(jpeg)
        async for clause in talk.look(self._looked):
            yield clause

    async def looked(self, said: Reply | None) -> None:
        """It was said, and is not recorded: all that stays in the talk is that strangers were imagined."""
        looked, self._looked, talk = self._looked, None, self._talk()
        if looked and said and talk:
            self._walk.settle(looked, said.text)
            talk.noted(looked.noted)
