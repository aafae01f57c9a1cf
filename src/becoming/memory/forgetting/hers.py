"""What she made of moments that are forgotten: thoughts about them go too, and changes they were the only reason of."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from becoming.store.schema import audit, ground, night, thought, trait
from becoming.store.sql import among


def erase(connection: Connection, moments: Sequence[int], *, everything: bool) -> None:
    """Before the moments themselves are deleted, within a transaction of the caller."""
    if everything:
        for table in (ground, thought, trait, audit, night):
            connection.execute(delete(table))
        return
    rests = select(ground.c.ref).where(among(ground.c.turn, moments))
    thoughts = connection.execute(rests.where(ground.c.kind == "thought")).scalars().all()
    changes = connection.execute(rests.where(ground.c.kind == "trait")).scalars().all()
    connection.execute(delete(ground).where(among(ground.c.turn, moments)))
    connection.execute(delete(ground).where(ground.c.kind == "thought", among(ground.c.ref, thoughts)))
    connection.execute(delete(thought).where(among(thought.c.id, thoughts)))
    reasons = select(ground.c.ref).where(ground.c.kind == "trait")
    connection.execute(delete(trait).where(among(trait.c.id, changes), trait.c.id.not_in(reasons)))
