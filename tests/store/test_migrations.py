from __future__ import annotations

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from becoming.events import StoreError
from becoming.store import Store, migrations
from becoming.store.schema import metadata

SCRIPTS = ScriptDirectory(migrations.__path__[0])
OLDER = [script.revision for script in SCRIPTS.walk_revisions()][1:]


def revision_of(store: Store) -> str | None:
    with store.read() as connection:
        return migrations.revision(connection)


def make_at(revision: str, folder, monkeypatch) -> None:
    """A memory as the Becoming of that revision left it, with a moment in it."""
    with monkeypatch.context() as then:
        then.setattr(migrations, "LATEST", revision)
        store = Store.open(folder)
    with store.write() as connection:
        connection.execute(text("INSERT INTO session(id, began) VALUES (1, 0)"))
        connection.execute(
            text(
                "INSERT INTO turn(session, speaker, said, text, via, interrupted) "
                "VALUES (1, 1, 0, 'said long ago', 'voice', 0)"
            )
        )
    assert revision_of(store) == revision
    store.close()


def test_the_revision_known_without_alembic_is_the_last_of_one_line():
    assert SCRIPTS.get_current_head() == migrations.LATEST
    assert sorted([*OLDER, migrations.LATEST]) == [*reversed(OLDER), migrations.LATEST]


def test_a_new_memory_has_the_tables_the_code_uses(store):
    with store.read() as connection:
        there = inspect(connection)
        assert revision_of_tables(there) == {
            table.name: {(column.name, column.nullable) for column in table.columns}
            for table in metadata.tables.values()
        }


def revision_of_tables(there) -> dict[str, set[tuple[str, bool]]]:
    own = metadata.tables.keys()
    return {
        name: {(column["name"], column["nullable"]) for column in there.get_columns(name)}
        for name in there.get_table_names()
        if name in own
    }


@pytest.mark.parametrize("revision", OLDER)
def test_an_older_memory_is_backed_up_and_brought_up_to_date(revision, desktop, folder, monkeypatch):
    make_at(revision, folder, monkeypatch)

    store = Store.open(folder)

    assert revision_of(store) == migrations.LATEST
    with store.read() as connection:
        assert connection.execute(text("SELECT text FROM turn")).scalars().all() == ["said long ago"]
    store.close()
    [backup] = (folder / "backups").glob("*.db")
    backup.replace(folder / "memory.db")
    with monkeypatch.context() as then:
        then.setattr(migrations, "LATEST", revision)
        older = Store.open(folder)
    assert revision_of(older) == revision
    older.close()


def test_a_migration_that_fails_changes_nothing(desktop, folder, monkeypatch):
    make_at("0001", folder, monkeypatch)
    with monkeypatch.context() as then:
        then.setattr(migrations, "LATEST", "0001")
        store = Store.open(folder)
    with store.write() as connection:
        connection.execute(text("CREATE TABLE note(in_the_way)"))
    store.close()

    with pytest.raises(StoreError, match=r"Nothing was changed, and a backup is in .*memory-000001\.db"):
        Store.open(folder)

    with monkeypatch.context() as then:
        then.setattr(migrations, "LATEST", "0001")
        store = Store.open(folder)
    assert revision_of(store) == "0001"
    store.close()


def test_a_memory_of_a_newer_becoming_is_refused_and_left_as_it_is(desktop, folder):
    store = Store.open(folder)
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    before = (folder / "memory.db").read_bytes()

    with pytest.raises(StoreError, match="update Becoming"):
        Store.open(folder)

    assert (folder / "memory.db").read_bytes() == before
