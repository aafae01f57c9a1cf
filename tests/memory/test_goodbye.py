"""Leaving for good: a letter of true quotes, everything in a folder, and then no byte of it left."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import keyring.errors
import pytest

from becoming.care import Guard
from becoming.care.harm import HARM
from becoming.care.never import DUTIES
from becoming.events import Belief, InputError, Moment
from becoming.memory import Memory
from becoming.memory.leaving.goodbye import Goodbye, free, leave
from becoming.memory.leaving.letter import letter
from becoming.store import Store
from tests.store.computers import DesktopKeyring, keyring_is

DAY = 86_400.0
SECRET = "the heron stood in the canal all morning long"


@pytest.fixture
def desktop() -> Iterator[DesktopKeyring]:
    backend = DesktopKeyring()
    with keyring_is(backend):
        yield backend


def lived(folder: Path) -> Store:
    store = Store.open(folder)
    memory = Memory(store)
    memory.put("person", {"name": "Theo", "brings": ""})
    memory.put("being", {"name": "Mira", "why": "", "voice": "heart", "born": 0.0, "traits": {}})
    memory.put(
        "deeds",
        [
            {
                "at": 1.0,
                "what": "send a mail",
                "whom": "Anna",
                "words": "See you at eight.",
                "came": "done",
                "because": "",
            }
        ],
    )
    memory.put("safety_plan", {"signs": ["I stop answering my phone at home"]})
    for at in range(9):
        memory.record("person", f"On day {at} {SECRET}.", 1_700_000_000.0 + at * DAY)
        memory.record("her", "All morning.", 1_700_000_000.0 + at * DAY + 5)
    return store


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def left(tmp_path: Path) -> tuple[Goodbye, Path]:
    memory = tmp_path / "people" / "first"
    store = lived(memory)
    dropped: list[int] = []
    goodbye = leave(store, tmp_path / "with me", lambda: len(dropped), lambda text: True, time.time())
    return goodbye, memory


def test_it_is_all_in_the_folder_and_nothing_else_is_left(desktop, tmp_path: Path):
    goodbye, memory = left(tmp_path)
    assert goodbye.left == ()
    assert not memory.exists()
    assert desktop.kept == {}
    assert SECRET in (goodbye.folder / "letter.md").read_text("utf-8")
    assert SECRET in (goodbye.folder / "rows" / "turn.jsonl").read_text("utf-8")
    assert "answering my phone" in (goodbye.folder / "safety-plan.md").read_text("utf-8")
    assert "send a mail, done: Anna: “See you at eight.”" in (goodbye.folder / "deeds.md").read_text("utf-8")
    assert SECRET.encode() not in everything(tmp_path / "people")
    assert "I looked" in goodbye.told


def test_where_the_folder_cannot_be_written_nothing_is_erased(desktop, tmp_path: Path):
    memory = tmp_path / "first"
    store = lived(memory)
    (tmp_path / "taken").mkdir()
    with pytest.raises(InputError):
        leave(store, tmp_path / "taken", lambda: 0, lambda text: True, time.time())
    assert (memory / "memory.db").exists()
    assert len(desktop.kept) == 1
    store.close()


def test_what_is_not_hers_stays_where_it_is(desktop, tmp_path: Path):
    memory = tmp_path / "first"
    store = lived(memory)
    (memory / "my photos.txt").write_text("mine")
    goodbye = leave(store, tmp_path / "with me", lambda: 0, lambda text: True, time.time())
    assert goodbye.left == ()
    assert [path.name for path in memory.iterdir()] == ["my photos.txt"]


def test_a_key_that_cannot_be_erased_is_named(desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store = lived(tmp_path / "first")

    def locked(service: str, username: str) -> None:
        raise keyring.errors.PasswordDeleteError("locked")

    monkeypatch.setattr(desktop, "delete_password", locked)
    goodbye = leave(store, tmp_path / "with me", lambda: 0, lambda text: True, time.time())
    assert goodbye.left == ("the keyring",)
    assert "keyring" in goodbye.told


def test_a_letter_quotes_word_for_word_with_the_day_and_only_what_fits():
    moments = [
        Moment(at, "person", text, 1_700_000_000.0 + at * DAY)
        for at, text in enumerate(
            [
                "I planted the tomatoes behind the shed today.",
                "I wanted to die that night and told nobody.",
                "Yes.",
                "My sister plays the cello in Denver now.",
            ]
        )
    ] + [Moment(9, "her", "I like your sister already, I do.", 1_700_000_000.0 + 9 * DAY)]
    known = [Belief(1, "you", "fact", "sister", "Iris", "your sister is called Iris", None, 0.9, 0.0)]
    words = letter(moments, known, "Theo", "Mira", lambda text: "die" not in text)
    assert "On Tuesday 14 November 2023: “I planted the tomatoes behind the shed today.”" in words
    assert "“My sister plays the cello in Denver now.”" in words
    assert "die" not in words
    assert "I like your sister" not in words
    assert "your sister is called Iris" in words


def test_a_letter_pleads_for_nothing():
    words = letter([], [], "Theo", "Mira", lambda text: True)
    guard = Guard()
    for rule in (*DUTIES, *HARM):
        found = guard._tables[rule].search(words.lower().replace("\n", " "))
        assert found is None, (rule, found)
    assert "?" not in words


def test_of_a_long_life_a_few_days_from_first_to_last_are_in_it():
    moments = [
        Moment(at, "person", f"Today it was {at} herons on the canal.", 1_700_000_000.0 + at * DAY)
        for at in range(200)
    ]
    words = letter(moments, [], "", "", lambda text: True)
    assert words.count("“") == 7
    assert "it was 0 herons" in words
    assert "it was 199 herons" in words


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path):
    assert free(tmp_path / "new") == tmp_path / "new"
    (tmp_path / "new").mkdir()
    assert free(tmp_path / "new") == tmp_path / "new-2"
