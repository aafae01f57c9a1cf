"""Leaving: all of a memory as a folder that a person can read and another Becoming can take in.

    README.md, talks/2026-11.md …, people.md, beliefs.md, books.md …   to be read (`pages.py`)
    rows/turn.jsonl …                                                  complete, one line a row
    manifest.json                                                      written last: what belongs to it

The format is described in docs/export-format.md. The folder appears under its name only when it is
whole; a manifest that does not fit tells a damaged or half-copied one.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnClause,
    Connection,
    LargeBinary,
    Table,
    TableClause,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError, StatementError

from becoming.events import InputError
from becoming.memory.leaving import pages
from becoming.store import Store, migrations
from becoming.store.fulltext import fulltext
from becoming.store.schema import being, belief, metadata, note, turn_fts
from becoming.store.sql import renumber

FORMAT = 1
MANIFEST = "manifest.json"
_BATCH = 500
_TABLES: list[Table | TableClause] = [*metadata.sorted_tables, turn_fts]
"""In an order in which each rests on those before. The other full-text indexes follow from their tables."""


def export(store: Store, folder: Path) -> Path:
    """Write everything to a new folder, unencrypted. Raises InputError if it is there already."""
    folder = folder.absolute()
    if folder.exists():
        raise InputError(f"{folder} is there already, and nothing is ever written over. Choose a new name.")
    unfinished = folder.with_name(folder.name + ".unfinished")
    try:
        if unfinished.exists():
            shutil.rmtree(unfinished)  # an earlier export that was cut off
        unfinished.mkdir(mode=0o700, parents=True)
        with store.read() as connection:
            counts = _write_rows(connection, unfinished / "rows")
            pages.write(connection, unfinished)
            revision = migrations.revision(connection)
        digests = {name: _digest(unfinished / name) for name in _files(unfinished)}
        manifest = {"format": FORMAT, "tables": revision, "rows": counts, "files": digests}
        (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
        unfinished.rename(folder)
    except OSError as error:
        raise InputError(
            f"{folder} could not be written ({error.strerror}). Choose a place with room, and try again."
        ) from error
    return folder


def restore(store: Store, folder: Path) -> int:
    """Take an export into a memory in which nothing happened yet; the number of rows, all or none.

    Raises InputError if the memory holds something, or the folder is damaged, half-written or foreign.
    """
    manifest = _checked(folder)
    try:
        with store.write() as connection:
            _check_room(connection, manifest["tables"], folder)
            connection.execute(delete(being))  # the two who are there from the start
            count = sum(_read_rows(connection, table, folder / "rows") for table in _TABLES)
            fulltext(connection).rebuild(connection)
            renumber(connection)
            return count
    except (IntegrityError, StatementError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{folder} does not hold a sound memory. Nothing was imported; export it again."
        ) from error


def _check_room(connection: Connection, revision: str, folder: Path) -> None:
    if revision != migrations.revision(connection):
        raise InputError(
            f"{folder} was written by another version of Becoming (its tables are of revision {revision}). "
            "Use that version, or update this one."
        )
    lived = (table for table in _TABLES if table is not being)
    if any(connection.execute(select(func.count()).select_from(table)).scalar() for table in lived):
        raise InputError("This memory holds something already. Import into a new one: --person NAME")


# ── rows ────────────────────────────────────────────────────────────────────────────────────


def _write_rows(connection: Connection, folder: Path) -> dict[str, int]:
    folder.mkdir()
    counts = {}
    for table in _TABLES:
        columns = list(table.columns)
        order = list(table.primary_key.columns) if isinstance(table, Table) else [table.c.rowid]
        rows = connection.execute(select(*columns).order_by(*order))
        counts[table.name] = 0
        with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            for row in rows:
                if table is note and row.key in ("mail", "calendar", "tools", "phones"):
                    continue  # accounts, perhaps with passwords, and who may ring: they are added anew
                told = {column.name: _told(value) for column, value in zip(columns, row, strict=True)}
                file.write(json.dumps(told, ensure_ascii=False) + "\n")
                counts[table.name] += 1
    return counts


def _told(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _read_rows(connection: Connection, table: Table | TableClause, folder: Path) -> int:
    count = 0
    ended: dict[int, int] = {}  # a belief may have been superseded by one that comes later
    with (folder / f"{table.name}.jsonl").open(encoding="utf-8") as file:
        while lines := list(islice(file, _BATCH)):
            rows = [_row(table, line) for line in lines]
            if table is belief:
                ended |= {row["id"]: by for row in rows if (by := row["superseded_by"])}
                rows = [row | {"superseded_by": None} for row in rows]
            connection.execute(insert(table), rows)
            count += len(rows)
    for old, new in ended.items():
        connection.execute(update(belief).where(belief.c.id == old).values(superseded_by=new))
    return count


def _row(table: Table | TableClause, line: str) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(line)
    row = {column.name: _value(column, kept.pop(column.name)) for column in table.columns}
    if kept:
        raise ValueError(f"unknown columns: {sorted(kept)}")
    return row


def _value(column: ColumnClause[Any], value: Any) -> Any:
    is_blob = isinstance(column.type, LargeBinary) and value is not None
    return base64.b64decode(value, validate=True) if is_blob else value


# ── files ───────────────────────────────────────────────────────────────────────────────────


def _files(folder: Path) -> Iterator[str]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return (path.relative_to(folder).as_posix() for path in found)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checked(folder: Path) -> dict[str, Any]:
    """The manifest of a whole export, every row file of which is as it was written."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        files, written = manifest["files"], manifest["format"]
        names = (f"rows/{table.name}.jsonl" for table in _TABLES)
        whole = all(_digest(folder / name) == files[name] for name in names)
    except FileNotFoundError as error:
        raise InputError(
            f"{folder} is no whole export: {Path(error.filename).name} is missing. Export it again."
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{folder} is no export of Becoming, or a damaged one. Export it again.") from error
    if written != FORMAT:
        raise InputError(
            f"{folder} is of a format this Becoming does not know. Update Becoming, and try again."
        )
    if not whole:
        raise InputError(f"{folder} was changed or damaged after it was written. Export it again.")
    return manifest
