"""The history of the tables. A change adds `versions/rNNNN_what.py`, and LATEST names the last one.

A revision runs on SQLite and on PostgreSQL: write it with Alembic's `op` and SQLAlchemy's types, as if there were
one person only (on PostgreSQL each has a schema of their own, and the store guards every new table by itself). What
the two must be told differently, triggers say, is SQL for SQLite in the revision, and a file for `run_on_postgresql`.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

LATEST = "0005"
"""Known without loading Alembic, which a start with nothing to migrate need not wait for."""


def revision(connection: Connection) -> str | None:
    """The revision of the tables in this database, or None where there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def run_on_postgresql(connection: Connection, file: str) -> bool:
    """Run the statements of `versions/<file>` if this is PostgreSQL; whether it is."""
    if connection.dialect.name != "postgresql":
        return False
    statements = (Path(__file__).parent / "versions" / file).read_text("utf-8")
    connection.connection.cursor().execute(statements)
    return True


def upgrade(connection: Connection, to: str) -> None:
    """Bring the tables up to a revision, within the transaction that the connection is in."""
    from alembic import command  # only here: importing it takes half a second
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "becoming.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
