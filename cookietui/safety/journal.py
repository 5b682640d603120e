"""What was deleted, row by row and byte for byte, so that it can be put back.

One file for each deletion, written before the first row goes. It is a list of events, one JSON
object on each line, only ever added to: a line that a crash cut short is the last one and is passed
over. The files hold live secrets, so they are for their owner only.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from cookietui.errors import BackupError, NothingFoundError, UndoError
from cookietui.paths import BINARY, private_folder, sync_folder
from cookietui.safety.events import Begun, Deleted, Entry, Event, PutBack, Saved, Void, part_of
from cookietui.stores import locks

_SUFFIX = ".jsonl"


class Journal:
    """The deletions of one person.

    Args:
        folder: Where they are recorded; made when needed, for its owner only.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self, stamp: str) -> str:
        """Take an id for a deletion, which no other run of the program can take too.

        Args:
            stamp: The time, as it should read in the id.

        Raises:
            BackupError: Nothing can be recorded.
        """
        try:
            private_folder(self._folder)
            for number in count(1):
                try:
                    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
                    os.close(os.open(self._path(f"{stamp}-{number}"), flags, 0o600))
                except FileExistsError:
                    continue
                entry = f"{stamp}-{number}"
                self._append(entry, Begun())
                return entry
        except OSError as error:
            raise self._unsaved(error) from error
        raise AssertionError  # numbers do not end

    def save(self, entry: str, event: Saved) -> None:
        """Record rows before they are deleted, and read the record back.

        Raises:
            BackupError: They are not safely on disk; nothing may be deleted.
        """
        try:
            size = self._path(entry).stat().st_size if self._path(entry).exists() else 0
            self._append(entry, event)
            recorded = self._events(entry)
        except (OSError, ValueError) as error:
            raise self._unsaved(error) from error
        if not recorded or recorded[-1] != event:
            os.truncate(self._path(entry), size)  # nothing is deleted, so nothing is listed
            raise BackupError(
                f"what was saved in {self._folder} does not read back as it was;"
                " nothing was changed",
                "check the disk",
            )

    def record(self, entry: str, event: Deleted | Void | PutBack) -> None:
        """Record what became of saved rows.

        Raises:
            BackupError: It cannot be written; the rows are saved all the same.
        """
        try:
            self._append(entry, event)
        except OSError as error:
            raise BackupError(
                f"the journal in {self._folder} cannot be written: {error.strerror}",
                "the rows themselves are saved there",
            ) from error

    @contextmanager
    def at_work(self, entry: str) -> Iterator[None]:
        """Let nobody take a deletion for abandoned while the block is at it.

        Raises:
            BackupError: The lock that says so cannot be taken.
        """
        with ExitStack() as held:
            try:
                held.callback(self._unlock, entry)
                held.enter_context(locks.held(self._lock(entry)))
            except OSError as error:
                raise self._unsaved(error) from error
            yield

    def abandoned(self) -> tuple[Entry, ...]:
        """The deletions in whose middle the program ended, and nobody is at any more."""
        unfinished = [entry for entry in self.entries() if entry.unfinished and entry.begun]
        left = [entry.id for entry in unfinished if not self._locked(entry.id)]
        # Read once more: whoever held the lock may have finished while it was looked at.
        again = [entry for name in left if (entry := self._entry(name)) is not None]
        return tuple(entry for entry in again if entry.unfinished)

    def _unlock(self, entry: str) -> None:
        with suppress(OSError):
            self._lock(entry).unlink(missing_ok=True)

    def _lock(self, entry: str) -> Path:
        return self._folder / f"{entry}.lock"

    def _locked(self, entry: str) -> bool:
        try:
            return locks.holder(self._lock(entry)) is not None
        except FileNotFoundError:
            return False
        except OSError:
            return True  # who knows

    def discard(self, entry: str) -> None:
        """Forget a deletion for good: it cannot be undone any more.

        Raises:
            NothingFoundError: There is none.
        """
        if self._path(entry) not in self._files():
            raise _unknown(entry)
        self._path(entry).unlink(missing_ok=True)

    def tidy(self, entry: str) -> None:
        """Remove a record of which nothing was deleted, for it holds live secrets.

        One that still speaks of deleted rows, or that cannot be understood wholly, stays.
        """
        with suppress(OSError):
            self._unlock(entry)
            lines = [line for line in self._path(entry).read_bytes().split(b"\n") if line]
            if self._entry(entry) is None and len(lines) == len(self._events(entry)):
                self._path(entry).unlink()

    def entries(self) -> tuple[Entry, ...]:
        """Every deletion, the newest first; files that cannot be understood are passed over."""
        found = [entry for path in self._files() if (entry := self._entry(path.stem))]
        return tuple(sorted(found, key=lambda entry: (entry.at, entry.id), reverse=True))

    def entry(self, name: str) -> Entry:
        """One deletion.

        Raises:
            NothingFoundError: There is none by that id.
            UndoError: Its record cannot be understood.
        """
        if self._path(name) not in self._files():
            raise _unknown(name)
        entry = self._entry(name)
        if entry is None:
            raise UndoError(f"the record {self._path(name)} cannot be understood", "")
        return entry

    def _entry(self, name: str) -> Entry | None:
        try:
            events = self._events(name)
        except (OSError, ValueError):
            return None
        saved = [event for event in events if isinstance(event, Saved)]
        parts = tuple(part for event in saved if (part := part_of(event, events)))
        begun = any(isinstance(event, Begun) for event in events)
        return Entry(name, saved[0].at, saved[0].site, parts, begun) if parts else None

    def _events(self, entry: str) -> list[Event]:
        """Read what can be read: a line that was cut short did not happen; the others did."""
        events = []
        for line in self._path(entry).read_bytes().split(b"\n"):
            try:
                events.append(_DECODER.decode(line))
            except (msgspec.DecodeError, ValueError, RecursionError):
                continue
        return events

    def _append(self, entry: str, event: Event) -> None:
        line = _ENCODER.encode(event) + b"\n"
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | BINARY | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(self._path(entry), flags, 0o600)
        try:
            size = os.fstat(descriptor).st_size
            # After a line that was cut short, begin a new one.
            whole = not size or _last_byte(descriptor, size) == b"\n"
            try:
                _write(descriptor, line if whole else b"\n" + line)
                os.fsync(descriptor)
            except OSError:
                os.ftruncate(descriptor, size)
                raise
        finally:
            os.close(descriptor)
        sync_folder(self._folder)

    def _unsaved(self, error: Exception) -> BackupError:
        reason = getattr(error, "strerror", None) or str(error)
        return BackupError(
            f"what is to be deleted cannot be saved in {self._folder} ({reason});"
            " nothing was changed",
            "make room there, or give the folder back to yourself",
        )

    def _files(self) -> list[Path]:
        try:
            return sorted(self._folder.glob(f"*{_SUFFIX}"))
        except OSError:
            return []

    def _path(self, entry: str) -> Path:
        return self._folder / f"{entry}{_SUFFIX}"


def _last_byte(descriptor: int, size: int) -> bytes:
    os.lseek(descriptor, size - 1, os.SEEK_SET)  # what is appended goes to the end all the same
    return os.read(descriptor, 1)


def _write(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]


def _unknown(entry: str) -> NothingFoundError:
    return NothingFoundError(
        f"no deletion is recorded as {entry!r}", "`cookietui history` lists them"
    )


def _encode(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError


def _decode(shape: type, value: Any) -> object:  # noqa: ANN401 - msgspec's own signature
    if shape is Path:
        return Path(value)
    raise NotImplementedError


_ENCODER = msgspec.json.Encoder(enc_hook=_encode)
_DECODER: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event, dec_hook=_decode)
