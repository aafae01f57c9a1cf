"""Vectors as they are kept: one byte a number, beside the moment they belong to."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from becoming.memory.recall.embedding import Sentences
from becoming.store.schema import vector
from becoming.store.sql import upsert

Codes = npt.NDArray[np.int8]


def codes(rows: npt.NDArray[np.float32]) -> Codes:
    """(n, dim): each row scaled to -127..127. The direction, which is all that counts, is kept to within half a percent."""
    largest = np.abs(rows).max(axis=1, keepdims=True)
    made: Codes = np.rint(rows * (127 / np.maximum(largest, 1e-9))).astype(np.int8)
    return made


def unit(kept: Codes) -> npt.NDArray[np.float32]:
    """(n, dim): the rows again, of unit length; those without a vector stay zero."""
    rows = kept.astype(np.float32)
    rows /= np.maximum(np.sqrt(np.einsum("ij,ij->i", rows, rows)), 1)[:, None]
    return rows


def keep(connection: Connection, ids: list[int], rows: npt.NDArray[np.float32]) -> Codes:
    """Write the vectors of these moments, replacing any there are; the codes that were written."""
    made = codes(rows)
    values = [
        {"turn": id_, "model": Sentences.MODEL, "v": row.tobytes()}
        for id_, row in zip(ids, made, strict=True)
    ]
    new = upsert(connection, vector)
    renewed = {"model": new.excluded.model, "v": new.excluded.v}
    renew = new.on_conflict_do_update(index_elements=["turn"], set_=renewed)
    connection.execute(renew, values)
    return made
