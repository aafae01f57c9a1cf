"""Where a memory is kept for many: a PostgreSQL server, a schema for each person, guarded twice.

A session looks into one schema only, and row-level security shows the rows of a schema only to a session whose
`becoming.person` names that person: a session that names nobody sees nothing. The tables belong to the role that
logs in, which must be no superuser and not exempt from row-level security; that is checked at each opening.

A schema each, not a column each: forgetting writes all of a person's tables anew (VACUUM FULL locks them), and
nobody else may have to wait for that. The session holds an advisory lock, as a file would be locked.

Nothing is encrypted here: the disk, the server's journal (WAL), its replicas and backups are its operator's.
"""

from __future__ import annotations

import re
import time
from typing import Any

from sqlalchemy import Connection, create_engine, event, make_url, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from becoming.events import InputError, StoreError
from becoming.store.errors import DiskFull, StoreBusy

_LOCK_PATIENCE_MS = 3000
"""So long the server may need to notice that the process that had this memory is dead."""

_SNAPSHOT_PATIENCE_S = 10.0
"""Others of this database read for so long at most; while they do, deleted rows cannot be cleared."""

_TAKE = """
SELECT set_config('becoming.person', %(person)s, false), set_config('search_path', %(schema)s, false),
       set_config('synchronous_commit', 'on', false), set_config('lock_timeout', %(patience)s, false),
       set_config('client_min_messages', 'warning', false)
"""
_ROLE = """
SELECT rolsuper OR rolbypassrls, current_setting('server_encoding') FROM pg_roles WHERE rolname = current_user
"""
_UNGUARDED = """
SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND NOT relforcerowsecurity
"""
_TEXTS = """
SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
AND atttypid IN ('text'::regtype, 'json'::regtype, 'bytea'::regtype, 'tsvector'::regtype) AND attstattarget <> 0
"""
_IS_THERE = text("SELECT to_regnamespace(:schema) IS NOT NULL")
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"


