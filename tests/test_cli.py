"""The commands that look after a memory, as they are typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner, Result

from becoming.cli import app
from becoming.config import settings
from becoming.events import Lesson, StoreError
from becoming.memory import Memory
from becoming.memory.beliefs.holding import Beliefs
from becoming.store import Store, folder_of
from becoming.store.schema import trait

PASSPHRASE = "a few quiet words"
Becoming = Callable[..., Result]


@pytest.fixture
def home(tmp_path, monkeypatch) -> Iterator[Path]:
    """A home in which a person called `first` has said something."""
    monkeypatch.setenv("BECOMING_HOME", str(tmp_path))
    monkeypatch.setenv("BECOMING_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.delenv("BECOMING_PERSON", raising=False)
    settings.cache_clear()
    say(tmp_path, "first", "My sister Iris lives in Lisbon now")
    yield tmp_path
    settings.cache_clear()


def say(home: Path, person: str, text: str) -> None:
    store = Store.open(folder_of(home, person), PASSPHRASE)
    Memory(store).record("person", text, at=1_700_000_000.0)
    store.close()


@pytest.fixture
def becoming(home) -> Becoming:
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_what_was_said_is_recalled_with_its_day_and_the_reason(becoming):
    shown = becoming("recall", "Where does Iris live?")
    assert shown.exit_code == 0
    assert "14 November 2023, you: My sister Iris lives in Lisbon now" in shown.stdout
    assert "iris" in shown.stdout.split("Lisbon now")[1].lower()


def test_a_letter_is_read_and_told_as_read(becoming, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("The brass key of the lighthouse lies [bold]under[/] the piano.\x1b[2J")
    assert "✓ letter  1 passages" in becoming("read", letter).stdout
    shown = becoming("recall", "brass key").stdout
    assert "read in letter" in shown
    assert (
        "[bold]under[/] the piano.[2J" in shown
    )  # as it stands: neither a style nor an order to the terminal
    assert re.search(r"1  letter  text, read \d", becoming("read").stdout)


def test_what_cannot_be_read_is_named_and_the_rest_is_read(becoming, tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "b.txt").write_text("Dear Theo")
    shown = becoming("read", folder, tmp_path / "none.txt")
    assert shown.exit_code == 1
    assert "✗ letters/a.pdf cannot be read: it is a broken PDF" in shown.stdout
    assert "✓ letters: b" in shown.stdout
    assert "✗ There is no file" in shown.stdout


def test_a_memory_leaves_and_comes_back_for_another_person(becoming, tmp_path):
    assert becoming("export", tmp_path / "out").exit_code == 0
    assert "holds something already" in becoming("import", tmp_path / "out").stdout
    assert becoming("import", tmp_path / "out", "--person", "copy").exit_code == 0
    assert "lives in Lisbon" in becoming("recall", "Iris", "--person", "copy").stdout
    again = becoming("export", tmp_path / "out")
    assert (again.exit_code, "nothing is ever written over" in again.stdout) == (1, True)


def test_while_she_is_running_elsewhere_it_says_so(becoming, home):
    store = Store.open(folder_of(home), PASSPHRASE)
    shown = becoming("recall", "Iris")
    store.close()
    assert shown.exit_code == 1
    assert "already running" in shown.stdout


def test_a_wrong_passphrase_is_told_and_shows_nothing(becoming, monkeypatch):
    monkeypatch.setenv("BECOMING_PASSPHRASE", "something else")
    settings.cache_clear()
    shown = becoming("recall", "Iris")
    assert shown.exit_code == 1
    assert "not the passphrase" in shown.stdout
    assert "Lisbon" not in shown.stdout


def test_beliefs_are_shown_with_their_sources(becoming, home):
    assert "She holds nothing true yet" in becoming("beliefs").stdout
    assert "knows nothing of Bob" in becoming("beliefs", "Bob").stdout
    store = Store.open(folder_of(home), PASSPHRASE)
    told = Memory(store).record("person", "I moved to Denver", at=1_700_000_000.0)
    old, new = (
        Lesson("you", "fact", "lives_in", city, f"you live in {city}", "Denver", slot="lives_in")
        for city in ("Dallas", "Denver")
    )
    held = Beliefs(store)
    held.hold(old, told)
    held.hold(new, Memory(store).record("person", "Denver it is", at=1_700_100_000.0))
    store.close()
    shown = becoming("beliefs").stdout
    assert "you live in Denver  since 16 November 2023" in shown
    assert "16 November 2023: “Denver”" in shown
    assert "Dallas" not in shown
    assert "you live in Dallas  learned 14 November 2023, until" in becoming("beliefs", "--history").stdout


def test_forgetting_shows_what_would_go_and_asks_once(becoming, home):
    ask = partial(CliRunner().invoke, app)
    shown = ask(["forget", "everything about Iris"], input="n\n")
    assert "My sister Iris lives in Lisbon now" in shown.stdout
    assert "Nothing was changed" in shown.stdout
    assert "Lisbon" in becoming("recall", "Iris").stdout
    gone = ask(["forget", "everything about Iris"], input="y\n")
    assert "Gone: moments 1" in gone.stdout
    assert "No word of it is left" in gone.stdout
    assert "Lisbon" not in becoming("recall", "Iris").stdout


def test_a_book_is_forgotten_by_its_number(becoming, home, tmp_path):
    (tmp_path / "letter.txt").write_text("The brass key lies under the piano.")
    becoming("read", tmp_path / "letter.txt")
    shown = CliRunner().invoke(app, ["forget", "--book", "1"], input="y\n")
    assert "Gone: books 1" in shown.stdout
    assert "piano" not in becoming("recall", "brass key").stdout
    assert "nothing of it to forget" in becoming("forget", "--book", "1").stdout


def test_forgetting_nothing_in_particular_is_asked_back(becoming):
    shown = becoming("forget")
    assert (shown.exit_code, "Say what to forget" in shown.stdout) == (1, True)


# ── several people ──────────────────────────────────────────────────────────────────────────


def test_one_persons_question_never_reaches_anothers_memory(becoming, home):
    say(home, "ada", "My secret garden is in Porto")
    assert "Porto" in becoming("recall", "secret garden", "--person", "ada").stdout
    assert "Porto" not in becoming("recall", "secret garden").stdout
    assert "Lisbon" not in becoming("recall", "Iris sister Lisbon", "--person", "ada").stdout


def test_a_person_named_before_the_command_is_not_overheard(becoming, home):
    say(home, "ada", "My secret garden is in Porto")
    assert "Porto" in becoming("--person", "ada", "recall", "secret garden").stdout
    assert "Lisbon" not in becoming("--person", "ada", "recall", "Iris sister Lisbon").stdout


def test_the_setting_says_whose_memory_it_is(becoming, home, monkeypatch):
    say(home, "ada", "My secret garden is in Porto")
    monkeypatch.setenv("BECOMING_PERSON", "ada")
    settings.cache_clear()
    assert "Porto" in becoming("recall", "secret garden").stdout


@pytest.mark.parametrize(
    "name",
    [
        "../people/first",
        "..",
        ".",
        "ada/../first",
        "/etc",
        "first/",
        "FIRST",
        "a\0b",
        "C:\\x",
        "a" * 33,
        "é",
        " first",
        "first\n",
    ],
)
def test_no_name_leads_to_another_folder(becoming, home, name):
    before = sorted(home.rglob("*"))
    for arguments in (["recall", "Iris"], ["export", home / "out"], ["import", home / "out"], ["read"]):
        shown = becoming(*arguments, "--person", name)
        assert shown.exit_code == 1
        assert "cannot be the name of a memory" in shown.stdout
        assert "Lisbon" not in shown.stdout
    assert sorted(home.rglob("*")) == before


def test_a_misspelt_name_begins_no_memory(becoming, home):
    shown = becoming("recall", "Iris", "--person", "frist")
    assert shown.exit_code == 1
    assert "no memory of 'frist' here yet" in shown.stdout
    assert not folder_of(home, "frist").exists()


def test_each_has_a_key_and_neither_opens_the_others_memory(home):
    from sqlcipher3 import dbapi2

    from becoming.store import WrongPassphrase
    from becoming.store.cipher import connect
    from becoming.store.key import existing_key

    Store.open(folder_of(home, "ada"), "another passphrase").close()
    with pytest.raises(WrongPassphrase):
        Store.open(folder_of(home, "ada"), PASSPHRASE)
    mine = existing_key(folder_of(home), PASSPHRASE)
    hers = existing_key(folder_of(home, "ada"), "another passphrase")
    assert mine != hers
    with pytest.raises(dbapi2.DatabaseError):
        connect(folder_of(home, "ada") / "memory.db", mine).execute("SELECT * FROM turn")


def test_a_key_file_put_beside_anothers_memory_opens_nothing(home):
    Store.open(folder_of(home, "ada"), "another passphrase").close()
    theirs = folder_of(home, "ada") / "key.json"
    theirs.write_bytes((folder_of(home) / "key.json").read_bytes())
    with pytest.raises(StoreError):
        Store.open(folder_of(home, "ada"), PASSPHRASE)


def test_one_connection_cannot_be_talked_into_anothers_file(home):
    """Attaching the other file, even by somebody who could run SQL, shows nothing without its key."""
    from sqlalchemy.exc import DBAPIError
    from sqlcipher3 import dbapi2

    Store.open(folder_of(home, "ada"), "another passphrase").close()
    store = Store.open(folder_of(home), PASSPHRASE)
    with pytest.raises((DBAPIError, dbapi2.DatabaseError)) as refused:
        store._connection.exec_driver_sql("ATTACH ? AS other", (str(folder_of(home, "ada") / "memory.db"),))
        store._connection.exec_driver_sql("SELECT * FROM other.turn")
    assert "not a database" in str(refused.value)
    store.close()


def test_the_portrait_is_read_line_by_line_and_written_into(becoming, home):
    assert "She knows nothing of you yet." in becoming("portrait").stdout
    shown = becoming("portrait", "--tell", "I write with my [left] hand.").stdout
    assert re.search(r"who you are|what is dear", shown)
    assert "1  I write with my [left] hand." in shown


def test_her_diary_of_changes_is_read_and_a_change_taken_back(becoming, home):
    assert "She is as she was born." in becoming("growth").stdout
    store = Store.open(folder_of(home), PASSPHRASE)
    with store.write() as connection:
        reason = "you said twice that I ask a lot"
        connection.execute(insert(trait).values(at=1_700_000_000_000, name="asks", step=-0.3, because=reason))
    store.close()
    assert "1  Since 14 November I ask fewer questions, because you said twice" in becoming("growth").stdout
    assert "Taken back" in becoming("growth", "--undo", 1).stdout
    assert "(taken back)" in becoming("growth").stdout
    again = becoming("growth", "--undo", 1)
    assert (again.exit_code, "no change 1" in again.stdout) == (1, True)


def test_before_her_birth_there_is_no_night_and_no_journal(becoming):
    assert "She has not slept yet." in becoming("journal").stdout
    shown = becoming("sleep", "--dry-run")
    assert (shown.exit_code, "not born yet" in shown.stdout) == (1, True)
