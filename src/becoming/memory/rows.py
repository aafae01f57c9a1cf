"""Rows of the table `turn` as moments."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, select

from becoming.events import Moment, Role
from becoming.store.schema import being, turn

KIND: dict[Role, str] = {"person": "user", "her": "self"}
ROLE: dict[str, Role] = {"user": "person", "self": "her"}

MOMENTS: Select[Any] = select(turn, being.c.kind).join(being, being.c.id == turn.c.speaker)


def moment_of(row: Row[Any]) -> Moment:
    """One row of a query that begins with MOMENTS."""
    return Moment(row.id, ROLE[row.kind], row.text, row.said / 1000, row.via, row.interrupted)


def read_moments(connection: Connection, query: Select[Any]) -> list[Moment]:
    """All that such a query finds."""
    return [moment_of(row) for row in connection.execute(query)]
