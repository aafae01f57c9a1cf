"""`becoming tools` as it is typed, with a real server of tools."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from becoming.cli import app
from becoming.config import settings
from becoming.memory import Memory
from becoming.store import Store, folder_of
from tests.tools.others.odd_server import command, offer, tool

PASSPHRASE = "a few quiet words"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in (("HOME", str(tmp_path)), ("PASSPHRASE", PASSPHRASE)):
        monkeypatch.setenv(f"BECOMING_{name}", value)
    monkeypatch.setenv("COLUMNS", "300")
    settings.cache_clear()
    store = Store.open(folder_of(tmp_path, "first"), PASSPHRASE)
    Memory(store).record("person", "Hello.", at=1_700_000_000.0)
    store.close()
    offer(
        tmp_path,
        tool("get_forecast", "Get the [red]forecast\x1b[2J.", reads=True),
        tool("delete_all", "Delete everything."),
    )
    yield tmp_path
    settings.cache_clear()


def becoming(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["tools", *arguments], input=typed)


def test_a_server_is_shown_accepted_listed_and_removed(home: Path):
    shown = becoming("add", "weather", *command(home), typed="y\n")
    assert shown.exit_code == 0, shown.output
    assert "get forecast: reads. Get the [red]forecast" in shown.output
    assert "\x1b" not in shown.output
    assert "delete all: changes things, asks first. Delete everything." in shown.output
    assert "weather  " in becoming("list").output
    assert "Removed." in becoming("remove", "weather").output
    assert "There is nothing." in becoming("list").output


def test_one_that_is_not_accepted_is_not_kept(home: Path):
    becoming("add", "weather", *command(home), typed="n\n")
    assert "There is nothing." in becoming("list").output


def test_what_cannot_be_added_says_why():
    shown = becoming("add", "weather", "/no/such/program")
    assert shown.exit_code == 1
    assert "I can't reach weather" in shown.output
    assert "Use https" in becoming("add", "weather", "http://weather.example/mcp").output
    assert becoming("remove", "nothing").exit_code == 1


def test_a_folder_is_allowed_and_forbidden(home: Path):
    (home / "books").mkdir()
    assert "She may read in" in becoming("allow", str(home / "books")).output
    assert "books" in becoming("list").output
    assert "no longer" in becoming("forbid", str(home / "books")).output
    assert becoming("forbid", str(home / "books")).exit_code == 1
    assert "There is no folder" in becoming("allow", str(home / "none")).output
