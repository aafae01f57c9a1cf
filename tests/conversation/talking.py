"""A talk for the tests: she over a listed past, and somebody who says a line, hears the reply and lets it settle."""

from __future__ import annotations

import random

from calm import calm
from listed_past import Past
from scripted_model import ScriptedModel

from becoming.care import Caring, Guard
from becoming.conversation import Conversation
from becoming.conversation.hands import Hands
from becoming.events import Being, Feeling, Person, Reply, Utterance


class Talking:
    """As the engine does it; `now` is turned by hand, and `mind` is the conversation over `past` and `model`."""

    def __init__(
        self, model: ScriptedModel, now: float, hands: Hands | None = None, care: Caring | None = None
    ) -> None:
        self.model, self.now, self.past = model, now, Past()
        self.mind = Conversation(
            model,
            Being("Mira", "", "heart", 0.0),
            Person("Jonas"),
            "You are Mira.",
            self.past,
            Guard(),
            care or calm(),
            lambda: self.now,
            random.Random(1),
            lambda text, earlier: Feeling(0.0, 0.0, 0.0),
            hands=hands,
        )

    async def say(self, text: str, until: str = "") -> str:
        """The reply, or its beginning where they interrupt her after `until`."""
        said = " ".join([clause.text async for clause in self.mind.draft(text, "voice")])
        said = said.partition(until)[0] + until if until else said
        reply = Reply(said, self.now, interrupted=bool(until)) if said else None
        await self.mind.settle(Utterance(text, self.now), reply)
        return said
