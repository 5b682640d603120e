"""Rows turned into columns: what is odd in one batch does not touch another."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.stores.batches import batches, moments, numbers, texts
from cookietui.stores.rows import as_int, as_text
from tests.builders import (
    chromium_row,
    chromium_store,
    firefox_row,
    firefox_store,
    read,
)

CELLS = st.one_of(st.none(), st.integers(-5, 5), st.floats(), st.text(), st.binary())
MANY = 2_300  # more than two batches


@given(st.lists(CELLS))
def test_a_column_is_read_as_its_cells_would_be_one_by_one(cells: list[object]) -> None:
    assert list(texts(cells)) == [as_text(cell) for cell in cells]
    assert list(numbers(cells)) == [as_int(cell) for cell in cells]
    whole = [as_int(cell) for cell in cells]
    assert moments(cells, 7) == [each - 7 if each else None for each in whole]


@pytest.mark.parametrize("count", [0, 1, 999, 1_000, 1_001, MANY])
def test_every_row_comes_once_and_in_order(count: int) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE numbers (n, square)")
        rows = [(number, number * number) for number in range(count)]
        connection.executemany("INSERT INTO numbers VALUES (?, ?)", rows)
        cursor = connection.execute("SELECT n, square FROM numbers ORDER BY rowid")
        found = [row for columns in batches(cursor) for row in zip(*columns, strict=True)]
    assert found == rows


def test_odd_cells_in_one_batch_of_chromiums_leave_the_others_alone(tmp_path: Path) -> None:
    rows = [chromium_row(name=f"n{number}") for number in range(MANY)]
    rows[1_500] |= {"creation_utc": "soon", "host_key": b"odd.example", "name": b"\xff"}
    cookies = read(chromium_store(tmp_path / "Default", rows), tmp_path)
    assert [each.name for each in cookies] == [
        "\udcff" if number == 1_500 else f"n{number}" for number in range(MANY)
    ]
    known = [each.created for each in cookies]
    assert known.count(None) == 1
    assert known.index(None) == 1_500
    assert cookies[1_500].host == "odd.example"


def test_odd_cells_in_one_batch_of_firefoxs_leave_the_others_alone(tmp_path: Path) -> None:
    rows = [firefox_row(name=f"n{number}") for number in range(MANY)]
    rows[1_500] |= {"expiry": "never", "creationTime": None, "path": b"/odd"}
    cookies = read(firefox_store(tmp_path / "made.default", rows), tmp_path)
    assert [each.name for each in cookies] == [f"n{number}" for number in range(MANY)]
    assert [number for number, each in enumerate(cookies) if each.expires is None] == [1_500]
    assert (cookies[1_500].created, cookies[1_500].path) == (None, "/odd")
