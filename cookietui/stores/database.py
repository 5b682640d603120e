"""One cookie store in SQLite: read from a copy, changed in one proven transaction.

What differs between browsers is a `Dialect`; what must never differ, how a store is changed, is
here and in `editing`.
"""

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cookietui.errors import StoreError
from cookietui.model.cookie import CookieKey
from cookietui.model.deletion import Cell, TextCell
from cookietui.model.profile import Activity, Profile, Usage
from cookietui.model.site import Site
from cookietui.paths import BINARY
from cookietui.stores.beside import Beside
from cookietui.stores.dialect import Dialect, Schema
from cookietui.stores.editing import SqliteEdit
from cookietui.stores.port import Edit, Jar, Values, read_only_error
from cookietui.stores.proving import Change, is_damaged, prove
from cookietui.stores.rows import find_row, lossless_text
from cookietui.stores.running import holder_of, kept_closed, running_error, usage_of
from cookietui.stores.snapshot import SIDE_FILES, Snapshots, unreadable

if TYPE_CHECKING:
    from concurrent.futures import Future

_BUSY_SECONDS = 1.0
_COPY_SECONDS = 60.0
_SPARE_BYTES = 1_000_000


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

    def read(self, site: Site | None = None) -> Jar:
        """Read cookies from a private copy; the original is never locked."""
        with self._copy() as (connection, schema):
            try:
                cookies = tuple(self._dialect.cookies(connection, schema, self._profile, site))
            except sqlite3.OperationalError:  # a text that is not UTF-8
                connection.text_factory = lossless_text
                cookies = tuple(self._dialect.cookies(connection, schema, self._profile, site))
            return Jar(cookies, schema.version, schema.read_only)

    def usage(self) -> Usage:
        """Tell whether a browser is using the profile."""
        return usage_of(self._profile)

    def values(self, keys: Iterable[CookieKey]) -> Values:
        """Reveal values, on the person's request only."""
        rows: dict[CookieKey, dict[str, Cell]] = {}
        found: Values = {}
        table, columns = self._dialect.table, self._dialect.of_values
        with self._copy() as (connection, schema):
            connection.text_factory = TextCell
            connection.execute("BEGIN")  # or the file would be locked anew for each of them
            for key in keys:
                try:
                    row = find_row(connection, table, schema, key, columns)
                except StoreError as error:
                    found[key] = error
                else:
                    rows[key] = dict(zip(columns, row, strict=True))
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
        with self._one_at_a_time, self._snapshots.folder() as folder, Beside() as beside:
            self._gate()
            # Before anything is changed: afterwards there must be room to prove it.
            self._check_room(folder, copies=2)
            try:
                with kept_closed(self._profile) as held, closing(self._open()) as connection:
                    before = folder / "before"
                    edit = SqliteEdit(
                        self._profile,
                        self._dialect,
                        connection,
                        keep=lambda: beside.do(self._keep_as_it_is, before),
                        whole=lambda: self._be_whole(damaged),
                        prove=lambda change: self._prove(before, change),
                        still_closed=lambda: self._check_closed(held=held),
                    )
                    try:
                        edit.begin()
                        damaged = beside.do(is_damaged, before)
                        yield edit
                    finally:
                        edit.abandon()
            except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
                raise _unchanged(self._profile, error) from error

    def _be_whole(self, damaged: "Future[bool]") -> None:
        if damaged.result():
            raise StoreError(
                f"{self._profile.store} is damaged; nothing was changed",
                "copy it before you start the browser, which may replace a damaged file",
            )

    def _keep_as_it_is(self, target: Path) -> Path:
        """Copy the whole store while its write lock is ours: what is committed, nothing else.

        Raises:
            StoreError: It takes too long.
        """
        deadline = time.monotonic() + _COPY_SECONDS

        def in_time(*_: int) -> None:
            if time.monotonic() > deadline:
                raise StoreError(
                    f"{self._profile.store} could not be copied in time; nothing was changed",
                    "see that no other program uses the profile and try again",
                )

        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o600))
        # By another connection: SQLite never finishes a copy of what the same one is changing.
        with closing(self._open()) as source, closing(sqlite3.connect(target)) as copy:
            copy.execute("PRAGMA synchronous = OFF")  # it is gone before it could be of use
            source.backup(copy, progress=in_time)
        return target

    def _prove(self, before: Path, change: Change) -> None:
        with self._snapshots.at_rest(self._profile.store) as after, Beside() as beside:
            damaged = beside.do(is_damaged, after)
            prove(after, before, change)
            if damaged.result():
                raise StoreError("it is damaged")

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
        self._check_room(store.parent, copies=1)
        self._check_closed(held=False)

    def _check_room(self, folder: Path, *, copies: int) -> None:
        """Be sure that a folder has room: SQLite's own log may be as large as the store.

        Raises:
            StoreError: It has not.
        """
        store = self._profile.store
        files = (store.with_name(store.name + end) for end in ("", *SIDE_FILES))
        needed = copies * sum(file.stat().st_size for file in files if file.exists())
        if shutil.disk_usage(folder).free < needed + _SPARE_BYTES:
            raise StoreError(
                f"there is too little room in {folder} to change {store} safely;"
                " nothing was changed",
                "make room on that disk",
            )

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
