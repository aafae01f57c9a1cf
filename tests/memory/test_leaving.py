from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from becoming.events import InputError
from becoming.memory import Memory
from becoming.memory.leaving.folder import export, restore
from becoming.memory.library import Library
from becoming.memory.recall.embedding import Words
from becoming.store import Store
from becoming.store.fulltext import fulltext
from becoming.store.schema import (
    alias,
    audit,
    being,
    belief,
    checkin,
    emotion,
    evidence,
    feeling,
    ground,
    ledger,
    mention,
    metadata,
    night,
    thought,
    trait,
    turn,
    turn_fts,
    vector,
)
from tests.memory.test_library import document

NOW = 1_700_000_000.0


@pytest.fixture
def lived(store: Store) -> Store:
    """A memory with something in every table."""
    memory = Memory(store)
    memory.put("person", {"name": "Theo", "brings": ""})
    memory.put("being", {"name": "Ada", "why": "it's short — ünïcode", "traits": {"warmth": 0.1 + 0.2}})
    memory.put("nothing", None)
    for n, text in enumerate(
        ["I live in Dallas", "No, in Denver\nreally", "My sister is called Iris", "\ufffd 🙂 \u2028"]
    ):
        memory.record("person", text, at=NOW + n * 40 * 24 * 3600.5)
        memory.record("her", "I see.", at=NOW + n * 40 * 24 * 3600.5 + 9, interrupted=n == 2)
    library = Library(store, WORDS)
    library.add(document(), NOW)
    library.catch_up()
    with store.write() as connection:
        connection.execute(insert(night).values(id=1, kind="night", began=5, ended=6, moments=2, tokens=3))
        connection.execute(insert(audit).values(night=1, turn=1, what="you own a boat", why="nobody said so"))
        connection.execute(
            insert(trait).values(id=1, at=6, name="asks", step=-1, because="twice you said so")
        )
        connection.execute(insert(thought).values(id=1, kind="dream", text="two doors", made=6))
        connection.execute(insert(ground).values(kind="thought", ref=1, turn=1))
        plan = {"quote": "in Denver", "asks": "So, how was it?", "begins": 7, "due": 8}
        connection.execute(insert(checkin).values(id=1, turn=3, **plan))
        connection.execute(insert(being).values(id=7, name="Iris", kind="person"))
        connection.execute(insert(alias).values(name="my sister", being=7))
        connection.execute(insert(mention).values(being=7, turn=5))
        read = {"valence": -0.1 - 0.2, "arousal": 0.3, "confidence": 0.7}
        connection.execute(insert(feeling).values(turn=1, source="words", **read))
        connection.execute(insert(feeling).values(turn=1, source="person", told=5, **read))
        connection.execute(insert(emotion).values(turn=1, source="words", name="joy", intensity=0.1 + 0.2))
        connection.execute(insert(vector).values(turn=5, model=1, v=b"\x00\xff\x80"))
        connection.execute(insert(ledger).values(at=1, op="hold", kind="belief", ref=2, digest=b"\x01"))
        for id_, text, at in ((1, "you live in Dallas", 1), (2, "you live in Denver", 3)):
            values = {
                "kind": "fact",
                "relation": "lives_in",
                "value": text[12:],
                "author": "rule",
                "confidence": 0.9,
            }
            connection.execute(insert(belief).values(id=id_, about=1, text=text, learned=at * 1000, **values))
            connection.execute(insert(evidence).values(belief=id_, turn=at, stance=1, quote=text[-6:]))
        # The one that ended points at a later one, which is not there yet when it is read back.
        connection.execute(update(belief).where(belief.c.id == 1).values(unlearned=3000, superseded_by=2))
    return store


WORDS = Words()


