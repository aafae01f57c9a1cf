"""A memory on PostgreSQL: nobody sees another's rows, nothing forgotten stays in the server's tables, no word is lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, inspect, text
from sqlalchemy.exc import IntegrityError

from becoming.config import Settings
from becoming.events import InputError, StoreError
from becoming.memory import Memory
from becoming.memory.beliefs.holding import Beliefs
from becoming.memory.beliefs.learning import Learning
from becoming.memory.forgetting.erasing import Forgetting
from becoming.memory.leaving.folder import export, restore
from becoming.store import Store, StoreBusy, is_begun, migrations, open_store, postgres
from becoming.store.fulltext import fulltext
from becoming.store.schema import metadata, note
from tests.postgresql import Server

SECRET = "Zanzibarwort"


@pytest.fixture
def ada(postgresql: Server) -> Iterator[Store]:
    yield from someone(postgresql, "ada")


@pytest.fixture
def theo(postgresql: Server) -> Iterator[Store]:
    yield from someone(postgresql, "theo-2")


def someone(server: Server, name: str) -> Iterator[Store]:
    server.empty(name)
    with closing(Store.at(server.url(), name)) as store:
        memory = Memory(store)
        moment = memory.record("person", f"I live in {name.title()}town near {SECRET}.", 1.0)
        Learning(store).hear(moment, "")
        memory.put("person", {"name": name})
        yield store


def tables(server: Server, schema: str) -> list[str]:
    with server.superuser() as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
        return [f'"{schema}"."{name}"' for (name,) in found]


# ── several people in one database ──────────────────────────────────────────────────────────


def test_two_people_live_in_one_database_and_do_not_meet(ada, theo):
    assert [moment.text for moment in Memory(ada).recent(9)] == [f"I live in Adatown near {SECRET}."]
    assert [moment.text for moment in Memory(theo).recent(9)] == [f"I live in Theo-2town near {SECRET}."]
    assert [found.text for found in Memory(theo).recall("Adatown")] == []


@pytest.mark.parametrize("named", [None, "", "ada", "nobody", "theo-2' OR 'a' = 'a"])
def test_no_query_of_a_session_that_does_not_name_a_person_reaches_a_row_of_theirs(
    postgresql, ada, theo, named
):
    with closing(postgresql.session(named)) as raw:
        for table in tables(postgresql, "person_theo-2"):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
            assert raw.execute(f"DELETE FROM {table}").rowcount == 0, table
            with pytest.raises(psycopg.Error, match="permission denied"):
                raw.execute(f"TRUNCATE {table} CASCADE")
        assert raw.execute("""UPDATE "person_theo-2".turn SET text = 'changed'""").rowcount == 0
        with pytest.raises(psycopg.Error, match="row-level security"):
            raw.execute("""INSERT INTO "person_theo-2".note(key, value) VALUES ('planted', '1')""")
        with pytest.raises(psycopg.Error, match="row-level security"):
            raw.execute(
                """INSERT INTO "person_theo-2".turn(session, speaker, said, text, via, interrupted)
                   VALUES (1, 1, 0, 'planted', 'voice', false)"""
            )
    assert [moment.text for moment in Memory(theo).recent(9)] == [f"I live in Theo-2town near {SECRET}."]


def test_the_same_session_sees_them_once_it_names_the_person(postgresql, theo):
    with closing(postgresql.session("theo-2")) as raw:
        assert raw.execute("""SELECT count(*) FROM "person_theo-2".turn""").fetchone() == (1,)
        raw.execute("RESET becoming.person")
        assert raw.execute("""SELECT count(*) FROM "person_theo-2".turn""").fetchone() == (0,)


def test_not_even_her_own_open_store_reaches_another_memory(ada, theo):
    with ada.write() as connection:
        reached = connection.execute(text("""SELECT count(*) FROM "person_theo-2".turn""")).scalar()
        joined = connection.execute(
            text("""SELECT count(*) FROM turn t JOIN "person_theo-2".turn o ON o.id = t.id""")
        ).scalar()
        assert connection.execute(text("""DELETE FROM "person_theo-2".note""")).rowcount == 0
    assert (reached, joined) == (0, 0)


def test_every_table_of_every_revision_is_guarded(postgresql, ada):
    with postgresql.superuser() as connection:
        unguarded = connection.execute(
            """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'person_ada' AND c.relkind = 'r' AND (NOT relforcerowsecurity OR NOT EXISTS
               (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))"""
        ).fetchall()
    assert unguarded == []


def test_a_role_that_would_see_everybody_is_refused(postgresql):
    with pytest.raises(StoreError, match="no superuser"):
        Store.at(postgresql.url("postgres"), "ada")


# ── opening ─────────────────────────────────────────────────────────────────────────────────


def test_a_memory_is_open_in_one_process_at_a_time(postgresql, ada, monkeypatch):
    monkeypatch.setattr(postgres, "_LOCK_PATIENCE_MS", 100)
    with pytest.raises(StoreBusy, match="already running"):
        Store.at(postgresql.url(), "ada")
    ada.close()
    Store.at(postgresql.url(), "ada").close()


@pytest.mark.parametrize(
    ("url", "kind", "says"),
    [
        ("no address", InputError, "no address"),
        ("mysql://becoming@localhost/becoming", InputError, "PostgreSQL only"),
        ("postgresql://becoming@127.0.0.1:1/becoming", StoreError, "cannot be reached"),
    ],
)
def test_a_wrong_address_says_what_to_do(url, kind, says):
    with pytest.raises(kind, match=says):
        Store.at(url, "ada")


def test_a_password_is_in_no_message():
    with pytest.raises(StoreError) as error:
        Store.at("postgresql://becoming:marmalade@127.0.0.1:1/becoming", "ada")
    assert "marmalade" not in str(error.value)


def test_a_database_that_is_not_there_is_explained(postgresql):
    with pytest.raises(StoreError, match=r"cannot be reached|refuses"):
        Store.at(postgresql.url(database="elsewhere"), "ada")


def test_a_name_that_is_none_is_refused(postgresql):
    with pytest.raises(InputError, match="cannot be the name"):
        Store.at(postgresql.url(), 'ada"; DROP SCHEMA public; --')


# ── its tables ──────────────────────────────────────────────────────────────────────────────

SCRIPTS = ScriptDirectory(migrations.__path__[0])
OLDER = [script.revision for script in SCRIPTS.walk_revisions()][1:]


def made_at(revision: str, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory as the Becoming of that revision left it, with a moment in it."""
    server.drop("old")
    with monkeypatch.context() as then:
        then.setattr(migrations, "LATEST", revision)
        with closing(Store.at(server.url(), "old")) as store, store.write() as connection:
            connection.execute(text("INSERT INTO session(id, began) VALUES (1, 0)"))
            connection.execute(
                text(
                    "INSERT INTO turn(session, speaker, said, text, via, interrupted) "
                    "VALUES (1, 1, 0, 'said long ago', 'voice', false)"
                )
            )


