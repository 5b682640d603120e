"""Proof that a store holds what it should after a change: everything else is as it was.

Two private copies are compared, one from before the change and one read afterwards from the disk.
In SQL, so that a hundred thousand rows take a moment: ``IS`` compares texts and blobs byte by byte.
It takes 1 and 1.0 for equal, which only a column without a type can hold apart. Rows whose bytes
lie on the same page at the same place need not be compared: none can be missing, for all are
counted and the copies are checked to be whole, and none can have changed.
"""

import mmap
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from cookietui.errors import StoreError
from cookietui.model.deletion import Cell, TextCell
from cookietui.stores.pages import CannotTell, suspects
from cookietui.stores.rows import quoted
from cookietui.stores.snapshot import SIDE_FILES, no_room

_OK = "ok"
_MAPPED = f"PRAGMA mmap_size = {2**40}"  # private copies: nobody cuts them off under the map
_ALL = [(-(2**63), 2**63 - 1)]
_TYPED = ("INT", "CHAR", "CLOB", "TEXT", "REAL", "FLOA", "DOUB")


class Change(msgspec.Struct, frozen=True):
    """What was done to a table.

    Attributes:
        table: Its name.
        gone: The rowids of the rows that were deleted.
        added: The rows that were inserted, by their rowids.
    """

    table: str
    gone: frozenset[int]
    added: dict[int, tuple[Cell, ...]]


def is_damaged(copy: Path) -> bool:
    """Whether a private copy of a store is damaged.

    Raises:
        sqlite3.Error: It cannot be told.
    """
    try:
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute(_MAPPED)
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            return bool(verdict != _OK)
    except UnicodeDecodeError:  # SQLite's message quotes a schema that is no text
        return True
    except sqlite3.Error as error:
        if no_room(error):
            raise
        return True


def prove(after: Path, before: Path, change: Change) -> None:
    """Be sure that a change was made and nothing else.

    Args:
        after: A private copy of the store as it is now.
        before: A private copy of it as it was.
        change: What was to be done.

    Raises:
        StoreError: The store holds something else.
    """
    table = quoted(change.table)
    try:
        with closing(sqlite3.connect(after, isolation_level=None)) as connection:
            connection.text_factory = TextCell
            connection.execute(_MAPPED)
            connection.execute("ATTACH DATABASE ? AS before", (str(before),))
            connection.execute("CREATE TEMP TABLE suspects (first INTEGER, last INTEGER)")
            insert = "INSERT INTO temp.suspects VALUES (?, ?)"
            connection.executemany(insert, _suspects(after, before))
            _compare(connection, table, change)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise StoreError(f"it cannot be read ({type(error).__name__})") from error


def _suspects(after: Path, before: Path) -> list[tuple[int, int]]:
    """The ranges of rowids in which rows could differ."""
    if any(
        _holds(copy.with_name(copy.name + end)) for copy in (after, before) for end in SIDE_FILES
    ):
        return _ALL
    try:
        with _mapped(before) as old, _mapped(after) as new:
            return suspects(old, new)
    except (CannotTell, ValueError):  # nothing can be mapped of an empty file
        return _ALL


def _holds(side: Path) -> bool:
    """Whether there is anything in a file beside a store; an empty one is left by every look."""
    return side.exists() and side.stat().st_size > 0


@contextmanager
def _mapped(copy: Path) -> Iterator[mmap.mmap]:
    """A copy's bytes, of which none is read twice; nobody else changes a private copy."""
    with (
        copy.open("rb") as file,
        closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as m,
    ):
        yield m


def _compare(connection: sqlite3.Connection, table: str, change: Change) -> None:
    lost = {row[0] for row in connection.execute(_lost(connection, table))}
    was, now = (_count(connection, f"{schema}.{table}") for schema in ("before", "main"))
    if lost != change.gone or now != was - len(change.gone) + len(change.added):
        raise StoreError("other rows than these have changed")
    for rowid, cells in change.added.items():
        query = f"SELECT * FROM main.{table} WHERE rowid = ?"  # noqa: S608 - quoted
        # With its types: Python takes 1 and 1.0 for equal too.
        if repr(connection.execute(query, (rowid,)).fetchall()) != repr([cells]):
            raise StoreError("a row that was put back is not there as it was")


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - quoted


def _lost(connection: sqlite3.Connection, table: str) -> str:
    """Find the rows that are no longer there, or no longer the same."""
    differences = []
    for _, name, kind, *_ in connection.execute(f"PRAGMA main.table_info({table})"):
        column = quoted(name.raw.decode())
        differences.append(f"old.{column} COLLATE BINARY IS NOT new.{column}")
        if not any(word in kind.raw.decode().upper() for word in _TYPED):
            differences.append(f"typeof(old.{column}) IS NOT typeof(new.{column})")
    return (
        "SELECT old.rowid FROM temp.suspects"  # noqa: S608 - quoted
        f" CROSS JOIN before.{table} AS old ON old.rowid BETWEEN suspects.first AND suspects.last"
        f" LEFT JOIN main.{table} AS new ON new.rowid = old.rowid"
        f" WHERE new.rowid IS NULL OR {' OR '.join(differences)}"
    )
