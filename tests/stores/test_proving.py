"""A change is proven only if it is the change that was said, and nothing else is different."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cookietui.errors import StoreError
from cookietui.model.deletion import Cell, TextCell
from cookietui.stores.proving import Change, _suspects, is_damaged, prove
from cookietui.stores.rows import bound, mark, quoted
from tests.builders import change

Row = tuple[Cell, ...]
Rows = dict[int, Row]
NOTHING = Change("t", frozenset(), {})
COLUMNS = 'a, b, "odd ""name"""'
WHOLE: Rows = {
    1: (None, TextCell(b"one"), b"\x00\x01"),
    2: (1, 1.5, TextCell(b"\xff\x00\xfe")),
    7: (-(2**63), TextCell(b""), b""),
    2**40: (2**63 - 1, 1e300, b"x" * 5_000),
}
# Two cells that no comparison may take for the same.
DIFFERENT: list[tuple[Cell, Cell]] = [
    (1, 1.0),
    (0, 0.0),
    (1, 2),
    (2**63 - 1, 2**63 - 2),
    (2**53, float(2**53)),
    (1.5, 1.5000000000000002),
    (TextCell(b"a"), b"a"),
    (TextCell(b""), b""),
    (TextCell(b"1"), 1),
    (TextCell(b"1.0"), 1.0),
    (b"abc\x00", b"abc\x01"),
    (b"abc", b"abc\x00"),
    (TextCell(b"a\x00b"), TextCell(b"a\x00c")),
    (TextCell(b"a"), TextCell(b"a ")),
    (TextCell(b"a"), TextCell(b"A")),
    (TextCell(b"\xff"), TextCell(b"\xfe")),
    (TextCell(b"e\xcc\x81"), TextCell(b"\xc3\xa9")),
    (None, TextCell(b"")),
    (None, b""),
    (None, 0),
    (None, TextCell(b"NULL")),
]
BOTH_WAYS = [pair for one, other in DIFFERENT for pair in ((one, other), (other, one))]
_cells = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.integers(-2, 2),
    st.floats(allow_nan=False).map(lambda number: number + 0.0),  # SQLite has no minus zero
    st.binary(max_size=4),
    st.binary(max_size=4).map(TextCell),
)
_rows = st.dictionaries(
    st.integers(-(2**63), 2**63 - 1) | st.integers(0, 9), st.tuples(_cells, _cells), max_size=6
)


def database(path: Path, rows: Rows, columns: str = COLUMNS) -> Path:
    """A table as it is after all is committed."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"CREATE TABLE t ({columns})")
        names = [quoted(row[1]) for row in connection.execute("PRAGMA table_info(t)")]
        connection.execute("BEGIN")
        for rowid, cells in rows.items():
            marks = ", ".join(map(mark, cells))
            connection.execute(
                f"INSERT INTO t (rowid, {', '.join(names)}) VALUES (?, {marks})",  # noqa: S608 - the test's own
                [rowid, *map(bound, cells)],
            )
        connection.execute("COMMIT")
    return path


def stored(path: Path) -> str:
    """What a table holds, types and bytes included."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = TextCell
        return repr(connection.execute("SELECT rowid, * FROM t ORDER BY rowid").fetchall())


def proven(before: Path, after: Path, change: Change = NOTHING) -> bool:
    try:
        prove(after, before, change)
    except StoreError:
        return False
    return True


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return database(tmp_path / "before", WHOLE)


@pytest.fixture
def after(tmp_path: Path) -> Path:
    return tmp_path / "after"


def without(*rowids: int) -> Rows:
    return {rowid: cells for rowid, cells in WHOLE.items() if rowid not in rowids}


def test_no_change_is_proven_as_none(before: Path, after: Path) -> None:
    assert proven(before, database(after, WHOLE))
    assert proven(database(before, {}), database(after, {}))