@pytest.mark.parametrize("revision", OLDER)
def test_an_older_memory_is_brought_up_to_date_and_guarded(postgresql, monkeypatch, revision):
    made_at(revision, postgresql, monkeypatch)

    with closing(Store.at(postgresql.url(), "old")) as store, store.read() as connection:
        assert migrations.revision(connection) == migrations.LATEST
        assert connection.execute(text("SELECT text FROM turn")).scalars().all() == ["said long ago"]
        there = inspect(connection)
        for table in metadata.sorted_tables:
            columns = {(column["name"], column["nullable"]) for column in there.get_columns(table.name)}
            assert columns == {(column.name, column.nullable) for column in table.columns}, table.name
    with closing(postgresql.session(None)) as raw:
        for table in tables(postgresql, "person_old"):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_a_migration_that_fails_changes_nothing(postgresql, monkeypatch):
    made_at("0001", postgresql, monkeypatch)
    with postgresql.superuser() as connection:
        connection.execute("CREATE TABLE person_old.note(in_the_way integer)")

    with pytest.raises(StoreError, match="Nothing was changed"):
        Store.at(postgresql.url(), "old")

    monkeypatch.setattr(migrations, "LATEST", "0001")
    with closing(Store.at(postgresql.url(), "old")) as store, store.read() as connection:
        assert migrations.revision(connection) == "0001"
        assert connection.execute(text("SELECT text FROM turn")).scalars().all() == ["said long ago"]


