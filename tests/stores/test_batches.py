"""Rows turned into columns: what is odd in one batch does not touch another."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cookietui.stores.batches import Rows, batches, moments, numbers, texts
from cookietui.stores.rows import as_int, as_text
from tests.builders import (
    chromium_row,
    chromium_store,
    firefox_row,
    firefox_store,
    read,
)

CELLS = st.one_of(st.none(), st.integers(-5, 5), st.floats(), st.text(), st.binary())
MANY = 2_300  # many pages
ALL = Rows("odd", ("a", "b"))


@given(st.lists(CELLS))
def test_a_column_is_read_as_its_cells_would_be_one_by_one(cells: list[object]) -> None:
    assert list(texts(cells)) == [as_text(cell) for cell in cells]
    assert list(numbers(cells)) == [as_int(cell) for cell in cells]
    whole = [as_int(cell) for cell in cells]
    assert moments(cells, 7) == [each - 7 if each else None for each in whole]


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cookietui.stores.batches._PAGE", 100)


@contextmanager
def table(rows: list[tuple[object, ...]], layout: str = "a, b") -> Iterator[sqlite3.Connection]:
    """A table of two columns, which hold whatever they are given."""
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
        connection.execute(f"CREATE TABLE odd ({layout})")
        connection.executemany("INSERT INTO odd VALUES (?, ?)", rows)
        yield connection


def all_of(connection: sqlite3.Connection, rows: Rows = ALL) -> list[tuple[object, ...]]:
    return [row for columns in batches(connection, rows) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 200, 930])
def test_every_row_comes_once_and_in_order(count: int) -> None:
    rows: list[tuple[object, ...]] = [(number, f"{number}") for number in range(count)]
    with table(rows) as connection:
        assert all_of(connection) == rows


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), st.sampled_from([1, 2, 3, 100]))
@example([("a\x00b", -(2**63)), ('"\\\n', 2**63 - 1)], 2)
@example([(1.0, b"v10"), (1e300, b"\xff")], 2)
@example([(float("inf"), "."), (float("-inf"), None)], 1)
def test_cells_come_as_they_lie_there_whatever_they_are(
    rows: list[tuple[object, ...]], page: int
) -> None:
    rows = [tuple(None if cell != cell else cell for cell in row) for row in rows]  # noqa: PLR0124 - NaN
    with pytest.MonkeyPatch.context() as patch, table(rows) as connection:
        patch.setattr("cookietui.stores.batches._PAGE", page)
        assert list(map(repr, all_of(connection))) == list(map(repr, rows))


def test_a_number_that_looks_whole_but_is_kept_with_a_fraction_stays_one() -> None:
    with table([(1, 2.0), (13_392_334_000_123_456.0, 3)]) as connection:
        assert repr(all_of(connection)) == "[(1, 2.0), (1.3392334000123456e+16, 3)]"


def test_text_that_is_not_utf_8_ends_as_it_does_for_sqlite(tmp_path: Path) -> None:
    with table([(1, "a")] * 150) as connection:
        connection.execute("UPDATE odd SET b = CAST(x'ff' AS TEXT) WHERE rowid = 120")
        with pytest.raises(sqlite3.OperationalError):
            all_of(connection)
        connection.text_factory = bytes
        assert all_of(connection)[119] == (1, b"\xff")


@pytest.mark.parametrize(
    "layout", ["a INTEGER PRIMARY KEY, b", "a PRIMARY KEY, b) WITHOUT ROWID --", "a, RowId"]
)
def test_rows_come_however_the_table_numbers_them(layout: str) -> None:
    numbers = [-(2**63), *range(-150, 150), 2**63 - 1]
    rows: list[tuple[object, ...]] = [(number, 7) for number in numbers]
    with table(rows, layout) as connection:
        second = "RowId" if "RowId" in layout else "b"
        assert all_of(connection, Rows("odd", ("a", second))) == rows


def test_only_the_rows_that_were_asked_for_come() -> None:
    with table([(number, f"{number % 3}") for number in range(1_000)]) as connection:
        asked = Rows("odd", ("a",), "b = ? OR b = ?", ("1", "2"))
        assert [row[0] for row in all_of(connection, asked)] == [n for n in range(1_000) if n % 3]


def test_who_stops_in_the_middle_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    with table([(number, "") for number in range(5_000)]) as connection:
        some = iter(batches(connection, ALL))
        assert list(next(some)[0]) == list(range(100))
        assert list(next(some)[0]) == list(range(100, 200))
        assert threading.active_count() == before + 1
        some.close()  # type: ignore[attr-defined] - a generator
        assert threading.active_count() == before


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
