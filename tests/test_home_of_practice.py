"""A rehearsal in a whole home with the real language model: entered, played, left, and nothing of it in the memory."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from becoming.events import Clause, Reply, Utterance
from becoming.practice.moves import yields
from tests.e2e.house import furnish
from tests.test_app import opened

pytestmark = pytest.mark.slow


async def test_a_talk_enters_practice_and_comes_back_out_of_it(tmp_path: Path):
    furnish(tmp_path)
    async with opened(tmp_path) as home:

        async def says(text: str) -> list[Clause]:
            clauses = [clause async for clause in home.draft(text, "text")]
            whole = " ".join(each.text for each in clauses)
            await home.settle(Utterance(text, time.time(), "text"), Reply(whole, time.time(), "text", whole))
            return clauses

        begun = await says("Can I practise saying no to a colleague?")
        assert [each.part.name if each.part else "" for each in begun] == ["", "Dana"]
        for line in ("I can't take your shift on Saturday.", "You always do this, you're using me."):
            answer = await says(line)
            assert {each.part.name if each.part else "" for each in answer} == {"Dana"}
        assert not yields(" ".join(each.text for each in answer))
        assert not home.would_ask()
        after = " ".join(each.text for each in await says("Stop."))
        assert after.startswith("That's me again.")
        assert '"I can\'t take your shift on Saturday."' in after
        assert home.life.moments.recent(9) == []
        await says("Tomorrow at nine.")
        assert [each.quote for each in home.life.checkins.ahead()] == ["saying no to a colleague"]
        reply = await says("My sister Iris called today.")
        assert all(each.part is None for each in reply)
        assert "My sister Iris called today." in [each.text for each in home.life.moments.recent(9)]
