"""Rows that differ between two copies lie on pages that differ, whatever was done in between."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.stores.pages import CannotTell, suspects

_ROWS = 400
_NUMBERS = st.integers(0, _ROWS - 1)
_CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("DELETE FROM t WHERE a = ?"), _NUMBERS),
        st.tuples(st.just("UPDATE t SET b = 'other' WHERE a = ?"), _NUMBERS),
        st.tuples(st.just("UPDATE t SET b = zeroblob(9000) WHERE a = ?"), _NUMBERS),
        st.tuples(st.just("INSERT INTO t VALUES (?, 'new')"), st.integers(1000, 2000)),
        st.tuples(st.just("INSERT INTO other VALUES (?)"), _NUMBERS),
    ),
    max_size=12,
)


def database(folder: Path, *, size: int, far: int) -> Path:
    """A table on many small pages, with some rows too long for one, beside another table."""
    path = folder / "database"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size={size}")
        connection.execute("CREATE TABLE t (a INTEGER, b)")
        connection.execute("CREATE INDEX by_a ON t(a)")
        connection.execute("CREATE TABLE other (x)")
        connection.execute("BEGIN")
        for number in range(_ROWS):
            value = "v" * (5000 if number % 97 == 3 else number % 60)
            row = (number * far - 1000, number, value)
            connection.execute("INSERT INTO t (rowid, a, b) VALUES (?, ?, ?)", row)
        connection.execute("COMMIT")
    return path


def contents(path: Path) -> dict[int, tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[0]: row[1:] for row in connection.execute("SELECT rowid, * FROM t")}


@given(_CHANGES, st.sampled_from([512, 1024, 4096]), st.sampled_from([1, 7, 2**40]))
def test_every_row_that_was_changed_is_among_the_suspects(
    changes: list[tuple[str, int]], size: int, far: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = database(Path(name), size=size, far=far)
        before, rows = path.read_bytes(), contents(path)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete=ON")
            for statement, number in changes:
                connection.execute(statement, (number,))
        now = contents(path)
        try:
            ranges = suspects(before, path.read_bytes())
        except CannotTell:
            ranges = [(-(2**63), 2**63 - 1)]
    changed = {rowid for rowid, row in rows.items() if rowid in now and now[rowid] != row}
    assert [r for r in changed if not any(low <= r <= high for low, high in ranges)] == []


def test_few_rows_are_suspected_where_little_has_changed(tmp_path: Path) -> None:
    path = database(tmp_path, size=1024, far=1)
    before = path.read_bytes()
    assert suspects(before, before) == []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE t SET b = 'other' WHERE a = 200")
    ranges = suspects(before, path.read_bytes())
    suspected = sum(high - low + 1 for low, high in set(ranges))
    assert 0 < suspected < _ROWS // 4
    assert any(low <= 200 - 1000 <= high for low, high in ranges)


def test_copies_with_pages_of_different_sizes_cannot_be_told_apart(tmp_path: Path) -> None:
    small = database(tmp_path, size=512, far=1).read_bytes()
    (tmp_path / "large").mkdir()
    large = database(tmp_path / "large", size=4096, far=1).read_bytes()
    with pytest.raises(CannotTell):
        suspects(small, large)