class Schema:
    """One person's schema, taken for this session. See `database.Keeper` for what it does."""

    def __init__(self, url: str, person: str) -> None:
        """`person` is a checked name. Nothing is connected yet. Raises InputError, and StoreError without a driver."""
        self._person, self.name = person, f"person_{person}"
        address = _address(url)
        where = f"{address.host or address.query.get('host', 'this computer')}/{address.database}"
        self.place = f"schema {self.name} of the database {where}"
        self.beyond = ("the journal and the backups of the database server, which its operator clears",)
        self._engine = _engine(address)
        event.listen(self._engine, "do_connect", self._take)
        event.listen(self._engine, "handle_error", _understood)

    def connect(self) -> Connection:
        """A session that has the person's schema, made if there is none. Raises StoreBusy if another has it."""
        return self._engine.connect()

    def _take(self, dialect: Any, _record: Any, arguments: Any, options: Any) -> Any:
        raw = dialect.connect(*arguments, **options)
        try:
            exempt, encoding = raw.execute(_ROLE).fetchone()
            if exempt:
                raise StoreError(
                    f"The role in `database_url` may see every row of {self.place}, whoever's it is. Use a role of its "
                    "own: CREATE ROLE becoming LOGIN; it must be no superuser and not BYPASSRLS."
                )
            if encoding != "UTF8":
                raise StoreError(
                    f"The database of {self.place} is encoded as {encoding}. Create one with ENCODING 'UTF8'."
                )
            schema = f'"{self.name}"'
            settings = {"person": self._person, "schema": schema, "patience": str(_LOCK_PATIENCE_MS)}
            raw.execute(_TAKE, settings)
            raw.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"becoming {self.name}"])
            if not raw.execute("SELECT to_regnamespace(%s)", [schema]).fetchone()[0]:
                raw.execute(f"CREATE SCHEMA {schema}")
            raw.commit()
        except BaseException:
            raw.close()
            raise
        return raw

    def begin(self, connection: Connection, *, write: bool) -> None:
        """Nothing: the driver begins, and no other session writes to this schema."""

    def explain(self, error: BaseException | None) -> StoreError | None:
        """What the server says, by its SQLSTATE; None for a mistake in our SQL."""
        state = getattr(error, "sqlstate", None) or ""
        if state == "55P03":
            return StoreBusy(self.place)
        if state == "53100":
            return DiskFull(self.place)
        if state in ("42501", "3D000", "28000", "28P01"):
            return StoreError(
                f"The database server refuses: {_primary(error)}. Check `database_url`; the role must own the database "
                "or be allowed to create schemas in it."
            )
        if state in ("XX001", "XX002"):
            return StoreError(
                f"The {self.place} is damaged ({_primary(error)}). Ask the operator to restore the last backup."
            )
        unknown = type(error).__name__ == "OperationalError" and not state
        if unknown or state[:2] in ("08", "53", "57", "58"):
            return StoreError(
                f"The {self.place} cannot be reached now ({_primary(error)}). Everything that was acknowledged is safe "
                "there; see that the server runs, and go on."
            )
        return None

    def migrated(self, connection: Connection) -> None:
        """Guard every new table, and keep its words out of the server's statistics."""
        for (table,) in connection.execute(text(_UNGUARDED)).all():
            theirs = f"current_setting('becoming.person', true) = '{self._person}'"
            for statement in (
                f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY',
                f'CREATE POLICY one_person ON "{table}" USING ({theirs})',
                f'REVOKE TRUNCATE ON "{table}" FROM CURRENT_USER',
            ):
                connection.execute(text(statement))
        for table, column in connection.execute(text(_TEXTS)).all():
            connection.execute(text(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS 0'))

    def backup(self) -> None:
        """Nothing: backups of a server are its operator's."""

    def leave_no_trace(self, connection: Connection) -> int:
        """Write every table anew. Raises StoreError if what was deleted could not be cleared yet."""
        raw: Any = connection.connection.driver_connection
        tables = [f'"{name}"' for (name,) in raw.execute(_TABLES).fetchall()]
        raw.commit()
        uncleared: list[int] = []

        def note(said: Any) -> None:
            uncleared.extend(int(many) for many in re.findall(r"^(\d+) dead row", said.message_detail or ""))

        raw.autocommit = True
        raw.add_notice_handler(note)
        try:
            until = time.monotonic() + _SNAPSHOT_PATIENCE_S
            while True:
                uncleared.clear()
                raw.execute(f"VACUUM (FULL, VERBOSE) {', '.join(tables)}")
                if not any(uncleared):
                    return 0
                if time.monotonic() > until:
                    raise StoreError(
                        "It is deleted, but the database server still keeps it for somebody who has been reading for "
                        "long. She clears it at the next start; ask the operator to end old transactions."
                    )
                time.sleep(0.2)
        finally:
            raw.remove_notice_handler(note)
            raw.autocommit = False

    def end(self, connection: Connection) -> tuple[str, ...]:
        """The person's schema. What the server keeps beside its tables is its operator's."""
        raw: Any = connection.connection.driver_connection
        raw.execute(f'DROP SCHEMA "{self.name}" CASCADE')
        raw.commit()
        connection.close()
        return self.beyond

    def close(self) -> None:
        """Nothing: the lock goes with the session."""


def is_there(url: str, person: str) -> bool:
    """Whether that person has a memory there. Raises as `Schema` does."""
    keeper = Schema(url, person)
    try:
        with _engine(_address(url)).connect() as connection:
            return bool(connection.execute(_IS_THERE, {"schema": f'"{keeper.name}"'}).scalar())
    except DBAPIError as error:
        raise keeper.explain(error.orig) or error from error


def _engine(address: URL) -> Engine:
    """One connection at a time. Parameters are private words: they must not turn up in the text of an error."""
    try:
        return create_engine(
            address, poolclass=NullPool, isolation_level="REPEATABLE READ", hide_parameters=True
        )
    except ModuleNotFoundError as error:
        raise StoreError(
            "A memory on PostgreSQL needs its driver: install becoming[postgres], and start again."
        ) from error


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise InputError(
            "`database_url` is no address of a database. Write it like postgresql://becoming@localhost/becoming"
        ) from error
    if address.get_backend_name() not in ("postgresql", "postgres"):
        raise InputError(
            f"`database_url` names {address.get_backend_name()}, and her memory can be on PostgreSQL only. Leave it out "
            "for an encrypted file of your own."
        )
    return address.set(drivername="postgresql+psycopg")


def _primary(error: BaseException | None) -> str:
    diagnosis = getattr(error, "diag", None)
    return str(getattr(diagnosis, "message_primary", None) or error).strip().split("\n")[0]


def _understood(context: Any) -> None:
    """A session that the server ends is over at once; and of what it says only the first line is passed on.

    Its DETAIL quotes the row: private words.
    """
    if (getattr(context.original_exception, "sqlstate", None) or "").startswith(("08", "57P")):
        context.is_disconnect = True
    said = _primary(context.original_exception)
    context.original_exception.args = (said,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (f"({type(context.original_exception).__name__}) {said}",)
