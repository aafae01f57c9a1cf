"""The history of the tables. A change adds `versions/rNNNN_what.py`, and LATEST names the last one."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

LATEST = "0004"
"""Known without loading Alembic, which a start with nothing to migrate need not wait for."""


def revision(connection: Connection) -> str | None:
    """The revision of the tables in this database, or None where there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def upgrade(connection: Connection, to: str) -> None:
    """Bring the tables up to a revision, within the transaction that the connection is in."""
    from alembic import command  # only here: importing it takes half a second
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "becoming.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
