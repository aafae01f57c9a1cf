"""A memory on PostgreSQL: nobody sees another's rows, nothing forgotten stays in the server's tables, no word is lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from becoming.events import InputError, StoreError
from becoming.memory import Memory
from becoming.memory.beliefs.learning import Learning
from becoming.memory.forgetting.erasing import Forgetting
from becoming.store import Store, StoreBusy, postgres
from becoming.store.fulltext import fulltext
from becoming.store.schema import note
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