@pytest.fixture
def elsewhere(tmp_path, store) -> Store:
    """Always a file: who was on a server can leave it."""
    opened = Store.open(tmp_path / "another computer" / "first", "another passphrase")
    yield opened
    opened.close()


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in order; and the indices are what the rows say."""
    with store.write() as connection:
        fulltext(connection).check(connection)
        return {
            table.name: sorted(map(tuple, connection.execute(select(*table.columns))), key=repr)
            for table in [*metadata.sorted_tables, turn_fts]
        }


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_every_table_has_something_to_lose(lived):
    kept = everything(lived)
    assert all(kept[table.name] for table in metadata.sorted_tables)


def test_a_memory_that_left_and_came_back_is_the_same_row_for_row(lived, elsewhere, tmp_path):
    first = export(lived, tmp_path / "one")
    restore(elsewhere, first)
    assert everything(elsewhere) == everything(lived)
    second = export(elsewhere, tmp_path / "two")
    assert files(first) == files(second)


def test_what_came_back_is_alive(lived, elsewhere, tmp_path):
    restore(elsewhere, export(lived, tmp_path / "one"))
    memory = Memory(elsewhere)
    assert memory.recall("Denver")[0].text == "No, in Denver\nreally"
    assert memory.get("being")["traits"] == {"warmth": 0.1 + 0.2}
    assert Library(elsewhere, WORDS).search("brass key of the lighthouse")[0].place == "page 2"
    said = memory.record("person", "Here I am again", at=NOW * 2)
    assert said.id == memory.recent(2)[0].id + 1
    with elsewhere.write() as connection:
        fulltext(connection).check(connection)


def test_a_person_can_read_it(lived, tmp_path):
    folder = export(lived, tmp_path / "one")
    talks = sorted((folder / "talks").iterdir())
    assert [page.name for page in talks] == ["2023-11.md", "2023-12.md", "2024-02.md", "2024-03.md"]
    assert "**Theo:** No, in Denver really" in talks[1].read_text("utf-8")
    assert "**Ada:** I see. …" in talks[2].read_text("utf-8")
    beliefs = (folder / "beliefs.md").read_text("utf-8")
    assert "## Theo\n\n- you live in Dallas (learned" in beliefs
    assert "taken back" in beliefs
    assert "“Dallas”" in beliefs
    assert "- Iris (person): my sister" in (folder / "people.md").read_text("utf-8")
    assert "- The Flood (pdf), read" in (folder / "books.md").read_text("utf-8")


def test_only_its_owner_may_look_into_it(lived, tmp_path):
    assert export(lived, tmp_path / "one").stat().st_mode & 0o077 == 0


def test_nothing_is_written_over(lived, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="there already"):
        export(lived, tmp_path / "mine")
    assert files(tmp_path / "mine") == {"thesis.txt": b"years of work"}


def test_a_half_written_export_never_has_its_name(lived, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as context:
        context.setattr("becoming.memory.leaving.pages.write", full)
        with pytest.raises(InputError, match="No space left"):
            export(lived, tmp_path / "one")
    assert not (tmp_path / "one").exists()
    with pytest.raises(InputError, match=r"manifest\.json is missing"):
        restore(lived, tmp_path / "one.unfinished")
    assert files(export(lived, tmp_path / "one"))


def test_a_memory_that_holds_something_is_not_written_over(lived, tmp_path):
    folder = export(lived, tmp_path / "one")
    before = everything(lived)
    with pytest.raises(InputError, match="holds something already"):
        restore(lived, folder)
    assert everything(lived) == before


@pytest.mark.parametrize("name", ["rows/turn.jsonl", "rows/book.jsonl", "manifest.json"])
def test_a_damaged_export_changes_nothing(lived, elsewhere, tmp_path, name):
    folder = export(lived, tmp_path / "one")
    before = everything(elsewhere)
    for damage in (
        lambda data: data[: len(data) // 2],
        lambda data: b"!" + data[1:],
        lambda data: b"[]",
        lambda data: b"",
    ):
        original = (folder / name).read_bytes()
        (folder / name).write_bytes(damage(original))
        with pytest.raises(InputError):
            restore(elsewhere, folder)
        (folder / name).write_bytes(original)
    (folder / name).unlink()
    with pytest.raises(InputError, match="missing"):
        restore(elsewhere, folder)
    assert everything(elsewhere) == before


def forged(folder: Path, name: str, change: dict[str, object]) -> None:
    """Change the first row of a table and make the manifest fit, as somebody with bad intent would."""
    import hashlib

    path = folder / "rows" / f"{name}.jsonl"
    first, *rest = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(json.dumps(json.loads(first) | change) + "\n" + "".join(rest), "utf-8")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][f"rows/{name}.jsonl"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("evidence", {"quote": "words nobody said"}),  # the database itself does not take it
        ("turn", {"speaker": 99}),
        ("turn", {"nonsense": 1}),
        ("turn", {"id": "DROP TABLE turn"}),
        ("vector", {"v": "not base64!"}),
        ("belief", {"kind": "order"}),
    ],
)
def test_a_forged_export_is_refused_whole(lived, elsewhere, tmp_path, table, change):
    folder = export(lived, tmp_path / "one")
    before = everything(elsewhere)
    forged(folder, table, change)
    with pytest.raises(InputError, match="sound memory"):
        restore(elsewhere, folder)
    assert everything(elsewhere) == before
    assert Memory(elsewhere).record("person", "I can still speak", at=1.0).id


def test_an_export_of_other_tables_or_another_format_says_so(lived, elsewhere, tmp_path):
    folder = export(lived, tmp_path / "one")
    manifest = json.loads((folder / "manifest.json").read_text())
    for change, says in (({"tables": "9999"}, "another version"), ({"format": 2}, "does not know")):
        (folder / "manifest.json").write_text(json.dumps(manifest | change))
        with pytest.raises(InputError, match=says):
            restore(elsewhere, folder)


def test_ten_thousand_turns_are_the_same_in_order(store, elsewhere, tmp_path):
    with store.write() as connection:
        connection.exec_driver_sql("INSERT INTO session(id, began) VALUES (1, 0)")
        rows = [
            {"id": n, "session": 1, "speaker": 1, "said": n, "text": f"t{n}", "via": "text"}
            for n in range(1, 10_001)
        ]
        connection.execute(insert(turn), [{**row, "interrupted": False} for row in rows])
    assert restore(elsewhere, export(store, tmp_path / "one")) > 10_000
    with elsewhere.read() as connection:
        assert connection.execute(select(turn.c.text).order_by(turn.c.id)).scalars().all()[-1] == "t10000"
