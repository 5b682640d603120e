"""Rows as they lie in SQLite: read, named and written byte for byte."""

import sqlite3
from functools import cache

from cookietui.errors import StoreError
from cookietui.model.cookie import CookieKey
from cookietui.model.deletion import Cell, TextCell
from cookietui.stores.dialect import Schema

Bound = int | float | bytes | None
_CODEC = ("utf-8", "surrogateescape")  # any bytes come back as they were


def quoted(name: str) -> str:
    """Quote the name of a table or column for SQL."""
    return '"' + name.replace('"', '""') + '"'


def plain_table(connection: sqlite3.Connection, table: str) -> bool:
    """Whether a table is as browsers make it: no view, no triggers anywhere, no hidden columns."""
    odd = """
        SELECT count(*) FROM sqlite_master
        WHERE type = 'trigger' OR (name = ? AND type != 'table')
    """
    hidden = connection.execute(f"PRAGMA table_xinfo({quoted(table)})").fetchall()
    return not connection.execute(odd, (table,)).fetchone()[0] and not any(row[6] for row in hidden)


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """List a table's columns in order; none if there is no such table.

    A view is none: it could be made so that reading it never ends.
    """
    query = "SELECT 1 FROM sqlite_master WHERE name = ? AND type = 'table'"
    if connection.execute(query, (table,)).fetchone() is None:
        return ()
    return tuple(str(row[1]) for row in connection.execute(f"PRAGMA table_info({quoted(table)})"))


def as_text(value: object) -> str:
    """Read a cell as text, whatever a stranger's store holds in its place."""
    if isinstance(value, str):
        return value
    if isinstance(value, TextCell):
        return value.raw.decode(*_CODEC)
    return value.decode(*_CODEC) if isinstance(value, bytes) else ""


def as_int(value: object) -> int | None:
    """Read a cell as a whole number, if that is what it holds."""
    return value if isinstance(value, int) else None


def lossless_text(raw: bytes) -> str:
    """Decode text so that any bytes can be had back, UTF-8 or not."""
    return raw.decode(*_CODEC)


def size_of(text: str) -> int:
    """How many bytes a text has in a store; one for every byte that is not UTF-8."""
    raw = sum("\udc80" <= character <= "\udcff" for character in text)
    return len(text.encode("utf-8", "surrogatepass")) - 2 * raw


def bound(cell: Cell) -> Bound:
    """What to hand to SQLite for a cell, to go where `mark` stands."""
    return cell.raw if isinstance(cell, TextCell) else cell


def mark(cell: Cell) -> str:
    """What stands for a cell in a statement."""
    # Bytes cast to text stay the very bytes, UTF-8 or not.
    return "CAST(? AS TEXT)" if isinstance(cell, TextCell) else "?"


def where(cells: dict[str, Cell]) -> tuple[str, list[Bound]]:
    """Say which row is meant. ``IS`` and not ``=``: a store may hold NULL where none belongs."""
    texts = tuple(isinstance(cell, TextCell) for cell in cells.values())
    return _condition(tuple(cells), texts), [bound(cell) for cell in cells.values()]


@cache
def _condition(columns: tuple[str, ...], texts: tuple[bool, ...]) -> str:
    marks = (mark(TextCell(b"")) if text else mark(None) for text in texts)
    return " AND ".join(
        f"{quoted(column)} IS {each}" for column, each in zip(columns, marks, strict=True)
    )


def find_row(
    connection: sqlite3.Connection,
    table: str,
    schema: Schema,
    key: CookieKey,
    columns: tuple[str, ...] = (),
) -> tuple[Cell, ...]:
    """Read the one row that a key means, or some columns of it; as `SELECT *` gives it.

    Raises:
        StoreError: It is not there any more, or another one is in its place.
    """
    cells = (*key.columns, key.created)
    texts = tuple([isinstance(cell, str) for cell in cells])
    query = _row_query(table, columns, (*schema.key, schema.created), texts)
    parameters = [cell.encode(*_CODEC) if isinstance(cell, str) else cell for cell in cells]
    found = connection.execute(query, parameters).fetchall()
    if len(found) != 1:
        raise StoreError(
            "a cookie has changed or gone since it was looked at; nothing was changed",
            "read the store again and look once more",
        )
    row: tuple[Cell, ...] = found[0]
    return row


@cache
def _row_query(
    table: str, columns: tuple[str, ...], key: tuple[str, ...], texts: tuple[bool, ...]
) -> str:
    wanted = ", ".join(map(quoted, columns)) or "*"
    return f"SELECT {wanted} FROM {quoted(table)} WHERE {_condition(key, texts)}"  # noqa: S608 - names are quoted
