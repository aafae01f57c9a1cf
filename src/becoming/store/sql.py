"""What SQLite and PostgreSQL say differently, said once; full-text search is in `fulltext.py`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Integer, String, Table, func, literal, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from becoming.store.schema import metadata

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert


def upsert(connection: Connection, table: Table) -> Insert:
    """An INSERT that can say what to do on a conflict of these columns, named as `index_elements`."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)  # type: ignore[return-value]  # by these names they are called alike
    from sqlalchemy.dialects import postgresql  # only here: importing it takes longer than opening a memory

    return postgresql.insert(table)


def among(column: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """Whether the column is one of these, however many they are (SQL has a limit on parameters)."""
    chosen: ColumnElement[bool] = column.bool_op("IN")(_Numbers(literal(json.dumps(sorted(ids)), String)))
    return chosen


def renumber(connection: Connection) -> None:
    """Rows were put in with the ids they had elsewhere: new ones are to be counted from there."""
    if connection.dialect.name == "sqlite":
        return  # it takes the highest there is
    for table in metadata.tables.values():
        if "id" in table.c:
            highest = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
            connection.execute(
                select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest, False))
            )


class _Numbers(FunctionElement[int]):
    """The numbers of a JSON list, as a subquery."""

    type = Integer()
    inherit_cache = True


@compiles(_Numbers, "sqlite")
def _of_sqlite(element: _Numbers, compiler: Any, **options: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **options)}))"


@compiles(_Numbers, "postgresql")
def _of_postgresql(element: _Numbers, compiler: Any, **options: Any) -> str:
    listed = compiler.process(element.clauses, **options)
    return f"(SELECT value::bigint FROM json_array_elements_text({listed}::json))"