@pytest.mark.parametrize("gone", [(1,), (2, 7), (2**40,), tuple(WHOLE)])
def test_exactly_the_rows_that_were_said_are_gone(
    before: Path, after: Path, gone: tuple[int, ...]
) -> None:
    database(after, without(*gone))
    assert proven(before, after, Change("t", frozenset(gone), {}))
    assert not proven(before, after)
    assert not proven(before, after, Change("t", frozenset(gone[1:]), {}))
    assert not proven(before, after, Change("t", frozenset({*gone, 3}), {}))


def test_one_more_row_that_is_gone_is_refused(before: Path, after: Path) -> None:
    database(after, without(1, 7))
    assert not proven(before, after, Change("t", frozenset({1}), {}))


def test_another_row_that_is_gone_in_its_place_is_refused(before: Path, after: Path) -> None:
    database(after, without(7))
    assert not proven(before, after, Change("t", frozenset({1}), {}))


def test_a_row_that_is_still_there_is_refused(before: Path, after: Path) -> None:
    database(after, WHOLE)
    assert not proven(before, after, Change("t", frozenset({1}), {}))


def test_one_row_more_is_refused(before: Path, after: Path) -> None:
    row: Row = (1, 2, 3)
    assert not proven(before, database(after, WHOLE | {8: row}))
    change = Change("t", frozenset({1}), {})
    assert not proven(before, database(after, without(1) | {8: row}), change)
    assert not proven(before, database(after, without(1) | {1: row}), change)


def test_rows_that_were_put_back_are_proven(before: Path, after: Path) -> None:
    added: Rows = {8: (1, TextCell(b"\xff"), None), 9: (1.0, b"", TextCell(b""))}
    database(after, WHOLE | added)
    assert proven(before, after, Change("t", frozenset(), added))
    assert not proven(before, after, Change("t", frozenset(), {8: added[8]}))
    assert not proven(before, after, Change("t", frozenset(), added | {10: added[8]}))
    assert not proven(before, after, Change("t", frozenset(), {8: added[8], 10: added[9]}))


def test_a_row_of_the_same_content_under_another_number_is_another(
    before: Path, after: Path
) -> None:
    assert not proven(before, database(after, without(1) | {8: WHOLE[1]}))


@pytest.mark.parametrize(("is_now", "was"), BOTH_WAYS)
def test_one_cell_that_has_changed_is_refused(
    before: Path, after: Path, was: Cell, is_now: Cell
) -> None:
    database(before, WHOLE | {5: (1, was, 2)})
    assert proven(before, database(after, WHOLE | {5: (1, was, 2)}))
    database(after, WHOLE | {5: (1, is_now, 2)})
    assert stored(before) != stored(after)
    assert not proven(before, after)
    changed = database(after, without(1) | {5: (1, is_now, 2)})
    assert not proven(before, changed, Change("t", frozenset({1}), {}))


@pytest.mark.parametrize(("is_now", "was"), BOTH_WAYS)
def test_a_row_that_was_put_back_with_another_value_is_refused(
    before: Path, after: Path, was: Cell, is_now: Cell
) -> None:
    database(after, WHOLE | {5: (1, is_now, 2)})
    assert proven(before, after, Change("t", frozenset(), {5: (1, is_now, 2)}))
    assert not proven(before, after, Change("t", frozenset(), {5: (1, was, 2)}))


@pytest.mark.parametrize(
    "kind",
    ["TEXT", "LONGVARCHAR", "INTEGER", "REAL", "DOUBLE", "BLOB", "BOOLEAN", "NUMERIC",
     "TEXT COLLATE NOCASE", "COLLATE RTRIM"],
)  # fmt: skip
def test_columns_of_any_type_are_told_apart_by_what_they_hold(
    before: Path, after: Path, kind: str
) -> None:
    for was, is_now in BOTH_WAYS:
        database(before, {1: (was,)}, f"a {kind}")
        database(after, {1: (is_now,)}, f"a {kind}")
        assert proven(before, after) == (stored(before) == stored(after)), (was, is_now)


