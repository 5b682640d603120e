"""One transaction on a closed store, which proves afterwards that it did what it was to do."""

import sqlite3
from collections.abc import Callable, Iterable

from cookietui.errors import StoreError, UndoError, UnknownSchemaError, UnprovenError
from cookietui.model.cookie import CookieKey
from cookietui.model.deletion import Cell, SavedRow, SavedRows, Skipped, TextCell
from cookietui.model.profile import Profile
from cookietui.paths import sync_folder
from cookietui.stores.dialect import Dialect
from cookietui.stores.rows import (
    DIGEST_RANGE,
    as_text,
    bound,
    find_row,
    mark,
    quoted,
    row_digest,
    table_digest,
    where,
)
from cookietui.text import visible


class SqliteEdit:
    """One transaction on a closed store.

    Args:
        profile: Whose store it is.
        dialect: How its family lays it out.
        connection: To the store itself, read and write.
        prove: Reads the store again and raises `UnprovenError` unless its rows have this digest.
        still_closed: Raises `BrowserRunningError` if a browser has started meanwhile.
    """

    def __init__(
        self,
        profile: Profile,
        dialect: Dialect,
        connection: sqlite3.Connection,
        prove: Callable[[int], None],
        still_closed: Callable[[], None],
    ) -> None:
        self._profile = profile
        self._prove = prove
        self._still_closed = still_closed
        self._dialect = dialect
        self._connection = connection
        self._table = quoted(dialect.table)
        self._expected = 0
        self.committed = False

    def begin(self) -> None:
        """Take the write lock, be sure the store is whole, and remember what it holds."""
        connection = self._connection
        connection.text_factory = str
        connection.execute("PRAGMA secure_delete = ON")
        # Never EXCLUSIVE: a Chromium that starts meanwhile would run with an empty jar.
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise StoreError(
                f"{self._profile.store} is damaged; nothing was changed",
                "keep a copy before you start the browser: it may replace a damaged file by an empty one",
            )
        self._schema = self._dialect.schema(connection)
        connection.text_factory = TextCell
        self._expected = table_digest(connection, self._dialect.table)
        self._still_closed()

    def rows(self, keys: Iterable[CookieKey]) -> SavedRows:
        """Read whole rows as they are now."""
        profile, schema = self._profile, self._schema
        rows = [find_row(self._connection, self._dialect.table, schema, key) for key in keys]
        return SavedRows(
            profile=profile.id,
            family=profile.family,
            store=str(profile.store),
            schema=schema.version,
            table=self._dialect.table,
            columns=schema.columns,
            witnesses=self._dialect.witnesses(self._connection, schema),
            rows=tuple(self._saved(row) for row in rows),
        )

    def delete(self, saved: SavedRows) -> None:
        """Delete exactly these rows."""
        before = self._count()
        for row in saved.rows:
            condition, parameters = where(self._meant(row, created=True))
            query = f"DELETE FROM {self._table} WHERE {condition}"  # noqa: S608 - names are quoted
            gone = self._connection.execute(query, parameters)
            if gone.rowcount != 1:
                raise _changed(self._profile)
            self._expected -= row_digest(row.cells)
        if self._count() != before - len(saved.rows):
            raise _changed(self._profile)

    def insert(self, saved: SavedRows, now: int) -> tuple[Skipped, ...]:
        """Put rows back as they were, but for those set again since and those expired."""
        if (saved.schema, saved.columns) != (self._schema.version, self._schema.columns):
            raise UnknownSchemaError(
                f"{saved.store} has changed its layout since the deletion; nothing was changed",
                "the browser was updated meanwhile: the saved rows no longer fit",
            )
        self._same_key(saved)
        skipped = []
        for row in saved.rows:
            why = self._why_not(row, now)
            if why:
                skipped.append(Skipped(row.name, row.host, why))
            else:
                self._put(row)
        return tuple(skipped)

    def commit(self) -> None:
        """Make it last, then prove it by reading the store again."""
        connection = self._connection
        self._still_closed()
        self.committed = True
        try:
            connection.execute("COMMIT")
        except sqlite3.Error:
            self.committed = not connection.in_transaction
            raise
        # From here on the store is changed: whatever goes wrong must not be told as if it were not.
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] == TextCell(b"wal"):
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            # Closed before it is read again: reading opens and closes the same file, which would
            # drop this connection's locks under it.
            connection.close()
            sync_folder(self._profile.store.parent)
            self._prove(self._expected % DIGEST_RANGE)
        except (sqlite3.Error, OSError, StoreError) as error:
            raise UnprovenError(
                f"{self._profile.store} was changed, but that cannot be proven: {error}",
                "`cookietui history` lists what was saved before; `cookietui undo` puts it back",
            ) from error

    def abandon(self) -> None:
        """Take back whatever was not committed; harmless otherwise."""
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.ProgrammingError:
            return  # closed by `commit`

    def _saved(self, row: tuple[Cell, ...]) -> SavedRow:
        cells = dict(zip(self._schema.columns, row, strict=True))
        host = cells["host_key" if "host_key" in cells else "host"]
        return SavedRow(
            name=visible(as_text(cells["name"])),
            host=visible(as_text(host)),
            expires=self._dialect.expires(self._schema, cells),
            cells=row,
        )

    def _meant(self, row: SavedRow, *, created: bool) -> dict[str, Cell]:
        """The cells that tell a row from every other, or also from its own successors."""
        cells = dict(zip(self._schema.columns, row.cells, strict=True))
        columns = (*self._schema.key, self._schema.created) if created else self._schema.key
        return {column: cells[column] for column in columns}

    def _count(self) -> int:
        query = f"SELECT count(*) FROM {self._table}"  # noqa: S608 - the name is quoted
        return int(self._connection.execute(query).fetchone()[0])

    def _same_key(self, saved: SavedRows) -> None:
        now = self._dialect.witnesses(self._connection, self._schema)
        if any(now.get(host, said) != said for host, said in saved.witnesses.items()):
            raise UndoError(
                f"{saved.store} is encrypted with another key since the deletion;"
                " nothing was changed",
                "rows of the old key would make the browser drop every cookie of their sites",
            )

    def _why_not(self, row: SavedRow, now: int) -> str:
        if row.expires is not None and row.expires <= now:
            return "it has expired since"
        condition, parameters = where(self._meant(row, created=False))
        query = f"SELECT * FROM {self._table} WHERE {condition}"  # noqa: S608 - names are quoted
        there = self._connection.execute(query, parameters).fetchone()
        if there == row.cells:
            return "it was never deleted"
        return "the site has set it again since" if there else ""

    def _put(self, row: SavedRow) -> None:
        cells = dict(zip(self._schema.columns, row.cells, strict=True))
        rowid = self._dialect.rowid
        if rowid is not None and self._taken(rowid, cells[rowid]):
            cells[rowid] = None
        names = ", ".join(quoted(column) for column in cells)
        marks = ", ".join(mark(cell) for cell in cells.values())
        placed = self._connection.execute(
            f"INSERT INTO {self._table} ({names}) VALUES ({marks})",  # noqa: S608 - names are quoted
            [bound(cell) for cell in cells.values()],
        )
        if rowid is not None:
            cells[rowid] = placed.lastrowid
        self._expected += row_digest(tuple(cells.values()))

    def _taken(self, rowid: str, value: Cell) -> bool:
        query = f"SELECT 1 FROM {self._table} WHERE {quoted(rowid)} = ?"  # noqa: S608 - quoted
        return self._connection.execute(query, (value,)).fetchone() is not None


def _changed(profile: Profile) -> StoreError:
    return StoreError(
        f"{profile.store} changed while cookies were being deleted; nothing was changed",
        "read the store again and look once more",
    )
