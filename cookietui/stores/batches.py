"""Rows of SQLite a batch at a time, turned into columns.

A profile may hold a hundred thousand cookies. What has to be done to a cell is done to its whole
column at once, mostly by the interpreter itself, and what was never odd in it is not looked at cell
by cell.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cookietui.stores.rows import as_int, as_text

_ROWS = 1_000  # so few that they stay in the processor's cache until they are used
_TEXT, _NUMBER = {str}, {int}

Column = Sequence[Any]


def batches(cursor: sqlite3.Cursor) -> Iterator[list[tuple[Any, ...]]]:
    """The columns of some rows, then of the next ones, in the order of the statement."""
    while rows := cursor.fetchmany(_ROWS):
        yield list(turned(rows))


def turned(table: Iterable[Column]) -> "zip[tuple[Any, ...]]":
    """The columns of a table as rows, or its rows as columns."""
    return zip(*table, strict=True)


def texts(column: Column) -> Sequence[str]:
    """A column as text, whatever a stranger's store holds in the place of some."""
    return column if set(map(type, column)) == _TEXT else [as_text(cell) for cell in column]


def numbers(column: Column) -> Sequence[int | None]:
    """A column as whole numbers; None for what is none."""
    return column if set(map(type, column)) == _NUMBER else [as_int(cell) for cell in column]


def moments(column: Column, start: int = 0) -> list[int | None]:
    """Times in microseconds since the Unix epoch; None for 0 and for what is no number.

    Args:
        column: Microseconds as a browser counts them.
        start: When it begins to count, in microseconds before the Unix epoch.
    """
    return [each - start if each else None for each in numbers(column)]
