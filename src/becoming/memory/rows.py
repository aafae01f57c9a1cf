"""Rows of the table `turn` as moments."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from becoming.events import Moment, Role
from becoming.store.schema import being, turn

KIND: dict[Role, str] = {"person": "user", "her": "self"}
ROLE: dict[str, Role] = {"user": "person", "self": "her"}

MOMENTS = select(turn, being.c.kind).join(being, being.c.id == turn.c.speaker)


def moment_of(row: Row[Any]) -> Moment:
    """One row of a query that begins with MOMENTS."""
    return Moment(row.id, ROLE[row.kind], row.text, row.said / 1000, row.via, row.interrupted)