def test_a_memory_of_a_newer_becoming_is_refused(postgresql, ada):
    with ada.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    ada.close()
    with pytest.raises(StoreError, match="update Becoming"):
        Store.at(postgresql.url(), "ada")
    postgresql.drop("ada")


def test_whether_a_memory_was_begun_is_known_without_taking_it(postgresql, ada, tmp_path):
    def begun(person: str) -> bool:
        return is_begun(Settings(home=tmp_path, person=person, database_url=postgresql.url()))

    assert begun("ada")
    assert not begun("nobody")


def test_the_settings_say_where_a_memory_is(postgresql, tmp_path):
    postgresql.empty("ada")
    settings = Settings(home=tmp_path, person="ada", database_url=postgresql.url())
    with closing(open_store(settings)) as store:
        Memory(store).put("where", "on a server")
    with closing(Store.at(postgresql.url(), "ada")) as store:
        assert Memory(store).get("where") == "on a server"
    assert list(tmp_path.iterdir()) == []


def test_a_memory_moves_from_a_file_to_a_server_and_lives_on(postgresql, store, tmp_path):
    postgresql.drop("moved")
    memory, learning = Memory(store), Learning(store)
    for n, words in enumerate(["I live in Dallas.", "I moved to Denver.", "My sister is called Iris."]):
        learning.hear(memory.record("person", words, n * 60.0), "")
    export(store, tmp_path / "out")

    with closing(Store.at(postgresql.url(), "moved")) as there:
        restore(there, tmp_path / "out")
        assert Beliefs(there).history() == Beliefs(store).history()
        assert Memory(there).recall("Denver") == memory.recall("Denver")
        Learning(there).hear(Memory(there).record("person", "I moved to Oslo.", 999.0), "")
        assert [held.text for held in Beliefs(there).current("you")][-1] == "you live in Oslo"


# ── nothing acknowledged is lost ────────────────────────────────────────────────────────────


def test_a_server_that_crashes_and_comes_back_has_every_acknowledged_moment(postgresql, ada):
    memory = Memory(ada)
    said = [memory.record("person", f"moment {n}", float(n)) for n in range(20)]

    postgresql.crash()
    with pytest.raises(StoreError, match="cannot be reached now"):
        memory.record("person", "while it was away", 99.0)

    assert memory.recent(20) == said
    said.append(memory.record("person", "it is back", 100.0))
    assert memory.recent(2)[-1] == said[-1]


def test_an_error_never_quotes_private_words(ada):
    Memory(ada).put("marmalade", 1)
    with pytest.raises(IntegrityError) as error, ada.write() as connection:
        connection.execute(insert(note).values(key="marmalade", value="harpsichord"))

    assert "marmalade" not in str(error.value)
    assert "marmalade" not in str(error.value.__cause__)


def test_many_threads_write_and_read_at_once(ada):
    memory = Memory(ada)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: (memory.put(f"{n}", n), memory.get(f"{n}")), range(40)))
    assert all(memory.get(f"{n}") == n for n in range(40))


# ── forgetting ──────────────────────────────────────────────────────────────────────────────


def files_with(folder: Path, word: str) -> set[str]:
    """The server's files that hold a word, by the folder they are in: base is the tables, pg_wal the journal."""
    needles = (word.encode(), word.lower().encode())
    return {
        path.relative_to(folder).parts[0]
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    }


