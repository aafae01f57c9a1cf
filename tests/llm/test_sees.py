"""Whether a model takes pictures, as its server declares it; and what of a picture reaches it."""

from __future__ import annotations

import asyncio
import base64
import random
import time
from typing import Any

import pytest

from becoming.app.sight import BLIND, Sight
from becoming.care import Guard
from becoming.config import Settings
from becoming.conversation import Conversation
from becoming.conversation.hands import Hands
from becoming.conversation.hands.walk import Walk
from becoming.events import Being, Feeling, InputError, ModelAway, Person, Reply
from becoming.llm.client import ChatModel
from becoming.tools.approval import Approvals
from tests.conversation.calm import calm
from tests.conversation.listed_past import Past
from tests.llm.seeing import MODEL, SeeingServer

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4
SAYS = "I imagine she has carried that umbrella through three cities. She is from Poland."


@pytest.mark.parametrize(
    ("declares", "sees"),
    [
        ({}, False),
        ({"capabilities": {"vision": True, "completion_chat": True}}, True),
        ({"capabilities": {"vision": False}}, False),
        ({"capabilities": ["completion", "multimodal"]}, True),
        ({"capabilities": ["completion"]}, False),
        ({"architecture": {"input_modalities": ["text", "image"]}}, True),
        ({"architecture": {"modality": "text+image->text"}}, True),
        ({"architecture": {"modality": "text->text+image"}}, False),
        ({"type": "vlm"}, True),
        ({"type": "llm"}, False),
    ],
)
async def test_a_model_sees_where_its_server_says_so(declares: dict[str, Any], sees: bool) -> None:
    with SeeingServer(SAYS, declares).running() as server:
        model = ChatModel(server.url, MODEL)
        assert await model.sees() is sees
        assert model.where == ""
        assert await ChatModel(server.url, "another").sees() is False
        await model.close()


async def test_a_server_that_is_away_sees_nothing_and_hinders_nobody() -> None:
    assert await ChatModel("http://127.0.0.1:9/v1", MODEL).sees() is False


class There:
    """A talk with a model at a server, and what she sees with."""

    def __init__(self, url: str, **settings: Any) -> None:
        self.past, self.walk = Past(), Walk(time.time)
        self.model = ChatModel(url, MODEL)
        notes: dict[str, object] = {}
        self.mind = Conversation(
            self.model,
            Being("Mira", "", "heart", 0.0),
            Person("Jonas"),
            "You are Mira.",
            self.past,
            Guard(),
            calm(),
            time.time,
            random.Random(1),
            lambda text, earlier: Feeling(0.0, 0.0, 0.0),
            hands=Hands([self.walk], Approvals(notes.get, notes.__setitem__, time.time)),
        )
        self.sight = Sight(Settings(llm_base_url=url, **settings), self.model, self.walk, lambda: self.mind)

    async def look(self) -> str:
        said = " ".join([clause.text async for clause in self.sight.look(JPEG)])
        await self.sight.looked(Reply(said, time.time(), "voice", said))
        await asyncio.sleep(0)
        return said


async def test_one_picture_goes_into_one_request_and_nowhere_else() -> None:
    with SeeingServer(SAYS, {}).running() as server:
        there = There(server.url, vision=True)
        await there.sight.open()
        assert there.sight.where == "this computer"
        said = await there.look()
        assert said.startswith("I imagine she has carried that umbrella through three cities. ")
        assert said.endswith("?")
        assert "Poland" not in said
        (address,) = server.pictures()
        assert base64.b64decode(address.removeprefix("data:image/jpeg;base64,")) == JPEG
        assert "never guess who it is" in server.asked[0]["messages"][0]["content"]
        [clause async for clause in there.mind.draft("He has a dog.", "voice")]
        assert len(server.pictures()) == 1
        kept = str([there.past.moments, there.walk.told, there.mind.today, there.mind.today.day.messages()])
        assert address[-40:] not in kept
        assert there.past.moments == []


async def test_a_model_that_guesses_who_it_is_or_where_from_is_not_heard() -> None:
    with SeeingServer("He is a refugee from Syria on his way to the mosque.", {}).running() as server:
        there = There(server.url, vision=True)
        await there.sight.open()
        assert (await there.look()).startswith("For that one I find no words that are fair to them.")


async def test_a_server_that_takes_no_pictures_after_all_is_told_and_not_imagined_over() -> None:
    with SeeingServer(SAYS, {}, refuses="image input is not supported").running() as server:
        there = There(server.url, vision=True)
        await there.sight.open()
        with pytest.raises(ModelAway, match="image input is not supported"):
            await there.look()


async def test_a_blind_model_is_shown_nothing_whatever_a_client_sends() -> None:
    with SeeingServer(SAYS, {}).running() as server:
        there = There(server.url)
        await there.sight.open()
        assert there.sight.where == ""
        with pytest.raises(InputError, match=BLIND):
            await there.look()
        assert server.asked == []
