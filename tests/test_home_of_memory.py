"""What she knows of somebody, asked of a whole home whose model is away: the answer is the memory's, word for word."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from becoming.events import Utterance
from tests.e2e.house import furnish
from tests.test_home_of_care import opened, said

pytestmark = pytest.mark.slow


async def test_what_was_told_of_somebody_is_answered_when_it_is_asked_for(tmp_path: Path):
    furnish(tmp_path)
    async with opened(tmp_path) as home:
        for line in ("My sister Ida moved to Bergen in May.", "My brother is called Emil."):
            await home.settle(Utterance(line, time.time(), "text"), None)
        both = "Your sister is called Ida, and Ida lives in Bergen."
        assert await said(home, "What do you know about my sister?") == both
        assert await said(home, "Where does my sister live?") == "Your sister Ida lives in Bergen."
        assert await said(home, "What is my brother called?") == "Your brother is called Emil."