def test_forgetting_leaves_no_word_in_the_tables_of_the_server_and_says_what_it_cannot_reach(postgresql, ada):
    memory, forgetting = Memory(ada), Forgetting(ada)
    for n in range(200):
        memory.record("person", f"Filler {n} about Quillhilda and the weather", n * 1000.0)
    with postgresql.superuser() as connection:
        connection.execute("VACUUM ANALYZE")  # what autovacuum does: statistics quote the rows they are of
        connection.execute("CHECKPOINT")
    assert "base" in files_with(postgresql.data, "quillhilda")

    receipt = forgetting.forget(forgetting.plan("Quillhilda", 1e9), 1e9)
    with postgresql.superuser() as connection:
        connection.execute("CHECKPOINT")

    assert (receipt.left, receipt.moments) == ((), 200)
    assert files_with(postgresql.data, "quillhilda") <= {"pg_wal"}
    assert len(receipt.beyond) == 1
    assert "operator" in receipt.beyond[0]
    assert [moment.text for moment in memory.recent(9)] == [f"I live in Adatown near {SECRET}."]


def test_what_somebody_elses_long_read_keeps_alive_is_not_called_gone(postgresql, ada, theo, monkeypatch):
    monkeypatch.setattr(postgres, "_SNAPSHOT_PATIENCE_S", 0.0)
    memory, forgetting = Memory(ada), Forgetting(ada)
    memory.record("person", "The zeppelin is under the barn.", 2.0)
    with postgresql.superuser() as reader:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT count(*) FROM pg_class")
        with pytest.raises(StoreError, match="still keeps it"):
            forgetting.forget(forgetting.plan("the zeppelin", 3.0), 3.0)
        reader.execute("COMMIT")

    forgetting.catch_up()
    with postgresql.superuser() as connection:
        connection.execute("CHECKPOINT")
    assert files_with(postgresql.data, "zeppelin") <= {"pg_wal"}
    assert [moment.text for moment in memory.recent(9)] == [f"I live in Adatown near {SECRET}."]


# ── search ──────────────────────────────────────────────────────────────────────────────────

WORDS = "running runs ran Café café's group support supported supporting herons heron the a b 42 3rd naïve ÖL".split()
TALK = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=8
)
ASKED = st.lists(
    st.sampled_from(
        ["run", "cafe", "support", "group", "heron", "support group", "running heron", "öl", "42"]
    ),
    min_size=1,
    max_size=4,
    unique=True,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TALK, ASKED, st.integers(1, 9))
@example(["group", "support", "support group", "a heron"], ["support group"], 9)  # no phrase across two turns
def test_the_same_words_score_the_same_as_in_a_file(postgresql, store, ada, talk, asked, before):
    with store.write() as ours, ada.write() as theirs:
        scores = []
        for connection in (ours, theirs):
            connection.execute(text("DELETE FROM turn"))
            connection.execute(text("DELETE FROM session"))
            connection.execute(text("INSERT INTO session(id, began) VALUES (1, 0)"))
            for n, words in enumerate(talk):
                row = {"id": n + 1, "own": words, "near": talk[n - 1] if n else ""}
                connection.execute(
                    text(
                        "INSERT INTO turn(id, session, speaker, said, text, via, interrupted) "
                        "VALUES (:id, 1, 1, 0, :own, 'voice', false)"
                    ),
                    row,
                )
                connection.execute(
                    text("INSERT INTO turn_fts(rowid, own, near) VALUES (:id, :own, :near)"), row
                )
            search = fulltext(connection)
            search.check(connection)
            found = dict(search.turns(connection, asked, before=before, limit=100))
            counts = [search.count(connection, word, 5) for word in asked if " " not in word]
            said = sorted(search.saying(connection, asked[0], 9))
            scores.append((found, counts, said))
    (found, *rest), (other, *other_rest) = scores
    assert found == pytest.approx(other, rel=1e-4)
    assert rest == other_rest
