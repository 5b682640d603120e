"""One transaction on a closed store, which proves afterwards that it did what it was to do."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cookietui.errors import BrowserRunningError, StoreError, UnknownSchemaError, UnprovenError
from cookietui.model.cookie import CookieKey
from cookietui.model.deletion import Cell, SavedRow, SavedRows, TextCell
from cookietui.model.profile import Profile
from cookietui.paths import BINARY, sync_folder
from cookietui.stores.dialect import Dialect
from cookietui.stores.port import THERE, read_only_error
from cookietui.stores.proving import Change
from cookietui.stores.rows import (
    bound,
    find_row,
    mark,
    plain_table,
    quoted,
    where,
)

if TYPE_CHECKING:
    from concurrent.futures import Future

# Room for every page that a large deletion changes, so that each is written once only.
_CACHE_KIBIBYTES = 65_536
_LOOKS, _PAUSE_SECONDS = 20, 0.05


class SqliteEdit:
    """One transaction on a closed store.

    Args:
        profile: Whose store it is.
        dialect: How its family lays it out.
        connection: To the store itself, read and write.
        keep: Begins to copy the store as it is, once the write lock is taken; nothing is changed
            before the copy is there.
        whole: Raises `StoreError` if that copy is damaged.
        prove: Reads the store again and raises `StoreError` unless this change was made.
        still_closed: Raises `BrowserRunningError` if a browser has started meanwhile.
    """

    def __init__(
        self,
        profile: Profile,
        dialect: Dialect,
        connection: sqlite3.Connection,
        *,
        keep: "Callable[[], Future[Path]]",
        whole: Callable[[], None],
        prove: Callable[[Change], None],
        still_closed: Callable[[], None],
    ) -> None:
        self._profile = profile
        self._keep = keep
        self._whole = whole
        self._prove = prove
        self._still_closed = still_closed
        self._dialect = dialect
        self._connection = connection
        self._table = quoted(dialect.table)
        self._gone: set[int] = set()
        self._added: dict[int, tuple[Cell, ...]] = {}
        self.committed = False

    def begin(self) -> None:
        """Take the write lock and be sure that the store is one that may be changed."""
        connection = self._connection
        connection.text_factory = str
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
        # Never EXCLUSIVE: a Chromium that starts meanwhile would run with an empty jar.
        connection.execute("BEGIN IMMEDIATE")
        self._schema = self._dialect.schema(connection)
        self._places = {column: place for place, column in enumerate(self._schema.columns)}
        if self._schema.read_only:
            raise read_only_error(self._profile, self._schema.read_only)
        if not plain_table(connection, self._dialect.table):
            raise UnknownSchemaError(
                f"{self._profile.store} holds triggers, views or hidden columns, which no browser"
                " makes; nothing was changed",
                "another program has changed the file: find out which",
            )
        connection.text_factory = TextCell
        self._before = self._keep()

    def backup(self, target: Path) -> None:
        """Write the whole store, as it was before this edit, to a path where nothing is yet."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY
        with (
            self._before.result().open("rb") as source,
            os.fdopen(os.open(target, flags, 0o600), "wb") as copy,
        ):
            shutil.copyfileobj(source, copy)

    def rows(self, keys: Iterable[CookieKey]) -> SavedRows:
        """Read whole rows as they are now."""
        profile, schema = self._profile, self._schema
        found = [
            self._saved(key, find_row(self._connection, self._dialect.table, schema, key))
            for key in keys
        ]
        return SavedRows(
            profile=profile.id,
            family=profile.family,
            store=str(profile.store),
            schema=schema.version,
            table=self._dialect.table,
            columns=schema.columns,
            witnesses=self._dialect.witnesses(self._connection, schema),
            rows=tuple(found),
        )

    def delete(self, saved: SavedRows) -> None:
        """Delete exactly these rows."""
        self._before.result()
        before = self._count()
        for row in saved.rows:
            condition, parameters = where(self._meant(row, created=True))
            query = f"DELETE FROM {self._table} WHERE {condition} RETURNING rowid"  # noqa: S608 - names are quoted
            gone = self._connection.execute(query, parameters).fetchall()
            if len(gone) != 1:
                raise _changed(self._profile)
            self._gone.add(gone[0][0])
        if self._count() != before - len(saved.rows):
            raise _changed(self._profile)

    def insert(self, saved: SavedRows, now: int) -> tuple[str, ...]:
        """Put rows back as they were, but for those that must not or need not go back."""
        self._before.result()
        if (saved.schema, saved.columns) != (self._schema.version, self._schema.columns):
            raise UnknownSchemaError(
                f"{saved.store} has changed its layout since the deletion; nothing was changed",
                "the browser was updated meanwhile: the saved rows no longer fit",
            )
        unfit = self._dialect.why_unfit(self._connection, self._schema, saved)
        reasons = []
        for row, why_unfit in zip(saved.rows, unfit, strict=True):
            why = self._why_not(row, now) or why_unfit
            if not why:
                self._put(row)
            reasons.append(why)
        return tuple(reasons)

    def commit(self) -> None:
        """Make it last, then prove it by reading the store again."""
        connection = self._connection
        self._whole()
        self._still_closed()
        self.committed = True
        try:
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            # SQLite takes a transaction back by itself when it cannot be made last; but whether it
            # did, only the store can tell.
            self.committed = not (connection.in_transaction or self._as_before())
            if self.committed:
                raise self._unproven(str(error)) from error
            raise
        # From here on the store is changed: whatever goes wrong must not be told as if it were not.
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] == TextCell(b"wal"):
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            # Closed before it is read again: reading opens and closes the same file, which would
            # drop this connection's locks under it.
            connection.close()
            sync_folder(self._profile.store.parent)
            self._prove(Change(self._dialect.table, frozenset(self._gone), self._added))
            self._closed_throughout()
        except BrowserRunningError as error:
            raise self._unproven("another program uses it meanwhile") from error
        except Exception as error:  # running out of memory must not be told as "unchanged" either
            why = str(error) if isinstance(error, StoreError) else type(error).__name__
            raise self._unproven(why) from error

    def _closed_throughout(self) -> None:
        """Be sure that no browser started meanwhile: it would have read the store as it was before.

        Raises:
            BrowserRunningError: One did. A program that only reads the store is soon done.
        """
        for _ in range(_LOOKS - 1):
            with suppress(BrowserRunningError):
                return self._still_closed()
            time.sleep(_PAUSE_SECONDS)
        return self._still_closed()

    def _unproven(self, why: str) -> UnprovenError:
        return UnprovenError(
            f"{self._profile.store} was changed, but that it holds what it should is not"
            f" proven: {why}",
            "what was there before is saved; `cookietui history` lists it",
        )

    def abandon(self) -> None:
        """Take back whatever was not committed; harmless otherwise."""
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.ProgrammingError:
            return  # closed by `commit`

    def _as_before(self) -> bool:
        self._connection.close()
        try:
            self._prove(Change(self._dialect.table, frozenset(), {}))
        except StoreError:
            return False
        return True

    def _saved(self, key: CookieKey, row: tuple[Cell, ...]) -> SavedRow:
        cells = dict(zip(self._schema.columns, row, strict=True))
        created = key.created if isinstance(key.created, int) else None
        return SavedRow(self._dialect.expires(self._schema, cells), row, key.id, created)

    def _meant(self, row: SavedRow, *, created: bool) -> dict[str, Cell]:
        """The cells that tell a row from every other, or also from its own successors."""
        columns = (*self._schema.key, self._schema.created) if created else self._schema.key
        return {column: row.cells[self._places[column]] for column in columns}

    def _count(self) -> int:
        query = f"SELECT count(*) FROM {self._table}"  # noqa: S608 - the name is quoted
        return int(self._connection.execute(query).fetchone()[0])

    def _why_not(self, row: SavedRow, now: int) -> str:
        if self._found(row, created=True):
            return THERE
        if self._found(row, created=False):
            return "the site has set it again since"
        return "it has expired" if row.expires is not None and row.expires <= now else ""

    def _found(self, row: SavedRow, *, created: bool) -> bool:
        meant = self._meant(row, created=created)
        if not created and None in meant.values():
            return False  # NULL is unlike every NULL: such rows do not exclude each other
        condition, parameters = where(meant)
        query = f"SELECT 1 FROM {self._table} WHERE {condition}"  # noqa: S608 - names are quoted
        return self._connection.execute(query, parameters).fetchone() is not None

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
        number = int(placed.lastrowid or 0)
        if rowid is not None:
            cells[rowid] = number
        self._added[number] = tuple(cells.values())

    def _taken(self, rowid: str, value: Cell) -> bool:
        query = f"SELECT 1 FROM {self._table} WHERE {quoted(rowid)} = ?"  # noqa: S608 - quoted
        return self._connection.execute(query, (value,)).fetchone() is not None


def _changed(profile: Profile) -> StoreError:
    return StoreError(
        f"{profile.store} changed while it was being worked on; nothing was changed by us",
        "read the store again and look once more",
    )