def test_a_number_of_rows_is_a_column_in_firefox(before: Path, after: Path) -> None:
    for path, rows in ((before, [(1, b"a"), (2, b"b")]), (after, [(2, b"b"), (3, b"c")])):
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a)")
            connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
    assert proven(before, after, Change("t", frozenset({1}), {3: (3, b"c")}))
    assert not proven(before, after, Change("t", frozenset({1}), {3: (4, b"c")}))
    assert not proven(before, after, Change("t", frozenset({1}), {4: (3, b"c")}))


@pytest.mark.parametrize("kind", ["page", "header", "half", "empty page", "schema"])
def test_a_damaged_copy_is_noticed(after: Path, kind: str) -> None:
    database(after, {number: (number, b"x" * 300, None) for number in range(200)})
    assert not is_damaged(after)
    content = bytearray(after.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    if kind == "page":
        content[middle : middle + 2048] = b"\x5a" * 2048
    elif kind == "header":
        content[:16] = bytes(16)
    elif kind == "half":
        del content[middle:]
    elif kind == "empty page":
        content[middle : middle + 4096] = bytes(4096)
    else:
        content = bytearray(content.replace(b"CREATE TABLE", b"CREATE \xff\xfeBLE"))
    after.write_bytes(content)
    assert is_damaged(after)


def test_a_copy_that_cannot_be_read_proves_nothing(before: Path, after: Path) -> None:
    database(after, WHOLE)
    with closing(sqlite3.connect(after)) as connection:
        connection.execute("ALTER TABLE t RENAME TO other")
    assert not proven(before, after)
    after.write_bytes(b"no database at all" * 100)
    assert not proven(before, after)
    assert not proven(after, before)


@settings(max_examples=60)
@given(_rows, _rows, st.data())
def test_any_change_is_proven_as_itself_and_as_no_other(
    rows: Rows, others: Rows, data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from(sorted(rows))) if rows else st.just(set()))
    added = {rowid: cells for rowid, cells in others.items() if rowid not in rows}
    left = {rowid: cells for rowid, cells in rows.items() if rowid not in gone}
    change = Change("t", frozenset(gone), added)
    with tempfile.TemporaryDirectory() as folder:
        before = database(Path(folder, "before"), rows, "a, b")
        after = database(Path(folder, "after"), left | added, "a, b")
        assert proven(before, after, change)
        assert proven(before, after) == (not gone and not added)
        row = data.draw(st.tuples(_cells, _cells))
        target = data.draw(st.sampled_from(sorted(left | added)) if left | added else st.just(0))
        database(after, left | added | {target: row}, "a, b")
        same = repr((left | added).get(target)) == repr(row)
        assert proven(before, after, change) == same


@pytest.mark.parametrize("beside", [{}, {"-wal": b""}, {"-journal": b""}, {"-shm": b"\0" * 32_768}])
def test_only_rows_whose_bytes_differ_are_compared_though_empty_files_lie_beside(
    tmp_path: Path, beside: dict[str, bytes]
) -> None:
    rows: Rows = {n: (n, TextCell(b"x" * 100), None) for n in range(2_000)}
    before = database(tmp_path / "before", rows)
    after = shutil.copy(before, tmp_path / "after")
    change(after, "DELETE FROM t WHERE rowid = 1000")
    for end, content in beside.items():
        after.with_name(after.name + end).write_bytes(content)
    asked = _suspects(after, before)
    assert any(first <= 1_000 <= last for first, last in asked)
    assert sum(last - first + 1 for first, last in asked) < 100


@pytest.mark.parametrize("end", ["-wal", "-journal"])
def test_all_rows_are_compared_if_anything_lies_beside_a_copy(tmp_path: Path, end: str) -> None:
    before = database(tmp_path / "before", WHOLE)
    after = database(tmp_path / "after", WHOLE)
    after.with_name(after.name + end).write_bytes(b"\0")
    ((first, last),) = _suspects(after, before)
    assert first <= min(WHOLE)
    assert last >= max(WHOLE)
