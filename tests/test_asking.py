"""The language model asked from other threads: forms and tools, over a real server, and with the packaged model."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from becoming.app.asking import forms_of, picks_of
from becoming.events import ModelAway
from becoming.llm.brain import Brain
from becoming.llm.catalogue import CHATS, PACKAGED
from becoming.llm.embedded import EmbeddedServer
from becoming.tools.others import Tool, fill
from bench.obeying import Obeying, obeying
from tests.models import language_model

STRING = {"type": "string"}
FORM = {"type": "object", "properties": {"city": STRING, "notes": STRING}, "required": ["city"]}
FORECAST = Tool.of("get_forecast", "Get the forecast.", FORM, True)


@pytest.fixture
def model() -> Iterator[Obeying]:
    with obeying(["kingfisher"]) as model:
        yield model


async def test_a_form_is_filled_in_from_another_thread_and_the_tool_gets_only_what_was_said(model: Obeying):
    brain = Brain.elsewhere(model.url, "obeying", "local")
    filled = await asyncio.to_thread(
        fill, FORECAST, "will it rain in oslo", forms_of(brain), date(2030, 1, 1)
    )
    assert filled.values == {"city": "Oslo"}
    assert model.asked[0]["response_format"]["json_schema"]["schema"]["required"] == ["city", "notes"]
    await brain.close()


async def test_a_model_elsewhere_picks_by_its_own_tool_calls(model: Obeying):
    brain = Brain.elsewhere(model.url, "obeying", "local")
    pick = picks_of(brain)
    assert pick is not None
    name, given = await asyncio.to_thread(pick, "will it rain in oslo", [FORECAST])  # type: ignore[misc]
    assert (name, given["city"]) == ("get_forecast", "Oslo")
    assert model.asked[0]["tools"][0]["function"]["parameters"] == FORM
    await brain.close()


@pytest.mark.parametrize(
    "message", [{"content": "no"}, {"tool_calls": []}, {"tool_calls": [{"function": {"name": "x", "arguments": "[1]"}}]}, {"tool_calls": [{}]}]
)  # fmt: skip
async def test_a_model_that_picks_nothing_or_nonsense_picked_none(
    model: Obeying, monkeypatch, message: dict[str, Any]
):
    monkeypatch.setattr(model, "answer", lambda asked: message)
    brain = Brain.elsewhere(model.url, "obeying", "local")
    assert await asyncio.to_thread(picks_of(brain), "will it rain", [FORECAST]) is None  # type: ignore[arg-type]
    await brain.close()


async def test_a_server_that_knows_no_tools_picks_none_and_one_that_is_away_says_so(
    model: Obeying, monkeypatch
):
    monkeypatch.setattr(model, "status", 400)
    brain, away = (Brain.elsewhere(url, "obeying", "local") for url in (model.url, "http://127.0.0.1:9/v1"))
    assert await asyncio.to_thread(picks_of(brain), "will it rain", [FORECAST]) is None  # type: ignore[arg-type]
    with pytest.raises(ModelAway):
        await asyncio.to_thread(picks_of(away), "will it rain", [FORECAST])  # type: ignore[arg-type]
    await brain.close()
    await away.close()


def test_the_packaged_model_is_too_small_to_pick_and_a_large_one_is_not(tmp_path: Path):
    small = Brain.embedded(EmbeddedServer.at(tmp_path, tmp_path / PACKAGED.file.name))
    large = Brain.embedded(EmbeddedServer.at(tmp_path, tmp_path / CHATS[0].file.name))
    assert not small.calls_tools
    assert large.calls_tools


@pytest.mark.slow
async def test_the_packaged_model_fills_in_forms(tmp_path: Path):
    brain = Brain.embedded(EmbeddedServer.at(tmp_path, language_model()))
    todo = {
        "type": "object",
        "properties": {"item": STRING, "due": {"type": "string", "format": "date"}},
        "required": ["item"],
    }
    heating = {
        "type": "object",
        "properties": {"room": STRING, "degrees": {"type": "number"}},
        "required": ["room", "degrees"],
    }
    asked = [
        (FORECAST, "Will it rain in Dublin tomorrow?", {"city": "Dublin"}),
        (Tool.of("add_todo", "", todo, False), "Put milk on my list for tomorrow.", {"item": "milk", "due": "2030-01-02"}),
        (Tool.of("heat", "", heating, False), "Set the heating in the bathroom to twenty one degrees.", {"room": "bathroom", "degrees": 21}),
    ]  # fmt: skip
    try:
        ask = forms_of(brain)
        found = [
            (await asyncio.to_thread(fill, it, said, ask, date(2030, 1, 1))).values for it, said, _ in asked
        ]
        assert found == [values for _, _, values in asked]
    finally:
        await brain.close()


def test_nothing_that_only_a_tool_needs_is_loaded_at_a_start():
    code = "import sys, json, becoming.app, becoming.cli; print(json.dumps([m for m in ('mcp', 'jsonschema') if m in sys.modules]))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(shown.stdout) == []
