"""A consistent private copy of a live database, with the changes beside it.

Reading a live store in place does harm: a read lock held over Chromium's flush makes it lose every
cookie it was about to write, and a running Firefox lets nobody in at all. So the database is copied
with its write-ahead log or rollback journal, and the copy is opened instead. A copy counts only if
nothing moved while it was made: the modification times, sizes and first bytes of all files must be
the same before and after.
"""

import os
import shutil
import sqlite3
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import msgspec

from cookietui.errors import BusyError, StoreError
from cookietui.paths import BINARY, open_to_read, private_folder
from cookietui.stores.file_store import unopened

SIDE_FILES = ("-wal", "-journal")
_HEADER_BYTES = 100  # the SQLite header, whose change counter moves with every commit
_ATTEMPTS = 20
_PAUSE_SECONDS = 0.02
_PID_DIGITS = 9
_PRIMARY = 0xFF  # the part of SQLite's codes that tells the kind of an error
# File times tick in steps of up to 10 ms: a file changed in this very tick could change again
# without its time telling.
_SETTLED_NANOSECONDS = 12_000_000
_SQLITE_MAGIC = b"SQLite format 3\x00"


class _Look(msgspec.Struct, frozen=True):
    """What a file looked like: enough to notice any change."""

    modified: int
    size: int
    inode: int
    header: bytes


class Snapshots:
    """Makes private copies of databases in one folder.

    Args:
        scratch: A folder for the copies, made when needed, for its owner only.
        pause: How to wait for a moment, in seconds; given so that tests need not wait.
    """

    def __init__(self, scratch: Path, pause: Callable[[float], None] = time.sleep) -> None:
        self._scratch = scratch
        self._pause = pause

    @contextmanager
    def copy_of(self, database: Path) -> Iterator[sqlite3.Connection]:
        """Open a copy of ``database`` as it is now; the copy is gone afterwards.

        Raises:
            BusyError: The database kept changing.
            StoreError: It is not there, may not be read, or is not a database.
        """
        with self.at_rest(database) as copy:
            try:
                with closing(_opened(copy)) as connection:
                    # Replays the log or rolls the journal back, before anything is believed.
                    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                    yield connection
            # SQLite's messages quote a damaged schema, which need not be text.
            except (sqlite3.Error, UnicodeDecodeError) as error:
                raise unreadable(database, error) from error

    @contextmanager
    def at_rest(self, database: Path) -> Iterator[Path]:
        """Copy ``database`` as it is now, with the changes beside it, and open nothing.

        Raises:
            BusyError: The database kept changing.
            StoreError: It is not there, may not be read, or is not a database.
        """
        with self.folder() as folder:
            copy = folder / "store"
            self._copy(database, copy)
            yield copy

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """A private folder that is gone afterwards.

        Raises:
            StoreError: None can be made.
        """
        try:
            private_folder(self._scratch)
            self.sweep()
            folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=self._scratch))
        except OSError as error:
            raise StoreError(
                f"no private copy can be made in {self._scratch}: {error.strerror}",
                "make room there, or give the folder back to yourself",
            ) from error
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what a killed program left behind: copies hold live secrets."""
        with suppress(OSError):
            for left in self._scratch.iterdir():
                pid = left.name.partition("-")[0]
                known = pid.isdecimal() and len(pid) <= _PID_DIGITS
                if known and not _lives(int(pid)):
                    shutil.rmtree(left, ignore_errors=True)

    def _copy(self, database: Path, copy: Path) -> None:
        names = ("", *SIDE_FILES)
        for attempt in range(_ATTEMPTS):
            if attempt:
                self._pause(_PAUSE_SECONDS)
            try:
                before = {name: _look(_beside(database, name)) for name in names}
                _check(database, before[""])
                if not _settled(before):
                    continue
                for name in names:
                    _copy_or_remove(_beside(database, name), _beside(copy, name), before[name])
                after = {name: _look(_beside(database, name)) for name in names}
            except FileNotFoundError:
                continue  # a side file came or went between looking and copying
            except OSError as error:
                raise unreadable(database, error) from error
            if before == after:
                return
        raise BusyError(
            f"{database} kept changing while it was being copied", "try again in a moment"
        )


def no_room(error: sqlite3.Error) -> bool:
    """Whether SQLite could not write, which says nothing about what it was to read."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    return code & _PRIMARY in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


def unreadable(database: Path, error: Exception) -> StoreError:
    """Say in one line why a database cannot be read."""
    if isinstance(error, OSError):
        return unopened(database, error)
    if isinstance(error, sqlite3.Error) and no_room(error):
        return StoreError(
            f"there is no room for a private copy of {database} ({error})",
            "make room on the disk of the state folder",
        )
    if isinstance(error, sqlite3.DatabaseError | UnicodeDecodeError):
        why = error if isinstance(error, sqlite3.Error) else "its schema is no text"
        return StoreError(
            f"{database} is damaged or not a cookie database ({why})",
            "copy it before you start the browser, which may replace a damaged file",
        )
    return StoreError(f"{database} cannot be read: {error}", "check the path")


def _beside(database: Path, name: str) -> Path:
    return database.with_name(database.name + name)


def _opened(copy: Path) -> sqlite3.Connection:
    # Whoever reads it may do so in a thread, as long as one thread at a time does.
    return sqlite3.connect(copy, isolation_level=None, check_same_thread=False)


def _lives(pid: int) -> bool:
    from cookietui.stores import processes  # noqa: PLC0415 - slow to load

    return processes.exists(pid)


def _look(path: Path) -> _Look | None:
    try:
        with open_to_read(path) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise StoreError(f"{path} is not an ordinary file", "find out what made it")
            return _Look(
                modified=status.st_mtime_ns,
                size=status.st_size,
                inode=status.st_ino,
                header=file.read(_HEADER_BYTES),
            )
    except FileNotFoundError:
        return None


def _check(database: Path, look: _Look | None) -> None:
    if look is None:
        raise StoreError(
            f"{database} is not there", "name a profile folder or a cookie database that exists"
        )
    if look.size and not look.header.startswith(_SQLITE_MAGIC):
        raise StoreError(
            f"{database} is not a database", "name a profile folder or a cookie database"
        )


def _settled(looks: dict[str, _Look | None]) -> bool:
    newest = max(look.modified for look in looks.values() if look)
    age = time.time_ns() - newest
    return age > _SETTLED_NANOSECONDS or age < 0


def _copy_or_remove(source: Path, target: Path, look: _Look | None) -> None:
    if look is None or not look.size:
        target.unlink(missing_ok=True)
    else:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o600))
        shutil.copyfile(source, target)  # by the system itself where it can
