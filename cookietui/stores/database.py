"""One cookie store in SQLite: read from a copy, changed in one proven transaction.

What differs between browsers is a `Dialect`; what must never differ, how a store is changed, is
here and in `editing`.
"""

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

from cookietui.errors import StoreError
from cookietui.model.cookie import CookieKey
from cookietui.model.deletion import Cell, TextCell
from cookietui.model.profile import Activity, Profile, Usage
from cookietui.stores.dialect import Dialect, Schema
from cookietui.stores.editing import SqliteEdit
from cookietui.stores.port import Edit, Jar, Values, read_only_error
from cookietui.stores.rows import find_row, lossless_text, table_digest
from cookietui.stores.running import holder_of, kept_closed, running_error, usage_of
from cookietui.stores.snapshot import Snapshots, unreadable

_BUSY_SECONDS = 1.0


class SqliteStore:
    """The cookie store of one profile.

    Args:
        profile: Whose store it is.
        dialect: How its family lays it out.
        snapshots: Where private copies are made.
    """

    def __init__(self, profile: Profile, dialect: Dialect, snapshots: Snapshots) -> None:
        self._profile = profile
        self._dialect = dialect
        self._snapshots = snapshots
        # Closing any descriptor of a file drops this process's POSIX locks on it: the store must
        # not be copied in one thread while another changes it.
        self._one_at_a_time = threading.RLock()

    @property
    def profile(self) -> Profile:
        """Whose store it is."""
        return self._profile

    def read(self) -> Jar:
        """Read every cookie from a private copy; the original is never locked."""
        with self._copy() as (connection, schema):
            connection.text_factory = lossless_text
            cookies = tuple(self._dialect.cookies(connection, schema, self._profile))
            return Jar(cookies, schema.version, schema.read_only)

    def usage(self) -> Usage:
        """Tell whether a browser is using the profile."""
        return usage_of(self._profile)

    def values(self, keys: Iterable[CookieKey]) -> Values:
        """Reveal values, on the person's request only."""
        rows: dict[CookieKey, dict[str, Cell]] = {}
        found: Values = {}
        with self._copy() as (connection, schema):
            connection.text_factory = TextCell
            for key in keys:
                try:
                    row = find_row(connection, self._dialect.table, schema, key)
                except StoreError as error:
                    found[key] = error
                else:
                    rows[key] = dict(zip(schema.columns, row, strict=True))
        return found | dict(zip(rows, self._dialect.values(rows.values(), schema), strict=True))

    def obstacle(self) -> StoreError | None:
        """Say why nothing can be changed now; None if it can."""
        try:
            self._gate()
            with self._copy() as (_, schema):
                why = schema.read_only
        except StoreError as error:
            return error
        return read_only_error(self._profile, why) if why else None

    @contextmanager
    def edit(self) -> Iterator[Edit]:
        """Begin to change the store, with the browser closed and kept from starting if possible."""
        with self._one_at_a_time:
            self._gate()
            try:
                with kept_closed(self._profile) as held, closing(self._open()) as connection:
                    edit = SqliteEdit(
                        self._profile,
                        self._dialect,
                        connection,
                        prove=self._prove,
                        still_closed=lambda: self._check_closed(held=held),
                    )
                    try:
                        edit.begin()
                        yield edit
                    finally:
                        edit.abandon()
            except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
                raise _unchanged(self._profile, error) from error

    def _prove(self, expected: int) -> None:
        """Read the store again and compare it with what it should hold.

        Raises:
            StoreError: It holds something else.
        """
        with self._copy() as (connection, _):
            verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
            if verdict != "ok" or table_digest(connection, self._dialect.table) != expected:
                raise StoreError("it does not hold what it should")

    def _gate(self) -> None:
        store = self._profile.store
        try:
            owner = store.lstat().st_uid
        except OSError as error:
            raise unreadable(store, error) from error
        if store.is_symlink():
            raise StoreError(
                f"{store} is a symbolic link; nothing was changed", "name the file it leads to"
            )
        if hasattr(os, "getuid") and owner != os.getuid():
            raise StoreError(
                f"{store} belongs to another person; nothing was changed",
                "run cookietui as its owner",
            )
        if not os.access(store, os.W_OK) or not os.access(store.parent, os.W_OK):
            raise StoreError(f"{store} may not be written; nothing was changed", "check its rights")
        self._check_closed(held=False)

    def _check_closed(self, *, held: bool) -> None:
        """Be sure that no browser uses the store, ourselves left aside where we hold its lock.

        Raises:
            BrowserRunningError: One does, or it cannot be told.
        """
        holder = holder_of(self._profile.store)
        # The quicker look last, right before something is done. While we hold its lock no browser
        # can, and on some systems even to ask would lose it.
        usage = Usage(Activity.CLOSED) if held else self.usage()
        for found in (holder, usage):
            if found.activity is not Activity.CLOSED:
                raise running_error(self._profile, found)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(
            f"file:{_quoted_path(str(self._profile.store))}?mode=rw",
            uri=True,
            isolation_level=None,
            timeout=_BUSY_SECONDS,
        )

    @contextmanager
    def _copy(self) -> Iterator[tuple[sqlite3.Connection, Schema]]:
        with self._one_at_a_time, self._snapshots.copy_of(self._profile.store) as connection:
            yield connection, self._dialect.schema(connection)


def _quoted_path(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _unchanged(profile: Profile, error: Exception) -> StoreError:
    return StoreError(
        f"{profile.brand} {profile.name}: the store could not be changed ({error})",
        "nothing was changed; see that no other program uses the profile and try again",
    )
