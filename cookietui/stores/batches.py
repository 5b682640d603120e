"""Rows of SQLite a page at a time, turned into columns.

A profile may hold a hundred thousand cookies. What has to be done to a cell is done to its whole
column at once, mostly by the interpreter itself, and what was never odd in it is not looked at cell
by cell.

SQLite hands each column of a page over as one array of JSON. While it makes them it lets go of the
interpreter, so that a page is read beside the work on the one before. From a page on that JSON
cannot hold as it is, for there are bytes in it, numbers with a fraction, or text that is not UTF-8,
rows are read cell by cell.
"""

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

import msgspec

from cookietui.stores.beside import ahead
from cookietui.stores.rows import as_int, as_text, columns_of

_PAGE = 8_000  # rows; more than browsers keep: what is read beside something else is larger still
_FEW = 1_000  # so few rows that they stay in the processor's cache until they are used
_FIRST, _LAST = -(2**63), 2**63 - 1  # numbers that SQLite can give to a row
_NUMBER = "rowid"
_TEXT, _WHOLE = {str}, {int, type(None)}
_TEXTS = msgspec.json.Decoder(list[str | None])
_WHOLES = msgspec.json.Decoder(list[int | None])

Column = Sequence[Any]


class Rows(msgspec.Struct, frozen=True):
    """Which rows to read, and what of them.

    Attributes:
        table: The table, by a name that needs no quotes.
        columns: What to read of a row, in SQL.
        condition: Which rows, in SQL; all if it is empty.
        parameters: What stands for the marks of the condition.
    """

    table: str
    columns: tuple[str, ...]
    condition: str = ""
    parameters: tuple[str, ...] = ()

    def statement(self, start: int = _FIRST, *, number: str = "") -> str:
        """Select the rows, or those from a number on; the number itself under some name, if any."""
        columns = [f"{column} AS c{place}" for place, column in enumerate(self.columns)]
        columns += [f"{_NUMBER} AS {number}"] if number else []
        conditions = [f"({self.condition})"] if self.condition else []
        conditions += [f"{_NUMBER} >= {start}"] if start > _FIRST else []
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        ordered = f"ORDER BY {_NUMBER}" if number or start > _FIRST else ""
        return f"SELECT {', '.join(columns)} FROM {self.table} {where} {ordered}"  # noqa: S608 - the caller's own


class _Page(msgspec.Struct, frozen=True):
    """Rows one after the other.

    Attributes:
        length: How many.
        last: The number of the last one.
        columns: What was read of them, in JSON.
    """

    length: int
    last: int
    columns: Sequence[bytes]

    @property
    def full(self) -> bool:
        """Whether there may be more after them."""
        return self.length == _PAGE and self.last < _LAST


def batches(connection: sqlite3.Connection, rows: Rows) -> Iterator[Sequence[Column]]:
    """The columns of some rows, then of the next ones, and so on in the order of the table.

    Args:
        connection: To a private copy. Another thread uses it while nobody else does.
        rows: What to read.
    """
    start, pages = _FIRST, _pages(connection, rows)
    try:
        page = next(pages, None)
        with closing(ahead(pages) if page and page.full else pages) as following:
            while page is not None:
                yield [_decoded(column) for column in page.columns]
                start = page.last + 1
                page = next(following, None)
    except (sqlite3.OperationalError, sqlite3.DataError, msgspec.DecodeError):
        cursor = connection.execute(rows.statement(start), rows.parameters)
        while few := cursor.fetchmany(_FEW):
            yield list(turned(few))


def _pages(connection: sqlite3.Connection, rows: Rows) -> Generator[_Page, None, None]:
    if _NUMBER in map(str.lower, columns_of(connection, rows.table)):
        raise sqlite3.OperationalError("the numbers of its rows cannot be had")
    page = _read(connection, rows, _FIRST)
    while page.length:
        yield page
        if not page.full:
            return
        page = _read(connection, rows, page.last + 1)


def _read(connection: sqlite3.Connection, rows: Rows, start: int) -> _Page:
    # As bytes, for what comes as text is made into Python's only to be taken apart again.
    arrays = (f"CAST(json_group_array(c{place}) AS BLOB)" for place in range(len(rows.columns)))
    some = f"{rows.statement(start, number='number')} LIMIT {_PAGE}"
    query = f"SELECT count(*), max(number), {', '.join(arrays)} FROM ({some})"  # noqa: S608 - the caller's own
    length, last, *columns = connection.execute(query, rows.parameters).fetchone()
    return _Page(length, last if length else _LAST, columns)


def _decoded(column: bytes) -> Column:
    """Take an array apart that holds what texts and whole numbers there are.

    Raises:
        DecodeError: It holds something else.
    """
    if b'"' in column:
        return _TEXTS.decode(column)
    # SQLite writes the point of every number that has a fraction, but not all of its digits.
    if b"." in column:
        raise msgspec.DecodeError("there is a fraction in it")
    return _WHOLES.decode(column)


def turned(table: Iterable[Column]) -> "zip[tuple[Any, ...]]":
    """The columns of a table as rows, or its rows as columns."""
    return zip(*table, strict=True)


def texts(column: Column) -> Sequence[str]:
    """A column as text, whatever a stranger's store holds in the place of some."""
    return column if set(map(type, column)) == _TEXT else [as_text(cell) for cell in column]


def numbers(column: Column) -> Sequence[int | None]:
    """A column as whole numbers; None for what is none."""
    return column if set(map(type, column)) <= _WHOLE else [as_int(cell) for cell in column]


def moments(column: Column, start: int = 0) -> list[int | None]:
    """Times in microseconds since the Unix epoch; None for 0 and for what is no number.

    Args:
        column: Microseconds as a browser counts them.
        start: When it begins to count, in microseconds before the Unix epoch.
    """
    return [each - start if each else None for each in numbers(column)]
