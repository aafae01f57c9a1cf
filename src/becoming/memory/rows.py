"""Rows of the table `turn` as moments."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from becoming.events import Moment, Role
from becoming.store.schema import being, turn

KIND: dict[Role, str] = {"person": "user", "her": "self"}
ROLE: dict[str, Role] = {"user": "person", "self": "her"}

MOMENTS = select(turn, being.c.kind).join(being, being.c.id == turn.c.speaker)


def moment_of(row: Row[Any]) -> Moment:
    """One row of a query that begins with MOMENTS."""
    return Moment(row.id, ROLE[row.kind], row.text, row.said / 1000, row.via, row.interrupted)


def among(column: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """Whether the column is one of these, however many they are (SQL has a limit on parameters)."""
    values = func.json_each(json.dumps(sorted(ids))).table_valued("value")
    chosen: ColumnElement[bool] = column.in_(select(values.c.value))
    return chosen
