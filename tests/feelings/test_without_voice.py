"""The part that listens to voices can be deleted, and the house stands."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import becoming
from becoming.app import parts
from becoming.memory import Memory
from becoming.store import Store
from tests.store.computers import DesktopKeyring, keyring_is

SOURCE = Path(becoming.__file__).parent


def test_without_its_file_there_is_nothing_that_listens(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "becoming.feelings.voice", None)  # an import fails as if it were deleted
    with keyring_is(DesktopKeyring()):
        store = Store.open(tmp_path)
        assert parts.sounding_of(Memory(store)) is None
        store.close()


def test_nothing_else_needs_it():
    """It is imported in one place only, where its absence is met; elsewhere its types alone are named."""
    importing = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "becoming.feelings.voice"
    }
    assert importing == {"app/parts.py"}
