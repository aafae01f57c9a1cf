"""A real PostgreSQL for tests, from the wheel of `pgserver`: one for a whole run, memories in it emptied in between."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from becoming.store import Store
from tests.store.computers import DesktopKeyring, keyring_is

ROLE = DATABASE = "becoming"


class Server:
    """A server with a database for memories, and a role that owns it and is nothing special."""

    def __init__(self) -> None:
        pgserver = pytest.importorskip("pgserver", reason="there is no wheel of it for this machine")
        # A busy machine may need longer to start it than the ten seconds that it gives.
        pgserver.postgres_server.pg_ctl = lambda *args, **kwargs: pgserver.pg_ctl(
            *args, **kwargs | {"timeout": 120}
        )
        # Not in pytest's own folder: the server may run as another user, who could not go through that.
        self.data = Path(tempfile.mkdtemp(prefix="becoming-pg-"))
        self._server = pgserver.get_server(self.data, cleanup_mode="delete")
        self._pg_ctl = pgserver.pg_ctl
        with self.superuser("postgres") as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # no test cuts the power
            connection.execute("SELECT pg_reload_conf()")
            connection.execute(f"CREATE ROLE {ROLE} LOGIN")
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")

    def superuser(self, database: str = DATABASE) -> psycopg.Connection:
        return psycopg.connect(self._server.get_uri(database), autocommit=True)

    def url(self, role: str = ROLE, database: str = DATABASE) -> str:
        return (
            make_url(self._server.get_uri(database))
            .set(username=role, password=None)
            .render_as_string(hide_password=False)
        )

    def session(self, person: str | None) -> psycopg.Connection:
        """The role of the memories, in a session that names this person or nobody: raw SQL, nothing of ours."""
        connection = psycopg.connect(self.url(), autocommit=True)
        if person is not None:
            connection.execute("SELECT set_config('becoming.person', %s, false)", [person])
        return connection

    def empty(self, person: str) -> None:
        """Nothing ever happened in that memory, if there is one: quicker than making its tables again."""
        schema = f"person_{person}"
        with self.superuser() as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
            names = [name for (name,) in tables if name != "alembic_version"]
            if not names:
                return
            connection.execute(f'SET search_path = "{schema}"')
            connection.execute(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE")
            connection.execute("INSERT INTO being(name, kind) VALUES ('', 'user'), ('', 'self')")
            connection.execute("INSERT INTO turn_total VALUES (0, 0)")
            connection.execute("INSERT INTO passage_total VALUES (0, 0)")

    def drop(self, person: str) -> None:
        with self.superuser() as connection:
            connection.execute(f'DROP SCHEMA IF EXISTS "person_{person}" CASCADE')

    def crash(self) -> None:
        """The server dies as if it were killed, and starts again."""
        self._pg_ctl(["stop", "-m", "immediate"], pgdata=self.data, user=self._server.system_user)
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        self._server.cleanup()


@dataclass(frozen=True)
class InFile:
    """A memory in an encrypted file; with a keyring, that of the computer it is on."""

    folder: Path
    keyring: DesktopKeyring | None = None

    def open(self) -> Store:
        if self.keyring is None:
            return Store.open(self.folder)
        with keyring_is(self.keyring):
            return Store.open(self.folder)


@dataclass(frozen=True)
class OnServer:
    """A memory on the server."""

    url: str
    person: str = "first"

    def open(self) -> Store:
        return Store.at(self.url, self.person)
