"""The cut of the rooms, as far as import-linter does not see it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "becoming"
FILES = sorted(SOURCE.rglob("*.py"))


def imports(file: Path) -> set[str]:
    """Absolute names of what a file imports, relative imports resolved."""
    package = ["becoming", *file.relative_to(SOURCE).parent.parts]
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            found.add(".".join([*base, *([node.module] if node.module else [])]))
    return found


def test_events_import_nothing_of_the_project():
    assert not {name for name in imports(SOURCE / "events.py") if name.startswith("becoming")}


@pytest.mark.parametrize("room", ["speech", "llm", "memory", "feelings", "persona", "care", "tools"])
def test_abilities_do_not_know_each_other(room: str):
    others = {"speech", "llm", "memory", "feelings", "persona", "care", "tools"} - {room}
    for file in (SOURCE / room).rglob("*.py"):
        for name in imports(file):
            parts = name.split(".")
            assert not (parts[0] == "becoming" and len(parts) > 1 and parts[1] in others), (
                f"{file.name}: {name}"
            )


def test_no_module_opens_a_socket_outwards_by_itself():
    """HTTP clients live in the room of the language models, with the calendars and the sign-in that somebody gave an account for, and
    where a page is fetched that the person named; a list is left by one of them after a yes, and a phone is rung that
    was given for it."""
    clients = {"openai", "httpx", "httpx2", "requests", "urllib.request", "huggingface_hub", "aiohttp"}
    for file in FILES:
        if file.parent.name != "llm" and file.name not in (
            "dav.py",
            "oauth.py",
            "page.py",
            "push.py",
            "unsubscribing.py",
        ):
            assert not imports(file) & clients, file


def test_files_are_small_enough_to_hold_in_the_head():
    lengths = {str(file.relative_to(SOURCE)): len(file.read_text("utf-8").splitlines()) for file in FILES}
    assert {name: length for name, length in lengths.items() if length > 450} == {}
    assert (
        sum(lengths.values()) < 38_500
    )  # a smell test: 28,000 to talk, remember, care and sleep; 10,500 for all her hands do, practice and people
